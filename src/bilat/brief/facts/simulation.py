"""What a change of trade costs does, as facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np

from bilat.brief.facts.analysis import AnalysisFacts, country, files, known
from bilat.brief.facts.fact import Fact, Said
from bilat.language import Message, say, say_many
from bilat.potential.baseline import Baseline
from bilat.potential.equilibrium import Equilibrium, Scope
from bilat.potential.presence import Matrix, Vector
from bilat.potential.shock import Change, Costs
from bilat.potential.shock import Said as Understood

LISTED = 12


class WayFact(Fact):
    """One direction of the pair. before, after: in the panel's unit. change: after over before,
    less 1, None where nothing was traded; direct: the same by the costs alone, with nothing else
    moving."""

    exporter: str
    importer: str
    before: float
    after: float
    change: float | None
    direct: float


class CountryFact(Fact):
    """Changes as shares (0.02: +2 %). exports, imports: with all others, without sales at home.
    price: of what it produces; consumers: of what it buys; income: of its producers, in units of
    the reference country's consumer prices. welfare: of real spending."""

    code: str
    exports: float | None
    imports: float | None
    price: float
    consumers: float
    income: float
    welfare: float


class ChangeFact(Fact):
    """flows: how many. cost: change of the iceberg cost as a share. beta: the coefficient it comes
    from, by ``by``."""

    whom: Said
    flows: int
    cost: float
    coefficient: str | None
    beta: float | None
    by: float
    origin: str | None


class SimulationFacts(AnalysisFacts):
    """Everything that ``bilat gravity simulate`` says. countries: all of them, the pair first, then
    by how much their welfare changes. error: the largest excess demand left, over production."""

    format: Literal["bilat-gravity-simulation/1"] = "bilat-gravity-simulation/1"
    shock: Said
    panel: str
    year: int
    unit: Said
    pair: tuple[str, str]
    sigma: float
    scope: Scope
    reference: str
    changes: tuple[ChangeFact, ...]
    ways: tuple[WayFact, ...]
    countries: tuple[CountryFact, ...]
    world: float
    """Change of all trade between countries, as a share."""
    error: float
    method: tuple[Said, ...]

    @property
    def title(self) -> Message:
        return say("{shock}: trade, prices and welfare", shock=self.shock)

    def of(self, code: str) -> CountryFact:
        return next(one for one in self.countries if one.code == code)


def simulation_facts(
    baseline: Baseline,
    costs: Costs,
    found: Equilibrium,
    *,
    pair: tuple[str, str],
    sigma: float,
    scope: Scope,
    reference: str,
    unit: str | None,
    as_of: date,
    panel: Path,
    shock: Path,
    production: Path | None = None,
) -> SimulationFacts:
    place = {code: at for at, code in enumerate(baseline.countries)}
    ways = [(place[pair[0]], place[pair[1]]), (place[pair[1]], place[pair[0]])]
    return SimulationFacts(
        as_of=as_of,
        shock=costs.title,
        panel=panel.name,
        year=baseline.year,
        unit=unit or say("the panel’s unit"),
        pair=pair,
        sigma=sigma,
        scope=scope,
        reference=reference,
        changes=tuple(_change(one) for one in costs.changes),
        ways=tuple(_way(baseline, costs, found, sigma, *way) for way in ways),
        countries=tuple(_countries(baseline, found, pair)),
        world=_abroad(found.flows).sum() / _abroad(baseline.flows).sum() - 1,
        error=found.error,
        method=tuple(_method(baseline, sigma, scope, reference, production)),
        sources=files(panel, shock, production),
    )


def _abroad(flows: Matrix) -> Matrix:
    abroad: Matrix = flows - np.diag(np.diag(flows))
    return abroad


def _way(
    baseline: Baseline, costs: Costs, found: Equilibrium, sigma: float, i: int, j: int
) -> WayFact:
    before, after = float(baseline.flows[i, j]), float(found.flows[i, j])
    return WayFact(
        exporter=baseline.countries[i],
        importer=baseline.countries[j],
        before=before,
        after=after,
        change=after / before - 1 if before > 0 else None,
        direct=float(costs.factors[i, j] ** (1 - sigma) - 1),
    )


