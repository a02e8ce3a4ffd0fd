"""A second opinion on a pair's export potential: what a gravity equation expects of it.

The potential learns the ease of a pair from its own trade; gravity asks what the trade of all
other countries would make of the same sizes, products and distances.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bilat.potential.beyond import Beyond, beyond, log_ratio
from bilat.potential.flows import Cube, Flows
from bilat.potential.pair_file import Pairs, read_pairs
from bilat.potential.presence import Matrix, Vector
from bilat.potential.world import UNSPECIFIED

CHAPTER = 2
"""Digits of the products whose trade is compared one by one: finer, too few countries trade."""
OVERLAP = "overlap"
LOG = ":log"


@dataclass(frozen=True)
class Covariates:
    """What a file says of the pairs. names: its columns, ``distance:log`` is a logarithm."""

    pairs: Pairs
    names: tuple[str, ...]

    def squares(self, countries: Sequence[str], year: int) -> dict[str, Matrix]:
        """(n, n) each, NaN for a flow that the file has no row for."""
        rows = self.pairs.rows(countries, year)
        table, found = self.pairs.table, {}
        for name in self.names:
            column = name.removesuffix(LOG)
            values = table.log(column) if name.endswith(LOG) else table.columns[column]
            found[name] = np.where(rows >= 0, values[rows], np.nan)
        return found


def read_covariates(path: Path, names: Sequence[str]) -> Covariates:
    """Raises InputRefused."""
    found = Covariates(read_pairs(path, (), [name.removesuffix(LOG) for name in names]), (*names,))
    found.squares((), 0)
    return found


@dataclass(frozen=True)
class SecondOpinion:
    """sides: as of the potential. ways: all products together, from the first to the second side
    and back. chapters: by exporter and chapter, where enough countries trade. `Residuals`."""

    sides: tuple[str, str]
    ways: tuple[Beyond | None, Beyond | None]
    chapters: Mapping[tuple[str, str], Beyond] = field(default_factory=dict)

    def of(self, exporter: str) -> Beyond | None:
        return self.ways[self.sides.index(exporter)]

    def of_product(self, exporter: str, product: str) -> Beyond | None:
        """Of its chapter."""
        return self.chapters.get((exporter, product[:CHAPTER]))

    def beyond(self, exporter: str, _importer: str, products: tuple[str, ...]) -> Vector:
        """Of each product's chapter; NaN where there is no opinion, or no trade."""
        return np.array([log_ratio(self.of_product(exporter, code)) for code in products])


def second_opinion(
    flows: Flows, sides: tuple[str, str], covariates: Covariates | None = None
) -> SecondOpinion:
    """flows: by chapter, of the potential's years."""
    if not set(sides) <= set(flows.countries):
        return SecondOpinion(sides, (None, None))
    first, second = (flows.countries.index(side) for side in sides)
    named = np.array([code.isdigit() and code != UNSPECIFIED for code in flows.products], bool)
    by_chapter = flows.smoothed()[named]
    chapters = [code for code, one in zip(flows.products, named, strict=True) if one]
    given = covariates.squares(flows.countries, flows.years[-1]) if covariates else {}
    whole = {**given, OVERLAP: overlap(by_chapter)}
    ways = beyond(by_chapter.sum(axis=0), whole, (first, second))
    found: dict[tuple[str, str], Beyond] = {}
    for chapter, trade in zip(chapters, by_chapter, strict=True):
        for side, one in zip(sides, beyond(trade, given, (first, second)), strict=True):
            if one is not None:
                found[side, chapter] = one
    return SecondOpinion(sides, ways, found)


def overlap(by_chapter: Cube) -> Matrix:
    """(n, n) logarithm of Σ s·m: what the ease compares trade with, from every exporter's share in
    each chapter and every importer's purchases. NaN where the two have no chapter in common."""
    sold, bought = by_chapter.sum(axis=2), by_chapter.sum(axis=1)
    world = sold.sum(axis=1, keepdims=True)
    shares = np.divide(sold, world, out=np.zeros_like(sold), where=world > 0)
    both = shares.T @ bought
    logs: Matrix = np.log(both, out=np.full_like(both, np.nan), where=both > 0)
    return logs
