"""What several subjects answer with: records and pages of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import Path, Schema
from pydantic import Field, WithJsonSchema

from bilat.register.kinds import SECTIONS
from bilat_office.api.versions import version_listed
from bilat_office.records.listing import Listed
from bilat_office.records.listing import Page as Found

JSON = "application/json; charset=utf-8"
MOST_PAGES = 1_000_000
Section = Annotated[
    str,
    WithJsonSchema({"type": "string", "enum": list(SECTIONS)}),
    Path(description="Kind of the record."),
]
RecordId = Annotated[str, Path(description="Id of the record in its section.")]
PageNumber = Annotated[int, Field(ge=1, le=MOST_PAGES, description="Which page, from 1.")]
PageSize = Annotated[int, Field(ge=1, le=1000, description="Records in a page.")]
Document = dict[str, Any]


class Record(Schema):
    """A record as the viewer may see it. `content` is its document: see `/schemas/{section}`."""

    section: str
    id: str
    visibility: str = Field(description="`joint`, or the side that alone sees it.")
    published: bool
    version: str = Field(description="What a proposal names as `base`; also the ETag.")
    titles: dict[str, str] = Field(description="Language → what it is called.")
    owners: list[str]
    sides: list[str]
    due: str
    due_start: date | None
    due_end: date | None
    state: str
    kind: str
    sector: str
    place: int | None = Field(description="Entry of its last change; null for a private record.")
    content: Document


class RecordPage(Schema):
    """One page of a list."""

    total: int = Field(description="Records of all pages.")
    page: int
    size: int
    pages: int
    rows: list[Record]


class Named(Schema):
    """A record by its name."""

    section: str
    id: str


class Paging(Schema):
    page: PageNumber = 1
    size: PageSize = 50


def record_text(item: Listed) -> str:
    """As `Record`, in JSON. The document goes out in the text in which it is stored."""
    head = {
        "section": item.section,
        "id": item.id,
        "visibility": item.visibility,
        "published": item.published,
        "version": version_listed(item),
        "titles": dict(item.titles),
        "owners": list(item.owners),
        "sides": list(item.sides),
        "due": item.due,
        "due_start": item.due_start and item.due_start.isoformat(),
        "due_end": item.due_end and item.due_end.isoformat(),
        "state": item.state,
        "kind": item.kind,
        "sector": item.sector,
        "place": item.place,
    }
    return f'{_json(head)[:-1]},"content":{item.text}}}'


def page_answer(request: HttpRequest, found: Found) -> HttpResponse:
    """As `RecordPage`, with the headers of `linked`."""
    body = {
        "total": found.total,
        "page": found.number,
        "size": found.size,
        "pages": found.pages,
    }
    rows = ",".join(record_text(item) for item in found.rows)
    answer = text_answer(f'{_json(body)[:-1]},"rows":[{rows}]}}')
    return linked(request, answer, found.number, found.size, found.total)


def json_answer(body: object, status: int = 200) -> HttpResponse:
    """Of values that are JSON already: nothing is validated twice."""
    return text_answer(_json(body), status)


def text_answer(text: str, status: int = 200) -> HttpResponse:
    """Of JSON that is written already."""
    return HttpResponse(text, status=status, content_type=JSON)


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def linked(
    request: HttpRequest, answer: HttpResponse, page: int, size: int, total: int
) -> HttpResponse:
    """X-Total-Count, and the neighbouring pages as Link headers (RFC 8288)."""
    answer["X-Total-Count"] = str(total)
    last = max(1, -(-total // size))
    pages = {"first": 1, "prev": page - 1, "next": page + 1, "last": last}
    links = [
        f'<{request.path}?{_query(request, number, size)}>; rel="{name}"'
        for name, number in pages.items()
        if 1 <= number <= last
    ]
    answer["Link"] = ", ".join(links)
    return answer


def _query(request: HttpRequest, page: int, size: int) -> str:
    asked = [(name, value) for name, values in request.GET.lists() for value in values]
    kept = [(name, value) for name, value in asked if name not in ("page", "size")]
    return urlencode([*kept, ("page", page), ("size", size)])


class Change(Schema):
    """A joint change, in short."""

    id: str
    status: str
    side: str
    person: str
    body: str | None
    reason: str
    time: str
    answers: str | None = Field(description="The change that this one is proposed instead of.")
    items: list[Named]
    answered: list[Document]


class FieldChange(Schema):
    """One field in three versions."""

    field: str
    kind: Literal["same", "current", "proposed", "both", "conflict"]
    base: Any
    current: Any
    proposed: Any


class Three(Schema):
    """One record as it was, as it is, and as it is proposed; `merged`: see the register's rules."""

    section: str
    id: str
    base: Document | None
    current: Document | None
    proposed: Document | None
    fields: list[FieldChange]
    merged: Document | None


class ChangeWhole(Change):
    """A change with the three versions of each of its records."""

    differences: list[Three]
