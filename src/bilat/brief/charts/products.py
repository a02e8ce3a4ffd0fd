"""Products: which of them carried the change, and where the two reports differ."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt

from bilat.brief.charts.style import GREY, SIDE_COLOURS, SIDE_MARKS, Rows, data
from bilat.brief.charts.waterfall import DOWN, STEP, UP, WIDTH, bar, waterfall
from bilat.brief.facts.pair import PairFact
from bilat.brief.trade_day import TradeTold
from bilat.language import Words, say
from bilat.trade.products import ProductView

DRAWN = 8
"""Products with a bar of their own; the tables have all."""
LABEL = 46
THOUSAND = 1000


def change_chart(brief: TradeTold, subject: str, words: Words) -> Any:
    """From one year's total to the next: the products that moved it most, the rest, the hidden.

    subject: exporter and reporter, as BLR-KGZ.
    """
    pair, exporter, reporter = _subject(brief, subject)
    view = pair.view(exporter, reporter)
    assert view is not None  # noqa: S101 (the story draws only views that are there)
    return waterfall(_steps(view, pair, words), words(say("thousand USD")))


def _steps(view: ProductView, pair: PairFact, words: Words) -> Rows:
    """The bars from the total before to the total after; each starts where the last one ended."""
    moved = sorted(view.lines, key=lambda line: (-abs(line.after - line.before), line.code))
    moves = [
        (_label(line.code, pair), line.after - line.before)
        for line in moved[:DRAWN]
        if line.after != line.before
    ]
    rest = sum(line.after - line.before for line in moved[DRAWN:])
    if rest:
        moves.append((words(say("all other products")), rest))
    hidden = view.hidden - (view.hidden_before or 0.0)
    if abs(hidden) >= THOUSAND / 2:
        moves.append((words(say("shown under no product")), hidden))
    level = view.total_before or 0.0
    rows: Rows = [_bar(str(view.year - 1), 0.0, level, GREY, words.number(level / THOUSAND, 0))]
    for label, move in moves:
        sign = "+" if move > 0 else "−"
        said = sign + words.number(abs(move) / THOUSAND, 0)
        rows.append(_bar(label, level, level + move, UP if move > 0 else DOWN, said))
        level += move
    total = words.number(view.total / THOUSAND, 0)
    return [*rows, _bar(str(view.year), 0.0, view.total, GREY, total)]


def _bar(label: str, start: float, end: float, colour: str, said: str) -> dict[str, Any]:
    return bar(label, start / THOUSAND, end / THOUSAND, colour, said)


def gaps_chart(brief: TradeTold, subject: str, words: Words) -> Any:
    """The widest gaps: a bar from what the exporter says to what the importer says.

    subject: the exporter's code.
    """
    pair = brief.trade.pair
    assert pair is not None  # noqa: S101 (the story draws this of a warehouse only)
    gaps = next(one for one in pair.gaps if one.exporter == subject)
    spans: Rows = [
        {
            "label": _label(line.code, pair),
            "low": line.exported / THOUSAND,
            "high": line.imported / THOUSAND,
        }
        for line in gaps.lines[:DRAWN]
        if line.gap
    ]
    y = alt.Y(
        "label:N",
        sort=[row["label"] for row in spans],
        title=None,
        axis=alt.Axis(labelLimit=340, labelPadding=8, ticks=False, grid=True),
    )
    x = alt.X("low:Q", title=words(say("thousand USD")), axis=alt.Axis(tickCount=6))
    bars = alt.Chart(data(spans)).mark_bar(height=6, color="#c9c9c9").encode(y=y, x=x, x2="high:Q")
    ends = _ends(brief, spans, (gaps.exporter, gaps.importer), words).encode(y=y)
    return alt.layer(bars, ends).properties(width=WIDTH, height=alt.Step(STEP))


def _ends(brief: TradeTold, spans: Rows, way: tuple[str, str], words: Words) -> Any:
    """A mark of its side at each end of each bar."""
    names = {side.code: words(side.name) for side in brief.sides}
    points: Rows = [
        {"label": row["label"], "level": row[end], "reporter": names[side]}
        for row in spans
        for end, side in zip(("low", "high"), way, strict=True)
    ]
    domain, title = list(names.values()), words(say("Reported by"))
    colours = alt.Scale(domain=domain, range=list(SIDE_COLOURS))
    marks = alt.Scale(domain=domain, range=list(SIDE_MARKS))
    return (
        alt.Chart(data(points))
        .mark_point(filled=True, size=70, opacity=1)
        .encode(
            x="level:Q",
            color=alt.Color("reporter:N", title=title, scale=colours),
            shape=alt.Shape("reporter:N", title=title, scale=marks),
        )
    )


def _subject(brief: TradeTold, subject: str) -> tuple[PairFact, str, str]:
    assert brief.trade.pair is not None  # noqa: S101 (the story draws this of a warehouse only)
    exporter, _, reporter = subject.partition("-")
    return brief.trade.pair, exporter, reporter


def _label(code: str, pair: PairFact) -> str:
    name = pair.name(code)
    return textwrap.shorten(f"{code} {name}" if name else code, LABEL, placeholder=" …")
