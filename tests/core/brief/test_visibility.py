"""A side's private records reach the other on no path: every format is searched for a marker."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from pypdf import PdfReader
from rich.console import Console
from tests.core.brief.brief_notation import TARGET, MakeOutput, figure, figures

from bilat.brief.formats import FORMATS, renderer
from bilat.brief.terminal import show

MARKER = "Zauberwort"
PRIVATE = f"visibility: KGZ, sources: [protocol], note: {MARKER}"
SECRETS = f"""
commitments:
  - {{id: c, title: {MARKER}, due: 2025-01, {PRIVATE}}}
contacts:
  - {{id: v, title: {MARKER}, kind: visit, planned: 2026-01-01, {PRIVATE}}}
projects:
  - {{id: p, title: {MARKER}, stage: operating, {PRIVATE}}}
facilities:
  - {{id: f, title: {MARKER}, kind: credit, {PRIVATE}}}
exchanges:
  - {{id: e, title: {MARKER}, area: sport, {PRIVATE}}}
links:
  - {{id: l, title: {MARKER}, kind: regions, {PRIVATE}}}
documents:
  - {{id: d, title: {MARKER}, kind: treaty, negotiated: 2025, {PRIVATE}}}
cadences:
  - {{id: k, title: {MARKER}, kind: visit, every_months: 1, {PRIVATE}}}
"""
NUMBERS = figures(
    figure("KGZ", "2024", 133),
    figure("BLR", "2024", 99, visibility="BLR", note=MARKER),
    figure("KGZ", "2023", 70707, "2024-02", visibility="KGZ", note=MARKER),
)

SECRET_NUMBER = re.compile(r"70[,.\s]?707")


def text_of(name: str, data: bytes) -> str:
    """Everything that a reader of the document could find in it."""
    if name == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if name in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(
                archive.read(entry).decode("utf-8", "ignore") for entry in archive.namelist()
            )
    return data.decode()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("viewer", ["joint", "BLR"])
def test_no_document_for_others_holds_a_word_of_a_private_record(
    output: MakeOutput, name: str, viewer: str
) -> None:
    text = text_of(name, renderer(name)(output(TARGET, NUMBERS, SECRETS, viewer=viewer)))
    assert MARKER not in text
    assert not SECRET_NUMBER.search(text)


@pytest.mark.parametrize("name", ["html", "json", "ics"])
def test_its_own_side_reads_them(output: MakeOutput, name: str) -> None:
    text = text_of(name, renderer(name)(output(TARGET, NUMBERS, SECRETS, viewer="KGZ")))
    assert MARKER in text


def test_the_terminal_keeps_them_too(output: MakeOutput) -> None:
    console = Console(file=io.StringIO(), width=120)
    show(output(TARGET, NUMBERS, SECRETS), console)
    assert isinstance(console.file, io.StringIO)
    assert MARKER not in console.file.getvalue()


def test_a_private_figure_moves_no_joint_number(output: MakeOutput) -> None:
    """Not even through a forecast: the joint brief is the one that would be without it."""
    with_secrets = output(TARGET, NUMBERS).brief
    without = output(TARGET, figures(figure("KGZ", "2024", 133))).brief
    assert json.loads(with_secrets.to_json(output().words)) == json.loads(
        without.to_json(output().words)
    )


def test_a_private_brief_says_whose_it_is(output: MakeOutput) -> None:
    made = output(TARGET, viewer="KGZ")
    subtitle = made.words(made.story.subtitle)
    assert subtitle.endswith("with the private records of Kyrgyzstan: not for the other side")
