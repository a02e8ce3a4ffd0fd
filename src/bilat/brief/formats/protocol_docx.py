"""The protocol as a Word document; two languages stand beside each other, point by point."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from bilat.brief.formats import docx_xml, zip_time
from bilat.brief.formats.docx import CELL_POINTS, TONES, WIDTH_CM, Writer
from bilat.brief.formats.protocol import ProtocolOutput
from bilat.brief.story import protocol as told
from bilat.brief.story.blocks import Cell, Column, Numbered, Paragraph, Section, Table

SIGNING, TITLE = Pt(10), Pt(16)
BLACK = RGBColor(0, 0, 0)
APART = ("session", "annex")
"""Sections that carry no number."""
WIDTHS: Mapping[str, Sequence[float]] = {
    "decisions": (1.2, 8.0, 5.4, 2.8),
    "earlier": (5.4, 3.3, 3.7, 2.2, 2.8),
    "figures": (4.6, 3.2, 3.5, 3.5, 2.6),
    "sources": (1.2, 8.7, 5.1, 2.4),
}
"""Centimetres of the columns: the same in every language, so that the copies look alike."""


def docx(output: ProtocolOutput) -> bytes:
    """The same facts give the same bytes."""
    return _Protocol(output).write()


class _Protocol(Writer):
    """The blocks of the story in the order of a protocol."""

    def __init__(self, output: ProtocolOutput) -> None:
        super().__init__(output)
        self.protocol = output
        self.pair: DocxTable | None = None
        self.keeps = False
        """Whether what is written stays on the page of what follows."""

    def write(self) -> bytes:
        self._set_up()
        self._head()
        first, *others = self.protocol.story.sections
        for block in first.blocks:
            self._block(block)
        number = 0
        for section in others:
            number += section.anchor not in APART
            if section.anchor == "annex":
                self._signatures()
                self._new_page()
            self._titled(section, number)
        out = io.BytesIO()
        self.doc.save(out)
        return zip_time.fixed(out.getvalue())

    def _set_up(self) -> None:
        """Black, as documents to sign are."""
        super()._set_up()
        for name in ("Title", "Subtitle", "Heading 2"):
            self.doc.styles[name].font.color.rgb = BLACK
        self.doc.styles["Title"].font.size = TITLE

    def _head(self) -> None:
        self._middle(self.protocol.joined(told.TITLE).upper(), "Title")
        for _lang, text in self.protocol.said(self.protocol.story.title):
            self._middle(text, "Subtitle")
        if not self.protocol.facts.is_held:
            for _lang, text in self.protocol.said(self.protocol.story.subtitle):
                self._middle(text, None).runs[0].italic = True

    def _middle(self, text: str, style: str | None) -> DocxParagraph:
        paragraph = self.doc.add_paragraph(text, style=style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(4)
        return paragraph

    def _new_page(self) -> None:
        self.keeps = False
        self.doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _titled(self, section: Section, number: int) -> None:
        title = self.protocol.joined(section.title)
        apart = section.anchor in APART
        self.doc.add_heading(title if apart else f"{number}. {title}", level=2)
        self.pair, self.keeps = None, section.anchor == "final"  # nobody signs a page without text
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Any) -> None:
        if not isinstance(block, Paragraph | Numbered):
            self.pair = None  # what comes between parts the columns
        self.blocks[type(block)](block)

    def _paragraph(self, block: Paragraph) -> None:
        for place, text in self._columns(block.text):
            place.add_run(text)

    def _numbered(self, block: Numbered) -> None:
        """Points of equal weight."""
        for number, item in enumerate(block.items, start=1):
            for place, text in self._columns(item.title):
                place.paragraph_format.left_indent = Cm(0.8)
                place.paragraph_format.first_line_indent = Cm(-0.8)
                place.add_run(f"{number}.\t{text}")
                docx_xml.tab_at(place, Cm(0.8))

    def _columns(self, value: Any) -> Sequence[tuple[DocxParagraph, str]]:
        """An empty paragraph for the text of each language, side by side where there are two."""
        texts = [words.show(value) for words in self.protocol.readers]
        if len(texts) == 1:
            return [(self._near(self.doc.add_paragraph()), texts[0])]
        cells = self._next_row().cells
        return [
            (self._near(cell.paragraphs[0]), text) for cell, text in zip(cells, texts, strict=True)
        ]

    def _near(self, paragraph: DocxParagraph) -> DocxParagraph:
        paragraph.paragraph_format.keep_with_next = self.keeps
        paragraph.paragraph_format.space_after = Pt(5)
        return paragraph

    def _next_row(self) -> Any:
        """Of the columns that are open, or of new ones."""
        count = len(self.protocol.readers)
        if self.pair is None:
            self.pair = self.doc.add_table(rows=1, cols=count)
            row = self.pair.rows[0]
        else:
            row = self.pair.add_row()  # type: ignore[no-untyped-call]
        docx_xml.column_widths(self.pair, [WIDTH_CM / count] * count)
        return row

    def _caption(self, block: Table) -> None:
        for _lang, text in self.protocol.said(block.title):
            caption = self.doc.add_paragraph(text, style="Caption")
            caption.paragraph_format.keep_with_next = True
            caption.paragraph_format.space_after = Pt(2)
            caption.runs[0].font.color.rgb = BLACK

    def _widths(self, block: Table, rows: Sequence[tuple[Cell, ...]]) -> list[float]:
        return list(WIDTHS.get(block.name) or super()._widths(block, rows))

    def _after(self, block: Table) -> None:
        for note in block.notes:
            for _lang, text in self.protocol.said(note):
                self._note(text)
        if not block.notes:
            self._near(self.doc.add_paragraph())

    def _cell(self, cell: _Cell, column: Column, value: Cell, *, bold: bool = False) -> None:
        texts = self.protocol.said(value.value, in_table=True)
        for index, (_lang, text) in enumerate(texts):
            paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(CELL_POINTS), bold or value.tone == "bad"
            if value.tone:
                run.font.color.rgb = TONES[value.tone]
            if column.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.space_after = Pt(1)
        self._cite(cell.paragraphs[-1], value.sources)

    def _signatures(self) -> None:
        """Two columns without lines, kept on one page."""
        self._near(self.doc.add_paragraph()).paragraph_format.keep_with_next = True
        table = self.doc.add_table(rows=1, cols=2)
        docx_xml.column_widths(table, [WIDTH_CM / 2, WIDTH_CM / 2])
        for cell, side in zip(table.rows[0].cells, self.protocol.facts.sides, strict=True):
            lines = [
                (index == 0, text)
                for index, line in enumerate(told.signature(side))
                for _lang, text in self.protocol.said(line)
            ]
            lines += [(False, text) for text in self.protocol.signing(side)]
            for index, (is_name, text) in enumerate(lines):
                paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
                run = paragraph.add_run(text)
                run.font.size, run.bold = SIGNING, is_name
                paragraph.paragraph_format.space_after = Pt(2)
        docx_xml.keep_rows_whole(table)
