"""The brief as one HTML file that needs no network: styles, fonts and charts are inside."""

from __future__ import annotations

import base64
import io
import re
from functools import cache
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont, TTLibError
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup, escape

from bilat.brief.formats.interactive import library, with_spec
from bilat.brief.formats.publication import Publication
from bilat.brief.story.blocks import Cell, Chart, Column, Table
from bilat.errors import OutputRefused
from bilat.language import Words, say

FONT_FOLDER = Path(__file__).parents[1] / "fonts"
CROWDED = {"tiny": 140, "packed": 100}
"""Class of a table, and the letters in a line from which on it holds; see the style sheet."""
FACES = (
    ("PTS55F.ttf", 400, "normal"),
    ("PTS75F.ttf", 700, "normal"),
    ("PTS56F.ttf", 400, "italic"),
)


def html(output: Publication) -> bytes:
    """UTF-8 bytes of a complete page."""
    return page(output).encode()


def page(output: Publication, *, printed: bool = False, template: str = "brief.html.j2") -> str:
    """The page as text; when it is printed, the PDF brings the fonts, and charts stand still."""
    live = output.interactive and not printed
    body = _environment().get_template(template).render(_context(output, live=live))
    if printed:
        return body.replace("/*FONTS*/", "")
    body = body.replace("/*FONTS*/", font_faces(frozenset(body)), 1)
    return body.replace("</body>", f"{library(output.words.lang)}</body>") if live else body


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bilat.brief", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name
    return environment


def _context(output: Publication, *, live: bool) -> dict[str, Any]:
    words = output.words

    def cite(sources: tuple[str, ...]) -> Markup:
        return Markup(" ").join(
            Markup('<a class="cite" href="#source-{0}">[{0}]</a>').format(number)
            for number in output.numbers(sources)
        )

    def cell(value: Cell) -> Markup:
        shown = _address(words.for_tables.show(value.value))
        cited = cite(value.sources)
        return shown + Markup("&nbsp;") + cited if cited else shown

    return {
        "output": output,
        "story": output.story,
        "lang": words.lang,
        "w": words,
        "say": say,
        "show": words.show,
        "cite": cite,
        "cell": cell,
        "chart": lambda block: _chart(output, block, live=live),
        "classes": _classes,
        "crowding": lambda table: _crowding(table, words.for_tables),
        "version": output.facts.version,
        "origin": output.origin,
    }


def _address(text: str) -> Markup:
    """A web address becomes a link; it may break anywhere, so that tables keep their width."""
    if re.fullmatch(r"https?://\S+", text):
        return Markup('<a class="address" href="{0}">{0}</a>').format(text)
    return escape(text)


def _chart(output: Publication, chart: Chart, *, live: bool) -> Markup:
    """The drawing inline; its title and note stand in the figure's caption."""
    svg = output.charts.svg(chart)
    title = escape(output.words(chart.title))
    drawing = Markup(  # noqa: S704 (drawn by vl-convert from our own spec, its texts escaped there)
        svg.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
    )
    return with_spec(drawing, output.charts.spec(chart)) if live else drawing


def _crowding(table: Table, words: Words) -> str:
    """On paper a table of many figures gets smaller letters: what is cut off is lost."""
    if any(column.wide for column in table.columns):
        return ""
    rows = [*table.rows, *filter(None, [table.total])]
    letters = sum(
        max((len(words.show(line[index].value)) for line in rows), default=0)
        for index in range(len(table.columns))
    )
    return next((f" {name}" for name, least in CROWDED.items() if letters > least), "")


def _classes(column: Column, cell: Cell) -> str:
    names = (
        "number" if column.numeric else "",
        "wide" if column.wide else "",
        "whole" if column.whole else "",
        cell.tone or "",
    )
    return " ".join(filter(None, names))


def font_faces(letters: frozenset[str], folder: Path = FONT_FOLDER) -> str:
    """CSS with the letters that the page uses, from PT Sans, as embedded WOFF2.

    Raises OutputRefused for a font file that is missing or cannot be read.
    """
    rules = []
    for name, weight, style in FACES:
        data = base64.b64encode(_subset(folder / name, letters)).decode()
        rules.append(
            f"@font-face{{font-family:'PT Sans';font-weight:{weight};font-style:{style};"
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "\n".join(rules)


@cache
def _subset(path: Path, letters: frozenset[str]) -> bytes:
    options = subset.Options(flavor="woff2", layout_features=["kern", "liga", "tnum"])
    options.drop_tables += ["DSIG"]
    try:
        font: TTFont = subset.load_font(str(path), options)
    except (OSError, TTLibError) as error:
        raise OutputRefused(
            say(
                "{path}: this font cannot be read ({why}). Reinstall Bilat, "
                "or leave HTML out with --formats",
                path=str(path),
                why=str(error),
            )
        ) from None
    worker = subset.Subsetter(options)
    worker.populate(text="".join(sorted(letters)))
    worker.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()
