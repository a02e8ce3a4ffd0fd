"""Lists: the filters of the Door as parameters of an address."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from bilat.language import say
from bilat.register.kinds import SECTIONS
from bilat_office.api.asking import asking
from bilat_office.api.shapes import Paging, RecordPage, Section, page_answer
from bilat_office.records.door import Door
from bilat_office.records.listing import Filters, Page
from bilat_office.records.refusals import NotSeen, OfficeRefused

router = Router(tags=["records"])
Order = Literal["title", "due", "state", "kind", "sector", "section", "id", "changed"]


class Asked(Paging):
    """What a list asks for: all of it together; what is left out does not filter."""

    state: list[str] = Field([], max_length=50)
    kind: list[str] = Field([], max_length=50)
    sector: list[str] = Field([], max_length=50)
    owner: str | None = Field(None, description="Id of a body that the record names as its owner.")
    side: str | None = None
    due_from: date | None = None
    due_to: date | None = None
    due_before: date | None = None
    visibility: str | None = None
    names: str | None = Field(None, description="A record that it refers to: `section/id`.")
    published: bool | None = None
    sort: Order = "id"
    descending: bool = False
    lang: Literal["en", "ru"] = Field("en", description="Language of titles, for their order.")

    def filters(self) -> Filters:
        """Raises OfficeRefused where ``names`` is no name of a record."""
        return Filters(
            state=tuple(self.state),
            kind=tuple(self.kind),
            sector=tuple(self.sector),
            owner=self.owner,
            side=self.side,
            due_from=self.due_from,
            due_to=self.due_to,
            due_before=self.due_before,
            visibility=self.visibility,
            names=None if self.names is None else _name(self.names),
            published=self.published,
        )


class Sought(Asked):
    """Words, and the filters of a list. The best come first; `sort` is not asked."""

    q: str = Field(min_length=1, max_length=300, description="Every word must be there.")


def _name(text: str) -> tuple[str, str]:
    section, slash, record_id = text.partition("/")
    if not slash or section not in SECTIONS:
        raise OfficeRefused("names", say("Write “names” as section/id, such as bodies/min-trade."))
    return section, record_id


def check_section(section: str, record_id: str = "") -> None:
    """Raises NotSeen for a kind that there is not: as for a record that is not there."""
    if section not in SECTIONS:
        raise NotSeen(section, record_id)


def page_of(door: Door, section: str | None, asked: Asked) -> Page:
    return door.list(
        section,
        asked.filters(),
        sort=asked.sort,
        descending=asked.descending,
        lang=asked.lang,
        page=asked.page,
        size=asked.size,
    )


@router.get("/records", response=RecordPage, summary="Records of every section")
def records(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """A list over all sections, as the viewer may see them."""
    return page_answer(request, page_of(asking(request).door(), None, asked))


@router.get("/search", response=RecordPage, summary="Records that hold every word")
def search(request: HttpRequest, asked: Query[Sought]) -> HttpResponse:
    """In any language; Russian words in any of their forms. The last may be a beginning."""
    door = asking(request).door()
    found = door.search(asked.q, asked.filters(), page=asked.page, size=asked.size)
    return page_answer(request, found)


def section_list(request: HttpRequest, section: Section, asked: Query[Asked]) -> HttpResponse:
    """The records of one kind, filtered, ordered and paged."""
    check_section(section)
    return page_answer(request, page_of(asking(request).door(), section, asked))
