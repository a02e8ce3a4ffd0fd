"""What may be decided: each measure in each year in which it may start, with what that adds.

A measure may start at its stated start or whole years later, up to the date of the target, and not
before the year in which what it depends on is planned to start. What it adds at the date depends
on its own start and on those of everything that it depends on:

    begins = max(start + delay of the measure, start + delay of each that it depends on)

so an option holds the years of all of them. Later options that add no more in any scenario and
spare no limit are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.effects import STEPS, Assumptions, Draws, become, shares
from bilat.outlook.measures import Measure, in_order

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

MOST = 400
"""Options of one measure: beyond, chains of dependencies are too long to be planned exactly."""


@dataclass(frozen=True)
class Option:
    """measure: its place. year: in which it starts. years: (place, year) of everything that it
    depends on. begun: it works already, and takes no money and no start."""

    measure: int
    year: int
    years: tuple[tuple[int, int], ...] = ()
    begun: bool = False


@dataclass(frozen=True)
class Options:
    """adds: (j, n) what each option at full scale adds at the date in each scenario, base unit.
    needs: per measure, the places of all that it depends on, near and far."""

    measures: tuple[Measure, ...]
    options: tuple[Option, ...]
    adds: Singles
    needs: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.options)


def options_of(
    measures: Sequence[Measure], draws: Draws, assumptions: Assumptions, edges: Floats
) -> Options:
    """edges: (t + 1,) years; the last one is the date of the target.

    Raises NoAnswer for dependencies that are unknown or go round in a ring, and for chains of
    dependencies with more than `MOST` combinations of starts.
    """
    needs = needs_of(measures)
    years = [_years(measure, edges) for measure in measures]
    found = tuple(
        option for place in range(len(measures)) for option in _of(place, measures, years, needs)
    )
    return Options(tuple(measures), found, _adds(measures, found, draws, assumptions, edges), needs)


def needs_of(measures: Sequence[Measure]) -> tuple[tuple[int, ...], ...]:
    """For each measure the places of all that it depends on, near and far, in order."""
    place = {measure.id: number for number, measure in enumerate(measures)}
    found: dict[int, set[int]] = {}
    for number in in_order(measures):
        direct = {place[name] for name in measures[number].depends_on}
        found[number] = direct.union(*(found[other] for other in direct))
    return tuple(tuple(sorted(found[number])) for number in range(len(measures)))


def started_in(measure: Measure, year: int) -> Measure:
    """The measure with its start moved to the same day of ``year``; one that has begun stays."""
    if measure.begun:
        return measure
    return replace(measure, start=measure.start + year - int(np.floor(measure.start)))


def _years(measure: Measure, edges: Floats) -> range:
    first = int(np.floor(measure.start))
    if measure.begun:
        return range(first, first + 1)
    return range(first, int(np.ceil(edges[-1])))


def _of(
    place: int,
    measures: Sequence[Measure],
    years: Sequence[range],
    needs: Sequence[tuple[int, ...]],
) -> Iterator[Option]:
    measure, before = measures[place], needs[place]
    count = 0
    for mine, *theirs in product(years[place], *(years[other] for other in before)):
        chosen = dict(zip(before, theirs, strict=True))
        if not _in_turn({**chosen, place: mine}, measures, needs):
            continue
        count += 1
        if count > MOST:
            raise NoAnswer(
                say(
                    "{measure} depends on so many others that its possible starts cannot be "
                    "planned one by one; merge measures that start together",
                    measure=measure.title,
                )
            )
        yield Option(place, mine, tuple(chosen.items()), measure.begun)


def _in_turn(
    chosen: Mapping[int, int], measures: Sequence[Measure], needs: Sequence[tuple[int, ...]]
) -> bool:
    """No measure is planned for a year before that of what it depends on."""
    return all(
        measures[place].begun or year >= chosen[other]
        for place, year in chosen.items()
        for other in needs[place]
    )


def _adds(
    measures: Sequence[Measure],
    options: Sequence[Option],
    draws: Draws,
    assumptions: Assumptions,
    edges: Floats,
) -> Singles:
    """(j, n) by the rule of `effects`, which the size and the coming about do not depend on."""
    drawn = become(measures, draws, assumptions)
    months = int(np.ceil((edges[-1] - edges[0] + 1) * STEPS))
    found = np.empty((len(options), len(draws)), np.float32)
    for row, option in enumerate(options):
        mine = started_in(measures[option.measure], option.year)
        begins = _begins(mine, draws, option.measure)
        for other, year in option.years:
            theirs = _begins(started_in(measures[other], year), draws, other)
            np.maximum(begins, theirs, out=begins)
        late = np.floor((begins - np.float32(mine.start)) * STEPS + 0.5).astype(np.int64)
        table = shares(mine, edges, months)[:, -1]
        found[row] = table.take(np.minimum(late, months)) * drawn.amount[option.measure]
    return found


def _begins(measure: Measure, draws: Draws, place: int) -> Singles:
    late = np.float32(0 if measure.begun else 1)
    return np.asarray(np.float32(measure.start) + late * draws.delay[place], np.float32)
