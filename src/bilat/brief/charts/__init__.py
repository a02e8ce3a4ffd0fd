"""The charts of a brief: Altair specifications, rendered by vl-convert in the brief's own font.

One module a subject. Where a chart's spec is made from facts, the numbers are in the unit of its
axis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import vl_convert

from bilat.brief.charts.facilities import need_chart, use_chart
from bilat.brief.charts.foresight import history_chart
from bilat.brief.charts.measures import gap_chart
from bilat.brief.charts.payments import payments_chart
from bilat.brief.charts.plan import frontier_chart
from bilat.brief.charts.products import change_chart, gaps_chart
from bilat.brief.charts.roadmap import completion_chart
from bilat.brief.charts.style import styled
from bilat.brief.charts.target import path_chart
from bilat.brief.charts.trade import trade_chart
from bilat.brief.story.blocks import Chart, ChartName
from bilat.language import Words

FONT_FOLDER = Path(__file__).parents[1] / "fonts"
Draw = Callable[[Any, str, Words], Any]
DRAWINGS: Mapping[ChartName, Draw] = {
    "path": path_chart,
    "trade": trade_chart,
    "completion": completion_chart,
    "change": change_chart,
    "gaps": gaps_chart,
    "gap": gap_chart,
    "frontier": frontier_chart,
    "history": history_chart,
    "payments": payments_chart,
    "use": use_chart,
    "need": need_chart,
}
"""Name of a chart → what draws it, from the facts, the chart's subject and the words."""


class Charts:
    """Draws the charts of some facts in one language; each picture is made once."""

    def __init__(
        self, facts: Any, words: Words, drawings: Mapping[ChartName, Draw] = DRAWINGS
    ) -> None:
        self._facts = facts
        self._words = words
        self._drawings = drawings
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
        spec: dict[str, Any] = styled(
            self._drawings[chart.name](self._facts, chart.subject, self._words)
        ).to_dict()
        return spec


def picture(chart: Any, kind: Literal["svg", "png"], lang: str) -> bytes:
    """A chart that belongs to no brief, in the style of all."""
    render = {"svg": _to_svg, "png": _to_png}[kind]
    return render(styled(chart).to_dict(), lang)


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
