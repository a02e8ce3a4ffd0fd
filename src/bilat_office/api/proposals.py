"""What a request proposes: items on the versions that its author has read, in normal form."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field, ValidationError

from bilat.language import say
from bilat.register.canonical import document
from bilat.register.kinds import SECTIONS, Name, first_fault, name_of
from bilat.register.orders import New
from bilat.register.outcome import Refused
from bilat_office.api.shapes import Document
from bilat_office.api.versions import named_in
from bilat_office.records.refusals import OfficeRefused

MOST = 2000
"""Records of one change."""


class Item(Schema):
    """A record as it is to become; without `content` it is to be deleted."""

    section: str = Field(max_length=80)
    id: str = Field(max_length=80)
    content: Document | None = Field(description="The whole document, in any order of its fields.")
    base: str | None = Field(
        max_length=64, description="The record's `version` as it was read; null: there is none yet."
    )


class Proposal(Schema):
    """Records that become something else together, or not at all."""

    items: list[Item] = Field(min_length=1, max_length=MOST)
    reason: str = Field(min_length=1, max_length=5000)


class Reason(Schema):
    reason: str = Field(min_length=1, max_length=5000)


def new_of(items: Sequence[Item]) -> list[New]:
    """Documents in normal form. Raises Refused for one that is not valid."""
    return [
        ((item.section, item.id), normal(item.section, item.id, item.content)) for item in items
    ]


def bases_of(items: Sequence[Item]) -> dict[Name, str | None]:
    return {(item.section, item.id): item.base for item in items}


def normal(section: str, record_id: str, content: Document | None) -> Document | None:
    """Without what is only a default, numbers as documents write them. Raises Refused."""
    kind = SECTIONS.get(section)
    if kind is None:
        raise Refused(
            "content",
            record=name_of(section, record_id),
            why=say("no section “{section}”", section=section),
        )
    if content is None:
        return None
    try:
        return document(kind.model_validate({"id": record_id, **content}))
    except ValidationError as error:
        why = first_fault(error, kind)
        raise Refused("content", record=name_of(section, record_id), why=why) from None


class IfMatchFailed(OfficeRefused):
    def __init__(self) -> None:
        super().__init__(
            "if_match", say("The record is not the version that If-Match names. Read it again.")
        )


def check_if_match(request: HttpRequest, standing: Sequence[str | None]) -> None:
    """If-Match, where it is sent, must name the version of the one record. Raises IfMatchFailed."""
    header = request.headers.get("If-Match")
    if header is None:
        return
    check_named(header, standing)


def check_named(header: str, standing: Sequence[str | None]) -> None:
    """Raises IfMatchFailed unless there is one record and the header names its version."""
    named = named_in(header)
    if len(standing) != 1 or standing[0] is None or not named & {standing[0], "*"}:
        raise IfMatchFailed
