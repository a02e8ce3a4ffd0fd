"""What an outlook on a target holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bilat.language import Message
from bilat.outlook.announced import BaseRate
from bilat.outlook.effects import Assumptions
from bilat.outlook.measures import LeftOut, Measure
from bilat.outlook.simulation import Simulated
from bilat.programme import Indicator, Target
from bilat.programme.numbers import TargetStatement
from bilat.trade import Point, Series

Floats = NDArray[np.float64]


NUMBERS = 20_000_000
"""So many random numbers of measures are held at once."""


class Forecast(Protocol):
    """The distribution of a positive level after its last value, in the unit of the series."""

    @property
    def start(self) -> float:
        """The last level."""

    def quantile(self, shares: Sequence[float], horizon: int) -> Floats:
        """(len(shares),) levels that are not exceeded with these probabilities."""

    def chance_of(self, level: float, horizon: int) -> float:
        """Probability that the level after ``horizon`` years is at least ``level``."""

    def paths(
        self, rng: np.random.Generator, n: int, horizons: Sequence[float] | None = None
    ) -> Floats:
        """(n, len(horizons)) joint draws of the years ahead, with the same distributions."""


@dataclass(frozen=True)
class Luck:
    """What simulations draw from, and what they assume beyond the records."""

    seed: int = 0
    draws: int = 20_000
    assumptions: Assumptions = field(default_factory=Assumptions)

    def draws_of(self, measures: int) -> int:
        """Fewer where thousands of measures would not fit into memory."""
        return max(min(self.draws, NUMBERS // max(measures, 1)), 2_000)

    def rng(self) -> np.random.Generator:
        """The same draws for every date and side, so that they differ by nothing but that."""
        return np.random.default_rng(self.seed)


@dataclass(frozen=True)
class Path:
    """What one announcement asks for, from one starting level."""

    baseline: Point
    side: str
    required_growth: float | None
    """A share a year; None when the date is not after the baseline."""


@dataclass(frozen=True)
class Chance:
    """The chance that one announcement comes true by one series."""

    series: Series
    forecast: Forecast
    origin: int
    """The year that the forecast starts from."""
    horizon: int
    chance: float
    median: float
    low: float
    high: float
    """low, high: the 80 % interval at the target date, in the base unit."""
    simulated: Simulated | None = None
    """With the measures; None where none states an effect, or nothing was to be drawn."""


@dataclass(frozen=True)
class Announcement:
    """One side's date for the target, with what it asks for and how likely it is."""

    statement: TargetStatement
    deadline: int | None
    """The year; None when the statement names neither date nor horizon."""
    paths: tuple[Path, ...]
    chances: tuple[Chance, ...]
    base_rate: BaseRate | None = None
    """How often announced targets were met that asked for as much; None without a path."""
    obstacle: Message | None = None
    """Why there is no chance to give."""


@dataclass(frozen=True)
class TargetOutlook:
    """A target with its announcements, the series, and the measures that should move it."""

    target: Target
    indicator: Indicator
    level: Decimal
    """The target in the base unit of its indicator."""
    announcements: tuple[Announcement, ...]
    series: tuple[Series, ...]
    """Of both sides, then their reports made one where there is such a series."""
    measures: tuple[Measure, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
