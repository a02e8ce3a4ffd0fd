"""How far a year may be from what a part of it points to."""

from __future__ import annotations

import numpy as np

from bilat.outlook.history.single import LearnedForecast

MONTHS = 12
MISSING_POWER = 0.75
"""How the error of a stretched part falls with the share of the year that is missing."""
QUARTILES = 1.349
"""Distance of the quartiles of a normal distribution, in standard deviations."""


def part_year_error(forecast: LearnedForecast, months: int) -> float:
    """Log standard deviation of a year made of ``months`` months: a ``start_error``.

    forecast: of the series up to the year before. With no month known the error is that of a
    forecast for one year ahead, and it falls with the missing share to the power of 0.75.
    """
    low, high = np.log(forecast.quantile((0.25, 0.75), 1))
    missing = 1 - months / MONTHS
    return float((high - low) / QUARTILES * missing**MISSING_POWER)
