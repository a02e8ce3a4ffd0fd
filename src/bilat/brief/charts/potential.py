"""Trade as it is and what is unrealised, product by product, with 80 % whiskers."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt

from bilat.brief.charts.style import INK, Rows, data
from bilat.brief.facts.potential import PotentialFacts
from bilat.language import Words, say
from bilat.potential.opportunities import Opportunity

DRAWN = 12
LABEL = 44
THOUSAND = 1000
WIDTH, STEP = 400, 26
TRADE, UNREALISED = "#1d5fa6", "#9dc3ec"


def potential_chart(facts: PotentialFacts, subject: str, words: Words) -> Any:
    """subject: the exporter's code."""
    way = next(one for one in facts.ways if one.exporter == subject)
    told = way.products[:DRAWN]
    labels = [_label(facts, one) for one in told]
    kinds = [words(say("trade")), words(say("unrealised"))]
    y = alt.Y(
        "label:N", sort=labels, title=None, axis=alt.Axis(labelLimit=340, ticks=False, domain=False)
    )
    bars = (
        alt.Chart(data(_bars(told, labels, kinds)))
        .mark_bar(height=14)
        .encode(
            y=y,
            x=alt.X("low:Q", title=words(say("thousand USD a year")), axis=alt.Axis(tickCount=6)),
            x2="high:Q",
            color=alt.Color(
                "kind:N", title=None, scale=alt.Scale(domain=kinds, range=[TRADE, UNREALISED])
            ),
        )
    )
    whiskers = (
        alt.Chart(data(_whiskers(told, labels)))
        .mark_rule(color=INK, strokeWidth=1.3)
        .encode(y=y, x="low:Q", x2="high:Q")
    )
    ends = alt.Chart(data(_ends(told, labels))).mark_tick(color=INK, size=8, thickness=1.3)
    return alt.layer(bars, whiskers, ends.encode(y=y, x="end:Q")).properties(
        width=WIDTH, height=alt.Step(STEP)
    )


def _label(facts: PotentialFacts, one: Opportunity) -> str:
    text = f"{one.product} {facts.name(one.product)}".strip()
    return textwrap.shorten(text, LABEL, placeholder=" …")


def _bars(told: tuple[Opportunity, ...], labels: list[str], kinds: list[str]) -> Rows:
    rows: Rows = []
    for one, label in zip(told, labels, strict=True):
        trade, end = one.trade / THOUSAND, (one.trade + one.unrealised) / THOUSAND
        rows.append({"label": label, "kind": kinds[0], "low": 0, "high": trade})
        rows.append({"label": label, "kind": kinds[1], "low": trade, "high": end})
    return rows


def _whiskers(told: tuple[Opportunity, ...], labels: list[str]) -> Rows:
    return [
        {
            "label": label,
            "low": (one.trade + one.low) / THOUSAND,
            "high": (one.trade + one.high) / THOUSAND,
        }
        for one, label in zip(told, labels, strict=True)
        if one.low is not None and one.high is not None
    ]


def _ends(told: tuple[Opportunity, ...], labels: list[str]) -> Rows:
    whiskers = _whiskers(told, labels)
    return [
        {"label": row["label"], "end": row[name]} for row in whiskers for name in ("low", "high")
    ]
