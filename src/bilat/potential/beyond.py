"""What a gravity equation expects of one flow, from everybody else's trade.

The pair itself is left out of the estimate, both ways: a small country's one large partner would
else explain itself. The interval is that of the expected trade, by the sandwich of the equation
with a column per country, each row's error divided by 1 − its leverage (MacKinnon and White 1985).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from bilat.errors import NoAnswer
from bilat.potential.gravity import Estimate, ppml
from bilat.potential.presence import Matrix, Vector

COUNTRIES = 10
"""Exporters, and importers, below which an equation says little."""
PARTNERS = 5
"""Others that the exporter must sell to, and the importer buy from."""
Z80 = 1.2815515655446004
MOST = 0.99
"""Of a leverage: a row that decides an effect alone has no error of its own to tell."""

Squares = Mapping[str, Matrix]


@dataclass(frozen=True)
class Beyond:
    """A flow beside what is expected of it, dollars a year. ratio: trade over expected; low, high:
    its 80 % interval. lower: share of the two countries' other flows that are lower than this one
    against what is expected of them."""

    trade: float
    expected: float
    low: float
    high: float
    lower: float

    @property
    def ratio(self) -> float:
        return self.trade / self.expected

    @property
    def verdict(self) -> int:
        """−1 below what is expected, 1 above, 0 where the interval holds both."""
        return -1 if self.high < 1 else 1 if self.low > 1 else 0


@dataclass(frozen=True)
class Equation:
    """An estimate without the pair. sellers, buyers: (r,) of the rows used, places in the effects;
    covariates: (K, r)."""

    found: Estimate
    sellers: NDArray[np.int64]
    buyers: NDArray[np.int64]
    covariates: Matrix

    def level(self, name: str, country: int) -> int | None:
        keys = self.found.effect(name).keys[0]
        places = np.flatnonzero(keys == country)
        return int(places[0]) if len(places) else None


def beyond(
    flows: Matrix, covariates: Squares, pair: tuple[int, int]
) -> tuple[Beyond | None, Beyond | None]:
    """Both ways of a pair; None where too few countries, or partners of the two, trade.

    flows: (n, n) exporter by importer, dollars. covariates: (n, n) each, NaN where it is not known;
    these flows are left out. One that the countries' effects explain is not used.
    """
    equation = _estimated(flows, covariates, pair)
    if equation is None:
        return None, None
    inverse = _inverse(equation)
    if inverse is None:
        return None, None
    ways = (pair, pair[::-1])
    first, second = (_way(equation, inverse, flows, covariates, way) for way in ways)
    return first, second


def _estimated(flows: Matrix, covariates: Squares, pair: tuple[int, int]) -> Equation | None:
    used = ~np.eye(len(flows), dtype=bool)
    for square in covariates.values():
        used &= np.isfinite(square)
    used[pair], used[pair[::-1]] = False, False
    sellers, buyers = np.nonzero(used)
    columns = {name: square[used] for name, square in covariates.items()}
    table = {"exporter": sellers, "importer": buyers, "trade": flows[used], **columns}
    if not flows[used].any():
        return None
    found = _fitted(table, list(covariates))
    if found is None or not found.converged:
        return None
    rows = found.fit.rows
    told = Equation(
        found,
        np.searchsorted(found.effect("exporter").keys[0], sellers[rows]),
        np.searchsorted(found.effect("importer").keys[0], buyers[rows]),
        np.array([columns[name][rows] for name in found.names]).reshape(-1, len(rows)),
    )
    enough = min(int(told.sellers.max()), int(told.buyers.max())) + 1 >= COUNTRIES
    return told if enough else None


def _fitted(table: Mapping[str, NDArray[np.generic]], names: list[str]) -> Estimate | None:
    """Without covariates where the effects explain all of them."""
    for wanted in (names, []) if names else ([],):
        try:
            return ppml(table, "trade", wanted, effects=["exporter", "importer"])
        except NoAnswer:
            continue
    return None


def _inverse(equation: Equation) -> Matrix | None:
    """Of the Hessian: exporters, importers (the first has no column: it is 0), covariates."""
    a, b, x = equation.sellers, equation.buyers, equation.covariates
    mean = equation.found.fit.fitted
    n, m, k = int(a.max()) + 1, int(b.max()) + 1, len(x)
    whole = np.zeros((n + m + k, n + m + k))
    between = np.bincount(a * m + b, mean, minlength=n * m).reshape(n, m)
    whole[:n, :n] = np.diag(between.sum(axis=1))
    whole[n : n + m, n : n + m] = np.diag(between.sum(axis=0))
    whole[:n, n : n + m], whole[n : n + m, :n] = between, between.T
    for at, column in enumerate(x):
        own = np.concatenate(
            [
                np.bincount(a, mean * column, minlength=n),
                np.bincount(b, mean * column, minlength=m),
                x @ (mean * column),
            ]
        )
        whole[n + m + at, :], whole[:, n + m + at] = own, own
    kept = np.arange(len(whole)) != n
    found = np.zeros_like(whole)
    try:
        found[np.ix_(kept, kept)] = linalg.inv(whole[np.ix_(kept, kept)])
    except linalg.LinAlgError:
        return None
    return found


def _way(
    equation: Equation, inverse: Matrix, flows: Matrix, covariates: Squares, way: tuple[int, int]
) -> Beyond | None:
    seller, buyer = equation.level("exporter", way[0]), equation.level("importer", way[1])
    told = np.array([covariates[name][way] for name in equation.found.names])
    if seller is None or buyer is None or not np.isfinite(told).all():
        return None
    sells, buys = equation.sellers == seller, equation.buyers == buyer
    trades = equation.found.fit.trade > 0
    if min((trades & sells).sum(), (trades & buys).sum()) < PARTNERS:
        return None
    found = equation.found
    level = found.effect("exporter").values[seller] + found.effect("importer").values[buyer]
    expected = exp(level + float(told @ found.coefficients))
    trade = float(flows[way])
    spread = exp(Z80 * sqrt(_variance(equation, inverse, seller, buyer, told)))
    others = (found.fit.trade / found.fit.fitted)[sells | buys]
    ratio = trade / expected
    lower = float(np.mean(others < ratio))
    return Beyond(trade, expected, ratio / spread, ratio * spread, lower)


def _variance(equation: Equation, inverse: Matrix, seller: int, buyer: int, told: Vector) -> float:
    """Of the logarithm of what is expected."""
    a, b, x = equation.sellers, equation.buyers, equation.covariates
    n, m = int(a.max()) + 1, int(b.max()) + 1
    own = inverse[seller] + inverse[n + buyer] + told @ inverse[n + m :]
    moved = own[a] + own[n + b] + own[n + m :] @ x
    fit = equation.found.fit
    error = (fit.trade - fit.fitted) / (1 - np.minimum(MOST, _leverage(equation, inverse)))
    return float(((moved * error) ** 2).sum())


def _leverage(equation: Equation, inverse: Matrix) -> Vector:
    """(r,) how much of each row's fit is its own trade."""
    a, b, x = equation.sellers, equation.buyers, equation.covariates
    n, m = int(a.max()) + 1, int(b.max()) + 1
    own = np.diag(inverse)
    found = own[a] + own[n + b] + 2 * inverse[a, n + b]
    for at, column in enumerate(x):
        row = inverse[n + m + at]
        found += column * (2 * (row[a] + row[n + b]) + row[n + m :] @ x)
    leverage: Vector = found * equation.found.fit.fitted
    return leverage


def log_ratio(one: Beyond | None) -> float:
    """NaN where there is none, or no trade."""
    return log(one.ratio) if one is not None and one.trade > 0 else float("nan")
