"""Which assumption moves the chance most: each moved alone, on the same luck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bilat.language import Message, say
from bilat.outlook.effects import Assumptions, Draws, additions_at, become, draw, spread_of
from bilat.outlook.measures import Measure

Floats = NDArray[np.float64]

Kind = Literal["chance", "size", "start", "displaced", "baseline", "delay", "common"]
GROWTH = 0.01
"""The baseline is moved by this share a year."""
DRAWS = 20_000

NAMES: dict[Kind, Message] = {
    "chance": say("it comes about: not at all … for certain"),
    "size": say("its size: low … high"),
    "start": say("its start: a year later … a year earlier"),
    "displaced": say("half of it displaces other trade … none"),
    "baseline": say("growth of the baseline: one per cent a year less … more"),
    "delay": say("delay of starts: doubled … none"),
    "common": say("luck that measures share: twice as much … none"),
}


@dataclass(frozen=True)
class Swing:
    """One assumption at its two ends: the chance at the worse and at the better one.

    measure: its id; None for an assumption that concerns all.
    """

    kind: Kind
    measure: str | None
    low: float
    high: float

    @property
    def width(self) -> float:
        return abs(self.high - self.low)


def swings(
    baseline: Floats,
    edges: Floats,
    level: float,
    measures: Sequence[Measure],
    *,
    rng: np.random.Generator,
    assumptions: Assumptions | None = None,
) -> tuple[Swing, ...]:
    """The arguments of `simulate`. Every assumption is moved alone; the widest swing first."""
    believed = assumptions or Assumptions()
    shown = baseline[:DRAWS]
    base = _Base(
        shown, edges, level, measures, believed, draw(measures, shown[:, -1], believed, rng)
    )
    found = [*base.of_baseline(), *base.of_all()]
    for place in range(len(measures)):
        found += base.of_measure(place)
    return tuple(sorted(found, key=lambda swing: -swing.width))


@dataclass(frozen=True)
class _Base:
    baseline: Floats
    edges: Floats
    level: float
    measures: Sequence[Measure]
    assumptions: Assumptions
    draws: Draws

    def chance(
        self,
        measures: Sequence[Measure] | None = None,
        assumptions: Assumptions | None = None,
        draws: Draws | None = None,
        shift: float = 0.0,
    ) -> float:
        chosen = self.measures if measures is None else measures
        drawn = become(chosen, draws or self.draws, assumptions or self.assumptions)
        last = len(self.edges) - 2
        adds = additions_at(chosen, drawn, self.edges, last).sum(0)
        years = self.edges[-1] - self.edges[0]
        moved = self.baseline[:, -1] * np.exp(shift * years)
        return float((moved + adds >= self.level).mean())

    def of_baseline(self) -> Iterator[Swing]:
        low, high = (self.chance(shift=shift) for shift in (-GROWTH, GROWTH))
        yield Swing("baseline", None, low, high)

    def of_all(self) -> Iterator[Swing]:
        if not self.measures:
            return
        doubled = replace(self.draws, delay=self.draws.delay * 2)
        none = replace(self.draws, delay=self.draws.delay * 0)
        yield Swing("delay", None, self.chance(draws=doubled), self.chance(draws=none))
        more = replace(self.assumptions, common=min(2 * self.assumptions.common, 1.0))
        less = replace(self.assumptions, common=0.0)
        yield Swing("common", None, self.chance(assumptions=more), self.chance(assumptions=less))

    def of_measure(self, place: int) -> Iterator[Swing]:
        measure = self.measures[place]
        likely, low, high = spread_of(measure, self.assumptions)
        if measure.chance < 1:
            yield self._swing("chance", place, {"chance": 0.0}, {"chance": 1.0})
        if low < likely or likely < high:
            yield self._swing("size", place, _fixed(low), _fixed(high))
        if not measure.begun:
            later, earlier = measure.start + 1, measure.start - 1
            yield self._swing("start", place, {"start": later}, {"start": earlier})
        if measure.displaced < 0.5:
            yield self._swing("displaced", place, {"displaced": 0.5}, {"displaced": 0.0})

    def _swing(
        self, kind: Kind, place: int, worse: dict[str, float], better: dict[str, float]
    ) -> Swing:
        measure = self.measures[place]
        low, high = (
            self.chance(_with(self.measures, place, replace(measure, **change)))  # type: ignore[arg-type]
            for change in (worse, better)
        )
        return Swing(kind, measure.id, low, high)


def _fixed(size: float) -> dict[str, float]:
    return {"low": size, "likely": size, "high": size}


def _with(measures: Sequence[Measure], place: int, changed: Measure) -> tuple[Measure, ...]:
    return (*measures[:place], changed, *measures[place + 1 :])
