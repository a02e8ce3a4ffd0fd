"""What has been paid of each offer up to each day."""

from __future__ import annotations

from typing import Any

import altair as alt

from bilat.brief.charts.style import Rows, data
from bilat.brief.facts.offers import OffersFact
from bilat.language import Words, say

WIDTH, HEIGHT = 560, 260
COLOURS = ("#1d5fa6", "#b4452c", "#2d7d46", "#8a5a00", "#6a3d9a", "#2b2f36")
DASHES = ([1, 0], [5, 2], [2, 2], [8, 3, 2, 3], [10, 4], [1, 3])


def offers_chart(facts: OffersFact, _subject: str, words: Words) -> Any:
    """Steps: nothing is paid between two days. More offers than colours share them again."""
    names = _names(facts, words)
    count = range(len(names))
    title = words(say("Offer"))
    domain = alt.Scale(domain=names, range=[COLOURS[n % len(COLOURS)] for n in count])
    dashes = alt.Scale(domain=names, range=[DASHES[n % len(DASHES)] for n in count])
    return (
        alt.Chart(data(_rows(facts, names)))
        .mark_line(interpolate="step-after")
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format="%Y", grid=False, tickCount="year")),
            y=alt.Y("paid:Q", title=facts.currency, axis=alt.Axis(format=",.0f", tickCount=6)),
            color=alt.Color("offer:N", title=title, scale=domain),
            strokeDash=alt.StrokeDash("offer:N", title=title, scale=dashes),
        )
        .properties(width=WIDTH, height=HEIGHT)
    )


def _names(facts: OffersFact, words: Words) -> list[str]:
    """Each different, so that two offers of one name are two lines."""
    found: list[str] = []
    for offer in facts.offers:
        name, number = words.show(offer.name), 2
        while name in found:
            name, number = f"{words.show(offer.name)} ({number})", number + 1
        found.append(name)
    return found


def _rows(facts: OffersFact, names: list[str]) -> Rows:
    return [
        {"offer": name, "day": str(point.day), "paid": float(point.amount)}
        for name, offer in zip(names, facts.offers, strict=True)
        for point in offer.paid
    ]
