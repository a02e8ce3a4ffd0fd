"""Whether a measure worked, as facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import exp
from typing import Literal

import numpy as np

from bilat.brief.facts.analysis import AnalysisFacts, known
from bilat.brief.facts.fact import Fact, Said
from bilat.brief.facts.source import SourceFact
from bilat.language import Message, say, say_many
from bilat.potential.measured import BEFORE, Compared
from bilat.potential.measures_in_force import InForce
from bilat.potential.synthetic import LEVEL, YEARS, Verdict

LEAST = 0.005
"""Weights below this are not listed."""
Why = Literal["no_year", "few_years", "few_flows", "answer"]


class DonorFact(Fact):
    """product: a heading, empty for the measure's products."""

    exporter: str
    importer: str
    product: str
    weight: float


class YearFact(Fact):
    """actual, control: dollars."""

    year: int
    actual: float
    control: float


class WayFact(Fact):
    """One direction. share: mean gap since the start as a share of the control; gap: dollars a
    year; both None without a year since. before: how far off the control was before, as a share.
    p: rank over placebos + 1, where 1 is the most surprising. visible: the smallest steady gain, as
    a share, that would be called an effect; None where none would. why: of “too early”. donors: how
    many; gaps, far: flows left out for years without trade, and for their size."""

    exporter: str
    importer: str
    products: tuple[str, ...]
    start: int
    verdict: Verdict
    why: Why
    since: int
    share: float | None
    gap: float | None
    before: float
    rank: int
    placebos: int
    p: float
    visible: float | None
    years: tuple[YearFact, ...]
    weights: tuple[DonorFact, ...]
    donors: int
    gaps: int
    far: int


class WorkedFacts(AnalysisFacts):
    """Everything that ``bilat worked`` says of a measure. stated: dollars a year that its effect is
    said to add, None where it is said in another unit."""

    format: Literal["bilat-worked/1"] = "bilat-worked/1"
    measure: str
    name: Said
    sides: tuple[str, str]
    data: str
    stated: float | None
    ways: tuple[WayFact, ...]
    method: tuple[Said, ...]

    @property
    def title(self) -> Message:
        return say("Did it work? {measure}", measure=self.name)


def worked_facts(
    measure: InForce,
    sides: tuple[str, str],
    found: Sequence[Compared],
    *,
    as_of: date,
    data: str,
    notes: Sequence[Message],
    sources: tuple[SourceFact, ...],
) -> WorkedFacts:
    """data: name of the dataset or file. notes: whose reports were used."""
    return WorkedFacts(
        as_of=as_of,
        measure=measure.record.id,
        name=measure.record.label,
        sides=sides,
        data=data,
        stated=_stated(measure),
        ways=tuple(_way(one) for one in found),
        method=(*measure.notes, *notes, *_method(found)),
        sources=sources,
    )


def _stated(measure: InForce) -> float | None:
    effect = measure.record.effect
    if effect is None:
        return None
    if effect.unit_price is not None:
        price = effect.unit_price
        dollars = price.currency == "USD"
        return float(effect.likely * price.amount) if dollars else None
    if effect.unit.base != "USD":
        return None
    return float(effect.likely) * effect.unit.scale


def _way(one: Compared) -> WayFact:
    effect, control = one.effect, one.control
    since = one.since
    gap = (one.actual - control)[one.start :]
    return WayFact(
        exporter=one.case.exporter,
        importer=one.case.importer,
        products=one.case.products,
        start=one.case.start,
        verdict=effect.verdict,
        why=_why(one),
        since=since,
        share=exp(effect.mean) - 1 if since else None,
        gap=float(gap.mean()) if since else None,
        before=known(exp(effect.before) - 1) or 0.0,
        rank=effect.rank,
        placebos=effect.placebos,
        p=effect.p,
        visible=None if one.visible is None else exp(one.visible) - 1,
        years=tuple(
            YearFact(year=year, actual=float(actual), control=float(other))
            for year, actual, other in zip(one.years, one.actual, control, strict=True)
        ),
        weights=tuple(_weights(one)),
        donors=len(one.names),
        gaps=one.gaps,
        far=one.far,
    )


def _why(one: Compared) -> Why:
    if one.effect.verdict != "too_early":
        return "answer"
    if not one.since:
        return "no_year"
    return "few_years" if one.since < YEARS else "few_flows"


def _weights(one: Compared) -> Iterator[DonorFact]:
    """The heaviest first."""
    for at in np.argsort(-one.effect.weights, kind="stable"):
        weight = float(one.effect.weights[at])
        if weight >= LEAST:
            exporter, importer, product = one.names[at]
            yield DonorFact(exporter=exporter, importer=importer, product=product, weight=weight)


def _method(found: Sequence[Compared]) -> Iterator[Message]:
    yield say(
        "Synthetic control: a mix of flows without the measure that moved as this one did before "
        "the start; logarithms less their mean before it, so that growth is compared, not size."
    )
    yield say(
        "Compared with: the same products to other countries, and other headings of the same pair. "
        "Not with: other sellers of these products to the same market, which the measure may have "
        "hurt, and products of other measures."
    )
    yield say(
        "Each of those flows is put in the measure’s place in turn. It counts as an effect if at "
        "most {share} of all have a gap as large, against their own fit before; the start year "
        "counts as since.",
        share=f"{LEVEL:.0%}",
    )
    yield say(
        "At least {before} years before the start and {years} since are needed for an answer.",
        before=BEFORE,
        years=YEARS,
    )
    for one in found:
        if one.gaps:
            yield say_many(
                "{exporter} to {importer}: {n} flow was left out for years without trade.",
                "{exporter} to {importer}: {n} flows were left out for years without trade.",
                n=one.gaps,
                exporter=one.case.exporter,
                importer=one.case.importer,
            )
        if one.far:
            yield say_many(
                "{exporter} to {importer}: {n} flow was left out: others are of the exporter, or "
                "nearer in size.",
                "{exporter} to {importer}: {n} flows were left out: others are of the exporter, or "
                "nearer in size.",
                n=one.far,
                exporter=one.case.exporter,
                importer=one.case.importer,
            )
