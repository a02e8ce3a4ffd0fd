"""Bars that each start where the last one ended: how one total becomes another."""

from __future__ import annotations

from typing import Any

import altair as alt

from bilat.brief.charts.style import INK, Rows, data

WIDTH, STEP = 430, 24
UP, DOWN = "#2d7d46", "#b4452c"


def bar(label: str, start: float, end: float, colour: str, said: str) -> dict[str, Any]:
    """start, end: in the unit of the axis, in either order. said: stands beside the bar."""
    low, high = sorted((start, end))
    return {"label": label, "low": low, "high": high, "colour": colour, "said": said}


def waterfall(rows: Rows, unit: str) -> Any:
    """rows: of `bar`, from top to bottom, each with a label of its own."""
    order = alt.Y(
        "label:N",
        sort=[row["label"] for row in rows],
        title=None,
        axis=alt.Axis(labelLimit=340, ticks=False, domain=False),
    )
    room = alt.Scale(domain=[0, 1.12 * max(row["high"] for row in rows)], nice=False)
    base = alt.Chart(data(rows)).encode(y=order)
    bars = base.mark_bar(height=15).encode(
        x=alt.X("low:Q", title=unit, scale=room, axis=alt.Axis(tickCount=6)),
        x2="high:Q",
        color=alt.Color("colour:N", scale=None),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("said:N", title=unit)],
    )
    text = base.mark_text(align="left", dx=5, color=INK, fontSize=11).encode(
        x=alt.X("high:Q", scale=room), text="said:N"
    )
    return alt.layer(bars, text).properties(width=WIDTH, height=alt.Step(STEP))
