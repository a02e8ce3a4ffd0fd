"""A list as its address asks for it: filters, order, page; and as a file with the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar, get_args

from django.http import HttpResponse, QueryDict

from bilat.language import Message, say
from bilat_office.api import tables
from bilat_office.records.door import Door
from bilat_office.records.listing import LARGEST_PAGE, Filters, Listed, Page, Sort
from bilat_office.records.refusals import OfficeRefused

T = TypeVar("T")
SIZE = 50
MOST = 200_000
"""Records in one file."""
Format = Literal["csv", "xlsx"]
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Asked:
    """What the address of a list of records asks for."""

    filters: Filters
    sort: Sort
    descending: bool
    page: int
    format: Format | None


@dataclass(frozen=True)
class Leaf:
    """One link to a page of a list; None where pages are left out."""

    number: int | None
    is_here: bool = False


def asked_of(query: QueryDict) -> Asked:
    """Raises OfficeRefused for what no list can be asked for."""
    return Asked(
        filters=Filters(
            state=tuple(filter(None, query.getlist("state"))),
            kind=tuple(filter(None, query.getlist("kind"))),
            sector=tuple(filter(None, query.getlist("sector"))),
            owner=query.get("owner") or None,
            side=query.get("side") or None,
            due_from=_day(query, "due_from"),
            due_to=_day(query, "due_to"),
            due_before=_day(query, "due_before"),
            visibility=query.get("visibility") or None,
        ),
        sort=_one_of(query.get("sort"), get_args(Sort), "title"),
        descending=query.get("order") == "desc",
        page=page_number(query),
        format=_one_of(query.get("format"), (*get_args(Format), None), None),
    )


def page_number(query: QueryDict) -> int:
    text = query.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def records_of(door: Door, section: str, asked: Asked, lang: str) -> Page:
    """The page that is asked for; the last one where there are fewer."""
    found = _page(door, section, asked, lang, asked.page, SIZE)
    if asked.page > found.pages:
        found = _page(door, section, asked, lang, found.pages, SIZE)
    return found


def records_file(door: Door, section: str, asked: Asked, lang: str) -> HttpResponse:
    """Every page of the list at once. Raises OfficeRefused where one file should not hold it."""
    items: list[Listed] = []
    for number in range(1, MOST // LARGEST_PAGE + 1):
        part = _page(door, section, asked, lang, number, LARGEST_PAGE)
        if part.total > MOST:
            raise too_many(part.total)
        items += part.rows
        if number >= part.pages:
            break
    write = tables.as_xlsx if asked.format == "xlsx" else tables.as_csv
    return as_file(write(section, items), section, asked.format or "csv")


def as_file(body: bytes, name: str, kind: Format) -> HttpResponse:
    answer = HttpResponse(body, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def too_many(count: int) -> OfficeRefused:
    return OfficeRefused(
        "too_many_records",
        say("The list has {n} records; a file holds {most}. Filter it.", n=count, most=MOST),
    )


def part_of(items: Sequence[T], number: int, size: int = SIZE) -> tuple[Sequence[T], int, int]:
    """One page of what is in memory, its number, and how many pages there are."""
    pages = max(1, -(-len(items) // size))
    here = min(number, pages)
    return items[(here - 1) * size : here * size], here, pages


def leaves(here: int, pages: int) -> list[Leaf]:
    """Links to the first, the last and those around this one; none where there is one page."""
    if pages < 2:
        return []
    wanted = sorted({1, pages, *range(max(1, here - 2), min(pages, here + 2) + 1)})
    found: list[Leaf] = []
    for number in wanted:
        if found and found[-1].number is not None and number > found[-1].number + 1:
            found.append(Leaf(None))
        found.append(Leaf(number, number == here))
    return found


def in_order(items: Iterable[T], key: Callable[[T], Any], *, descending: bool) -> list[T]:
    """Sorted, with what has no value at the end either way."""
    keyed = [(key(item), item) for item in items]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=descending)
    return [item for _value, item in known] + [item for value, item in keyed if value is None]


@dataclass(frozen=True)
class Column:
    """A column of a list: its heading, and by what it is ordered where it can be."""

    label: Message
    sort: str = ""
    is_sorted: Literal["ascending", "descending", ""] = ""

    @property
    def next_order(self) -> str:
        return "desc" if self.is_sorted == "ascending" else "asc"


def columns_of(
    pairs: Iterable[tuple[Message, str]], sort: str, *, descending: bool
) -> list[Column]:
    """Headings with how the list is ordered now."""
    now: Literal["ascending", "descending"] = "descending" if descending else "ascending"
    return [Column(label, by, now if by and by == sort else "") for label, by in pairs]


def _page(door: Door, section: str, asked: Asked, lang: str, number: int, size: int) -> Page:
    return door.list(
        section,
        asked.filters,
        sort=asked.sort,
        descending=asked.descending,
        lang=lang,
        page=number,
        size=size,
    )


def _one_of(text: str | None, known: Sequence[Any], usual: Any) -> Any:
    return text if text in known else usual


def _day(query: QueryDict, name: str) -> date | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise OfficeRefused(
            "day", say("“{text}” is no day: write it as 2027-06-30.", text=text)
        ) from None
