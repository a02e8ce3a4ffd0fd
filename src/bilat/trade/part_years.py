"""Years of which only a part is known, and years made of months."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.trade.point import Point
from bilat.vocabulary import Period

MONTHS = 12
MOST_CHANGE = 4.0
"""A part of a year is not believed to have grown or fallen by more than this factor."""


def year_from_part(part: float, part_before: float, year_before: float, months: int) -> float:
    """The year that a part of it points to, by comparable periods.

    part: the first ``months`` months. part_before, year_before: the same months, and all, of the
    year before. The months that are still missing are those of the year before, times the growth so
    far to the power of the share of the year that is known: a beginning is not yet a trend. Raises
    NoAnswer for months outside 1 … 11, or a part that is larger than its year.
    """
    if not 1 <= months < MONTHS:
        raise NoAnswer(say("a part of a year has 1 to 11 months, not {n}", n=months))
    if not 0 <= part_before <= year_before or part < 0:
        raise NoAnswer(say("a part of the year is larger than the year, or negative"))
    growth = part / part_before if part_before else MOST_CHANGE if part else 1.0
    growth = min(max(growth, 1 / MOST_CHANGE), MOST_CHANGE)
    return float(part + (year_before - part_before) * growth ** (months / MONTHS))


def added_up(months: Mapping[Period, Point]) -> Iterator[Point]:
    """Years all of whose months are known, and the months from January on of the others.

    months: single months, of one flow and one side.
    """
    for year in sorted({period.start.year for period in months}):
        found: list[Point] = []
        for month in range(1, MONTHS + 1):
            point = months.get(Period.parse(f"{year}-{month:02}"))
            if point is None:
                break
            found.append(point)
        if not found:
            continue
        end = found[-1].period.end
        yield replace(
            found[0],
            period=Period(found[0].period.start, end),
            value=sum((point.value for point in found), Decimal(0)),
            sources=tuple(dict.fromkeys(s for point in found for s in point.sources)),
            method=say("sum of months"),
        )


def extrapolated(parts: Mapping[Period, Point], years: Mapping[Period, Point]) -> Iterator[Point]:
    """Full years from the longest part that starts in January.

    By the same part of the year before where that is known with its full year (`year_from_part`);
    else at an even pace.
    """
    longest: dict[int, Point] = {}
    for period, point in parts.items():
        if period.start.month == 1 and period.start.year == period.end.year and period.months:
            best = longest.get(period.start.year)
            if best is None or (best.period.months or 0) < period.months:
                longest[period.start.year] = point
    for year, point in longest.items():
        months = point.period.months or 0
        before, full = parts.get(point.period.year_before), years.get(Period.year(year - 1))
        if before and full and 0 < before.value <= full.value:
            guess = year_from_part(
                float(point.value), float(before.value), float(full.value), months
            )
            value = Decimal(str(round(guess, 2)))
            method = say("{part} against the same part of the year before", part=point.period)
        else:
            value = point.value * MONTHS / months
            method = say("{part} at an even pace", part=point.period)
        yield replace(
            point,
            period=Period.year(year),
            value=value,
            kind="derived",
            method=method,
            part_months=months,
        )
