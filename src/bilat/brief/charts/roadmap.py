"""Commitments by owner and state."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import Any

import altair as alt

from bilat.brief.brief import Brief
from bilat.brief.charts.style import STATE_COLOURS, Rows, data
from bilat.brief.story.names import STATE
from bilat.language import Words, say

OWNERS_DRAWN = 15
"""The table has every owner; more bars than this nobody reads."""


def completion_chart(brief: Brief, _subject: str, words: Words) -> Any:
    """One bar an owner, split by state; the owners with most commitments."""
    counts = Counter(
        (owner, item.state)
        for item in brief.roadmap.commitments
        if item.state != "proposed"
        for owner in [words(owner.name) for owner in item.owners] or [words(say("without owner"))]
    )
    totals: Counter[str] = Counter()
    for (owner, _state), count in counts.items():
        totals[owner] += count
    largest = {owner for owner, _count in totals.most_common(OWNERS_DRAWN)}
    order = list(STATE_COLOURS)
    rows: Rows = [
        {
            "owner": "\n".join(textwrap.wrap(owner, 44)),
            "state": words(STATE[state]),
            "n": count,
            "order": order.index(state),
        }
        for (owner, state), count in counts.items()
        if owner in largest
    ]
    states = {words(STATE[state]): colour for state, colour in STATE_COLOURS.items()}
    return (
        alt.Chart(data(rows))
        .mark_bar(stroke="white")
        .encode(
            y=alt.Y(
                "owner:N",
                title=None,
                sort="-x",
                axis=alt.Axis(labelLimit=320, labelExpr="split(datum.label, '\\n')"),
            ),
            x=alt.X(
                "sum(n):Q",
                title=words(say("commitments")),
                axis=alt.Axis(tickMinStep=1, format="d"),
            ),
            color=alt.Color(
                "state:N",
                title=None,
                scale=alt.Scale(domain=list(states), range=list(states.values())),
            ),
            order="order:Q",
        )
        .properties(width=380, height=alt.Step(32))
    )
