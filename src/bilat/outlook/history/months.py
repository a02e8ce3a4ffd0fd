"""Months into years: full years, running years, and a year of which only a part is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.history.panel import Array
from bilat.outlook.history.single import LearnedForecast

MONTHS = 12
MOST_CHANGE = 4.0
"""A part of a year is not believed to have grown or fallen by more than this factor."""
MISSING_POWER = 0.75
"""How the error of a stretched part falls with the share of the year that is missing."""

Month = tuple[int, int]
"""Year, and month from 1."""


def calendar_years(months: Mapping[Month, float]) -> tuple[list[int], list[float]]:
    """Years all of whose months are known, in order, and their sums."""
    years = sorted({year for year, _ in months})
    full = [y for y in years if all((y, m) in months for m in range(1, MONTHS + 1))]
    return full, [sum(months[year, m] for m in range(1, MONTHS + 1)) for year in full]


def running_years(values: Sequence[float]) -> Array:
    """Sums of twelve months that end with the last month, a year earlier, and so on; in order.

    values: (n,) months in order, without gaps. Months that do not fill a year are left out at the
    beginning. Raises NoAnswer for less than twelve months.
    """
    count = len(values) // MONTHS
    if not count:
        raise NoAnswer(say("twelve months are needed, {n} are known", n=len(values)))
    recent = np.asarray(values, dtype=float)[len(values) - count * MONTHS :]
    return np.asarray(recent.reshape(count, MONTHS).sum(axis=1))


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


def part_year_error(forecast: LearnedForecast, months: int) -> float:
    """Log standard deviation of a year made of ``months`` months: a ``start_error``.

    forecast: of the series up to the year before. With no month known the error is that of a
    forecast for one year ahead, and it falls with the missing share to the power of 0.75.
    """
    low, high = np.log(forecast.quantile((0.25, 0.75), 1))
    missing = 1 - months / MONTHS
    return float((high - low) / QUARTILES * missing**MISSING_POWER)


QUARTILES = 1.349
"""Distance of the quartiles of a normal distribution, in standard deviations."""
