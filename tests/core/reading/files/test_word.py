"""A protocol comes as a Word document, sometimes from somebody who means harm."""

from __future__ import annotations

import io
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bilat.language import Words
from bilat.reading.files import TextRefused, open_file

FIRST = (
    "The 12th session of the commission was held in Bishkek in November 2024, and it agreed this."
)


@pytest.fixture
def protocol(tmp_path: Path) -> Path:
    document = Document()
    document.core_properties.title = "Protocol of the 12th session"
    document.add_heading("Protocol", level=1)
    document.add_paragraph(FIRST)
    document.add_paragraph("Sign a roadmap to 2030.", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Year", "Trade"), ("2024", "$138 million")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("The end of the protocol.")
    path = tmp_path / "protocol.docx"
    document.save(str(path))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(TextRefused) as caught:
        open_file(path)
    return Words("en")(caught.value.message)


def repacked(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The same package with the content of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    path.write_bytes(out.getvalue())
    return path


def test_paragraphs_lists_and_tables_come_in_their_order(protocol: Path) -> None:
    opened = open_file(protocol)
    assert opened.original.text == (
        f"Protocol\n\n{FIRST}\n\nSign a roadmap to 2030.\n\nYear | Trade\n\n2024 | $138 million"
        "\n\nThe end of the protocol."
    )
    assert opened.original.title == "Protocol of the 12th session"
    assert opened.original.media == "docx"


def test_a_numbered_item_begins_with_a_dash(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph(FIRST)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f"<w:numPr {nsdecls('w')}><w:numId w:val='1'/></w:numPr>"))
    document.save(str(tmp_path / "list.docx"))
    assert open_file(tmp_path / "list.docx").original.text == f"– {FIRST}"


def test_tracked_changes_are_read_as_they_stand_and_content_controls_too(tmp_path: Path) -> None:
    document = Document()
    word = nsdecls("w")
    body = document.element.body
    body.insert(
        0,
        parse_xml(
            f"<w:p {word}><w:r><w:t xml:space='preserve'>{FIRST} Trade is to reach </w:t></w:r>"
            "<w:del w:id='1'><w:r><w:delText>$400</w:delText></w:r></w:del>"
            "<w:ins w:id='2'><w:r><w:t>$500</w:t></w:r></w:ins>"
            "<w:r><w:t xml:space='preserve'> million.</w:t></w:r></w:p>"
        ),
    )
    body.insert(
        1,
        parse_xml(
            f"<w:sdt {word}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    document.save(str(tmp_path / "tracked.docx"))
    text = open_file(tmp_path / "tracked.docx").original.text
    assert text == f"{FIRST} Trade is to reach $500 million.\n\nIn a control."


def test_external_entities_are_refused_and_nothing_is_opened(
    protocol: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")

    def poisoned(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        head, _, rest = data.partition(b"?>")
        entity = f"<!DOCTYPE w [<!ENTITY x SYSTEM 'file://{secret}'>]>".encode()
        return head + b"?>" + entity + rest

    assert "it declares XML entities" in refusal(repacked(protocol, poisoned))


def test_a_picture_elsewhere_is_not_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_arguments: object) -> None:
        raise AssertionError("a connection was opened")

    document = Document()
    document.add_paragraph(FIRST)
    for kind in (RELATIONSHIP_TYPE.IMAGE, RELATIONSHIP_TYPE.FOOTNOTES):
        document.part.relate_to("http://127.0.0.1:9/x", kind, is_external=True)
    document.save(str(tmp_path / "linked.docx"))
    monkeypatch.setattr(socket.socket, "connect", no_network)
    assert open_file(tmp_path / "linked.docx").original.text == FIRST


def test_a_zip_bomb_is_not_unpacked(protocol: Path) -> None:
    def swollen(name: str, data: bytes) -> bytes:
        return data + b" " * (70 * 1024 * 1024) if name == "word/document.xml" else data

    path = repacked(protocol, swollen)
    assert path.stat().st_size < 1024 * 1024
    assert "it would unpack to far more than a document holds" in refusal(path)


def test_a_damaged_a_locked_and_a_foreign_package_say_so(protocol: Path, tmp_path: Path) -> None:
    whole = protocol.read_bytes()
    cut = tmp_path / "cut.docx"
    cut.write_bytes(whole[: len(whole) // 2])
    assert "cut.docx: the DOCX file is damaged" in refusal(cut)
    other = tmp_path / "archive.zip"
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("a.txt", FIRST)
    assert "this is no text, HTML page, DOCX or PDF" in refusal(other)
    without = tmp_path / "without.docx"
    without.write_bytes(whole)
    repacked(without, lambda name, data: b"<" if name == "word/document.xml" else data)
    assert "without.docx: the DOCX file is damaged" in refusal(without)


def test_a_document_without_a_word_says_so(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "blank.docx"))
    assert "blank.docx: there is no text in it" in refusal(tmp_path / "blank.docx")
