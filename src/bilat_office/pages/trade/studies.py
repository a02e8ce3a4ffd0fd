"""The pair in the world: where trade can grow, why, how good growth is, whether a measure worked.

Each answer is computed once for a state of the warehouse, and kept. What all of them start from,
the world's trade, is large and kept by a process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bilat_office.pages.latest import Latest
from bilat_office.pages.trade.beside import (
    correlations,
    correlations_file,
    covariates,
    names_file,
    pairs_file,
    product_names,
)
from bilat_office.pages.trade.keeping import Kept, computed, key_of, known
from bilat_office.pages.trade.statistics import Question, warehouse

if TYPE_CHECKING:
    from bilat.brief.facts.potential import PotentialFacts, Told
    from bilat.brief.facts.worked import WorkedFacts
    from bilat.potential.measures_in_force import Wished
    from bilat.potential.opportunities import Direction
    from bilat.potential.second_opinion import SecondOpinion
    from bilat.potential.world import PairWorld, WorldExports
    from bilat.programme import Programme

T = TypeVar("T")
MOST = 1000
"""Opportunities of each direction that are kept."""
QUALITY_YEARS = 10
SEED = 0


@dataclass(frozen=True)
class Study:
    """A pair in the world, the opportunities of both directions, and what gravity says of them."""

    world: PairWorld
    exports: WorldExports
    directions: tuple[Direction, Direction]
    gravity: SecondOpinion


STUDIES: Latest[Study] = Latest(1)
Explained = tuple["PotentialFacts", dict[str, Any]]


def opportunities(asked: Question, *, waits: bool) -> Kept[PotentialFacts] | None:
    """None where it is not at hand, and whoever asks does not wait for it."""
    return _found("opportunities", asked, lambda: _opportunities(asked), waits=waits)


def why(asked: Question, *, waits: bool) -> Kept[Explained] | None:
    """Why one product is an opportunity, and the measure that would use it."""
    return _found("why", asked, lambda: _why(asked), waits=waits)


def quality(asked: Question, *, waits: bool) -> Kept[PotentialFacts] | None:
    """How good growth was, of both directions, over the last years."""
    return _found("quality", asked, lambda: _quality(asked), waits=waits)


def worked(
    asked: Question, programme: Programme, wished: Wished, *, waits: bool
) -> Kept[WorkedFacts] | None:
    """Whether a measure worked. asked: names the measure, and whose eyes the answer is for."""
    return _found("worked", asked, lambda: _worked(asked, programme, wished), wished, waits=waits)


def _found(
    kind: str,
    asked: Question,
    make: Callable[[], T],
    *more: object,
    waits: bool,
) -> Kept[T] | None:
    files = (names_file(), correlations_file(), pairs_file())
    key = key_of(kind, asked, *files, *more)
    return computed(key, make) if waits else known(key)


def _world(asked: Question, window: int) -> PairWorld:
    from bilat.potential.world import read_pair

    return read_pair(
        warehouse(),
        asked.sides,
        as_of=asked.as_of,
        dataset=asked.dataset or None,
        year=asked.year,
        digits=asked.digits,
        window=window,
        concordance=correlations(),
    )


def _exports(asked: Question, world: PairWorld) -> WorldExports:
    from bilat.potential.world import read_exports

    return read_exports(
        warehouse(),
        as_of=asked.as_of,
        dataset=world.span.dataset,
        year=world.year,
        digits=asked.digits,
        like=world,
    )


def _gravity(world: PairWorld) -> SecondOpinion:
    from bilat.potential.flows import read_flows
    from bilat.potential.second_opinion import CHAPTER, second_opinion

    flows = read_flows(warehouse(), world.span, years=world.years, digits=CHAPTER)
    return second_opinion(flows, world.sides, covariates())


def _study(asked: Question) -> Study:
    import numpy as np

    from bilat.potential.opportunities import find
    from bilat.potential.world import WINDOW

    about = (asked.sides, asked.as_of, asked.digits, asked.dataset, asked.year)
    key = key_of("study", *about, correlations_file(), pairs_file())
    found = STUDIES.get(key)
    if found is None:
        world = _world(asked, WINDOW)
        exports, gravity = _exports(asked, world), _gravity(world)
        rng = np.random.default_rng(SEED)
        found = Study(world, exports, find(world, exports, residuals=gravity, rng=rng), gravity)
        STUDIES.put(key, found)
    return found


def _told(gravity: SecondOpinion | None = None) -> Told:
    from bilat.brief.facts.potential import Told

    pairs = pairs_file()
    told = Path(pairs[0]).name if pairs else ""
    return Told(opinion=True, names=product_names(), gravity=gravity, pairs=told)


def _opportunities(asked: Question) -> PotentialFacts:
    from bilat.brief.facts.potential import potential_facts
    from bilat.potential.sectors import sector_of

    study = _study(asked)
    sector = sector_of(asked.more[0]) if asked.more else None
    told = _told(study.gravity)
    return potential_facts(study.world, study.directions, told, top=MOST, sector=sector)


def _why(asked: Question) -> Explained:
    from bilat.brief.facts.potential import why_facts
    from bilat.potential.draft import draft
    from bilat.potential.why import explain, untraded

    exporter, product = asked.more
    study = _study(asked)
    told = _told(study.gravity)
    direction = next(one for one in study.directions if one.exporter == exporter)
    found = explain(warehouse(), study.world, study.exports, direction, product)
    if found is None:
        raise untraded(product, study.world)
    commitment = draft(
        study.world,
        direction,
        found.one,
        name=told.names.get(product, ""),
        indicator=f"exports-{exporter}",
        author="bilat potential",
        as_of=asked.as_of,
    )
    facts = why_facts(study.world, [found], product, told)
    return facts, commitment.model_dump(mode="json", exclude_defaults=True)


def _quality(asked: Question) -> PotentialFacts:
    from bilat.brief.facts.potential import quality_facts
    from bilat.potential.quality import quality as how_good

    world = _world(asked, QUALITY_YEARS)
    found = how_good(warehouse(), world, _exports(asked, world))
    return quality_facts(world, found, _told())


def _worked(asked: Question, programme: Programme, wished: Wished) -> WorkedFacts:
    from bilat.brief.facts.worked_read import worked_from_warehouse
    from bilat.potential.measures_in_force import measure_in_force

    measure = measure_in_force(programme, asked.more[0], asked.as_of, wished)
    dataset = asked.dataset or None
    return worked_from_warehouse(measure, asked.sides, warehouse(), asked.as_of, dataset)
