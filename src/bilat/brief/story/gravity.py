"""An estimated gravity equation told: its coefficients, and how they came about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bilat.brief.facts.analysis import PANEL
from bilat.brief.facts.gravity import CoefficientFact, EstimateFacts
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Column,
    Number,
    Paragraph,
    Percent,
    Section,
    Story,
    Table,
    row,
)
from bilat.brief.story.potential import decimals, method_section, sources_table
from bilat.language import Message, say

DIGITS = 4


def tell_estimate(facts: EstimateFacts) -> Story:
    return Story(
        facts.title,
        _subtitle(facts),
        (
            Section("coefficients", say("What trade depends on"), tuple(_blocks(facts))),
            method_section(facts.method),
            Section("sources", say("Sources"), (sources_table(facts),)),
        ),
    )


def _subtitle(facts: EstimateFacts) -> Message:
    first, last = str(facts.years[0]), str(facts.years[-1])
    if first == last:
        return say("{panel}, {year}", panel=facts.panel, year=first)
    return say(
        "{panel}, {n} years from {first} to {last}",
        panel=facts.panel,
        n=len(facts.years),
        first=first,
        last=last,
    )


def _blocks(facts: EstimateFacts) -> Iterator[Block]:
    if not facts.converged:
        yield Paragraph(
            say("The estimate did not settle: take these numbers for no answer."), tone="bad"
        )
    corrected = any(one.corrected is not None for one in facts.coefficients)
    yield Table(
        "coefficients",
        say(
            "Coefficients from {n} of {rows} rows",
            n=Number(facts.observations),
            rows=Number(facts.rows),
        ),
        tuple(_columns(corrected=corrected)),
        tuple(
            row(*_line(one, corrected=corrected, first=at == 0))
            for at, one in enumerate(facts.coefficients)
        ),
        notes=(say("An effect is what one more of it does to trade, all else equal."),),
        sheet=say("Coefficients"),
        essential=True,
    )
    yield _fit(facts)


def _columns(*, corrected: bool) -> Iterator[Column]:
    yield Column(say("Regressor"), whole=True)
    yield Column(say("Coefficient"), numeric=True)
    yield Column(say("Error"), numeric=True)
    if corrected:
        yield Column(say("Bias"), numeric=True)
        yield Column(say("Corrected"), numeric=True)
        yield Column(say("Its error"), numeric=True)
    yield Column(say("z"), numeric=True)
    yield Column(say("95 %: from"), numeric=True)
    yield Column(say("to"), numeric=True)
    yield Column(say("Effect"), numeric=True)


def _line(one: CoefficientFact, *, corrected: bool, first: bool) -> Iterator[Any]:
    yield Cell(one.name, (PANEL,) if first else ())
    yield Number(one.estimate, DIGITS)
    yield Number(one.error, DIGITS)
    if corrected:
        yield decimals(one.bias, DIGITS)
        yield decimals(one.corrected, DIGITS)
        yield decimals(one.corrected_error, DIGITS)
    yield Number(one.z, 2)
    yield Number(one.low, DIGITS)
    yield Number(one.high, DIGITS)
    yield None if one.effect is None else Percent(one.effect, 1)


def _fit(facts: EstimateFacts) -> Table:
    lines: list[tuple[Message, Any]] = [
        (say("Rows asked for"), Number(facts.rows)),
        (say("Rows used"), Number(facts.observations)),
        (say("Without trade in an effect"), Number(facts.no_trade)),
        (say("Alone in an effect"), Number(facts.singletons)),
        (say("Predicted perfectly (separated)"), Number(facts.separated)),
        *(
            (say("Clusters: {name}", name=name), Number(count))
            for name, count in facts.clusters.items()
        ),
        (say("Deviance"), Number(facts.deviance, 1)),
        (say("Steps"), Number(facts.steps)),
    ]
    return Table(
        "fit",
        say("The estimate"),
        (Column(say("What"), wide=True), Column(say("Number"), numeric=True)),
        tuple(row(title, value) for title, value in lines),
        sheet=say("Estimate"),
        essential=True,
    )
