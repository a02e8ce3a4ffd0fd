"""What the sides state differently: both values stand, and how far they are apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bilat.brief.facts.fact import Fact, Level, Said
from bilat.brief.facts.targets import AnnouncementFact, TargetFact
from bilat.brief.facts.trade import TradeFact
from bilat.language import Message, say, say_many
from bilat.vocabulary import Period

WORTH_SAYING = 0.05
"""Below five per cent two rounded statements of one number do not differ."""


class Saying(Fact):
    """What one side says."""

    side: str
    text: Said
    sources: tuple[str, ...]


class DifferenceFact(Fact):
    """One subject, and what each side says of it."""

    subject: Said
    kind: Literal["target_date", "number"]
    ref: str
    """The record it is about, as section/id."""
    period: Period | None
    sayings: tuple[Saying, ...]
    gap: float | None
    """How far two numbers are apart, against the smaller one."""


def difference_facts(
    targets: tuple[TargetFact, ...], trade: TradeFact
) -> tuple[DifferenceFact, ...]:
    """Dates of targets first, then numbers, the newest period first."""
    numbers = sorted(_numbers(trade), key=lambda item: _newest(item.period), reverse=True)
    return (*_dates(targets), *numbers)


def _newest(period: Period | None) -> tuple[int, int]:
    return (period.end.toordinal(), period.start.toordinal()) if period else (0, 0)


def _dates(targets: tuple[TargetFact, ...]) -> Iterator[DifferenceFact]:
    for target in targets:
        years = {item.deadline for item in target.announcements}
        if len(years) < 2:
            continue
        yield DifferenceFact(
            subject=say("Date of the target: {title}", title=target.title),
            kind="target_date",
            ref=f"targets/{target.id}",
            period=None,
            sayings=tuple(
                Saying(side=item.side, text=announced(item), sources=item.sources)
                for item in target.announcements
            ),
            gap=None,
        )


def announced(item: AnnouncementFact) -> Message:
    """A side's date in its own terms, with the year that it means."""
    if item.horizon_years:
        return say_many(
            "within {n} year, counted from {announced}: {year}",
            "within {n} years, counted from {announced}: {year}",
            n=item.horizon_years,
            announced=item.counted_from,
            year=str(item.deadline),
        )
    if item.by:
        return say("by {by} (announced {announced})", by=item.by, announced=item.announced)
    return say("no date (announced {announced})", announced=item.announced)


def _numbers(trade: TradeFact) -> Iterator[DifferenceFact]:
    for flow in trade.flows:
        for row in flow.rows:
            if row.difference is None or row.difference < WORTH_SAYING:
                continue
            yield DifferenceFact(
                subject=say("{title}, {period}", title=flow.title, period=row.period),
                kind="number",
                ref=f"indicators/{flow.indicator}",
                period=row.period,
                sayings=tuple(
                    Saying(
                        side=level.side,
                        text=_stated(level, flow.display_unit),
                        sources=level.sources,
                    )
                    for level in row.levels
                ),
                gap=row.difference,
            )


def _stated(level: Level, unit: str) -> Message:
    """The value; one that follows from a stated ratio says so."""
    amount = level.in_unit(unit)
    if level.method is None or level.kind != "derived":
        return say("{amount}", amount=amount)
    return say("{amount} ({method})", amount=amount, method=level.method)
