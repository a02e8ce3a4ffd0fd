"""What an estimation found: a frozen record."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bilat.errors import NoAnswer
from bilat.language import Message, say
from bilat.potential.gravity.columns import Factor, Rows
from bilat.potential.gravity.covariance import SmallSample
from bilat.potential.gravity.panel import Levels, Panel
from bilat.potential.gravity.sample import Dropped
from bilat.potential.presence import Matrix, Vector


@dataclass(frozen=True)
class Effect:
    """Fixed effects, in logs. keys: per column, its value at each level. values: (levels,)."""

    columns: tuple[str, ...]
    keys: tuple[NDArray[Any], ...]
    values: Vector


@dataclass(frozen=True)
class Fit:
    """The n rows that were used, as the solver has them: sorted by the largest effect.

    rows: (n,) their number in the table. trade, fitted: (n,). regressors: (K, n), the effects taken
    out with the fitted values as weights. levels: of each effect, in the panel's order.
    """

    panel: Panel
    rows: Rows
    trade: Vector
    fitted: Vector
    regressors: Matrix
    levels: Levels


@dataclass(frozen=True)
class Estimate:
    """Poisson pseudo maximum likelihood of trade on K regressors and fixed effects.

    coefficients: (K,), named by ``names``. covariance: (K, K), clustered by ``clustered`` (each row
    by itself where that is empty), ``groups`` clusters each, corrected as ``small_sample`` says.
    observations: rows used. deviance and log_likelihood (of the Poisson distribution, without the
    constant Σ log y!): at the top, or where the steps ran out: then ``converged`` is False.
    """

    names: tuple[str, ...]
    coefficients: Vector
    covariance: Matrix
    observations: int
    dropped: Dropped
    deviance: float
    log_likelihood: float
    effects: tuple[str, ...]
    clustered: tuple[str, ...]
    groups: tuple[int, ...]
    small_sample: SmallSample
    steps: int
    converged: bool
    fit: Fit = field(repr=False)

    @cached_property
    def errors(self) -> Vector:
        """(K,) standard errors."""
        errors: Vector = np.sqrt(np.diag(self.covariance))
        return errors

    @property
    def method(self) -> Message:
        """The method and the conventions of the errors, for people."""
        clustered = {"clusters": ", ".join(self.clustered), "convention": self._convention}
        errors = (
            say("errors clustered by {clusters}, {convention}", **clustered)
            if self.clustered
            else say("errors robust row by row, {convention}", convention=self._convention)
        )
        return say(
            "Poisson pseudo maximum likelihood with fixed effects of {effects}; {errors}",
            effects=", ".join(self.effects),
            errors=errors,
        )

    @property
    def _convention(self) -> Message:
        if self.small_sample == "none":
            return say("without small-sample correction")
        return say("times G/(G−1)·(N−1)/(N−K) as fixest has it")

    def coefficient(self, name: str) -> float:
        return float(self.coefficients[self._place(name)])

    def error(self, name: str) -> float:
        return float(self.errors[self._place(name)])

    def effect(self, name: str) -> Effect:
        """Those of one set, named by its columns: ``exporter^year``.

        With several sets each is known up to what the others can take over; here as they were
        found. Their sum at a row, with the regressors, is the log of the fitted value.
        """
        found = [effect.name for effect in self.fit.panel.effects]
        if name not in found:
            raise NoAnswer(
                say(
                    "there are no fixed effects {effect}. Name one of {effects}",
                    effect=name,
                    effects=", ".join(sorted(found)),
                )
            )
        one: Factor = self.fit.panel.effects[found.index(name)]
        return Effect(one.columns, one.keys, self.fit.levels[found.index(name)])

    def fitted(self) -> Vector:
        """(rows of the table,) in the unit of trade; NaN where a row was left out."""
        whole = np.full(len(self.dropped.fate), np.nan)
        whole[self.fit.rows] = self.fit.fitted
        return whole

    def _place(self, name: str) -> int:
        if name not in self.names:
            raise NoAnswer(
                say(
                    "{regressor} has no coefficient. Those that have one: {names}",
                    regressor=name,
                    names=", ".join(self.names),
                )
            )
        return self.names.index(name)
