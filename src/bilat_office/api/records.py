"""One record: as it is, as it became so, and what it has to do with others.

Its routes have a section as their first step, so they come after all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from bilat.register.history import Edit
from bilat_office.api.asking import asking
from bilat_office.api.listing import check_section, section_list
from bilat_office.api.shapes import (
    Document,
    Record,
    RecordId,
    RecordPage,
    Section,
    record_text,
    text_answer,
)
from bilat_office.api.versions import etag_of
from bilat_office.records.door import Door
from bilat_office.records.listing import Listed
from bilat_office.records.refusals import NotSeen

router = Router(tags=["records"])
router.get("/{section}", response=RecordPage, summary="Records of one section")(section_list)


class EditShown(Schema):
    """A version of a joint record, with who, when and why; `place` 0 is the beginning."""

    place: int
    change: str
    time: str
    side: str
    person: str
    body: str | None
    reason: str
    countersigned_by: str
    before: Document | None
    after: Document | None


class PrivateEditShown(Schema):
    """A version of a record of the own side; `content` is null where it was deleted."""

    number: int
    author: str
    time: str
    content: Document | None


class History(Schema):
    """Joint versions for both sides, and private ones for their own side alone."""

    joint: list[EditShown]
    private: list[PrivateEditShown]


class FieldEditShown(Schema):
    """What one entry did to one field; null where the field was at its default."""

    place: int
    change: str
    time: str
    person: str
    reason: str
    before: Any
    after: Any


class Referred(Schema):
    """A record that this one names, and by which of its fields."""

    field: str
    section: str
    id: str


class BackLink(Schema):
    """A record that names this one, and by which of its fields."""

    field: str = Field(description="Of the record that names.")
    record: Record


@router.get(
    "/{section}/{record_id}",
    response={200: Record, 304: None},
    summary="One record",
    description="With its version as ETag; If-None-Match is answered by 304.",
)
def record(request: HttpRequest, section: Section, record_id: RecordId) -> HttpResponse:
    check_section(section, record_id)
    return record_answer(request, asking(request).door().get(section, record_id))


def record_answer(request: HttpRequest, found: Listed) -> HttpResponse:
    """The record with its ETag, or 304 where the asker has it already."""
    etag = etag_of(found)
    if _has_it(request.headers.get("If-None-Match", ""), etag):
        answer = HttpResponse(status=304)
    else:
        answer = text_answer(record_text(found))
    answer["ETag"] = etag
    return answer


def _has_it(header: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or etag in tags


@router.get("/{section}/{record_id}/history", response=History, summary="Every version of a record")
def history(request: HttpRequest, section: Section, record_id: RecordId) -> History:
    """A deleted record has its history still."""
    check_section(section, record_id)
    door = asking(request).door()
    private = door.private_history(section, record_id)
    joint = _joint_beside(door, section, record_id) if private else door.history(section, record_id)
    return History(
        joint=[_edit(item) for item in joint],
        private=[PrivateEditShown(**vars(item)) for item in private],
    )


def _joint_beside(door: Door, section: str, record_id: str) -> Sequence[Edit]:
    """A deleted private record may have no row, and no joint namesake either."""
    try:
        return door.history(section, record_id)
    except NotSeen:
        return ()


def _edit(item: Edit) -> EditShown:
    return EditShown(**vars(item))


@router.get(
    "/{section}/{record_id}/history/{field}",
    response=list[FieldEditShown],
    summary="Every version of one field",
)
def field_history(
    request: HttpRequest, section: Section, record_id: RecordId, field: str
) -> list[FieldEditShown]:
    """The entries that changed it. Empty for the public, and for a private record."""
    check_section(section, record_id)
    found = asking(request).door().field_history(section, record_id, field)
    return [
        FieldEditShown(
            place=item.edit.place,
            change=item.edit.change,
            time=item.edit.time,
            person=item.edit.person,
            reason=item.edit.reason,
            before=item.before,
            after=item.after,
        )
        for item in found
    ]


@router.get(
    "/{section}/{record_id}/references", response=list[Referred], summary="What a record names"
)
def references(request: HttpRequest, section: Section, record_id: RecordId) -> list[Referred]:
    """In the order of its fields."""
    check_section(section, record_id)
    found = asking(request).door().references(section, record_id)
    return [Referred(field=field, section=name[0], id=name[1]) for field, name in found]


@router.get(
    "/{section}/{record_id}/back-links", response=list[BackLink], summary="What names a record"
)
def back_links(request: HttpRequest, section: Section, record_id: RecordId) -> HttpResponse:
    """Only records that the viewer may see."""
    found = asking(request).door().back_links(section, record_id)
    links = (f'{{"field":"{field}","record":{record_text(item)}}}' for item, field in found)
    return text_answer(f"[{','.join(links)}]")
