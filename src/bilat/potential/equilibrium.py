"""What a change of trade costs does to trade, prices and welfare, in structural gravity.

Anderson and van Wincoop (2003) with endowments, as in the *Advanced Guide to Trade Policy Analysis*
(Yotov et al. 2016), solved in changes ("exact hat", Dekle, Eaton and Kortum 2008). With elasticity
σ and shares π_ij = X_ij / E_j, new flows are

    X'_ij = w_i π_ij t̂_ij^(1−σ) E'_j / D_j,    D_j = Σ_k w_k π_kj t̂_kj^(1−σ).

*Conditional*: output Y and expenditure E stay; w_i = Π̂_i^(σ−1) makes Σ_j X'_ij = Y_i, and
P̂_j^(1−σ) = D_j. *Full*: w_i = p̂_i^(1−σ), and producers' prices clear markets, Σ_j X'_ij = p̂_i Y_i.
Expenditure keeps its ratio φ_j to income, E'_j = λ φ_j p̂_j Y_j, with one factor λ for all, so that
the world spends what it earns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Literal

import numpy as np

from bilat.errors import BilatError
from bilat.language import say
from bilat.potential.presence import Matrix, Vector

Scope = Literal["conditional", "full"]
PRECISE = 1e-12
"""Largest excess of what is sold over what is produced that is left, as a share of the latter."""
STEPS = 40
LONGEST = 2.0
"""Of a step, in logarithms."""
SMALLEST = 1e-3
"""Part of a shock that is still tried on its own."""


class NotSolved(BilatError):
    """No new equilibrium was reached."""


@dataclass(frozen=True)
class Equilibrium:
    """Changes as ratios to the baseline (1.02 is +2 %) for n countries.

    flows: (n, n) new flows in the unit of the baseline, exporter by importer. price: (n,) of what a
    country produces; outward, inward: (n,) multilateral resistances Π̂ and P̂, the latter also the
    consumers' prices. output, spending: (n,) new values, in the unit of the baseline. welfare: (n,)
    real spending. All in units of the reference country's consumer prices; ratios of prices, and
    welfare in the full scope, depend on no unit. error: largest relative excess that was left.
    """

    flows: Matrix
    price: Vector
    outward: Vector
    inward: Vector
    output: Vector
    spending: Vector
    welfare: Vector
    error: float


def equilibrium(
    flows: Matrix, costs: Matrix, *, elasticity: float, scope: Scope = "full", reference: int = 0
) -> Equilibrium:
    """The world after trade costs have changed.

    flows: (n, n) baseline, exporter by importer, sales at home on the diagonal, not negative.
    costs: (n, n) t̂, new over old iceberg costs (0.9: a tenth cheaper). elasticity: σ, above 1.
    reference: index of the country whose consumer prices are the unit. Raises ValueError for input
    without meaning, NotSolved if no equilibrium is reached.
    """
    _check(flows, costs, elasticity)
    market = _Market(
        before=flows / flows.sum(axis=0),
        freedom=(1 - elasticity) * np.log(costs),
        output=flows.sum(axis=1),
        spending=flows.sum(axis=0),
        power=elasticity - 1,
    )
    return (_conditional if scope == "conditional" else _full)(market, reference)


@dataclass(frozen=True)
class _Market:
    """before: (n, n) π. freedom: (n, n) log t̂^(1−σ). output, spending: (n,) of the baseline.

    power: σ − 1. part: how much of the shock has come, from 0 to 1.
    """

    before: Matrix
    freedom: Matrix
    output: Vector
    spending: Vector
    power: float
    part: float = 1.0

    @cached_property
    def shares(self) -> Matrix:
        """π t̂^(1−σ), with the part of the shock that has come."""
        shares: Matrix = self.before * np.exp(self.part * self.freedom)
        return shares

    def trade(self, weight: Vector, spending: Vector) -> Matrix:
        sold: Matrix = weight[:, None] * self.shares * (spending / (weight @ self.shares))
        return sold


Excess = tuple[Vector, Matrix, Vector]
"""What is sold beyond what is produced (n,), its slope (n, n) in the logarithms, and the scale."""


def _conditional(market: _Market, reference: int) -> Equilibrium:
    log, error = _solve(market, _excess_of_sales)
    weight = np.exp(log)
    inward = (weight @ market.shares) ** (-1 / market.power)
    unit = inward[reference]
    return Equilibrium(
        flows=market.trade(weight, market.spending),
        price=np.ones(len(weight)),
        outward=weight ** (1 / market.power) * unit,
        inward=inward / unit,
        output=market.output,
        spending=market.spending,
        welfare=unit / inward,
        error=error,
    )


def _excess_of_sales(market: _Market, log: Vector) -> Excess:
    """log: of the weights w."""
    sold = market.trade(np.exp(log), market.spending)
    slope = np.diag(sold.sum(axis=1)) - sold @ (sold / market.spending).T
    return sold.sum(axis=1) - market.output, slope, market.output


def _full(market: _Market, reference: int) -> Equilibrium:
    log, error = _solve(market, _excess_demand)
    weight = np.exp(-market.power * log)
    inward = (weight @ market.shares) ** (-1 / market.power)
    log = log - np.log(inward[reference])
    inward = inward / inward[reference]
    price = np.exp(log)
    earned, spent = _incomes(market, price)
    world = earned.sum() / market.output.sum()
    return Equilibrium(
        flows=market.trade(weight, spent),
        price=price,
        outward=(price / world) ** (-1 / market.power) / price,
        inward=inward,
        output=earned,
        spending=spent,
        welfare=spent / market.spending / inward,
        error=error,
    )


def _excess_demand(market: _Market, log: Vector) -> Excess:
    """log: of the prices p̂."""
    earned, spent = _incomes(market, np.exp(log))
    sold = market.trade(np.exp(-market.power * log), spent)
    total = sold.sum(axis=1)
    substitution = np.diag(total) - sold @ (sold / spent).T
    income = sold + np.outer(total, (earned - spent) / earned.sum())
    return total - earned, income - market.power * substitution - np.diag(earned), earned


def _incomes(market: _Market, price: Vector) -> tuple[Vector, Vector]:
    """What each country earns and spends, in one unit, the same for the world."""
    earned = market.output * price
    wished = market.spending * price
    return earned, wished * (earned.sum() / wished.sum())


def _solve(market: _Market, excess: Callable[[_Market, Vector], Excess]) -> tuple[Vector, float]:
    """All of the shock at once where that works, else in parts, one after another."""
    log, error = np.zeros(len(market.output)), np.inf
    come, part = 0.0, 1.0
    while come < 1:
        after = replace(market, part=min(come + part, 1.0))
        found = _newton(partial(excess, after), log, market.output)
        if found is None:
            part /= 2
            if part < SMALLEST:
                raise _unsolved(come)
            continue
        (log, error), come, part = found, after.part, 2 * part
    return log, error


def _unsolved(come: float) -> NotSolved:
    return NotSolved(
        say(
            "an equilibrium was reached with {part} of the shock only. Make the shock smaller, "
            "give the flows within each country, and take out countries that trade with nobody",
            part=f"{come:.0%}",
        )
    )


def _newton(
    excess: Callable[[Vector], Excess], log: Vector, output: Vector
) -> tuple[Vector, float] | None:
    """Newton's method in logarithms; None where it leads nowhere.

    They are free up to a constant: their mean, weighted by output, stays what it is.
    """
    weight = output / output.sum()
    with np.errstate(all="ignore"):
        for _step in range(STEPS):
            sold, slope, scale = excess(log)
            error = float(np.max(np.abs(sold) / scale))
            if error <= PRECISE:
                return log, error
            if not np.isfinite(error):
                return None
            step = _direction(slope + np.outer(scale, weight), -sold)
            log = log + step * min(1.0, LONGEST / float(np.max(np.abs(step))))
    return None


def _direction(slope: Matrix, wanted: Vector) -> Vector:
    """Where parts of the world do not trade with each other, the shortest of many."""
    try:
        step = np.linalg.solve(slope, wanted)
    except np.linalg.LinAlgError:
        step = np.linalg.lstsq(slope, wanted)[0]
    return step.astype(np.float64, copy=False)


def _check(flows: Matrix, costs: Matrix, elasticity: float) -> None:
    n = len(flows)
    if flows.shape != (n, n) or costs.shape != (n, n):
        raise ValueError("flows and costs are square and of one size")
    if not (np.all(np.isfinite(flows)) and np.all(flows >= 0)):
        raise ValueError("flows are numbers that are not negative")
    if not (np.all(np.isfinite(costs)) and np.all(costs > 0)):
        raise ValueError("changes of costs are positive numbers; 1 is no change")
    if elasticity <= 1:
        raise ValueError("the elasticity of substitution is above 1")
    if np.any(flows.sum(axis=0) <= 0) or np.any(flows.sum(axis=1) <= 0):
        raise ValueError("every country sells something and buys something")
