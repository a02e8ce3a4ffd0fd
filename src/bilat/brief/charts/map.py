"""Places of both sides as points, links as lines between them: a panel for each side, one scale.

Each panel is an equirectangular map whose true parallel is its middle, without outlines of
countries: a grid of whole degrees says where it is. Both panels have the same scale, and their
distance from each other says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, radians
from typing import Any, Literal

import altair as alt

from bilat.brief.charts.style import GREY, INK, SIDE_COLOURS, SIDE_MARKS, Rows, data
from bilat.language import Words, say

PANEL, GAP, MARGIN, BOTTOM = 360.0, 50.0, 26.0, 26.0
"""Pixels: width of a panel, between two, around its points, and below for names of meridians."""
NAME = 48.0
"""Pixels that the name of a meridian takes, in the language that needs most."""
SMALLEST = 2.0
"""Degrees of latitude that a panel shows at least."""
PROJECT = "#2d7d46"


@dataclass(frozen=True)
class Spot:
    """A place in one of the two panels. side: 0 or 1. lat, lon: degrees."""

    id: str
    label: str
    side: int
    lat: float
    lon: float
    kind: Literal["region", "project"] = "region"


@dataclass(frozen=True)
class Line:
    """A link between two places, by their ids."""

    first: str
    second: str


@dataclass(frozen=True)
class _Panel:
    """From degrees to pixels. left: where it begins."""

    left: float
    west: float
    north: float
    per_lon: float
    per_lat: float
    height: float

    def x(self, lon: float) -> float:
        return self.left + MARGIN + (lon - self.west) * self.per_lon

    def y(self, lat: float) -> float:
        return MARGIN + (self.north - lat) * self.per_lat


def map_chart(
    spots: Sequence[Spot], lines: Iterable[Line], names: tuple[str, str], words: Words
) -> Any:
    """names: of the sides, over their panels. spots: at least one."""
    panels = _panels(spots)
    height = max(panel.height for panel in panels.values())
    width = max(panel.left for panel in panels.values()) + PANEL
    where = {one.id: (panels[one.side].x(one.lon), panels[one.side].y(one.lat)) for one in spots}
    layers = [_grid(panels, words), _names(panels, names), _lines(lines, where)]
    layers += [_points(spots, where, side) for side in panels]
    if any(one.kind == "project" for one in spots):
        layers.append(_projects(spots, where, words))
    layers.append(_labels(spots, where))
    return alt.layer(*[layer for layer in layers if layer is not None]).properties(
        width=width, height=height
    )


def _panels(spots: Sequence[Spot]) -> dict[int, _Panel]:
    boxes = {side: _box([s for s in spots if s.side == side]) for side in (0, 1)}
    known = {side: box for side, box in boxes.items() if box}
    inner = PANEL - 2 * MARGIN
    scale = min(inner / ((east - west) * cos(_middle(south, north)))
                for west, east, south, north in known.values())  # fmt: skip
    tallest = max(north - south for _w, _e, south, north in known.values())
    found = {}
    for place, (side, (west, east, south, north)) in enumerate(known.items()):
        per_lon = scale * cos(_middle(south, north))
        spare = (inner - (east - west) * per_lon) / 2 / per_lon
        height = tallest * scale + 2 * MARGIN + BOTTOM
        left = place * (PANEL + GAP)
        found[side] = _Panel(left, west - spare, north, per_lon, scale, height)
    return found


def _middle(south: float, north: float) -> float:
    return radians((south + north) / 2)


def _box(spots: Sequence[Spot]) -> tuple[float, float, float, float] | None:
    """West, east, south, north with some room."""
    if not spots:
        return None
    lons, lats = [one.lon for one in spots], [one.lat for one in spots]
    more = max(0.3, (SMALLEST - (max(lats) - min(lats))) / 2)
    wide = max(0.3, (SMALLEST - (max(lons) - min(lons))) / 2)
    return min(lons) - wide, max(lons) + wide, min(lats) - more, max(lats) + more


def _grid(panels: dict[int, _Panel], words: Words) -> Any:
    rules: Rows = []
    texts: Rows = []
    for panel in panels.values():
        bottom = panel.height - BOTTOM
        right = panel.left + PANEL
        east = panel.west + (PANEL - 2 * MARGIN) / panel.per_lon
        south = panel.north - (bottom - 2 * MARGIN) / panel.per_lat
        for lon in range(ceil(panel.west), floor(east) + 1):
            x = panel.x(lon)
            rules.append({"x": x, "x2": x, "y": 0.0, "y2": bottom})
            if lon % ceil(NAME / panel.per_lon) == 0:
                texts.append({"x": x, "y": bottom + 10, "label": _degrees(lon, "lon", words)})
        for lat in range(ceil(south), floor(panel.north) + 1):
            y = panel.y(lat)
            rules.append({"x": panel.left, "x2": right, "y": y, "y2": y})
            texts.append({"x": right + 18, "y": y, "label": _degrees(lat, "lat", words)})
    rule = alt.Chart(data(rules)).mark_rule(color="#e2e2e2")
    text = alt.Chart(data(texts)).mark_text(color=GREY, fontSize=10).encode(**_at(), text="label:N")
    return rule.encode(**_at(), x2="x2:Q", y2="y2:Q") + text


def _degrees(value: int, axis: Literal["lat", "lon"], words: Words) -> str:
    if axis == "lat":
        said = say("{n}° N", n=value) if value >= 0 else say("{n}° S", n=-value)
    else:
        said = say("{n}° E", n=value) if value >= 0 else say("{n}° W", n=-value)
    return words(said)


def _names(panels: dict[int, _Panel], names: tuple[str, str]) -> Any:
    rows: Rows = [
        {"x": panel.left + 4, "y": 10.0, "label": names[side]} for side, panel in panels.items()
    ]
    mark = alt.Chart(data(rows)).mark_text(align="left", fontWeight="bold", fontSize=13, color=INK)
    return mark.encode(**_at(), text="label:N")


def _lines(lines: Iterable[Line], where: dict[str, tuple[float, float]]) -> Any | None:
    rows: Rows = [
        {
            "x": where[line.first][0],
            "y": where[line.first][1],
            "x2": where[line.second][0],
            "y2": where[line.second][1],
        }
        for line in lines
        if line.first in where and line.second in where
    ]
    if not rows:
        return None
    mark = alt.Chart(data(rows)).mark_rule(color="#14535a", opacity=0.55, strokeWidth=1.5)
    return mark.encode(**_at(), x2="x2:Q", y2="y2:Q")


def _points(spots: Sequence[Spot], where: dict[str, tuple[float, float]], side: int) -> Any:
    rows = _rows([one for one in spots if one.side == side and one.kind == "region"], where)
    mark = alt.Chart(data(rows)).mark_point(
        filled=True, size=60, opacity=1, color=SIDE_COLOURS[side], shape=SIDE_MARKS[side]
    )
    return mark.encode(**_at())


def _projects(spots: Sequence[Spot], where: dict[str, tuple[float, float]], words: Words) -> Any:
    kind = words(say("project"))
    rows = [{**row, "kind": kind} for row in _rows(
        [one for one in spots if one.kind == "project"], where)]  # fmt: skip
    shape = alt.Shape("kind:N", title=None, scale=alt.Scale(range=["triangle-up"]))
    mark = alt.Chart(data(rows)).mark_point(filled=True, size=90, opacity=1, color=PROJECT)
    return mark.encode(**_at(), shape=shape)


def _labels(spots: Sequence[Spot], where: dict[str, tuple[float, float]]) -> Any:
    """Of regions above their point, of projects below: they often share a town."""
    layers = []
    sorts: tuple[tuple[str, int, Literal["bottom", "top"]], ...] = (
        ("region", -3, "bottom"),
        ("project", 4, "top"),
    )
    for kind, lift, baseline in sorts:
        rows = _joined(_rows([one for one in spots if one.kind == kind], where))
        if rows:
            mark = alt.Chart(data(rows)).mark_text(
                align="left",
                dx=7,
                dy=lift,
                baseline=baseline,
                fontSize=11,
                color=INK,
                lineBreak="\n",
                lineHeight=12,
            )
            layers.append(mark.encode(**_at(), text="label:N"))
    return alt.layer(*layers)


def _rows(spots: Iterable[Spot], where: dict[str, tuple[float, float]]) -> Rows:
    return [{"x": where[s.id][0], "y": where[s.id][1], "label": s.label} for s in spots]


def _joined(rows: Rows) -> Rows:
    """Places with the same seat share one label, a line for each."""
    found: dict[tuple[float, float], list[str]] = {}
    for row in rows:
        found.setdefault((row["x"], row["y"]), []).append(row["label"])
    return [{"x": x, "y": y, "label": "\n".join(names)} for (x, y), names in found.items()]


def _at() -> dict[str, Any]:
    """Positions are pixels already; y grows downwards."""
    return {
        "x": alt.X("x:Q", axis=None, scale=None),
        "y": alt.Y("y:Q", axis=None, scale=None),
    }
