"""Exchanges as their page lists them: filtered, ordered, as cells of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from bilat.brief.facts.exchange import ExchangeFact, NumberFact, exchange_facts
from bilat.language import Message, Words, say
from bilat.programme import Exchange, Programme
from bilat.programme.names import AREA
from bilat.vocabulary import Quantity, Unit
from bilat_office.pages.latest import Latest
from bilat_office.pages.lists import in_order
from bilat_office.pages.reckoning import made_once, standing
from bilat_office.pages.sought import texts_of
from bilat_office.pages.visit import Visit

SORTS = ("area", "title", "open", "late")
_TOGETHER: Latest[ExchangeFact] = Latest(32)
"""Of groups that people choose by their filters."""


@dataclass(frozen=True)
class Row:
    """One exchange as a list shows it."""

    record: Exchange
    fact: ExchangeFact
    text: str
    """Everything that people wrote in it, in lower case, for the search."""

    @property
    def area(self) -> Message:
        return AREA[self.record.area]

    @property
    def complete(self) -> int:
        return sum(item.state == "complete" for item in self.fact.measures)

    @property
    def late(self) -> int:
        return sum(item.state == "late" for item in self.fact.measures)

    @property
    def open(self) -> int:
        return len(self.fact.measures) - self.complete


@dataclass(frozen=True)
class Asked:
    """The filters of the address."""

    area: str = ""
    side: str = ""
    q: str = ""
    sort: str = "area"
    descending: bool = False


def asked_of(query: QueryDict) -> Asked:
    """What cannot be asked for is left out."""
    sort, area = query.get("sort", ""), query.get("area", "")
    return Asked(
        area=area if area in AREA else "",
        side=query.get("side", ""),
        q=query.get("q", "").strip()[:300],
        sort=sort if sort in SORTS else "area",
        descending=query.get("order") == "desc",
    )


def rows_of(visit: Visit, programme: Programme) -> Sequence[Row]:
    """Every exchange that the person may see; computed once for each register and day."""

    def made() -> list[Row]:
        groups = [(item,) for item in programme.exchanges]
        pairs = zip(
            programme.exchanges, exchange_facts(programme, groups, visit.today), strict=True
        )
        return [Row(record, fact, _text(record, fact)) for record, fact in pairs]

    return made_once(visit, "exchanges", made)


def together(visit: Visit, programme: Programme, group: Sequence[Exchange]) -> ExchangeFact:
    """All that these exchanges have, each thing once."""
    ids = " ".join(item.id for item in group)
    key = f"{standing(visit).key} {visit.today} {ids}"
    found = _TOGETHER.get(key)
    if found is None:
        found = exchange_facts(programme, [group], visit.today)[0]
        _TOGETHER.put(key, found)
    return found


def _text(record: Exchange, fact: ExchangeFact) -> str:
    said = (record.title, record.outcome, record.next_step, *(n.title for n in fact.numbers))
    texts = [record.id, *(text for each in said for text in texts_of(each))]
    return "\n".join(texts).lower()


def chosen(rows: Iterable[Row], asked: Asked, words: Words) -> list[Row]:
    """Those that all filters let through, in the order that is asked for."""
    found = [row for row in rows if _fits(row, asked)]
    return in_order(found, _key(asked.sort, words), descending=asked.descending)


def _fits(row: Row, asked: Asked) -> bool:
    return (
        (not asked.area or row.record.area == asked.area)
        and (not asked.side or asked.side in sides_of(row))
        and all(word in row.text for word in asked.q.lower().split())
    )


def sides_of(row: Row) -> set[str]:
    """Sides that state a number of it, or answer for one of its measures."""
    stated = {side for number in row.fact.numbers for side in number.sides}
    owning = {owner.side for item in row.fact.measures for owner in item.owners if owner.side}
    return stated | owning


def _key(sort: str, words: Words) -> Callable[[Row], Any]:
    keys: Mapping[str, Callable[[Row], Any]] = {
        "area": lambda row: (words(row.area), words(row.record.title).lower()),
        "title": lambda row: words(row.record.title).lower(),
        "open": lambda row: row.open,
        "late": lambda row: row.late,
    }
    return keys[sort]


@dataclass(frozen=True)
class Stated:
    """The latest full year of one side; None where it states none."""

    side: str
    year: int | None
    value: Quantity | None


def latest_of(number: NumberFact, sides: Iterable[str]) -> Iterator[Stated]:
    """Both sides’, side by side."""
    for side in sides:
        level = number.last_of(side)
        if level is None:
            yield Stated(side, None, None)
        else:
            yield Stated(side, level.period.start.year, level.in_unit(number.display_unit))


def plans_of(number: NumberFact) -> list[tuple[str, int, Quantity, str]]:
    """Side, year, value and target of each plan."""
    unit = Unit.parse(number.display_unit)
    return [(p.side, p.year, Quantity(p.value, unit), p.target) for p in number.plans]


def file_heading(words: Words) -> list[str]:
    labels = (
        say("Id"), say("Exchange"), say("Area"), say("Numbers"), say("Plans"), say("Measures"),
        say("Complete"), say("Late"), say("Contacts"), say("Documents"), say("Outcome"),
        say("Next step"),
    )  # fmt: skip
    return [words(label) for label in labels]


def file_row(row: Row, sides: Iterable[str], words: Words) -> list[str]:
    record, fact = row.record, row.fact
    return [
        record.id,
        words.show(record.title),
        words(row.area),
        "; ".join(_said(number, sides, words) for number in fact.numbers),
        "; ".join(
            f"{words(number.title)}: {words.show(value)} {year} ({side})"
            for number in fact.numbers
            for side, year, value, _target in plans_of(number)
        ),
        str(len(fact.measures)),
        str(row.complete),
        str(row.late),
        str(len(fact.contacts)),
        "; ".join(fact.documents),
        words(record.outcome) if record.outcome else "",
        words(record.next_step) if record.next_step else "",
    ]


def _said(number: NumberFact, sides: Iterable[str], words: Words) -> str:
    parts = [
        f"{stated.side} {words.show(stated.value)} ({stated.year})"
        for stated in latest_of(number, sides)
        if stated.value
    ]
    return f"{words(number.title)}: {', '.join(parts) or '–'}"
