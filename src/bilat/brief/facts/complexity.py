"""Complexity of countries and products in one year, as facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import numpy as np
from pydantic import Field

from bilat import __version__
from bilat.brief.facts.fact import WORDS, Fact, Said
from bilat.brief.facts.potential import NotComparedFact, not_compared, source_of
from bilat.brief.facts.potential_method import country, reports_line
from bilat.brief.facts.source import SourceFact
from bilat.errors import NoAnswer
from bilat.language import Message, Words, say
from bilat.potential.complexity import Complexity, complexity
from bilat.potential.fitness import fitness
from bilat.potential.presence import Vector
from bilat.potential.world import WorldExports


class CountryFact(Fact):
    """exports: dollars. rank: by eci, from 1. fitness: of Tacchella et al., mean 1."""

    code: str
    exports: float
    diversity: int
    eci: float | None
    rank: int | None
    outlook: float
    fitness: float


class ProductFact(Fact):
    """exports: dollars of everyone. pci: in deviations of ECI, so that a country's ECI is the mean
    of its products."""

    code: str
    exports: float
    ubiquity: int
    pci: float | None


class NearFact(Fact):
    """A product that the country lacks. gain: complexity outlook gain, in deviations of ECI."""

    code: str
    advantage: float
    density: float
    pci: float
    gain: float
    score: float
    """density × PCI, the PCI counted from the least complex product: larger is nearer and more
    complex."""


class ComplexityFacts(Fact):
    """Everything that ``bilat complexity`` says of a year."""

    format: Literal["bilat-complexity/1"] = "bilat-complexity/1"
    version: str = __version__
    as_of: date
    dataset: str
    year: int
    digits: int
    country: str = ""
    countries: tuple[CountryFact, ...] = ()
    products: tuple[ProductFact, ...] = ()
    near: tuple[NearFact, ...] = ()
    not_compared: tuple[NotComparedFact, ...] = ()
    method: tuple[Said, ...] = ()
    names: dict[str, str] = Field(default_factory=dict)
    sources: tuple[SourceFact, ...] = ()

    @property
    def title(self) -> Message:
        if self.country:
            return say(
                "Complexity of {country}, {year}",
                country=country(self.country),
                year=str(self.year),
            )
        return say("Economic complexity, {year}", year=str(self.year))

    def name(self, product: str) -> str:
        return self.names.get(product, "")

    def number_of(self, source: str) -> int | None:
        return next((one.number for one in self.sources if one.id == source), None)

    def to_json(self, words: Words) -> str:
        return self.model_dump_json(context={WORDS: words}, indent=2) + "\n"


def complexity_facts(
    exports: WorldExports,
    *,
    countries: bool,
    products: bool,
    of: str | None,
    top: int,
    names: Mapping[str, str],
) -> ComplexityFacts:
    """Raises NoAnswer where the country is not there, or too few countries are."""
    done = _complexity(exports)
    if of is not None and of not in exports.countries:
        raise NoAnswer(
            say(
                "{dataset} has no exports of {country} in {year}. Ask for another year with --year",
                dataset=exports.span.dataset,
                country=of,
                year=str(exports.year),
            )
        )
    near = _near(exports, done, of, top) if of else ()
    of_products = _products(exports, done) if products else ()
    shown = [*(item.code for item in near), *(item.code for item in of_products)]
    return ComplexityFacts(
        as_of=exports.span.as_of,
        dataset=exports.span.dataset,
        year=exports.year,
        digits=len(exports.products[0]) if exports.products else 6,
        country=of or "",
        countries=_countries(exports, done, None if countries else of) if countries or of else (),
        products=of_products,
        near=near,
        not_compared=not_compared(exports.editions),
        method=(reports_line(exports.span), *exports.editions.notes),
        names={code: names[code] for code in shown if code in names},
        sources=(source_of(exports.span),),
    )


def _complexity(exports: WorldExports) -> Complexity:
    try:
        return complexity(exports.values)
    except ValueError:
        raise NoAnswer(
            say(
                "{dataset}, {year}: fewer than two countries export with an advantage. Load the "
                "world’s trade by product, see docs/sources.md",
                dataset=exports.span.dataset,
                year=str(exports.year),
            )
        ) from None


def _countries(
    exports: WorldExports, done: Complexity, only: str | None
) -> tuple[CountryFact, ...]:
    """The most complex first."""
    fit = fitness(done.presence).fitness
    order = np.argsort(-np.nan_to_num(done.eci, nan=-np.inf), kind="stable")
    facts = (
        CountryFact(
            code=exports.countries[row],
            exports=float(exports.values[row].sum()),
            diversity=int(done.diversity[row]),
            eci=_known(done.eci[row]),
            rank=rank if np.isfinite(done.eci[row]) else None,
            outlook=float(done.coi[row]),
            fitness=float(fit[row]),
        )
        for rank, row in enumerate(order, start=1)
    )
    return tuple(one for one in facts if only is None or one.code == only)


def _products(exports: WorldExports, done: Complexity) -> tuple[ProductFact, ...]:
    """The most complex first."""
    worth = exports.values.sum(axis=0)
    order = np.argsort(-np.nan_to_num(done.pci, nan=-np.inf), kind="stable")
    return tuple(
        ProductFact(
            code=exports.products[place],
            exports=float(worth[place]),
            ubiquity=int(done.ubiquity[place]),
            pci=_known(done.pci[place]),
        )
        for place in order
    )


def _near(exports: WorldExports, done: Complexity, of: str, top: int) -> tuple[NearFact, ...]:
    row = exports.countries.index(of)
    density = done.density[row]
    score: Vector = density * (done.pci - np.nanmin(done.pci))
    lacking = (done.presence[row] == 0) & np.isfinite(score)
    order = np.argsort(-np.where(lacking, score, -np.inf), kind="stable")[: min(top, lacking.sum())]
    return tuple(
        NearFact(
            code=exports.products[place],
            advantage=float(done.advantage[row, place]),
            density=float(density[place]),
            pci=float(done.pci[place]),
            gain=float(done.cog[row, place]),
            score=float(score[place]),
        )
        for place in order
    )


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
