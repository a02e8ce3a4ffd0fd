"""A followed number over the years: what each side states, and the way to what was planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from textwrap import wrap
from typing import Any

import altair as alt

from bilat.brief.charts.style import INK, SIDE_COLOURS, SIDE_DASHES, SIDE_MARKS, Rows, data
from bilat.brief.facts.exchange import NumberFact, PlanFact
from bilat.language import Message, Words, say
from bilat.vocabulary import Quantity, Unit

WIDTH, HEIGHT = 360, 220
"""As wide as one can still read on a telephone."""
TITLE_LINE = 50
"""Letters in one line of a title."""
MOST_TICKS = 10


def number_chart(number: NumberFact, sides: Mapping[str, Any], words: Words) -> Any:
    """Years alone: parts of years stand in the table. sides: code → name, in their usual order.

    There has to be a year or a plan.
    """
    unit = Unit.parse(number.display_unit)
    rows = _history(number, sides, unit, words)
    plans = _plan_rows(number, sides, unit, words)
    years = [row["year"] for row in (*rows, *plans)]
    top = max([row["level"] for row in (*rows, *plans)]) * 1.16 or 1.0
    x, y = _years(min(years), max(years)), _levels(top, words.show(unit))
    layers = [*_lines(rows, sides, words, x, y), *_plan(plans, x, y)]
    return alt.layer(*layers).properties(
        width=WIDTH, height=HEIGHT, title=wrap(words(number_finding(number, sides)), TITLE_LINE)
    )


def number_finding(number: NumberFact, sides: Mapping[str, Any]) -> Message:
    """What the chart shows, in one sentence: by the side with the latest year."""
    unit = Unit.parse(number.display_unit)
    last = max(
        (level for side in sides if (level := number.last_of(side))),
        key=lambda level: level.period.end,
        default=None,
    )
    if last is None:
        return say("No full year is stated yet")
    side, value = sides[last.side], last.in_unit(number.display_unit)
    plan = max(number.plans, key=lambda plan: plan.year, default=None)
    if plan is not None:
        return say(
            "{value} in {year} by {side}, planned {plan} in {until}",
            value=value, year=str(last.period.start.year), side=side,
            plan=Quantity(plan.value, unit), until=str(plan.year),
        )  # fmt: skip
    return say(
        "{value} in {year} by {side}, without a plan",
        value=value, year=str(last.period.start.year), side=side,
    )  # fmt: skip


def _history(number: NumberFact, sides: Mapping[str, Any], unit: Unit, words: Words) -> Rows:
    return [
        {
            "year": level.period.start.year,
            "level": float(level.value) / unit.scale,
            "side": words.show(sides[level.side]),
            "derived": level.kind == "derived",
        }
        for level in number.years
        if level.side in sides
    ]


def _plan_rows(number: NumberFact, sides: Mapping[str, Any], unit: Unit, words: Words) -> Rows:
    """An even way from the level that it counts from to the value that was planned."""
    rows: Rows = []
    for place, plan in enumerate(number.plans):
        if plan.start is not None and plan.start.period.start.year < plan.year:
            start = plan.start
            rows.append(_plan_row(place, start.period.start.year, start.value, unit))
        rows.append(
            {**_plan_row(place, plan.year, plan.value, unit), "label": _label(plan, sides, words)}
        )
    return rows


def _plan_row(place: int, year: int, value: Decimal, unit: Unit) -> dict[str, Any]:
    return {"plan": place, "year": year, "level": float(value) / unit.scale}


def _label(plan: PlanFact, sides: Mapping[str, Any], words: Words) -> str:
    return words(say("plan of {side}", side=sides.get(plan.side, plan.side)))


def _lines(rows: Rows, sides: Mapping[str, Any], words: Words, x: alt.X, y: alt.Y) -> Sequence[Any]:
    names = [words.show(name) for name in sides.values()]
    base = alt.Chart(data(rows))
    legend = alt.Legend(symbolStrokeWidth=0)  # else the dashes of the lines are on the marks too
    colour = alt.Color(
        "side:N",
        title=None,
        legend=legend,
        scale=alt.Scale(domain=names, range=list(SIDE_COLOURS)),
    )
    dash = alt.StrokeDash(
        "side:N",
        title=None,
        legend=legend,
        scale=alt.Scale(domain=names, range=list(SIDE_DASHES)),
    )
    mark = alt.Shape(
        "side:N", title=None, legend=legend, scale=alt.Scale(domain=names, range=list(SIDE_MARKS))
    )
    return [
        base.mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, strokeDash=dash),
        base.mark_point(size=50, filled=True, opacity=1).encode(x=x, y=y, color=colour, shape=mark),
    ]


def _plan(rows: Rows, x: alt.X, y: alt.Y) -> Sequence[Any]:
    if not rows:
        return []
    base = alt.Chart(data(rows)).encode(x=x, y=y)
    ends = base.transform_filter("isValid(datum.label)")
    return [
        base.mark_line(color=INK, strokeDash=[2, 3], strokeWidth=1).encode(detail="plan:N"),
        ends.mark_point(shape="diamond", filled=True, color=INK, size=70, opacity=1),
        ends.mark_text(align="right", dx=-9, dy=-8, color=INK, fontSize=11).encode(text="label:N"),
    ]


def _years(first: int, last: int) -> alt.X:
    """Ticks are stated: of few years Vega sets them at parts of years as well."""
    first, last = (first - 1, last + 1) if first == last else (first, last)
    ticks = list(range(first, last + 1, 1 + (last - first) // MOST_TICKS))
    return alt.X(
        "year:Q",
        title=None,
        axis=alt.Axis(format="d", values=ticks, grid=False, labelFlush=False),
        scale=alt.Scale(domain=[first, last], nice=False),
    )


def _levels(top: float, title: str) -> alt.Y:
    return alt.Y("level:Q", title=title, scale=alt.Scale(domain=[0, top]))
