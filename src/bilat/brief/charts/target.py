"""The path to a target: statistics, the forecast from them, each announced date."""

from __future__ import annotations

from typing import Any

import altair as alt

from bilat.brief.brief import Brief
from bilat.brief.charts.style import INK, SIDE_COLOURS, Rows, data, year_axis
from bilat.brief.facts.targets import AnnouncementFact, TargetFact
from bilat.language import Words, say
from bilat.vocabulary import Unit

HISTORY_YEARS = 15


def path_chart(brief: Brief, subject: str, words: Words) -> Any:
    """One panel a side: its statistics, the forecast from them, each announced path.

    subject: id of the target.
    """
    target = next(item for item in brief.targets if item.id == subject)
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
    colour, unit_title = SIDE_COLOURS[index], words.show(unit)
    scale = alt.Scale(domain=[0, top], clamp=True)
    axis = alt.Y(
        "level:Q",
        title=unit_title if index == 0 else None,
        scale=scale,
        axis=alt.Axis(tickCount=6),
    )
    fan = _fan_rows(target, side, unit.scale)
    base = alt.Chart(data(fan)).encode(x=year_axis())
    bands = [
        base.mark_area(color=colour, opacity=opacity, clip=True).encode(
            y=alt.Y(f"{low}:Q", scale=scale), y2=f"{high}:Q"
        )
        for low, high, opacity in (("p10", "p90", 0.16), ("p25", "p75", 0.26))
    ]
    middle = base.mark_line(color=colour, strokeDash=[2, 2], clip=True).encode(
        y=alt.Y("p50:Q", scale=scale)
    )
    asked = base.mark_point(size=160, opacity=0, clip=True).encode(
        y=alt.Y("p50:Q", scale=scale), tooltip=_told_of_forecast(words)
    )
    history = _history(target, side, unit.scale)
    line = (
        alt.Chart(data(history))
        .mark_line(color=colour, strokeWidth=2)
        .encode(x=year_axis(), y=axis)
    )
    points = (
        alt.Chart(data(history))
        .mark_point(size=34, stroke=colour, strokeWidth=1.6, opacity=1)
        .encode(
            x=year_axis(),
            y=axis,
            fill=alt.condition("datum.derived", alt.value("white"), alt.value(colour)),
            tooltip=[_told_year(words), alt.Tooltip("level:Q", title=unit_title, format=",.1f")],
        )
    )
    return alt.layer(
        *bands, middle, *_goal(brief, target, side, unit.scale, words), line, asked, points
    ).properties(
        width=330,
        height=250,
        title=words(say("By the statistics of {side}", side=brief.side_name(side))),
    )


def _told_year(words: Words) -> alt.Tooltip:
    return alt.Tooltip("year:Q", title=words(say("year")), format="d")


def _told_of_forecast(words: Words) -> list[alt.Tooltip]:
    return [
        _told_year(words),
        *(
            alt.Tooltip(f"{name}:Q", title=words.percent(share), format=",.0f")
            for name, share in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9))
        ),
    ]


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
    base = alt.Chart(data(rows)).encode(x=year_axis(), y="level:Q")
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
