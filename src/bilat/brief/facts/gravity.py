"""An estimated gravity equation as facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import exp
from typing import Literal

from bilat.brief.facts.analysis import AnalysisFacts
from bilat.brief.facts.fact import Fact, Said
from bilat.brief.facts.source import SourceFact
from bilat.language import Message, say, say_many
from bilat.potential.gravity import Dropped
from bilat.potential.specification import Estimated, Specification

Z95 = 1.959963984540054
"""Of the standard normal distribution: estimates of many rows are near it."""


class CoefficientFact(Fact):
    """bias, corrected, corrected_error: where they were asked for. z, low, high: of the corrected
    coefficient and error where there are, else of the estimate; 95 %. effect: what one more of the
    regressor does to trade, as a share; None for a logarithm, whose coefficient is an elasticity.
    """

    name: str
    estimate: float
    error: float
    bias: float | None
    corrected: float | None
    corrected_error: float | None
    z: float
    low: float
    high: float
    effect: float | None


class EstimateFacts(AnalysisFacts):
    """Everything that ``bilat gravity estimate`` says.

    rows: that were asked for; observations: that the estimate uses.
    """

    format: Literal["bilat-gravity-estimate/1"] = "bilat-gravity-estimate/1"
    panel: str
    trade: str
    rows: int
    observations: int
    years: tuple[int, ...]
    coefficients: tuple[CoefficientFact, ...]
    no_trade: int
    singletons: int
    separated: int
    left_out: tuple[str, ...]
    effects: tuple[str, ...]
    clusters: dict[str, int]
    converged: bool
    steps: int
    deviance: float
    log_likelihood: float
    method: tuple[Said, ...]

    @property
    def title(self) -> Message:
        return say("Gravity equation: what {trade} depends on", trade=self.trade)


def estimate_facts(
    panel: str,
    wanted: Specification,
    found: Estimated,
    as_of: date,
    *,
    sources: tuple[SourceFact, ...],
    panel_made: tuple[Message, ...] = (),
) -> EstimateFacts:
    """panel_made: how the panel came about, where it is no file as it was given."""
    estimate, dropped = found.estimate, found.estimate.dropped
    return EstimateFacts(
        as_of=as_of,
        panel=panel,
        trade=wanted.names.trade,
        rows=found.rows,
        observations=estimate.observations,
        years=found.years,
        coefficients=tuple(_coefficient(found, at) for at in range(len(estimate.names))),
        no_trade=dropped.no_trade,
        singletons=dropped.singletons,
        separated=dropped.separated,
        left_out=dropped.regressors,
        effects=estimate.effects,
        clusters=dict(zip(estimate.clustered, estimate.groups, strict=True)),
        converged=estimate.converged,
        steps=estimate.steps,
        deviance=estimate.deviance,
        log_likelihood=estimate.log_likelihood,
        method=(*panel_made, *_method(wanted, found)),
        sources=sources,
    )


def _coefficient(found: Estimated, at: int) -> CoefficientFact:
    name = found.estimate.names[at]
    value, error = float(found.estimate.coefficients[at]), float(found.estimate.errors[at])
    bias = corrected_value = corrected_error = None
    if found.corrected is not None:
        bias = float(found.corrected.bias[at])
        corrected_value = value - bias
        errors = found.corrected.errors
        corrected_error = None if errors is None else float(errors[at])
    best = value if corrected_value is None else corrected_value
    spread = error if corrected_error is None else corrected_error
    return CoefficientFact(
        name=name,
        estimate=value,
        error=error,
        bias=bias,
        corrected=corrected_value,
        corrected_error=corrected_error,
        z=best / spread,
        low=best - Z95 * spread,
        high=best + Z95 * spread,
        effect=None if name in found.logs else exp(best) - 1,
    )


def _method(wanted: Specification, found: Estimated) -> Iterator[Message]:
    yield found.estimate.method
    if wanted.abroad:
        yield say("Trade within countries was left out.")
    if logs := [name for name in found.logs if name in found.estimate.names]:
        yield say(
            "{names}: the coefficient of a logarithm is an elasticity.", names=", ".join(logs)
        )
    yield from _dropped(found.estimate.dropped)
    if found.corrected is not None:
        yield say(
            "Corrected for the bias of three sets of effects (Weidner and Zylkin 2021); z and "
            "intervals are those of the corrected coefficients."
        )
        if found.corrected.errors is None:
            yield say(
                "The errors are not corrected: there are too many exporters, importers and years."
            )


def _dropped(dropped: Dropped) -> Iterator[Message]:
    """What was left out, and why."""
    if n := dropped.no_trade:
        yield say_many(
            "{n} row was left out: an effect of it never has any trade.",
            "{n} rows were left out: an effect of theirs never has any trade.",
            n=n,
        )
    if n := dropped.singletons:
        yield say_many(
            "{n} row was left out: it is alone in one of its effects.",
            "{n} rows were left out: each is alone in one of its effects.",
            n=n,
        )
    if n := dropped.separated:
        yield say_many(
            "{n} row was left out: regressors and effects predict it perfectly (separation).",
            "{n} rows were left out: regressors and effects predict them perfectly (separation).",
            n=n,
        )
    if dropped.regressors:
        yield say(
            "{names}: left out, as the effects and the other regressors explain it wholly.",
            names=", ".join(dropped.regressors),
        )
