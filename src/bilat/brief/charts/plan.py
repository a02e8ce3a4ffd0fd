"""The frontier of plans: the greatest chance for each budget."""

from __future__ import annotations

from typing import Any

import altair as alt

from bilat.brief.brief import Brief
from bilat.brief.charts.style import SIDE_COLOURS, Rows, data
from bilat.language import Words, say

WIDTH, HEIGHT = 520, 230
MILLION = 1e6


def frontier_chart(brief: Brief, _subject: str, words: Words) -> Any:
    """Chances in fresh draws as marks, in the scenarios of the plans as a line."""
    planning = brief.planning
    assert planning is not None  # noqa: S101 (told of a plan only)
    rows: Rows = [
        {
            "budget": float(point.budget.amount) / MILLION,
            "chance": point.chance,
            "fresh": point.fresh,
        }
        for point in planning.frontier
    ]
    currency = planning.frontier[0].budget.currency
    base = alt.Chart(data(rows)).encode(
        x=alt.X("budget:Q", title=words(say("budget, million {currency}", currency=currency)))
    )
    title = words(say("chance of the target"))
    axis = alt.Axis(format="%", tickCount=5)
    line = base.mark_line(interpolate="step-after", color=SIDE_COLOURS[0]).encode(
        y=alt.Y("chance:Q", title=title, axis=axis)
    )
    marks = base.mark_point(filled=True, size=45, opacity=1, color=SIDE_COLOURS[1]).encode(
        y="fresh:Q",
        tooltip=[
            alt.Tooltip("budget:Q", format=",.1f"),
            alt.Tooltip("fresh:Q", title=title, format=".1%"),
        ],
    )
    return alt.layer(line, marks).properties(width=WIDTH, height=HEIGHT)
