"""The most complex countries or products, or the nearest to one country, as bars."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from typing import Any

import altair as alt

from bilat.brief.charts.style import INK, SIDE_COLOURS, data
from bilat.brief.facts.complexity import ComplexityFacts
from bilat.brief.facts.potential_method import country
from bilat.language import Message, Words, say

DRAWN = 15
LABEL = 44
WIDTH, STEP = 360, 24
Bars = list[tuple[str, float]]


def complexity_chart(facts: ComplexityFacts, subject: str, words: Words) -> Any:
    """subject: countries, near or products."""
    bars, title = BARS[subject](facts, words)
    labels = [label for label, _value in bars]
    rows = [{"label": label, "value": value} for label, value in bars]
    axis = alt.Axis(labelLimit=340, ticks=False, domain=False)
    base = alt.Chart(data(rows)).encode(
        y=alt.Y("label:N", sort=labels, title=None, axis=axis),
        x=alt.X("value:Q", title=words(title), axis=alt.Axis(tickCount=6)),
    )
    zero = alt.Chart(data([{"value": 0}])).mark_rule(color=INK).encode(x="value:Q")
    bars_drawn = base.mark_bar(color=SIDE_COLOURS[0], height=14)
    return alt.layer(bars_drawn, zero).properties(width=WIDTH, height=alt.Step(STEP))


def _countries(facts: ComplexityFacts, words: Words) -> tuple[Bars, Message]:
    told = [one for one in facts.countries if one.eci is not None][:DRAWN]
    bars = [(str(words.show(country(one.code))), one.eci or 0.0) for one in told]
    return bars, say("ECI, deviations from the mean country")


def _near(facts: ComplexityFacts, words: Words) -> tuple[Bars, Message]:
    bars = [(_label(facts, one.code), one.score) for one in facts.near[:DRAWN]]
    return bars, say("density × PCI")


def _products(facts: ComplexityFacts, words: Words) -> tuple[Bars, Message]:
    told = [one for one in facts.products if one.pci is not None][:DRAWN]
    return [(_label(facts, one.code), one.pci or 0.0) for one in told], say("PCI")


def _label(facts: ComplexityFacts, code: str) -> str:
    return textwrap.shorten(f"{code} {facts.name(code)}".strip(), LABEL, placeholder=" …")


BARS: Mapping[str, Callable[[ComplexityFacts, Words], tuple[Bars, Message]]] = {
    "countries": _countries,
    "near": _near,
    "products": _products,
}