def _countries(
    baseline: Baseline, found: Equilibrium, pair: tuple[str, str]
) -> Iterator[CountryFact]:
    before, after = _abroad(baseline.flows), _abroad(found.flows)
    exports = _ratio(after.sum(axis=1), before.sum(axis=1))
    imports = _ratio(after.sum(axis=0), before.sum(axis=0))
    income = found.output / baseline.flows.sum(axis=1)
    order = sorted(
        range(len(baseline.countries)),
        key=lambda at: (
            pair.index(baseline.countries[at]) if baseline.countries[at] in pair else 2,
            -abs(found.welfare[at] - 1),
        ),
    )
    for at in order:
        yield CountryFact(
            code=baseline.countries[at],
            exports=known(exports[at] - 1),
            imports=known(imports[at] - 1),
            price=float(found.price[at] - 1),
            consumers=float(found.inward[at] - 1),
            income=float(income[at] - 1),
            welfare=float(found.welfare[at] - 1),
        )


def _ratio(after: Vector, before: Vector) -> Vector:
    """NaN where there was nothing."""
    ratio = np.full(len(before), np.nan)
    np.divide(after, before, out=ratio, where=before > 0)
    return ratio


def _change(one: Understood) -> ChangeFact:
    change = one.change
    return ChangeFact(
        whom=_whom(change),
        flows=len(one.ways),
        cost=one.factor - 1,
        coefficient=change.coefficient,
        beta=one.beta,
        by=float(change.by),
        origin=one.origin,
    )


def _whom(change: Change) -> Message:
    if change.pair:
        first, second = (country(code) for code in change.pair)
        return say("{first} and {second}, both ways", first=first, second=second)
    if change.group:
        return say("among the members of {group}", group=change.group)
    if change.importer is None:
        return say("{exporter} to everyone", exporter=country(change.exporter or ""))
    if change.exporter is None:
        return say("everyone to {importer}", importer=country(change.importer))
    return say(
        "{exporter} to {importer}",
        exporter=country(change.exporter),
        importer=country(change.importer),
    )


def _method(
    baseline: Baseline, sigma: float, scope: Scope, reference: str, production: Path | None
) -> Iterator[Message]:
    yield say(
        "Structural gravity with one sector (Anderson and van Wincoop 2003), solved in changes "
        "from the flows of {year} between {n} countries; the year is taken for an equilibrium.",
        year=str(baseline.year),
        n=len(baseline.countries),
    )
    yield say("Elasticity of substitution σ = {sigma}, as given: it is not estimated.", sigma=sigma)
    yield _of_scope(scope)
    yield say(
        "Prices and values are in units of the consumer prices of {reference}.",
        reference=country(reference),
    )
    yield from _of_home(baseline, production)
    if baseline.empty:
        yield say_many(
            "{n} flow without trade, or without a row in the panel, stays without trade.",
            "{n} flows without trade, or without rows in the panel, stay without trade.",
            n=baseline.empty,
        )
    yield say(
        "Costs are lost goods (iceberg costs): no customs revenue, no way there, no years; the new "
        "equilibrium is compared with the old."
    )


def _of_scope(scope: Scope) -> Message:
    if scope == "conditional":
        return say("Conditional effects: each country’s production and spending stay as they were.")
    return say(
        "Full effects: producers’ prices clear the markets, and incomes follow; spending keeps its "
        "ratio to income."
    )


def _of_home(baseline: Baseline, production: Path | None) -> Iterator[Message]:
    given = len(baseline.countries) - len(baseline.made_up)
    if given:
        yield say_many(
            "Sales at home: as the panel gives them for {n} country.",
            "Sales at home: as the panel gives them for {n} countries.",
            n=given,
        )
    if baseline.made_up:
        yield say(
            "Sales at home made up as production by {file} less exports: {countries}.",
            file=production.name if production else "",
            countries=listed(baseline.made_up),
        )
    if baseline.left_out:
        yield say(
            "Left out, as they have no sales at home: {countries}.",
            countries=listed(baseline.left_out),
        )


def listed(codes: Sequence[str]) -> str:
    """The first of them, and how many more."""
    rest = len(codes) - LISTED
    return ", ".join(codes[:LISTED]) + (f" … (+{rest})" if rest > 0 else "")
