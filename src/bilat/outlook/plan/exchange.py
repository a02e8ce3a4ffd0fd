"""A good plan at once: take measures in, leave them out, exchange them, while that is better."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bilat.outlook.plan.law import Law
from bilat.outlook.plan.relaxed import Goal
from bilat.outlook.plan.space import Space, slack

Floats = NDArray[np.float64]

THRIFT = 1e-6
"""Weight of the share of all costs, so that of equal chances the cheaper plan is taken."""
HALVINGS = 20
TRIED = 12
"""Options that are tried of those that may be taken in."""


class Exchange:
    """Steepest ascent among the neighbours of a plan (Lin and Kernighan's exchanges of one).

    A neighbour leaves out one measure, with all that depend on it, or none; and takes in one
    option, with all that it depends on, at the greatest scale that the limits leave, or none.
    """

    def __init__(self, space: Space, law: Law, goal: Goal) -> None:
        self.space, self.law, self.goal = space, law, goal
        self.whole = max(float(space.cost.sum()), 1e-9)

    def score(self, scales: Floats) -> float:
        chance = float(self.law.chance(scales @ self.space.adds).mean())
        return float(self._scores(np.array([chance]), np.array([scales @ self.space.cost]))[0])

    def _scores(self, chance: Floats, cost: Floats) -> Floats:
        thrift = THRIFT * cost / self.whole
        if self.goal.kind == "chance":
            return np.asarray(chance - thrift)
        enough = chance >= self.goal.least
        return np.asarray(np.where(enough, 1 - cost / self.whole, chance - 2 - thrift))

    def improve(self, scales: Floats, rounds: int) -> Floats:
        """(j,) scales of a plan that is at least as good."""
        best, score = scales, self.score(scales)
        for _ in range(rounds):
            found = max(self._neighbours(best), key=lambda pair: pair[0], default=(score, best))
            if found[0] <= score + 1e-9:
                break
            score, best = found
        return self._trimmed(best)

    def _neighbours(self, scales: Floats) -> Iterator[tuple[float, Floats]]:
        chosen = np.flatnonzero(scales)
        for dropped in (None, *chosen.tolist()):
            less = scales.copy() if dropped is None else self._without(scales, dropped)
            if self.space.allows(self.space.columns_of(less)):
                yield self.score(less), less
            yield from self._additions(less)

    def _without(self, scales: Floats, dropped: int) -> Floats:
        place = self.space.options.options[dropped].measure
        needs = self.space.options.needs
        less = scales.copy()
        for number in np.flatnonzero(scales):
            mine = self.space.options.options[number].measure
            if mine == place or place in needs[mine]:
                less[number] = 0.0
        return less

    @cached_property
    def needs(self) -> Floats:
        """(j, j) 1 where the option of the row needs that of the column, in that very year."""
        options = self.space.options.options
        index = {(o.measure, o.year, o.years): number for number, o in enumerate(options)}
        found = np.zeros((len(options), len(options)))
        for number, option in enumerate(options):
            years = dict(option.years)
            for place, year in option.years:
                theirs = tuple((other, years[other]) for other in self.space.options.needs[place])
                found[number, index[place, year, theirs]] = 1.0
        return found

    @cached_property
    def own(self) -> Floats:
        """(r, j) what taking in an option at no scale adds to each row."""
        return np.where(self.space.y == self.space.w, 0.0, 1.0) * self.space.rows[:, self.space.y]

    @cached_property
    def scaled(self) -> Floats:
        """(r, j) what its scale adds."""
        return np.ascontiguousarray(self.space.rows[:, self.space.w])

    def _additions(self, scales: Floats) -> Iterator[tuple[float, Floats]]:
        """The best way of taking in one option, if there is any."""
        missing = self.needs * (scales == 0)
        scale, fits = self._room(scales, missing)
        places = np.flatnonzero(fits)
        if not len(places):
            return
        more = missing[places]
        more[np.arange(len(places)), places] = scale[places]
        plans = scales[None, :] + more[self._promising(scales, more)]
        chance = self.law.chance(plans @ self.space.adds).mean(1)
        scores = self._scores(chance, plans @ self.space.cost)
        best = int(scores.argmax())
        yield float(scores[best]), plans[best]

    def _room(self, scales: Floats, missing: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """Scale at which each option could be taken in, and whether it can be."""
        space = self.space
        room = space.top + slack(space.top) - space.rows @ space.columns_of(scales)
        left = room[:, None] - self.own
        waiting = np.flatnonzero(missing.any(1))
        if len(waiting):
            left[:, waiting] -= (self.own + self.scaled) @ missing[waiting].T
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = np.where(self.scaled > 0, left / self.scaled, 1.0).min(0, initial=1.0)
        fits = (scale >= space.smallest) & (self.scaled * scale <= left).all(0) & (scales == 0)
        return scale, fits

    def _promising(self, scales: Floats, more: Floats) -> NDArray[np.int64]:
        """The few that promise most, by the slope of the chance here."""
        adds = scales @ self.space.adds
        step = 0.5 * float(self.space.adds.max()) + 1e-9
        slope = (self.law.chance(adds + step) - self.law.chance(adds)) / (step * len(adds))
        chance = self.law.chance(adds).mean() + more @ (self.space.adds @ slope)
        scores = self._scores(chance, (scales + more) @ self.space.cost)
        return np.argsort(-scores, kind="stable")[:TRIED]

    def _trimmed(self, scales: Floats) -> Floats:
        """Where only a least chance is asked for: partial measures no larger than that needs."""
        if self.goal.kind == "chance":
            return scales
        for number in np.flatnonzero((scales > 0) & (self.space.smallest < 1)):
            low, high = float(self.space.smallest[number]), float(scales[number])
            for _ in range(HALVINGS):
                middle = (low + high) / 2
                tried = scales.copy()
                tried[number] = middle
                if self.score(tried) > self.score(scales):
                    scales, high = tried, middle
                else:
                    low = middle
        return scales
