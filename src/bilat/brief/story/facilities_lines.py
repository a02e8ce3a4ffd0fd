"""Lines in tables and sentences: use, sub-limits, years, months, and when a limit is exceeded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bilat.brief.facts.finance_lines import LineFact, SpanFact, UseFact
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
from bilat.programme.names import FACILITY_KIND
from bilat.vocabulary import Money, Period

PRINTED = 40
UNKNOWN = say("not stated")


def lines_table(lines: Sequence[LineFact], *, essential: bool = False) -> Table:
    return Table(
        "facilities",
        say("Credit and leasing lines"),
        (
            Column(say("Line"), wide=True),
            Column(say("Kind, lender")),
            Column(say("Currency")),
            Column(say("Limit"), numeric=True),
            Column(say("Balance"), numeric=True),
            Column(say("Agreed, not drawn"), numeric=True),
            Column(say("Free"), numeric=True),
            Column(say("Used"), numeric=True),
            Column(say("Next step"), wide=True),
        ),
        tuple(_line(line) for line in lines),
        shown=PRINTED,
        essential=essential,
    )


def _line(line: LineFact) -> tuple[Cell, ...]:
    return row(
        Cell(titled(line.title, assumption=line.assumption), line.sources),
        _kind(line),
        line.use.currency if line.use.limit or line.levels else None,
        *_amounts(line.use, recorded=bool(line.levels)),
        _utilisation(line.use),
        line.next_step,
    )


def _kind(line: LineFact) -> Message:
    kind = FACILITY_KIND[line.kind]
    return say("{kind}, {lender}", kind=kind, lender=line.lender) if line.lender else kind


def _amounts(use: UseFact, *, recorded: bool = True) -> tuple[Any, ...]:
    """Limit, balance, not yet drawn, free. recorded: there are deals; else nobody says zero."""
    limit = UNKNOWN if use.limit is None else Number(use.limit.amount)
    free = UNKNOWN if use.free is None else _signed(use.free, "up_to" if use.incomplete else None)
    if not recorded:
        return (limit, None, None, free)
    return (limit, Number(use.balance), Number(use.committed), free)


def _utilisation(use: UseFact) -> Any:
    if use.utilisation is None:
        return UNKNOWN
    share = Percent(use.utilisation, 1, qualifier="more_than" if use.incomplete else None)
    return Cell(share, tone="bad" if use.utilisation > 1 else None)


def sub_limits_table(lines: Sequence[LineFact]) -> Table:
    return Table(
        "sub-limits",
        say("Sub-limits"),
        (
            Column(say("Line"), wide=True),
            Column(say("Sub-limit"), wide=True),
            Column(say("Currency")),
            Column(say("Limit"), numeric=True),
            Column(say("Balance"), numeric=True),
            Column(say("Agreed, not drawn"), numeric=True),
            Column(say("Free"), numeric=True),
            Column(say("Used"), numeric=True),
        ),
        tuple(
            row(line.title, sub.title, sub.use.currency, *_amounts(sub.use), _utilisation(sub.use))
            for line in lines
            for sub in line.sub_limits
        ),
        shown=PRINTED,
        essential=True,
    )


def years_table(lines: Sequence[LineFact]) -> Table:
    rows = tuple(_year(line, span) for line in lines for span in line.years)
    return Table(
        "use-by-year",
        say("Use by year"),
        (
            Column(say("Line")),
            Column(say("Year"), numeric=True),
            *_SPAN_COLUMNS,
            Column(say("Of the limit"), numeric=True),
        ),
        rows,
        sheet=say("By year"),
        shown=PRINTED,
        essential=True,
    )


def months_table(lines: Sequence[LineFact]) -> Table:
    """The first month, and those in which something happens."""
    rows = tuple(
        row(line.title, Period(span.first, span.last), *_span(line, span))
        for line in lines
        for before, span in zip((None, *line.months), line.months, strict=False)
        if before is None or span.drawn or span.repaid or span.used != before.used
    )
    return Table(
        "use-by-month",
        say("The months ahead"),
        (Column(say("Line")), Column(say("Month"), whole=True), *_SPAN_COLUMNS),
        rows,
        notes=(say("Months in which nothing changes are left out."),),
        sheet=say("By month"),
        shown=PRINTED,
        essential=True,
    )


_SPAN_COLUMNS = (
    Column(say("Currency")),
    Column(say("Drawn"), numeric=True),
    Column(say("Repaid"), numeric=True),
    Column(say("Balance at the end"), numeric=True),
    Column(say("Agreed, not drawn"), numeric=True),
    Column(say("Free at the end"), numeric=True),
    Column(say("Most used"), numeric=True),
)


def _year(line: LineFact, span: SpanFact) -> tuple[Cell, ...]:
    limit = line.use.limit
    share = Percent(float(span.peak / limit.amount), 1) if limit and limit.amount else None
    return row(
        line.title,
        Year(span.first.year),
        *_span(line, span),
        share or UNKNOWN,
    )


def _span(line: LineFact, span: SpanFact) -> tuple[Any, ...]:
    limit = line.use.limit
    exceeded = limit is not None and span.peak > limit.amount
    return (
        line.use.currency,
        Number(span.drawn),
        Number(span.repaid),
        Number(span.balance),
        Number(span.committed),
        UNKNOWN if span.free is None else _signed(span.free),
        Cell(Number(span.peak), tone="bad" if exceeded else None),
    )


def _signed(amount: Decimal, qualifier: str | None = None) -> Cell:
    return Cell(Number(amount, qualifier=qualifier), tone="bad" if amount < 0 else None)


def fees_table(lines: Sequence[LineFact]) -> Table:
    """Of lines that state a commitment fee, their limit and when they can be drawn."""
    return Table(
        "commitment-fee",
        say("Commitment fee by year"),
        (
            Column(say("Line"), wide=True),
            Column(say("Year"), numeric=True),
            Column(say("Currency")),
            Column(say("Commitment fee"), numeric=True),
        ),
        tuple(
            row(line.title, Year(span.first.year), line.use.currency, Number(span.fee, 2))
            for line in lines
            for span in line.years
            if span.fee
        ),
        notes=(say("Of the undrawn part by the day, while the line is available; days/365."),),
        sheet=say("Commitment fee"),
        shown=PRINTED,
        essential=True,
    )


def line_charts(lines: Sequence[LineFact]) -> Iterator[Chart]:
    for line in lines:
        yield Chart(
            "use", _chart_title(line), line.id, say("Each step is a day on which use changes.")
        )


def _chart_title(line: LineFact) -> Message:
    breach = line.use.breach
    if breach is not None and not breach.if_granted:
        return say("{title}: beyond the limit from {day} on", title=line.title, day=breach.day)
    if line.use.limit is None:
        return say("{title}: what is used over time", title=line.title)
    return say("{title}: what is used of the limit over time", title=line.title)


def breach_said(line: LineFact, as_of: date) -> Iterator[Paragraph]:
    yield from _breach(line.title, line.use, as_of)
    for sub in line.sub_limits:
        name = say("{line}, {part}", line=line.title, part=sub.title)
        yield from _breach(name, sub.use, as_of)


def _breach(name: Any, use: UseFact, as_of: date) -> Iterator[Paragraph]:
    breach = use.breach
    if breach is None:
        return
    over = Money(amount=breach.over, currency=use.currency)
    said = {"line": name, "day": breach.day, "over": over, "deal": breach.deal_title}
    if breach.if_granted:
        text = say(
            "{line}: if “{deal}” is granted, the limit is exceeded by {over} on {day}.", **said
        )
        yield Paragraph(text, tone="warn")
    elif breach.day <= as_of:
        text = say("{line}: exceeded by {over} since {day}, by “{deal}”.", **said)
        yield Paragraph(text, tone="bad")
    else:
        text = say("{line}: will be exceeded by {over} on {day}, by “{deal}”.", **said)
        yield Paragraph(text, tone="bad")


def missing_said(line: LineFact) -> Message:
    return say("{line}: nobody has stated {what}.", line=line.title, what=line.missing)
