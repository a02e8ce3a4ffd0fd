"""The charts of a brief: Altair specifications, rendered by vl-convert in the brief's own font.

Readable in print: sides differ by dash and mark as well as by colour. Where a chart's spec is made
from facts, the numbers are in the unit of its axis.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import altair as alt
import vl_convert

from bilat.brief.brief import Brief
from bilat.brief.facts.targets import AnnouncementFact, TargetFact
from bilat.brief.facts.trade import FlowFact
from bilat.brief.story.blocks import Chart
from bilat.brief.story.names import STATE
from bilat.language import Words, say
from bilat.vocabulary import Unit

FONT = "PT Sans"
FONT_FOLDER = Path(__file__).parent / "fonts"
SIDE_COLOURS = ("#1d5fa6", "#b4452c")
SIDE_DASHES: tuple[list[int], list[int]] = ([1, 0], [5, 2])
STATE_COLOURS: Mapping[str, str] = {
    "complete": "#2d7d46",
    "under_way": "#8fb3d9",
    "due_soon": "#e0b03c",
    "no_date": "#c9c9c9",
    "late": "#b4452c",
}
INK = "#2b2f36"
HISTORY_YEARS = 15
OWNERS_DRAWN = 15
"""The table has every owner; more bars than this nobody reads."""

Rows = list[dict[str, Any]]


class Charts:
    """Draws the charts of one brief in one language; each picture is made once."""

    def __init__(self, brief: Brief, words: Words) -> None:
        self._brief = brief
        self._words = words
        self._made: dict[tuple[str, str, str], bytes] = {}

    def svg(self, chart: Chart) -> str:
        """An SVG element whose ids no other chart of the brief has."""
        drawn = self._once(chart, "svg", _to_svg).decode()
        return _own_ids(drawn, f"{chart.name}-{chart.subject}".rstrip("-"))

    def png(self, chart: Chart) -> bytes:
        """At twice the resolution of the page, for print."""
        return self._once(chart, "png", _to_png)

    def _once(
        self, chart: Chart, kind: str, render: Callable[[dict[str, Any], str], bytes]
    ) -> bytes:
        key = (chart.name, chart.subject, kind)
        if key not in self._made:
            self._made[key] = render(self.spec(chart), self._words.lang)
        return self._made[key]

    def spec(self, chart: Chart) -> dict[str, Any]:
        """The Vega-Lite specification."""
        spec: dict[str, Any] = _styled(self._drawing(chart)).to_dict()
        return spec

    def _drawing(self, chart: Chart) -> Any:
        if chart.name == "path":
            target = next(item for item in self._brief.targets if item.id == chart.subject)
            return _path_chart(self._brief, target, self._words)
        if chart.name == "trade":
            return _trade_chart(self._brief, self._words)
        return _completion_chart(self._brief, self._words)


def _styled(chart: Any) -> Any:
    return (
        chart.configure(font=FONT, background="white")
        .configure_axis(
            labelColor=INK,
            titleColor=INK,
            titleFontWeight="normal",
            gridColor="#e6e6e6",
            domainColor="#999",
            tickColor="#999",
            labelFontSize=11,
            titleFontSize=11,
        )
        .configure_title(fontSize=12, color=INK, anchor="start", fontWeight="bold")
        .configure_legend(labelColor=INK, titleColor=INK, labelFontSize=11, orient="bottom")
        .configure_view(stroke=None)
    )


@cache
def _register_font() -> None:
    vl_convert.register_font_directory(str(FONT_FOLDER))


def _to_svg(spec: dict[str, Any], lang: str) -> bytes:
    _register_font()
    return vl_convert.vegalite_to_svg(spec, format_locale=_locale(lang)).encode()


def _own_ids(svg: str, prefix: str) -> str:
    """vl-convert numbers clip paths on and on; the same chart must be the same bytes."""
    found = dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))
    for number, name in enumerate(found):
        svg = re.sub(rf'(id="|url\(#){re.escape(name)}(?=["\)])', rf"\g<1>{prefix}-{number}", svg)
    return svg


def _to_png(spec: dict[str, Any], lang: str) -> bytes:
    _register_font()
    return bytes(vl_convert.vegalite_to_png(spec, scale=2, format_locale=_locale(lang)))


def _locale(lang: str) -> Literal["ru-RU", "en-GB"]:
    return "ru-RU" if lang == "ru" else "en-GB"


def _data(rows: Iterable[dict[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=list(rows))


def _year_axis(**more: Any) -> alt.X:
    return alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1, grid=False), **more)


# --- the path to the target ----------------------------------------------------------------------


def _path_chart(brief: Brief, target: TargetFact, words: Words) -> Any:
    """One panel a side: its statistics, the forecast from them, each announced path."""
    sides = [
        (index, side.code)
        for index, side in enumerate(brief.sides)
        if any(level.side == side.code for level in target.history)
    ]
    top = _ceiling(target)
    panels = [_path_panel(brief, target, code, index, top, words) for index, code in sides]
    return alt.hconcat(*panels, spacing=28)


def _ceiling(target: TargetFact) -> float:
    """The top of the axis: the target with some air, or the history where it was higher."""
    scale = Unit.parse(target.display_unit).scale
    levels = [float(level.value) for level in target.history] + [float(target.value)]
    return max(levels) / scale * 1.16


def _path_panel(
    brief: Brief, target: TargetFact, side: str, index: int, top: float, words: Words
) -> Any:
    unit = Unit.parse(target.display_unit)
    colour = SIDE_COLOURS[index]
    scale = alt.Scale(domain=[0, top], clamp=True)
    axis = alt.Y(
        "level:Q",
        title=words.show(unit) if index == 0 else None,
        scale=scale,
        axis=alt.Axis(tickCount=6),
    )
    fan = _fan_rows(target, side, unit.scale)
    base = alt.Chart(_data(fan)).encode(x=_year_axis())
    bands = [
        base.mark_area(color=colour, opacity=opacity, clip=True).encode(
            y=alt.Y(f"{low}:Q", scale=scale), y2=f"{high}:Q"
        )
        for low, high, opacity in (("p10", "p90", 0.16), ("p25", "p75", 0.26))
    ]
    middle = base.mark_line(color=colour, strokeDash=[2, 2], clip=True).encode(
        y=alt.Y("p50:Q", scale=scale)
    )
    history = _history(target, side, unit.scale)
    line = (
        alt.Chart(_data(history))
        .mark_line(color=colour, strokeWidth=2)
        .encode(x=_year_axis(), y=axis)
    )
    points = (
        alt.Chart(_data(history))
        .mark_point(size=34, stroke=colour, strokeWidth=1.6, opacity=1)
        .encode(
            x=_year_axis(),
            y=axis,
            fill=alt.condition("datum.derived", alt.value("white"), alt.value(colour)),
        )
    )
    return alt.layer(
        *bands, middle, *_goal(brief, target, side, unit.scale, words), line, points
    ).properties(
        width=330,
        height=250,
        title=words(say("By the statistics of {side}", side=brief.side_name(side))),
    )


def _history(target: TargetFact, side: str, scale: int) -> Rows:
    levels = [level for level in target.history if level.side == side]
    last = levels[-1].period.start.year
    return [
        {
            "year": level.period.start.year,
            "level": float(level.value) / scale,
            "derived": level.kind == "derived",
        }
        for level in levels
        if level.period.start.year > last - HISTORY_YEARS
    ]


def _fan_rows(target: TargetFact, side: str, scale: int) -> Rows:
    names = ("p2", "p10", "p25", "p50", "p75", "p90", "p97")
    return [
        {
            "year": item.year,
            **{name: level / scale for name, level in zip(names, item.levels, strict=True)},
        }
        for item in target.fan
        if item.side == side
    ]


def _goal(brief: Brief, target: TargetFact, side: str, scale: int, words: Words) -> list[alt.Chart]:
    """The even path to each announced date, and a mark at its end."""
    ends: dict[int, list[AnnouncementFact]] = {}
    for item in target.announcements:
        if item.deadline:
            ends.setdefault(item.deadline, []).append(item)
    rows: Rows = []
    for year, items in ends.items():
        rows += _goal_path(target, side, year, scale)
        rows[-1]["label"] = f"{year}: " + words.join(
            list(dict.fromkeys(words(brief.side_name(item.side)) for item in items))
        )
    base = alt.Chart(_data(rows)).encode(x=_year_axis(), y="level:Q")
    labelled = base.transform_filter("isValid(datum.label)")
    return [
        base.mark_line(color=INK, strokeDash=[5, 3], strokeWidth=1).encode(detail="end:N"),
        labelled.mark_point(shape="diamond", filled=True, color=INK, size=60, opacity=1),
        *(
            labelled.transform_filter(f"datum.end == {year}")
            .mark_text(align="right", dx=-8, dy=-9 - 13 * number, color=INK, fontSize=11)
            .encode(text="label:N")
            for number, year in enumerate(sorted(ends))
        ),
    ]


def _goal_path(target: TargetFact, side: str, year: int, scale: int) -> Rows:
    """Compound growth from the side's level when the target was announced."""
    goal = float(target.value) / scale
    starts = [
        (path.baseline.period.start.year, float(path.baseline.value) / scale)
        for item in target.announcements
        if item.deadline == year
        for path in item.paths
        if path.baseline.side == side and path.required_growth is not None
    ]
    if not starts:
        return [{"year": year, "level": goal, "end": year}]
    first, level = starts[0]
    growth = (goal / level) ** (1 / (year - first))
    return [
        {"year": step, "level": level * growth ** (step - first), "end": year}
        for step in range(first, year + 1)
    ]


