"""Lines: what is used of a limit over time; what measures need and what the lines offer by year."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, Protocol

import altair as alt

from bilat.brief.charts.style import GREY, INK, SIDE_COLOURS, Rows, data
from bilat.brief.facts.finance import FinanceFact
from bilat.brief.facts.finance_lines import LineFact
from bilat.language import Words, say
from bilat.outlook.measures import as_year

WIDTH, HEIGHT = 520, 220
MOST_TICKS = 12
FOUND, MISSING, UNKNOWN = "#8fb3d9", "#b4452c", "#c9c9c9"
MILLION, THOUSAND = 1e6, 1e3


class Financed(Protocol):
    """A brief, or as much of it as these charts need."""

    @property
    def finance(self) -> FinanceFact: ...

    @property
    def as_of(self) -> date: ...


def use_chart(brief: Financed, subject: str, words: Words) -> Any:
    """subject: id of a line of which something is used at some time."""
    line = next(item for item in brief.finance.lines if item.id == subject)
    limit = None if line.use.limit is None else float(line.use.limit.amount)
    most = max([limit or 0.0, *(float(level.used) for level in line.levels)])
    unit, title = _unit(most, line.use.currency, words)
    first, last = _ends(line, brief.as_of)
    rows: Rows = [{"year": first, "used": 0.0}]
    rows += [{"year": as_year(item.day), "used": float(item.used) / unit} for item in line.levels]
    rows.append({"year": last, "used": rows[-1]["used"]})
    base = alt.Chart(data(rows)).encode(x=_years(int(first), int(last)))
    used = alt.Y("used:Q", title=title, scale=alt.Scale(domain=[0, 1.1 * most / unit]))
    layers = [
        base.mark_area(interpolate="step-after", color=FOUND, opacity=0.45).encode(y=used),
        base.mark_line(interpolate="step-after", color=SIDE_COLOURS[0]).encode(y=used),
        _upright(as_year(brief.as_of), words(say("today"))),
    ]
    if limit is not None:
        layers.append(_level(limit / unit, last, words(say("limit"))))
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)


def _years(first: int, last: int) -> alt.X:
    """Ticks are stated: of layers together Vega sets them at half years, each with a whole one."""
    years = list(range(first, last + 1, 1 + (last - first) // MOST_TICKS))
    axis = alt.Axis(format="d", values=years, grid=False)
    return alt.X("year:Q", title=None, axis=axis, scale=alt.Scale(domain=[first, last]))


def _ends(line: LineFact, as_of: date) -> tuple[float, float]:
    """Whole years around everything that happens, and today."""
    days = [level.day for level in line.levels] + [as_of]
    return float(min(days).year), float(max(days).year + 1)


def _unit(most: float, currency: str, words: Words) -> tuple[float, str]:
    if most >= MILLION:
        return MILLION, words(say("million {currency}", currency=currency))
    if most >= THOUSAND:
        return THOUSAND, words(say("thousand {currency}", currency=currency))
    return 1.0, currency


def _level(value: float, last: float, label: str) -> Any:
    base = alt.Chart(data([{"y": value, "x": last, "label": label}]))
    rule = base.mark_rule(color=MISSING, strokeDash=[5, 3], size=1.5).encode(y="y:Q")
    text = base.mark_text(align="right", dy=-7, dx=-3, color=MISSING, fontSize=11)
    return rule + text.encode(x="x:Q", y="y:Q", text="label:N")


def _upright(value: float, label: str) -> Any:
    base = alt.Chart(data([{"x": value, "label": label}]))
    rule = base.mark_rule(color=GREY, strokeDash=[2, 2]).encode(x="x:Q")
    text = base.mark_text(align="left", dx=4, dy=6, baseline="top", color=GREY, fontSize=11)
    return rule + text.encode(x="x:Q", y=alt.value(0), text="label:N")


def need_chart(brief: Financed, subject: str, words: Words) -> Any:
    """subject: a currency. Bars: what is needed, by whether it finds room; marks: the offer."""
    years = [item for item in brief.finance.needs.years if item.currency == subject]
    sums: dict[tuple[int, str], float] = defaultdict(float)
    offers: dict[int, float] = defaultdict(float)
    for item in years:
        if item.gap is None:
            sums[item.year, "unknown"] += float(item.need)
        else:
            sums[item.year, "found"] += float(item.need - item.gap)
            sums[item.year, "missing"] += float(item.gap)
        if item.offer is not None and item.facility is not None:
            offers[item.year] += float(item.offer)
    most = max([*(float(item.need) for item in years), *offers.values()])
    unit, title = _unit(most, subject, words)
    names = {
        "found": words(say("finds room")),
        "missing": words(say("finds no room")),
        "unknown": words(say("limit not stated")),
    }
    rows: Rows = [
        {"year": str(year), "amount": amount / unit, "state": names[state], "order": order}
        for order, state in enumerate(names)
        for (year, kind), amount in sorted(sums.items())
        if kind == state and amount
    ]
    bars = _bars(rows, list(names.values()), title)
    marks: Rows = [
        {"year": str(year), "offer": offer / unit, "mark": words(say("offer of the lines"))}
        for year, offer in sorted(offers.items())
    ]
    if not marks:
        return bars.properties(width=WIDTH, height=HEIGHT)
    return alt.layer(bars, _marks(marks)).properties(width=WIDTH, height=HEIGHT)


def _bars(rows: Rows, states: list[str], title: str) -> Any:
    colours = alt.Scale(domain=states, range=[FOUND, MISSING, UNKNOWN])
    return (
        alt.Chart(data(rows))
        .mark_bar(size=34)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("amount:Q", title=title),
            color=alt.Color("state:N", title=None, scale=colours),
            order="order:Q",
        )
    )


def _marks(rows: Rows) -> Any:
    base = alt.Chart(data(rows)).encode(x="year:O", y="offer:Q")
    shape = alt.Shape("mark:N", title=None, scale=alt.Scale(range=["diamond"]))
    return base.mark_point(filled=True, size=70, color=INK, opacity=1).encode(shape=shape)
