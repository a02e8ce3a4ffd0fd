"""Trade by direction: what each side reports, and both reports made one."""

from __future__ import annotations

from typing import Any

import altair as alt

from bilat.brief.charts.style import (
    GREY,
    SIDE_COLOURS,
    SIDE_DASHES,
    SIDE_MARKS,
    Rows,
    data,
    year_axis,
)
from bilat.brief.facts.trade import FlowFact
from bilat.brief.trade_day import TradeTold
from bilat.language import Words, say
from bilat.vocabulary import Unit


def trade_chart(brief: TradeTold, _subject: str, words: Words) -> Any:
    """Both directions; only turnover where directions are not followed."""
    flows = [flow for flow in brief.trade.flows if flow.measures == "exports"]
    wanted = flows or [flow for flow in brief.trade.flows if flow.measures == "turnover"]
    return alt.hconcat(*(flow_chart(brief, flow, words) for flow in wanted[:2]))


def flow_chart(brief: TradeTold, flow: FlowFact, words: Words) -> Any:
    """Yearly levels of one direction, one line a reporter, over the reconciled interval."""
    names = [words(side.name) for side in brief.sides]
    reporter = words(say("Reported by"))
    base = alt.Chart(data(_levels(brief, flow, words))).encode(
        x=year_axis(),
        y=_axis(flow, words),
        color=alt.Color(
            "reporter:N", title=reporter, scale=alt.Scale(domain=names, range=list(SIDE_COLOURS))
        ),
        shape=alt.Shape(
            "reporter:N", title=reporter, scale=alt.Scale(domain=names, range=list(SIDE_MARKS))
        ),
    )
    line = base.mark_line(strokeWidth=1.6).encode(
        strokeDash=alt.StrokeDash(
            "reporter:N", title=reporter, scale=alt.Scale(domain=names, range=list(SIDE_DASHES))
        ),
        shape=alt.value("circle"),
    )
    marks = base.mark_point(filled=True, size=32, opacity=1)
    return alt.layer(*_band(flow, words), line, marks).properties(
        width=330, height=200, title=words(flow.title)
    )


def _axis(flow: FlowFact, words: Words) -> alt.Y:
    title = words.show(Unit.parse(flow.display_unit))
    return alt.Y("level:Q", title=title, axis=alt.Axis(tickCount=5))


def _levels(brief: TradeTold, flow: FlowFact, words: Words) -> Rows:
    unit = Unit.parse(flow.display_unit)
    return [
        {
            "year": item.period.start.year,
            "level": float(level.value) / unit.scale,
            "reporter": words(brief.side_name(level.side)),
        }
        for item in flow.rows
        if item.period.is_year
        for level in item.levels
    ]


def _band(flow: FlowFact, words: Words) -> list[alt.Chart]:
    """The 80 % interval of both reports made one; none where no year has both."""
    scale = Unit.parse(flow.display_unit).scale
    found = [(row.period.start.year, row.reconciled) for row in flow.rows if row.reconciled]
    if not any(item.both for _year, item in found):
        return []
    rows: Rows = [
        {
            "year": year,
            "level": item.value / scale,
            "low": item.low80 / scale,
            "high": item.high80 / scale,
        }
        for year, item in found
    ]
    base = alt.Chart(data(rows)).encode(x=year_axis())
    return [
        base.mark_area(color=GREY, opacity=0.28).encode(
            y=alt.Y("low:Q", title=words.show(Unit.parse(flow.display_unit))), y2="high:Q"
        )
    ]
