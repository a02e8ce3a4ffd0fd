"""The same release comes as a text, a page, a Word document and a PDF: the same is proposed."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from weasyprint import HTML

from bilat.reading.desk import read_file

TEXTS = Path(__file__).parents[1] / "gold" / "texts"
STYLE = "<style>@page { size: A4 } p { hyphens: auto; text-align: justify }</style>"


def proposed(path: Path) -> list[tuple[str, dict[str, Any]]]:
    read = read_file(path)
    text = read.opened.original.text
    for item in (*read.reading.proposals, *read.reading.left):
        assert text[item.quote.start : item.quote.end] == item.quote.text
    return [(item.kind, dict(item.fields)) for item in read.reading.proposals]


@pytest.mark.parametrize("name", ["g01", "g03", "g09", "g12"])
def test_the_same_is_read_in_whatever_file_it_comes(tmp_path: Path, name: str) -> None:
    source = TEXTS / f"{name}.txt"
    paragraphs = source.read_text(encoding="utf-8").strip().split("\n\n")
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    page = tmp_path / "page.html"
    menu = "<nav><a href='/'>Home</a></nav>"
    page.write_text(f"<html><meta charset=utf-8><body>{menu}{body}</body></html>", "utf-8")
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(tmp_path / "release.docx"))
    lang = "ru" if name in ("g03", "g12") else "en"  # so that words are broken as is usual there
    HTML(string=f"<html lang={lang}>{STYLE}{body}</html>").write_pdf(tmp_path / "release.pdf")
    wanted = proposed(source)
    assert wanted
    for path in (page, tmp_path / "release.docx", tmp_path / "release.pdf"):
        assert proposed(path) == wanted, path.name
