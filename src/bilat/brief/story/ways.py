"""What a direction of trade says at a glance: both reports of the newest year, or how one grew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bilat.brief.facts.fact import Level
from bilat.brief.facts.ways import TradeWay, WayRow
from bilat.brief.story.blocks import Percent
from bilat.language import Message, say

SAME = 0.0005
"""Below a twentieth of a per cent nothing is said of a difference."""
SideName = Callable[[str], Any]


def way_finding(way: TradeWay, side_name: SideName) -> Message | None:
    """Of the newest full year that statistics report; None where there is none."""
    years = [row for row in way.rows if row.period.is_year and (row.first or row.second)]
    row = max(years, key=lambda row: row.period.start, default=None)
    if row is None:
        return None
    if row.first and row.second:
        return _both(way, row, row.first, row.second, side_name)
    return _one(way, row, side_name)


def _both(way: TradeWay, row: WayRow, first: Level, second: Level, side_name: SideName) -> Message:
    gap = row.gap or 0.0
    if abs(gap) < SAME:
        sentence = say("{period}: {one} reports {first}, {other} {second}: the same.")
    elif gap > 0:
        sentence = say("{period}: {one} reports {first}, {other} {second}: {share} more.")
    else:
        sentence = say("{period}: {one} reports {first}, {other} {second}: {share} less.")
    return sentence.with_args(
        period=row.period,
        one=side_name(first.side),
        other=side_name(second.side),
        first=first.in_unit(way.display_unit),
        second=second.in_unit(way.display_unit),
        share=Percent(abs(gap), 1),
    )


def _one(way: TradeWay, row: WayRow, side_name: SideName) -> Message | None:
    level = row.first or row.second
    if level is None:
        return None
    before = _before(way, row, level)
    growth = float(level.value / before.value) - 1 if before and before.value > 0 else None
    if growth is None:
        sentence = say("{period}: {side} reports {amount}; the other side’s report is not known.")
    elif growth >= 0:
        sentence = say(
            "{period}: {side} reports {amount}, {share} more than the year before; the other "
            "side’s report is not known."
        )
    else:
        sentence = say(
            "{period}: {side} reports {amount}, {share} less than the year before; the other "
            "side’s report is not known."
        )
    return sentence.with_args(
        period=row.period,
        side=side_name(level.side),
        amount=level.in_unit(way.display_unit),
        share=Percent(abs(growth or 0.0), 1),
    )


def _before(way: TradeWay, row: WayRow, level: Level) -> Level | None:
    before = way.of(row.period.year_before)
    found = (before.first, before.second) if before else ()
    return next((one for one in found if one and one.side == level.side), None)