# --- trade by direction --------------------------------------------------------------------------


def _trade_chart(brief: Brief, words: Words) -> Any:
    """Both directions; only turnover where directions are not followed."""
    flows = [flow for flow in brief.trade.flows if flow.measures == "exports"]
    wanted = flows or [flow for flow in brief.trade.flows if flow.measures == "turnover"]
    return alt.hconcat(*(_flow_chart(brief, flow, words) for flow in wanted[:2]))


def _flow_chart(brief: Brief, flow: FlowFact, words: Words) -> Any:
    """Yearly levels of one direction, one line a reporter."""
    unit = Unit.parse(flow.display_unit)
    names = [words(side.name) for side in brief.sides]
    rows = [
        {
            "year": item.period.start.year,
            "level": float(level.value) / unit.scale,
            "reporter": words(brief.side_name(level.side)),
        }
        for item in flow.rows
        if item.period.is_year
        for level in item.levels
    ]
    base = alt.Chart(_data(rows)).encode(
        x=_year_axis(),
        y=alt.Y("level:Q", title=words.show(unit), axis=alt.Axis(tickCount=5)),
        color=alt.Color(
            "reporter:N",
            title=words(say("Reported by")),
            scale=alt.Scale(domain=names, range=list(SIDE_COLOURS)),
        ),
        shape=alt.Shape(
            "reporter:N",
            title=words(say("Reported by")),
            scale=alt.Scale(domain=names, range=["circle", "square"]),
        ),
    )
    line = base.mark_line(strokeWidth=1.6).encode(
        strokeDash=alt.StrokeDash(
            "reporter:N",
            title=words(say("Reported by")),
            scale=alt.Scale(domain=names, range=list(SIDE_DASHES)),
        ),
        shape=alt.value("circle"),
    )
    marks = base.mark_point(filled=True, size=32, opacity=1)
    return alt.layer(line, marks).properties(width=330, height=200, title=words(flow.title))


# --- completion by owner -------------------------------------------------------------------------


def _completion_chart(brief: Brief, words: Words) -> Any:
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
        alt.Chart(_data(rows))
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
