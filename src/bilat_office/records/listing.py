"""Which rows, in which order, which part of them: what a list asks for and what it gets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

from django.db.models import F, Q, QuerySet
from django.db.models.fields.json import KT

from bilat.language import say
from bilat.programme.record import Model
from bilat.register.canonical import Document, parse
from bilat.register.kinds import SECTIONS, Name
from bilat_office.records.models import Reference, Row
from bilat_office.records.refusals import OfficeRefused

Sort = Literal["title", "due", "state", "kind", "sector", "section", "id", "changed"]
LARGEST_PAGE = 1000


@dataclass(frozen=True)
class Filters:
    """All of these together; what is left out does not filter.

    due_from, due_to: the due period touches these days; due_before: it is over by then. owner: id
    of a body. side: named by the record itself or through its owners. names: a record that it
    refers to.
    """

    state: Sequence[str] = ()
    kind: Sequence[str] = ()
    sector: Sequence[str] = ()
    owner: str | None = None
    side: str | None = None
    due_from: date | None = None
    due_to: date | None = None
    due_before: date | None = None
    visibility: str | None = None
    names: Name | None = None
    published: bool | None = None


@dataclass(frozen=True)
class Listed:
    """A record as a list shows it. ``place``: the entry of its last change; None when private."""

    section: str
    id: str
    visibility: str
    published: bool
    titles: Mapping[str, str]
    owners: tuple[str, ...]
    sides: tuple[str, ...]
    due: str
    due_start: date | None
    due_end: date | None
    state: str
    kind: str
    sector: str
    place: int | None
    text: str = field(repr=False)
    """The canonical document, as it is stored and signed."""

    @cached_property
    def content(self) -> Document:
        """Parsed when somebody asks: a page of a list sends the text on as it is."""
        found: Document = parse(self.text.encode())
        return found

    def title(self, lang: str) -> str:
        return self.titles.get(lang) or self.titles.get("en") or self.id

    @property
    def record(self) -> Model:
        """The pydantic record of the document."""
        return SECTIONS[self.section].model_validate(self.content)


@dataclass(frozen=True)
class Page:
    """One page of a list. ``total``: of all pages; ``number`` from 1."""

    rows: tuple[Listed, ...]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True)
class Naming:
    """One page of the records that name another, each with the field that does."""

    rows: tuple[tuple[Listed, str], ...]
    total: int
    number: int
    pages: int


def listed(row: Row) -> Listed:
    return Listed(
        section=row.section,
        id=row.record,
        visibility=row.visibility,
        published=row.published,
        titles=row.titles,
        owners=tuple(row.owners),
        sides=tuple(row.sides),
        due=row.due,
        due_start=row.due_start,
        due_end=row.due_end,
        state=row.state,
        kind=row.kind,
        sector=row.sector,
        place=row.place,
        text=row.content,
    )


def page_of(
    rows: QuerySet[Row],
    *,
    sort: Sort,
    descending: bool,
    lang: str,
    number: int,
    size: int,
    count: Callable[[], int],
) -> Page:
    """count: asked only where the page itself does not tell how many records there are.

    Raises OfficeRefused for a page or an order that cannot be.
    """
    first = first_of(number, size)
    asked = ordered(rows, sort=sort, descending=descending, lang=lang)[first : first + size]
    found = tuple(map(listed, asked))
    is_last = len(found) < size and (found or not first)
    return Page(found, first + len(found) if is_last else count(), number, size)


def first_of(number: int, size: int) -> int:
    """How many records stand before a page. Raises OfficeRefused for a page that cannot be."""
    if number < 1 or not 1 <= size <= LARGEST_PAGE:
        raise OfficeRefused(
            "page",
            say("Pages count from 1 and hold 1 to {largest} records.", largest=LARGEST_PAGE),
        )
    return (number - 1) * size


def ordered(rows: QuerySet[Row], *, sort: Sort, descending: bool, lang: str) -> QuerySet[Row]:
    """Ties are in order of section and id, so that pages neither repeat nor lose a record."""
    keys = {
        "title": KT(f"titles__{lang}"),
        "due": F("due_end"),
        "id": F("record"),
        "changed": F("place"),
        **{name: F(name) for name in ("state", "kind", "sector", "section")},
    }
    if sort not in keys:
        known = ", ".join(keys)
        raise OfficeRefused("sort", say("Lists can be ordered by: {known}.", known=known))
    rows = rows.annotate(order_key=keys[sort])
    order: list[Any] = ["order_key", "section", "record", "visibility"]
    if sort in ("due", "changed"):
        order[0] = F("order_key").asc(nulls_last=True)
    if descending:
        order = [f"-{name}" for name in ("order_key", "section", "record", "visibility")]
        if sort in ("due", "changed"):
            order[0] = F("order_key").desc(nulls_last=True)
    return rows.order_by(*order)


_LOOKUPS = {
    "state": "state__in",
    "kind": "kind__in",
    "sector": "sector__in",
    "visibility": "visibility",
    "published": "published",
    "due_from": "due_end__gte",
    "due_to": "due_start__lte",
    "due_before": "due_end__lt",
}
"""Filter → how the database asks for it."""


def filtered(rows: QuerySet[Row], filters: Filters, visibilities: Collection[str]) -> QuerySet[Row]:
    """visibilities: those of the rows; their references are then looked for among no others."""
    for name, lookup in _LOOKUPS.items():
        wanted = getattr(filters, name)
        if wanted not in (None, ()):
            rows = rows.filter(**{lookup: wanted})
    named = Reference.objects.filter(visibility__in=visibilities)
    if filters.owner is not None:
        rows = rows.filter(pk__in=_owned_by(named, filters.owner))
    if filters.names is not None:
        section, record = filters.names
        rows = rows.filter(pk__in=named.filter(section=section, record=record).values("row"))
    if filters.side is not None:
        rows = rows.filter(_of_side(named, filters.side))
    return rows


def first_due(
    section: str | None, filters: Filters, visibilities: Collection[str], upto: int
) -> QuerySet[Reference, Any] | None:
    """Rows of an owner's list among which its first ``upto`` by date are, found by references.

    So a page of a ministry's list need not read every row that names the ministry. None where
    something else filters too, or where records without a date are among the first.
    """
    if section is None or filters.owner is None or filters != Filters(owner=filters.owner):
        return None
    named = Reference.objects.filter(visibility__in=visibilities, namer=section)
    named = named.filter(section="bodies", record=filters.owner).exclude(field__contains=".")
    pairs = named.values_list("row", "due_end").distinct()
    found = pairs.order_by(F("due_end").asc(nulls_last=True), "row")[upto - 1 : upto]
    last = next((due for _row, due in found), None)
    return None if last is None else named.filter(due_end__lte=last).values("row")


def _owned_by(named: QuerySet[Reference], body: str) -> QuerySet[Reference, Any]:
    """A body named by the record itself, not by one of its parts."""
    return named.filter(section="bodies", record=body).exclude(field__contains=".").values("row")


def _of_side(named: QuerySet[Reference], side: str) -> Q:
    """Named by the record or any of its parts, or the side of one of its owners."""
    direct = named.filter(section="parties", record=side)
    bodies = Reference.objects.filter(
        section="parties", record=side, row__section="bodies", field="party"
    )
    owned = named.filter(section="bodies", record__in=bodies.values("row__record"))
    return Q(pk__in=direct.values("row")) | Q(
        pk__in=owned.exclude(field__contains=".").values("row")
    )
