"""Trade as it came beside its control, the start marked."""

from __future__ import annotations

from typing import Any

import altair as alt

from bilat.brief.charts.style import GREY, INK, SIDE_COLOURS, Rows, data, year_axis
from bilat.brief.facts.worked import WayFact, WorkedFacts
from bilat.language import Words, say

THOUSAND = 1000


def control_chart(facts: WorkedFacts, subject: str, words: Words) -> Any:
    """subject: the exporter's code."""
    way = next(one for one in facts.ways if one.exporter == subject)
    kinds = [words(say("trade")), words(say("control"))]
    base = alt.Chart(data(_rows(way, kinds))).encode(
        x=year_axis(scale=alt.Scale(nice=False)),
        y=alt.Y(
            "value:Q",
            title=words(say("thousand USD")),
            axis=alt.Axis(tickCount=5),
            scale=alt.Scale(zero=True),
        ),
        color=alt.Color(
            "kind:N", title=None, scale=alt.Scale(domain=kinds, range=[SIDE_COLOURS[0], GREY])
        ),
    )
    lines = base.mark_line(strokeWidth=2).encode(
        strokeDash=alt.StrokeDash(
            "kind:N", title=None, scale=alt.Scale(domain=kinds, range=[[1, 0], [5, 3]])
        )
    )
    return alt.layer(lines, *_start(way, words)).properties(width=520, height=240)


def _rows(way: WayFact, kinds: list[str]) -> Rows:
    return [
        {"year": one.year, "kind": kind, "value": value / THOUSAND}
        for one in way.years
        for kind, value in zip(kinds, (one.actual, one.control), strict=True)
    ]


def _start(way: WayFact, words: Words) -> list[Any]:
    """Between the last year before and the first year since; nothing beyond the data."""
    if not way.since:
        return []
    mark = alt.Chart(
        data([{"year": way.start - 0.5, "label": words(say("start {year}", year=str(way.start)))}])
    )
    rule = mark.mark_rule(color=INK, strokeDash=[2, 2]).encode(x="year:Q")
    text = mark.mark_text(align="left", baseline="top", dx=4, color=INK, fontSize=11).encode(
        x="year:Q", y=alt.value(2), text="label:N"
    )
    return [rule, text]
