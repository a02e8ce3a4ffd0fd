"""What a project was to make and what it made, year by year; each side's count on its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from bilat.brief.charts.style import SIDE_COLOURS, Rows, data
from bilat.brief.facts.projects import YearFact
from bilat.language import Words, say

WIDTH, HEIGHT = 420, 200
PLANNED, MADE = "#c9c9c9", SIDE_COLOURS[0]


def output_chart(years: Sequence[YearFact], words: Words) -> Any | None:
    """Bars of planned and made units; None where no units are known of any year."""
    names = {"planned": words(say("planned")), "made": words(say("made"))}
    rows: Rows = []
    for item in years:
        heading = f"{item.year} {item.side}" if item.side else str(item.year)
        for kind, units in (("planned", item.planned_units), ("made", item.units)):
            if units is not None:
                rows.append({"year": heading, "units": float(units), "kind": names[kind]})
    if not rows:
        return None
    order = list(names.values())
    return (
        alt.Chart(data(rows))
        .mark_bar()
        .encode(
            x=alt.X("year:N", title=None, sort=None, axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("kind:N", sort=order),
            y=alt.Y("units:Q", title=words(say("units a year"))),
            color=alt.Color(
                "kind:N", title=None, scale=alt.Scale(domain=order, range=[PLANNED, MADE])
            ),
        )
        .properties(width=WIDTH, height=HEIGHT)
    )
