"""How every chart looks: colours, dashes, fonts of axes; and how its rows become data.

Readable in print: sides differ by dash and mark as well as by colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt

FONT = "PT Sans"
SIDE_COLOURS = ("#1d5fa6", "#b4452c")
SIDE_DASHES: tuple[list[int], list[int]] = ([1, 0], [5, 2])
SIDE_MARKS = ("circle", "square")
STATE_COLOURS: Mapping[str, str] = {
    "complete": "#2d7d46",
    "under_way": "#8fb3d9",
    "due_soon": "#e0b03c",
    "no_date": "#c9c9c9",
    "late": "#b4452c",
}
INK = "#2b2f36"
GREY = "#8a8f98"

Rows = list[dict[str, Any]]


def styled(chart: Any) -> Any:
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


def data(rows: Iterable[dict[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=list(rows))


def year_axis(**more: Any) -> alt.X:
    return alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1, grid=False), **more)
