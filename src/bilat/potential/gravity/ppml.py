"""Poisson pseudo maximum likelihood with fixed effects (Santos Silva and Tenreyro 2006).

    E[trade] = exp(x'β + one effect of each set),  e.g. exporter-year, importer-year and pair.

The rows that tell nothing are left out first (`sample`), then the likelihood is climbed (`newton`),
and rows that are predicted perfectly are looked for (`separation`) as Correia, Guimarães and Zylkin
(2020) advise; where some are found, the rest is estimated again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from bilat.errors import NoAnswer
from bilat.language import say, say_many
from bilat.potential.gravity.columns import Factor, Rows, Table, factor, numbers, refuse_negative
from bilat.potential.gravity.covariance import SmallSample, correction, sandwich
from bilat.potential.gravity.estimate import Estimate, Fit
from bilat.potential.gravity.newton import Climb, begin, climb
from bilat.potential.gravity.normal import inner
from bilat.potential.gravity.panel import Panel, arranged
from bilat.potential.gravity.sample import Dropped, Fate, sift
from bilat.potential.gravity.separation import Mask, separated, suspects
from bilat.potential.gravity.within import within
from bilat.potential.presence import Matrix, Vector

Columns = str | Sequence[str]
"""One column, or several whose combinations are meant: ("exporter", "year")."""

ROUGH, PRECISE = 1e-7, 1e-8
"""How far effects are taken out of the regressors: before, when anything will do that tells what
they explain, and for the errors."""


def ppml(
    table: Table,
    trade: str,
    regressors: Sequence[str],
    *,
    effects: Sequence[Columns],
    cluster: Sequence[Columns] = (),
    small_sample: SmallSample = "none",
    keep_singletons: bool = False,
) -> Estimate:
    """Estimates the columns' coefficients.

    trade: in any unit, not negative. effects: at least one set. cluster: errors are clustered by
    each, together (multi-way); none: robust, row by row. Raises NoAnswer where a column is missing
    or has missing values, nothing is left to estimate from, no regressor varies within effects, or
    it cannot be decided whether an estimate exists.
    """
    values = numbers(table, trade)
    refuse_negative(trade, values)
    if not effects:
        raise NoAnswer(say("name at least one set of fixed effects, such as exporter and year"))
    data = _Data(
        trade=values,
        names=tuple(regressors),
        columns=tuple(numbers(table, name) for name in regressors),
        effects=tuple(factor(table, columns) for columns in effects),
        keep_singletons=keep_singletons,
    )
    _same_length(data, trade)
    found = _estimated(data, np.zeros(len(values), dtype=np.uint8))
    return _told(data, found, [factor(table, columns) for columns in cluster], small_sample)


@dataclass(frozen=True)
class _Data:
    """All rows of the table. trade: (rows,); columns: K of (rows,)."""

    trade: Vector
    names: tuple[str, ...]
    columns: tuple[Vector, ...]
    effects: tuple[Factor, ...]
    keep_singletons: bool


@dataclass(frozen=True)
class _Found:
    """fate: (rows of the table,). rows: (n,) those used, in the panel's order. names: (K,) of the
    regressors that are left. taken: per effect (K, levels), what `newton` saw taken out of them.
    regressors: (K, n), the effects taken out with the final fitted values as weights."""

    fate: NDArray[np.uint8]
    names: tuple[str, ...]
    panel: Panel
    rows: Rows
    trade: Vector
    taken: list[Matrix]
    regressors: Matrix
    climbed: Climb


def _estimated(data: _Data, fate: NDArray[np.uint8]) -> _Found:
    """Once more where rows turn out to be separated, or regressors to be explained after all."""
    while True:
        found, perfect = _attempt(data, fate)
        if perfect.any():
            fate = found.fate
            fate[found.rows[perfect]] = Fate.SEPARATED
            continue
        final = within(found.panel, found.climbed.fitted, found.regressors, PRECISE)
        if len(final.kept) == len(found.names):
            return replace(found, regressors=final.regressors)
        data = _only(data, [found.names[k] for k in final.kept])


def _attempt(data: _Data, fate: NDArray[np.uint8]) -> tuple[_Found, Mask]:
    """An estimate, and which of its rows are separated; then it is none."""
    fate = sift(data.trade, data.effects, fate, keep_singletons=data.keep_singletons)
    panel, rows = _panel(data, fate)
    trade = data.trade[rows]
    start = begin(panel, trade)
    inside = within(panel, start.fitted, _stacked(data, rows), ROUGH)
    if data.names and not inside.kept:
        raise _nothing_varies(data.names)
    climbed, perfect = _climbed(panel, trade, inside.regressors, start)
    names = tuple(data.names[k] for k in inside.kept)
    regressors = inside.regressors
    return _Found(fate, names, panel, rows, trade, inside.taken, regressors, climbed), perfect


def _only(data: _Data, names: Sequence[str]) -> _Data:
    if not names:
        raise _nothing_varies(data.names)
    columns = dict(zip(data.names, data.columns, strict=True))
    return replace(data, names=tuple(names), columns=tuple(columns[name] for name in names))


def _climbed(panel: Panel, trade: Vector, regressors: Matrix, start: Climb) -> tuple[Climb, Mask]:
    """The top, and the rows that are separated."""
    climbed = climb(panel, trade, regressors, start, patient=False)
    if not climbed.settled:
        suspected = (trade == 0) & (climbed.shift < -0.5)
        perfect = _rectified(panel, regressors, suspected)
        if perfect is not None and perfect.any():
            return climbed, perfect
        climbed = climb(panel, trade, regressors, climbed)
    suspected = suspects(trade, climbed.fitted, climbed.bound)
    if climbed.settled and suspected.any():
        climbed = climb(panel, trade, regressors, climbed)
        suspected = suspects(trade, climbed.fitted, climbed.bound)
    perfect = _rectified(panel, regressors, suspected)
    if perfect is None:
        raise _undecided(suspected)
    return climbed, perfect


def _rectified(panel: Panel, regressors: Matrix, suspected: Mask) -> Mask | None:
    return separated(panel, regressors, suspected) if suspected.any() else suspected


def _panel(data: _Data, fate: NDArray[np.uint8]) -> tuple[Panel, Rows]:
    rows = np.flatnonzero(fate == Fate.USED)
    if not len(rows):
        raise NoAnswer(
            say(
                "no row is left: every level of the effects is without trade or has one row only. "
                "Give more years or countries, or fewer sets of effects"
            )
        )
    panel, order = arranged([effect.of(rows) for effect in data.effects])
    return panel, rows[order]


def _stacked(data: _Data, rows: Rows) -> Matrix:
    stacked = np.empty((len(data.columns), len(rows)))
    for row, column in zip(stacked, data.columns, strict=True):
        np.take(column, rows, out=row)
    return stacked


def _undecided(suspected: Mask) -> NoAnswer:
    return NoAnswer(
        say_many(
            "{n} row without trade may be predicted perfectly, so that no estimate exists; the "
            "search did not end. Leave out a regressor that concerns few rows",
            "{n} rows without trade may be predicted perfectly, so that no estimate exists; the "
            "search did not end. Leave out a regressor that concerns few rows",
            n=int(np.count_nonzero(suspected)),
        )
    )


def _nothing_varies(names: Sequence[str]) -> NoAnswer:
    return NoAnswer(
        say(
            "the fixed effects explain all of {names}. Name a regressor that varies within them, "
            "or fewer sets of effects",
            names=", ".join(names),
        )
    )


def _same_length(data: _Data, trade: str) -> None:
    rows = len(data.trade)
    named = dict(zip(data.names, map(len, data.columns), strict=True))
    named |= {effect.name: len(effect.codes) for effect in data.effects}
    for name, length in named.items():
        if length != rows:
            raise NoAnswer(
                say(
                    "{column} has {length} rows, {trade} has {rows}. Give columns of one table",
                    column=name,
                    length=length,
                    trade=trade,
                    rows=rows,
                )
            )


def _told(
    data: _Data, found: _Found, clusters: Sequence[Factor], small_sample: SmallSample
) -> Estimate:
    fitted, trade = found.climbed.fitted, found.trade
    levels = [
        own - found.climbed.coefficients @ taken
        for own, taken in zip(found.climbed.levels, found.taken, strict=True)
    ]
    groups = [cluster.of(found.rows) for cluster in clusters]
    regressors = found.regressors
    covariance = sandwich(
        linalg.inv(inner(regressors, fitted)),
        regressors * (trade - fitted),
        groups,
        correction(small_sample, len(trade), len(regressors), found.panel.effects, groups),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(trade > 0, trade * np.log(trade), 0.0)
        likelihood = np.where(trade > 0, trade * np.log(fitted), 0.0) - fitted
    return Estimate(
        names=found.names,
        coefficients=found.climbed.coefficients,
        covariance=covariance,
        observations=len(trade),
        dropped=Dropped(found.fate, tuple(n for n in data.names if n not in found.names)),
        deviance=2 * float((own - trade - likelihood).sum()),
        log_likelihood=float(likelihood.sum()),
        effects=tuple(effect.name for effect in data.effects),
        clustered=tuple(cluster.name for cluster in groups),
        groups=tuple(cluster.levels for cluster in groups),
        small_sample=small_sample,
        steps=found.climbed.steps,
        converged=found.climbed.settled,
        fit=Fit(found.panel, found.rows, trade, fitted, regressors, levels),
    )
