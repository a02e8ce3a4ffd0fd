"""What the office's warehouse says of the pair, and where their trade can grow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from bilat_office.jobs.places import warehouse_folder
from bilat_office.pages.latest import Latest
from bilat_office.pages.trade.keeping import Kept, computed, key_of, known, warehouse_version

if TYPE_CHECKING:
    from bilat.brief.facts.potential import PotentialFacts
    from bilat.potential.opportunities import Direction
    from bilat.potential.world import PairWorld, WorldExports
    from bilat.trade.pair import PairStatistics
    from bilat.warehouse import Warehouse
    from bilat.warehouse.upkeep import Commit

MOST = 1000
"""Opportunities of each direction that are kept."""
SEED = 0
NAMES = ("product-names.csv", "product-names.parquet")
"""Files in the office's folder that say what product codes are called; the first there counts."""


@dataclass(frozen=True)
class Study:
    """A pair in the world, and the opportunities of both directions: large, kept by a process."""

    world: PairWorld
    exports: WorldExports
    directions: tuple[Direction, Direction]


STUDIES: Latest[Study] = Latest(1)


@dataclass(frozen=True)
class Question:
    """One thing that is asked of the warehouse. digits: length of the product codes."""

    sides: tuple[str, str]
    as_of: date
    digits: int = 4
    dataset: str = ""
    year: int | None = None
    more: tuple[str, ...] = field(default=())
    """Sector, or exporter and product."""


def has_warehouse() -> bool:
    return bool(warehouse_version())


def statistics_known(asked: Question) -> Kept[PairStatistics] | None:
    return known(key_of("statistics", asked, names_file()))


def statistics_of(asked: Question) -> Kept[PairStatistics]:
    return computed(key_of("statistics", asked, names_file()), lambda: _statistics(asked))


def opportunities_known(asked: Question) -> Kept[PotentialFacts] | None:
    return known(key_of("opportunities", asked, names_file()))


def opportunities_of(asked: Question) -> Kept[PotentialFacts]:
    return computed(key_of("opportunities", asked, names_file()), lambda: _opportunities(asked))


def why_known(asked: Question) -> Kept[tuple[PotentialFacts, dict[str, Any]]] | None:
    return known(key_of("why", asked, names_file()))


def why_of(asked: Question) -> Kept[tuple[PotentialFacts, dict[str, Any]]]:
    """Why one product is an opportunity, and the measure that would use it."""
    return computed(key_of("why", asked, names_file()), lambda: _why(asked))


def loads() -> tuple[Commit, ...]:
    """Every commit of the warehouse, the newest first."""
    found: Kept[Any] = computed(key_of("loads"), lambda: _warehouse().history())
    return found.value or ()


def names_file() -> tuple[str, float] | None:
    """The table of product names and when it was written last."""
    for name in NAMES:
        path = Path(settings.DATA_FOLDER) / name
        if path.is_file():
            return str(path), path.stat().st_mtime
    return None


def _names() -> Mapping[str, str]:
    from bilat.trade.nomenclature import read_names

    found = names_file()
    return read_names(Path(found[0])) if found else {}


def _warehouse() -> Warehouse:
    from bilat.warehouse import Warehouse

    return Warehouse(warehouse_folder())


def _statistics(asked: Question) -> PairStatistics:
    from bilat.trade.pair import read_statistics

    return read_statistics(
        _warehouse(),
        asked.sides,
        as_of=asked.as_of,
        datasets=(asked.dataset,) if asked.dataset else (),
        year=asked.year,
        digits=asked.digits,
        names=_names(),
    )


def _study(asked: Question) -> Study:
    import numpy as np

    from bilat.potential.opportunities import find
    from bilat.potential.world import read_exports, read_pair

    key = key_of("study", asked.sides, asked.as_of, asked.digits, asked.dataset, asked.year)
    found = STUDIES.get(key)
    if found is None:
        warehouse, day = _warehouse(), asked.as_of
        world = read_pair(
            warehouse,
            asked.sides,
            as_of=day,
            dataset=asked.dataset or None,
            year=asked.year,
            digits=asked.digits,
        )
        exports = read_exports(
            warehouse, as_of=day, dataset=world.span.dataset, year=world.year, digits=asked.digits
        )
        found = Study(world, exports, find(world, exports, rng=np.random.default_rng(SEED)))
        STUDIES.put(key, found)
    return found


def _opportunities(asked: Question) -> PotentialFacts:
    from bilat.brief.facts.potential import Told, potential_facts
    from bilat.potential.sectors import sector_of

    study = _study(asked)
    sector = sector_of(asked.more[0]) if asked.more else None
    told = Told(opinion=True, names=_names())
    return potential_facts(study.world, study.directions, told, top=MOST, sector=sector)


def _why(asked: Question) -> tuple[PotentialFacts, dict[str, Any]]:
    from bilat.brief.facts.potential import Told, why_facts
    from bilat.potential.draft import draft
    from bilat.potential.why import explain, untraded

    exporter, product = asked.more
    study, names = _study(asked), _names()
    direction = next(one for one in study.directions if one.exporter == exporter)
    why = explain(_warehouse(), study.world, study.exports, direction, product)
    if why is None:
        raise untraded(product, study.world)
    commitment = draft(
        study.world,
        direction,
        why.one,
        name=names.get(product, ""),
        indicator=f"exports-{exporter}",
        author="bilat potential",
        as_of=asked.as_of,
    )
    facts = why_facts(study.world, [why], product, Told(opinion=True, names=names))
    return facts, commitment.model_dump(mode="json", exclude_defaults=True)
