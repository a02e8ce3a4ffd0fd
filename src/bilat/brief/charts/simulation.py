"""Welfare of the pair, and of those that feel a shock most."""

from __future__ import annotations

from typing import Any

import altair as alt

from bilat.brief.charts.style import GREY, INK, SIDE_COLOURS, Rows, data
from bilat.brief.facts.analysis import country
from bilat.brief.facts.simulation import SimulationFacts
from bilat.language import Words, say

OTHERS = 10
WIDTH, STEP = 400, 24
PER_CENT = 100


def welfare_chart(facts: SimulationFacts, _subject: str, words: Words) -> Any:
    """The pair first, each with its number; others as far as they feel it most."""
    shown = facts.countries[: OTHERS + 2]
    kinds = [words(say("the pair")), words(say("others"))]
    rows: Rows = [
        {
            "country": words.show(country(one.code)),
            "kind": kinds[0 if one.code in facts.pair else 1],
            "change": PER_CENT * one.welfare,
            "end": max(PER_CENT * one.welfare, 0.0),
            "label": ("+" if one.welfare > 0 else "") + words.number(PER_CENT * one.welfare, 3),
        }
        for one in shown
    ]
    y = alt.Y(
        "country:N",
        sort=[row["country"] for row in rows],
        title=None,
        axis=alt.Axis(labelLimit=220, ticks=False, domain=False),
    )
    base = alt.Chart(data(rows)).encode(y=y)
    bars = base.mark_bar(height=13).encode(
        x=alt.X("change:Q", title=words(say("welfare, change in %")), axis=alt.Axis(tickCount=5)),
        color=alt.Color(
            "kind:N", title=None, scale=alt.Scale(domain=kinds, range=[SIDE_COLOURS[0], GREY])
        ),
    )
    labels = base.mark_text(align="left", dx=5, fontSize=10, color=INK).encode(
        x="end:Q", text="label:N"
    )
    return alt.layer(bars, labels).properties(width=WIDTH, height=alt.Step(STEP))
