"""A Word document: its paragraphs, lists and tables in their order.

The package is looked at before it is unpacked: what would grow beyond reason, or declares XML
entities, is refused. Linked pictures, fields and macros are not followed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from bilat.reading.files import refusals
from bilat.reading.files.content import Content

PARTS = 5_000
UNPACKED = 256 * 1024 * 1024
"""Bytes that all parts together may have: eight times the largest file that is read."""
TEXT_PART = 64 * 1024 * 1024
"""Bytes of one XML part; 300 pages of plain text have about four million."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = (_FALLBACK, f"{_W}del", f"{_W}moveFrom")
"""A second writing of a text box, and what tracked changes have taken out."""
_MARKS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "",
}


def read_docx(name: str, data: bytes) -> Content:
    """Body text, then footnotes. Raises TextRefused for bombs, entities, damage, no text."""
    _inspect(name, data)
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        document = Document(io.BytesIO(data))
        paragraphs = [*_blocks(document.element.body), *_footnotes(document.part)]
        title = document.core_properties.title.strip()
    except (OpcError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, zlib.error):
        raise refusals.broken(name, "docx") from None
    text = "\n\n".join(paragraphs)
    if not text:
        raise refusals.empty(name)
    return Content(text, title=title or None)


def _inspect(name: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise refusals.locked(name)
            xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            _measure(name, parts, xml)
            if not any(part.filename == "[Content_Types].xml" for part in parts):
                raise refusals.binary(name)
            for part in xml:
                head = package.open(part).read(4096).replace(b"\x00", b"")
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise refusals.entities(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise refusals.broken(name, "docx") from None


def _measure(name: str, parts: list[zipfile.ZipInfo], xml: list[zipfile.ZipInfo]) -> None:
    """By the sizes that the package declares; zipfile never unpacks more of a part than that."""
    if (
        len(parts) > PARTS
        or sum(part.file_size for part in parts) > UNPACKED
        or any(part.file_size > TEXT_PART for part in xml)
    ):
        raise refusals.bomb(name)


def _footnotes(part: Any) -> Iterator[str]:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml

    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES and not relation.is_external:
            notes = parse_xml(relation.target_part.blob)
            yield from filter(None, map(_paragraph, notes.iter(f"{_W}p")))


def _blocks(parent: Any) -> Iterator[str]:
    """Paragraphs and tables, also those inside content controls and text boxes, as written."""
    for element in parent:
        if element.tag == f"{_W}p":
            if text := _paragraph(element):
                yield text
        elif element.tag == f"{_W}tbl":
            yield from _rows(element)
        elif element.tag not in _GONE and len(element):
            yield from _blocks(element)


def _rows(table: Any) -> Iterator[str]:
    for row in table.iter(f"{_W}tr"):
        cells = (
            " ".join(filter(None, map(_paragraph, cell.iter(f"{_W}p"))))
            for cell in row.iterchildren(f"{_W}tc")
        )
        if text := " | ".join(cell for cell in cells if cell):
            yield text


def _paragraph(paragraph: Any) -> str:
    """Its visible text, tracked insertions included; an item of a list begins with a dash."""
    text = "".join(_text(paragraph))
    text = re.sub(r"[ \t]+", " ", text).strip()
    is_item = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return f"– {text}" if text and is_item else text


def _text(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag not in _GONE and child.tag != f"{_W}pPr":
            yield from _text(child)
