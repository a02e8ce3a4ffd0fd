"""How often announced targets like this one were met.

>>> from bilat.outlook.announced import base_rate, read_announced
>>> targets, problems = read_announced()
>>> base = base_rate(targets, required_growth=0.303, horizon=5)
>>> print(f"{base.estimate.chance:.0%}; {base.overall.met} of {base.overall.targets} in all")
6%; 31 of 107 in all
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from bilat.errors import NoAnswer
from bilat.language import Message, say
from bilat.outlook.announced.comparison import (
    Asked,
    Band,
    Estimate,
    both_bands,
    candidates,
    estimate,
    features_of,
    growth_bands,
    horizon_bands,
    likeness,
    rate_of,
)
from bilat.outlook.announced.rates import Rate
from bilat.outlook.announced.shown import Country
from bilat.outlook.announced.standing import Standing, Targets, standing
from bilat.outlook.announced.target import AnnouncedTarget

Choice = Literal["without-memory", "with-memory", "without-leading-country", "first-statements"]


@dataclass(frozen=True)
class Case:
    """One settled target that asked for about as much."""

    target: AnnouncedTarget
    distance: float
    """In standard deviations of what is compared; 0 where nothing is compared."""


@dataclass(frozen=True)
class Alternative:
    """The same question to another choice of rows."""

    choice: Choice
    name: Message
    left_out: int
    """Rows fewer than in the main answer; below zero where there are more."""
    overall: Rate | None
    same_growth: Rate | None
    """The band of required growth that holds the target in question."""
    estimate: Estimate | None


@dataclass(frozen=True)
class BaseRate:
    """How often announced targets were met that are comparable with the one asked about."""

    asked: Asked
    as_of: date | None
    without_memory: bool
    standing: Standing
    """Its ``settled`` targets are those counted here."""
    correlation: float
    """Of outcomes inside a pair; the intervals of plain counts are widened by it."""
    overall: Rate
    by_growth: tuple[Band, ...]
    by_horizon: tuple[Band, ...]
    by_both: Band | None
    estimate: Estimate
    nearest: tuple[Case, ...]
    alternatives: tuple[Alternative, ...]

    @property
    def comparable(self) -> Band | None:
        """The plain count nearest to the question: its band of growth, else of the horizon."""
        return next(
            (band for band in (*self.by_growth, *self.by_horizon) if band.holds_asked), None
        )


def base_rate(
    targets: Sequence[AnnouncedTarget],
    *,
    required_growth: float | None = None,
    horizon: float | None = None,
    level: float | None = None,
    as_of: date | None = None,
    without_memory: bool = False,
    cases: int = 10,
) -> BaseRate:
    """The base rate among targets whose deadline had passed by ``as_of``.

    required_growth: a share a year; horizon: years from announcement to deadline; level: the
    target in US dollars a year; each may be None and is then not compared. as_of: None takes the
    table as far as it goes. without_memory: leaves out outcomes for which no page was read. cases:
    how many of the most comparable targets are listed. Raises NoAnswer where no target is settled
    or comparable, or where the question has impossible numbers.
    """
    asked = Asked(required_growth, horizon, level)
    every = standing(targets, as_of)
    stood = every.without_memory if without_memory else every
    settled = stood.settled
    correlation = likeness(settled)
    overall, smooth = rate_of(settled, correlation), estimate(settled, asked)
    if overall is None or smooth is None:
        raise NoAnswer(
            say("no settled target has a baseline. Give baselines, or ask without a growth")
        )
    return BaseRate(
        asked=asked,
        as_of=as_of,
        without_memory=without_memory,
        standing=stood,
        correlation=correlation,
        overall=overall,
        by_growth=growth_bands(settled, asked, correlation),
        by_horizon=horizon_bands(settled, asked, correlation),
        by_both=both_bands(settled, asked, correlation),
        estimate=smooth,
        nearest=_nearest(settled, asked, cases),
        alternatives=tuple(_alternatives(every, stood, asked)),
    )


def _nearest(settled: Targets, asked: Asked, cases: int) -> tuple[Case, ...]:
    """The most alike first; among equals the one announced later."""
    rows = candidates(settled, asked)
    features = np.array([features_of(asked, row.required_growth, row.horizon) for row in rows])
    spread = features.std(axis=0)
    apart = features - features_of(asked, asked.required_growth, asked.horizon)
    scaled = apart / np.where(spread > 0, spread, 1.0)
    distances = np.sqrt((scaled**2).sum(axis=1))
    found = [Case(row, float(far)) for row, far in zip(rows, distances, strict=True)]
    found.sort(key=lambda case: (case.distance, -case.target.announced.start.toordinal()))
    return tuple(found[:cases])


def _alternatives(every: Standing, stood: Standing, asked: Asked) -> Iterator[Alternative]:
    settled = stood.settled
    if stood is every:
        read = tuple(target for target in settled if not target.outcome_from_memory)
        name = say("without outcomes from memory")
        yield _alternative("without-memory", name, settled, read, asked)
    else:
        name = say("with outcomes from memory")
        yield _alternative("with-memory", name, settled, every.settled, asked)
    if country := leading_country(settled):
        others = tuple(target for target in settled if country not in target.pair)
        name = say("without pairs with {country}", country=Country(country))
        yield _alternative("without-leading-country", name, settled, others, asked)
    first = tuple(target for target in settled if target.restated_from is None)
    yield _alternative("first-statements", say("first statements only"), settled, first, asked)


def leading_country(settled: Sequence[AnnouncedTarget]) -> str | None:
    """The country whose pairs hold the most targets that were met; None where none was."""
    met = Counter(side for target in settled if target.met == "yes" for side in target.pair)
    return min(met, key=lambda country: (-met[country], country), default=None)


def _alternative(
    choice: Choice, name: Message, settled: Targets, rows: Targets, asked: Asked
) -> Alternative:
    correlation = likeness(rows) if rows else 0.0
    bands = growth_bands(rows, asked, correlation)
    return Alternative(
        choice=choice,
        name=name,
        left_out=len(settled) - len(rows),
        overall=rate_of(rows, correlation),
        same_growth=next((band.rate for band in bands if band.holds_asked), None),
        estimate=estimate(rows, asked),
    )
