"""A shock as a file: who trades more cheaply with whom, by how much, turned into iceberg costs.

A change says between whom (``pair``, both ways; ``exporter`` and ``importer``, one way, everyone
where one is left out; ``group``, among its members) and how much: ``cost_percent``, or the change
``by`` of a regressor whose coefficient β comes from an estimate or is stated. Then costs change by

    t̂ = 1 + cost_percent/100,    or    t̂ = exp(β · Δx / (1 − σ)),

since trade moves with t^(1−σ) (*Advanced Guide to Trade Policy Analysis*, chapter 2). Changes of
one flow are multiplied; sales at home keep their costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp
from typing import Annotated

import numpy as np
from pydantic import Field

from bilat.language import Text
from bilat.potential.presence import Matrix
from bilat.programme.record import Model


class Change(Model):
    """One change of trade costs."""

    exporter: str | None = None
    """A country or a group; left out, everyone."""
    importer: str | None = None
    pair: Annotated[tuple[str, ...], Field(min_length=2, max_length=2)] | None = None
    """Two countries, both ways."""
    group: str | None = None
    """Among the members of a group, both ways."""
    cost_percent: Annotated[Decimal, Field(gt=-100, le=10_000)] | None = None
    """−5: a twentieth cheaper."""
    coefficient: str | None = None
    """A regressor, by its name in the estimate."""
    estimate: str | None = None
    """The estimate's JSON file, beside this one."""
    value: Decimal | None = None
    """The coefficient itself, where there is no estimate."""
    by: Decimal = Decimal(1)
    """How much the regressor changes: 1 is an agreement where there was none."""


class Shock(Model):
    """A shock.yaml."""

    title: Text
    groups: Mapping[str, Annotated[tuple[str, ...], Field(min_length=2)]] = {}
    changes: Annotated[tuple[Change, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Said:
    """A change as understood. ways: (exporter, importer) of each flow. factor: t̂. beta: the
    coefficient it came from, or None. origin: the estimate's file."""

    change: Change
    ways: tuple[tuple[str, str], ...]
    factor: float
    beta: float | None
    origin: str | None


@dataclass(frozen=True)
class Costs:
    """factors: (n, n) t̂, exporter by importer, 1 where nothing changes."""

    title: Text
    factors: Matrix
    changes: tuple[Said, ...]


def costs_of(
    shock: Shock,
    countries: Sequence[str],
    coefficients: Mapping[int, float],
    elasticity: float,
) -> Costs:
    """coefficients: place of a change → β. elasticity: σ, above 1."""
    said = tuple(
        _said(change, shock, countries, coefficients.get(at), elasticity)
        for at, change in enumerate(shock.changes)
    )
    return Costs(shock.title, _factors(said, countries), said)


def _said(
    change: Change,
    shock: Shock,
    countries: Sequence[str],
    beta: float | None,
    elasticity: float,
) -> Said:
    if change.cost_percent is not None:
        factor = 1 + float(change.cost_percent) / 100
    else:
        assert beta is not None  # noqa: S101 (refused before)
        factor = exp(beta * float(change.by) / (1 - elasticity))
    ways = tuple(dict.fromkeys(_ways(change, shock, countries)))
    return Said(change, ways, factor, beta, change.estimate)


def _ways(change: Change, shock: Shock, countries: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each flow abroad that it is about."""
    if change.pair or change.group:
        members = change.pair or shock.groups[change.group or ""]
        sides: tuple[Sequence[str], Sequence[str]] = (members, members)
    else:
        sides = _side(change.exporter, shock, countries), _side(change.importer, shock, countries)
    yield from ((one, other) for one in sides[0] for other in sides[1] if one != other)


def _side(name: str | None, shock: Shock, countries: Sequence[str]) -> Sequence[str]:
    if name is None:
        return countries
    return shock.groups.get(name) or (name,)


def _factors(changes: Sequence[Said], countries: Sequence[str]) -> Matrix:
    place = {country: at for at, country in enumerate(countries)}
    factors = np.ones((len(countries), len(countries)))
    for change in changes:
        for exporter, importer in change.ways:
            factors[place[exporter], place[importer]] *= change.factor
    return factors
