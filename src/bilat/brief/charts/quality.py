"""Signs of quality over the years: technology as stacked bars, the others as lines or bars."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt

from bilat.brief.charts.style import GREY, SIDE_COLOURS, Rows, data
from bilat.brief.facts.potential import PotentialFacts
from bilat.language import Message, Words, say
from bilat.potential.quality import DirectionQuality, YearQuality
from bilat.potential.signs import equal_products
from bilat.potential.technology import UNCLASSIFIED

WIDTH, HEIGHT = 310, 170
LEVELS: Mapping[str, tuple[Message, str]] = {
    "HT": (say("high technology"), "#12406f"),
    "MT": (say("medium technology"), "#3f7fbf"),
    "LT": (say("low technology"), "#9dc3ec"),
    "RB": (say("resource-based"), "#e0b03c"),
    "PP": (say("primary"), "#8a6d1f"),
    "NC": (say("not classified"), "#c9c9c9"),
}
Series = Sequence[tuple[Message, Callable[[YearQuality], float]]]


def quality_chart(facts: PotentialFacts, subject: str, words: Words) -> Any:
    """subject: the exporter's code and the sign, ``BLR-ladder``; or ``intra``."""
    quality = facts.quality
    assert quality is not None  # noqa: S101 (the story has a chart only of what is there)
    exporter, _, sign = subject.partition("-")
    if not sign:
        rows = zip(quality.years, quality.intra, strict=True)
        return _lines([_point(year, say("Grubel–Lloyd"), one, words) for year, one in rows], words)
    one = next(each for each in quality.directions if each.exporter == exporter)
    if sign == "technology":
        return _technology(one, words)
    return DRAWN[sign](one, words)


def _technology(one: DirectionQuality, words: Words) -> Any:
    rows: Rows = []
    for year in one.told:
        for place, (level, (title, _colour)) in enumerate(LEVELS.items()):
            share = sum(value for name, value in year.technology.items() if _level(name) == level)
            rows.append(
                {"year": str(year.year), "level": words(title), "value": share, "order": place}
            )
    titles = [words(title) for title, _colour in LEVELS.values()]
    colours = [colour for _title, colour in LEVELS.values()]
    return (
        alt.Chart(data(rows))
        .mark_bar()
        .encode(
            x=_years(),
            y=alt.Y("value:Q", title=None, axis=alt.Axis(format="%", tickCount=5), stack="zero",
                    scale=alt.Scale(domain=[0, 1])),
            color=alt.Color("level:N", title=None, scale=alt.Scale(domain=titles, range=colours),
                            legend=alt.Legend(columns=3)),
            order=alt.Order("order:Q"),
        )
        .properties(width=WIDTH, height=HEIGHT)
    )  # fmt: skip


def _level(category: str) -> str:
    return category if category == UNCLASSIFIED else category[:2]


def _shares(one: DirectionQuality, words: Words, series: Series) -> Any:
    return _lines(
        [_point(year.year, title, of(year), words) for title, of in series for year in one.told],
        words,
    )


def _point(year: int, kind: Message, value: float, words: Words) -> dict[str, Any]:
    """A gap where there is no number."""
    return {"year": str(year), "kind": words(kind), "value": value if value == value else None}


def _lines(rows: Rows, _words: Words) -> Any:
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    colours = [SIDE_COLOURS[0], GREY][: len(kinds)]
    dashes = [[1, 0], [5, 3]][: len(kinds)]
    legend = alt.Legend() if len(kinds) > 1 else None
    return (
        alt.Chart(data(rows))
        .mark_line(strokeWidth=2, point=True)
        .encode(
            x=_years(),
            y=alt.Y("value:Q", title=None, axis=alt.Axis(format="%", tickCount=5),
                    scale=alt.Scale(domain=[0, 1])),
            color=alt.Color("kind:N", title=None, legend=legend,
                            scale=alt.Scale(domain=kinds, range=colours)),
            strokeDash=alt.StrokeDash("kind:N", title=None, legend=legend,
                                      scale=alt.Scale(domain=kinds, range=dashes)),
        )
        .properties(width=WIDTH, height=HEIGHT)
    )  # fmt: skip


def _bars(
    one: DirectionQuality, words: Words, title: Message, of: Callable[[YearQuality], float]
) -> Any:
    rows = [_point(year.year, title, of(year), words) for year in one.told]
    return (
        alt.Chart(data(rows))
        .mark_bar(color=SIDE_COLOURS[0], size=14)
        .encode(
            x=_years(),
            y=alt.Y("value:Q", title=words(title), axis=alt.Axis(tickCount=5)),
        )
        .properties(width=WIDTH, height=HEIGHT)
    )


def _years() -> Any:
    return alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, grid=False))


def _processed(one: DirectionQuality, words: Words) -> Any:
    series = (
        (say("processed goods"), lambda year: year.processed),
        (say("new products"), lambda year: year.new),
    )
    return _shares(one, words, series)


def _ladder(one: DirectionQuality, words: Words) -> Any:
    return _shares(one, words, ((say("cheaper on the market"), lambda year: year.ladder),))


def _spread(one: DirectionQuality, words: Words) -> Any:
    return _bars(one, words, say("equal products"), equal_products)


def _advantages(one: DirectionQuality, words: Words) -> Any:
    return _bars(one, words, say("products"), lambda year: float(year.advantages))


DRAWN: Mapping[str, Callable[[DirectionQuality, Words], Any]] = {
    "processed": _processed,
    "ladder": _ladder,
    "spread": _spread,
    "advantages": _advantages,
}
"""Sign → what draws it."""
