"""Were the chances right? What was said against how often it came, by tenth of the chances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from bilat.brief.charts.style import GREY, SIDE_COLOURS, Rows, data
from bilat.language import Words, say
from bilat.outlook.history.scoring import Odds

SIZE = 200
LEAST = 0.005
"""Tenths with a smaller share of the forecasts say nothing."""


def reliability_chart(odds: Sequence[Odds], words: Words) -> Any:
    """One panel a multiple; on the diagonal what was said came true as often."""
    return alt.hconcat(*(_panel(one, words) for one in odds), spacing=24)


def _panel(one: Odds, words: Words) -> Any:
    rows: Rows = [
        {"said": said, "came": came, "share": share}
        for said, came, share in one.reliability
        if share >= LEAST
    ]
    share = alt.Axis(format="%", tickCount=5)
    whole = alt.Scale(domain=[0, 1])
    base = alt.Chart(data(rows)).encode(
        x=alt.X("said:Q", title=words(say("chance that was said")), axis=share, scale=whole),
        y=alt.Y("came:Q", title=words(say("came true")), axis=share, scale=whole),
    )
    even = (
        alt.Chart(data([{"at": 0}, {"at": 1}]))
        .mark_line(color=GREY, strokeDash=[4, 3])
        .encode(x=alt.X("at:Q", title=""), y=alt.Y("at:Q", title=""))
    )
    line = base.mark_line(color=SIDE_COLOURS[0])
    marks = base.mark_point(filled=True, color=SIDE_COLOURS[0], opacity=1).encode(
        size=alt.Size(
            "share:Q",
            title=words(say("share of the forecasts")),
            legend=alt.Legend(format="%", tickCount=3),
        )
    )
    title = words(say("{multiple} times the level in five years", multiple=one.multiple))
    return alt.layer(even, line, marks).properties(width=SIZE, height=SIZE, title=title)
