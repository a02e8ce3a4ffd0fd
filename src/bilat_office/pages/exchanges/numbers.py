"""An exchange’s numbers for its page: the chart, and the table that stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bilat.brief.charts import picture
from bilat.brief.charts.exchange import number_chart, number_finding
from bilat.brief.facts.exchange import NumberFact
from bilat.brief.facts.fact import Level
from bilat.language import Message, Words, say
from bilat.programme import Programme, Source
from bilat.vocabulary import Period, Quantity
from bilat_office.pages.exchanges.listing import plans_of
from bilat_office.pages.reckoning import chart_of
from bilat_office.pages.visit import Visit

KINDS = {
    "observed": say("statistics"),
    "stated": say("stated"),
    "derived": say("derived"),
}
"""How a value is known."""


@dataclass(frozen=True)
class Line:
    """A period with what each side says of it: a value and how it is known, or None."""

    period: Period
    values: Sequence[tuple[Quantity, Message, Message | None] | None]
    sources: Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Number:
    """One indicator as a page shows it."""

    fact: NumberFact
    finding: Message
    svg: str
    lines: Sequence[Line]
    plans: Sequence[tuple[Any, int, Quantity, str]]


def numbers_shown(
    visit: Visit, programme: Programme, facts: Sequence[NumberFact]
) -> Iterator[Number]:
    sides = {side: visit.office.side_name(side) for side in programme.sides}
    for fact in facts:

        def draw(words: Words, fact: NumberFact = fact) -> bytes:
            return picture(number_chart(fact, sides, words), "svg", words.lang)

        drawn = bool(fact.years or fact.plans)
        yield Number(
            fact=fact,
            finding=number_finding(fact, sides),
            svg=chart_of(visit, f"number-{fact.id}", draw, of=(fact, sides)) if drawn else "",
            lines=list(lines_of(programme, fact)),
            plans=[(sides.get(side, side), *rest) for side, *rest in plans_of(fact)],
        )


def lines_of(programme: Programme, fact: NumberFact) -> Iterator[Line]:
    """The latest first; a part of a year after the year that it is part of."""
    levels = {(level.period, level.side): level for level in (*fact.parts, *fact.years)}
    periods = {period for period, _side in levels}
    for period in sorted(periods, key=lambda each: (each.end, each.start), reverse=True):
        found = [levels.get((period, side)) for side in programme.sides]
        ids = dict.fromkeys(source for level in found if level for source in level.sources)
        yield Line(
            period,
            [_value(level, fact.display_unit) if level else None for level in found],
            [(each, _title(programme, each)) for each in ids],
        )


def _value(level: Level, unit: str) -> tuple[Quantity, Message, Message | None]:
    return level.in_unit(unit), KINDS[level.kind], level.method


def _title(programme: Programme, source: str) -> Any:
    found = programme.find(Source, source)
    return found.title if found else source


def file_heading(words: Words, sides: Sequence[str]) -> list[str]:
    parts = [
        text for side in sides for text in (side, words(say("{side}: how it is known", side=side)))
    ]
    labels = (say("Indicator"), say("Period"), say("Unit"))
    return [*(words(label) for label in labels), *parts, words(say("Sources"))]


def file_rows(
    programme: Programme, facts: Sequence[NumberFact], words: Words
) -> Iterator[list[str]]:
    """Exactly the lines of the tables."""
    for fact in facts:
        for line in lines_of(programme, fact):
            cells = [
                text
                for value in line.values
                for text in ((str(value[0].scaled), words(value[1])) if value else ("", ""))
            ]
            ids = "; ".join(each for each, _title in line.sources)
            yield [words(fact.title), str(line.period), fact.display_unit, *cells, ids]
