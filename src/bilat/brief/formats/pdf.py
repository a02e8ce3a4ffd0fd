"""The brief as a tagged PDF (PDF/UA-1), from the same page as the HTML."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from bilat.brief.formats.html import FACES, FONT_FOLDER, page
from bilat.brief.formats.publication import Publication
from bilat.errors import OutputRefused
from bilat.language import say


def pdf(output: Publication) -> bytes:
    """Raises OutputRefused when this machine lacks the Pango library that lays out the text."""
    return printed(page(output, printed=True), output.facts.as_of)


def printed(text: str, day: date) -> bytes:
    """A page as a PDF that is dated ``day``. Raises OutputRefused as `pdf` does."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
    except OSError as error:
        raise OutputRefused(
            say(
                "PDF needs the Pango library, which is not on this machine ({why}). "
                "Install it (Debian: apt install libpango-1.0-0 libpangoft2-1.0-0) "
                "or leave PDF out with --formats",
                why=str(error).splitlines()[0],
            )
        ) from None
    fonts = FontConfiguration()
    faces = CSS(string=_faces(), font_config=fonts)
    document = HTML(string=text, url_fetcher=_only_fonts)
    with _fonts_dated(day):
        written = document.write_pdf(
            stylesheets=[faces], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True
        )
    return bytes(written)


@contextmanager
def _fonts_dated(day: date) -> Iterator[None]:
    """fontTools writes the time into the fonts that it cuts down, unless this variable says one."""
    name, before = "SOURCE_DATE_EPOCH", os.environ.get("SOURCE_DATE_EPOCH")
    os.environ[name] = str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _faces() -> str:
    return "\n".join(
        f"@font-face{{font-family:'PT Sans';font-weight:{weight};font-style:{style};"
        f"src:url('{(FONT_FOLDER / name).as_uri()}')}}"
        for name, weight, style in FACES
    )


def _only_fonts(url: str) -> dict[str, object]:
    """The page is self-contained: nothing may be fetched while it is printed."""
    raise ValueError(f"no network while printing: {url}")
