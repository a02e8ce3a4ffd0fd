"""The programme's need of finance in tables and sentences, and which measure finds no room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bilat.brief.facts.finance_need import NeedFact, NeedsFact, NeedYearFact
from bilat.brief.story.blocks import (
    Cell,
    Chart,
    Column,
    Number,
    Paragraph,
    Percent,
    Table,
    Year,
    row,
)
from bilat.brief.story.names import titled
from bilat.language import Message, say
from bilat.vocabulary import Money, Period

PRINTED = 40
UNKNOWN = say("not known")


def need_table(needs: NeedsFact) -> Table:
    return Table(
        "need",
        say("What each measure needs, beyond the deals that it has"),
        (
            Column(say("Measure"), wide=True),
            Column(say("Start"), numeric=True),
            Column(say("Line")),
            Column(say("Currency")),
            Column(say("Needs"), numeric=True),
            Column(say("Chance"), numeric=True),
            Column(say("Missing"), numeric=True),
            Column(say("Why"), wide=True),
        ),
        tuple(_measure(item) for item in needs.measures),
        sheet=say("Need"),
        shown=PRINTED,
        essential=True,
    )


def _measure(item: NeedFact) -> tuple[Cell, ...]:
    return row(
        Cell(titled(item.title, assumption=item.assumption), item.sources),
        Year(item.year),
        item.facility_title,
        item.currency,
        Number(item.amount),
        Percent(item.chance),
        _lack(item.missing),
        item.why,
    )


def _lack(amount: Any) -> Any:
    return UNKNOWN if amount is None else Cell(Number(amount), tone="bad" if amount else None)


def need_years_table(needs: NeedsFact, *, essential: bool = False) -> Table:
    return Table(
        "need-by-year",
        say("Need against offer, by year"),
        (
            Column(say("Year"), numeric=True),
            Column(say("Line"), wide=True),
            Column(say("Currency")),
            Column(say("Need"), numeric=True),
            Column(say("Need, by chance"), numeric=True),
            Column(say("Offer"), numeric=True),
            Column(say("Missing"), numeric=True),
        ),
        tuple(_year(item) for item in needs.years if item.need or item.offer),
        notes=(
            say(
                "Need: all measures that start in the year. By chance: each times its chance. "
                "Offer: what the line has left for new deals, after the measures of earlier years."
            ),
        ),
        sheet=say("Need by year"),
        shown=PRINTED,
        essential=essential,
    )


def _year(item: NeedYearFact) -> tuple[Cell, ...]:
    return row(
        Year(item.year),
        item.facility_title or say("no line named"),
        item.currency,
        Number(item.need),
        Number(item.expected),
        say("limit not stated") if item.offer is None else Number(item.offer),
        _lack(item.gap),
    )


def need_chart(needs: NeedsFact) -> Iterator[Chart]:
    """One for each currency that money is needed in."""
    for currency in dict.fromkeys(item.currency for item in needs.years if item.need):
        yield Chart(
            "need",
            say("What measures need and what the lines offer, {currency}", currency=currency),
            currency,
            say("Where the limit of a line is not stated, nothing is known of its offer."),
        )


def gaps_said(needs: NeedsFact) -> Iterator[Paragraph]:
    """One for each year and currency: what is missing, and which measures it stops."""
    short = [item for item in needs.measures if item.missing]
    for year, currency in dict.fromkeys((item.year, item.currency) for item in short):
        mine = [item for item in short if (item.year, item.currency) == (year, currency)]
        gap = sum(item.missing or 0 for item in mine)
        text = say(
            "{year}: {gap} of finance are missing. No room for {measures}.",
            year=str(year),
            gap=Money(amount=gap, currency=currency),
            measures=[_stopped(item) for item in mine],
        )
        yield Paragraph(text, tone="bad")


def unknown_said(needs: NeedsFact) -> Iterator[Paragraph]:
    """One for each currency: what is needed of lines whose limit nobody has stated."""
    unknown = [item for item in needs.measures if item.missing is None]
    for currency in dict.fromkeys(item.currency for item in unknown):
        mine = [item for item in unknown if item.currency == currency]
        need = sum((item.amount for item in mine), Decimal(0))
        expected = sum((item.expected for item in mine), Decimal(0))
        text = say(
            "Measures that start in {years} need {need} of lines without a stated limit "
            "({expected} if each is counted by its chance): nobody can say whether there is room.",
            years=_years(mine),
            need=Money(amount=need, currency=currency),
            expected=Money(amount=expected, currency=currency),
        )
        yield Paragraph(text, tone="warn")


def _years(items: Sequence[NeedFact]) -> Period:
    first, last = min(item.year for item in items), max(item.year for item in items)
    return Period(date(first, 1, 1), date(last, 12, 31))


def _stopped(item: NeedFact) -> Message:
    if item.granted:
        return say("a part of “{title}”", title=item.title)
    return say("“{title}”", title=item.title)


def left_out_table(needs: NeedsFact) -> Table:
    return Table(
        "need-left-out",
        say("Needs that are not counted"),
        (Column(say("Measure"), wide=True), Column(say("Why"), wide=True)),
        tuple(row(item.title, item.why) for item in needs.left_out),
        sheet=say("Not counted"),
        shown=PRINTED,
    )
