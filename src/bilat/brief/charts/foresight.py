"""How the chance of a target moved as data arrived."""

from __future__ import annotations

from typing import Any

import altair as alt

from bilat.brief.brief import Brief
from bilat.brief.charts.style import SIDE_COLOURS, SIDE_DASHES, SIDE_MARKS, Rows, data
from bilat.language import Words, say

WIDTH, HEIGHT = 560, 210


def history_chart(brief: Brief, subject: str, words: Words) -> Any:
    """One line a side's statistics, one panel a date of the target. subject: id of the target."""
    rows = _rows(brief, subject, words)
    names = [words(brief.side_name(side.code)) for side in brief.sides]
    title = words(say("Statistics"))
    top = max(0.1, *(row["chance"] for row in rows)) * 1.1
    base = alt.Chart(data(rows)).encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(format="%m.%Y", grid=False, tickCount=5)),
        y=alt.Y(
            "chance:Q",
            title=words(say("chance of the target")),
            axis=alt.Axis(format="%", tickCount=5),
            scale=alt.Scale(domain=[0, min(top, 1.0)]),
        ),
        color=alt.Color(
            "side:N", title=title, scale=alt.Scale(domain=names, range=list(SIDE_COLOURS))
        ),
        tooltip=[
            alt.Tooltip("side:N", title=title),
            alt.Tooltip("day:T", title=words(say("day")), format="%d.%m.%Y"),
            alt.Tooltip("chance:Q", title=words(say("chance")), format=".1%"),
        ],
    )
    line = base.mark_line(interpolate="step-after").encode(
        strokeDash=alt.StrokeDash(
            "side:N", title=title, scale=alt.Scale(domain=names, range=list(SIDE_DASHES))
        )
    )
    marks = base.mark_point(filled=True, size=34, opacity=1).encode(
        shape=alt.Shape(
            "side:N", title=title, scale=alt.Scale(domain=names, range=list(SIDE_MARKS))
        )
    )
    years = sorted({row["year"] for row in rows})
    panels = [
        alt.layer(line, marks)
        .transform_filter(alt.datum.year == year)
        .properties(
            width=WIDTH / len(years), height=HEIGHT, title=words(say("by {year}", year=year))
        )
        for year in years
    ]
    return alt.hconcat(*panels, spacing=24)


def _rows(brief: Brief, subject: str, words: Words) -> Rows:
    assert brief.foresight is not None  # noqa: S101 (the story draws this of an outlook only)
    return [
        {
            "day": str(one.day),
            "chance": one.chance,
            "side": words(brief.side_name(one.side)),
            "year": str(one.year),
        }
        for one in brief.foresight.history
        if one.target == subject
    ]
