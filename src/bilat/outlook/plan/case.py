"""A question under limits, and plans in it by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bilat.outlook.plan.effort import Found
from bilat.outlook.plan.limits import Limits, Purse, purse_of
from bilat.outlook.plan.question import Question
from bilat.outlook.plan.space import Space, space_of

Floats = NDArray[np.float64]
Scales = Mapping[tuple[int, int], float]
"""(place, year) → scale: a plan in whatever space."""


@dataclass(frozen=True)
class Case:
    """space: the plans that the limits allow."""

    question: Question
    limits: Limits
    purse: Purse
    space: Space

    def budget(self) -> float:
        return self.purse.value(self.limits.budget, "budget") * self.purse.unit

    def named(self, found: Found) -> Scales:
        if found.scales is None:
            return {}
        options = self.space.options.options
        return {
            (options[j].measure, options[j].year): float(found.scales[j])
            for j in np.flatnonzero(found.scales)
        }

    def scales(self, named: Scales) -> Floats | None:
        """(j,) the same plan in this space; None where an option of it is not here."""
        found = np.zeros(len(self.space.y))
        options = self.space.options.options
        index = {(o.measure, o.year, o.years): number for number, o in enumerate(options)}
        years = dict(named.keys())
        for (place, year), scale in named.items():
            needs = tuple((other, years[other]) for other in self.space.options.needs[place])
            if (place, year, needs) not in index:
                return None
            found[index[place, year, needs]] = scale
        return found

    def fresh_adds(self, found: Found) -> Floats:
        """(s, m) what each measure of the plan, in the order of `named`, adds in fresh draws."""
        named = sorted(self.named(found).items())
        return self.question.fresh_adds([(*key, scale) for key, scale in named])


def case_of(question: Question, limits: Limits) -> Case:
    purse = purse_of(question.measures, limits)
    return Case(question, limits, purse, space_of(question.options, limits, purse))
