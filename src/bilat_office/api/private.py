"""Records that the own side alone sees: positions, notes, estimates. They are never signed."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from bilat.register.kinds import Name
from bilat_office.api.asking import Asking, asking
from bilat_office.api.drafts import owners_of
from bilat_office.api.listing import Asked, page_of
from bilat_office.api.proposals import check_if_match, normal
from bilat_office.api.shapes import (
    Document,
    Named,
    Record,
    RecordId,
    RecordPage,
    Section,
    json_answer,
    page_answer,
    record_text,
    text_answer,
)
from bilat_office.api.versions import etag_of, version_of
from bilat_office.people.permissions import demand_draft, may
from bilat_office.records.listing import Listed
from bilat_office.records.refusals import NotSeen
from bilat_office.records.services.private import Provided, private_delete, private_save_all

router = Router(tags=["private"])


class Content(Schema):
    """The document without `visibility`: that of the own side."""

    content: Document


class PrivateRecord(Content):
    section: str = Field(max_length=80)
    id: str = Field(max_length=80)


class PrivateRecords(Schema):
    """Many at once; they may name one another."""

    records: list[PrivateRecord] = Field(min_length=1, max_length=2000)


@router.get("/private", response=RecordPage, summary="Records that only the own side sees")
def private(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """Of every section. Empty for anybody who is of neither side."""
    asks = asking(request)
    asked.visibility = asks.viewer.side or ""
    asks.person  # noqa: B018 (raises NotSignedIn)
    return page_answer(request, page_of(asks.door(), None, asked))


@router.post("/private", response={201: list[Named]}, summary="Save many, all or none")
def save_all(request: HttpRequest, records: PrivateRecords) -> HttpResponse:
    """A new record, or a new version of one. Nothing is proposed to the other side."""
    asks = asking(request)
    asks.demand("write_private")
    new = []
    for item in records.records:
        name = (item.section, item.id)
        new.append((item.section, _checked(asks, name, item.content, _own(asks, name))))
    names = private_save_all(new=new, by=asks.by, at=asks.at)
    return json_answer([{"section": name[0], "id": name[1]} for name in names], 201)


@router.put(
    "/private/{section}/{record_id}", response=Record, summary="Save a record of the own side"
)
def save(
    request: HttpRequest, section: Section, record_id: RecordId, content: Content
) -> HttpResponse:
    """If-Match names the version that was read; without it the last one who saves is right."""
    asks = asking(request)
    asks.demand("write_private")
    name = (section, record_id)
    before = _own(asks, name)
    checked = _checked(asks, name, content.content, before)
    private_save_all(new=[(section, checked)], by=asks.by, at=asks.at, provided=_if_match(request))
    saved = asks.door().get(section, record_id)
    answer = text_answer(record_text(saved))
    answer["ETag"] = etag_of(saved)
    return answer


@router.delete(
    "/private/{section}/{record_id}",
    response={204: None},
    summary="Delete a record of the own side",
)
def delete(request: HttpRequest, section: Section, record_id: RecordId) -> Status[None]:
    """Its versions stay in its history."""
    asks = asking(request)
    asks.demand("write_private")
    before = _own(asks, (section, record_id))
    if before is not None:
        _demand_owned(asks, before.owners)
    private_delete(name=(section, record_id), by=asks.by, at=asks.at, provided=_if_match(request))
    return Status(204, None)


def _if_match(request: HttpRequest) -> Provided:
    """If-Match must name what stands at the moment of writing, not a moment before."""

    def check(standing: Mapping[Name, Document | None]) -> None:
        versions = [
            None if content is None else version_of(name, None, content)
            for name, content in standing.items()
        ]
        check_if_match(request, versions)

    return check


def _checked(asks: Asking, name: Name, given: Document, before: Listed | None) -> Document:
    """The document in normal form. Raises Refused, NotOwned."""
    content = {**given, "id": name[1], "visibility": given.get("visibility", asks.side)}
    checked = normal(*name, content) or {}
    _demand_owned(asks, owners_of(name, checked))
    _demand_owned(asks, before.owners if before else ())
    return checked


def _demand_owned(asks: Asking, owners: tuple[str, ...]) -> None:
    """A ministry's editor keeps notes of nobody's, and records of the own body."""
    if owners and not may(asks.viewer, "draft_any_body"):
        demand_draft(asks.viewer, owners)


def _own(asks: Asking, name: Name) -> Listed | None:
    """The private record of that name; a joint namesake does not count."""
    try:
        found = asks.door().get(*name)
    except NotSeen:
        return None
    return found if found.visibility == asks.side else None
