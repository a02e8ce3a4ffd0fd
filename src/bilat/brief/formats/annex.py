"""The schedule as an annex to a contract, ready to be signed by both sides, as a Word document."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from bilat.brief.facts.contract import Signatory
from bilat.brief.formats import docx_xml, zip_time
from bilat.brief.formats.deal import DealOutput
from bilat.brief.formats.docx import CELL_POINTS, PADDING_CM, WIDTH_CM, Writer
from bilat.brief.story import annex as clauses
from bilat.brief.story.blocks import Cell, Numbered, Table
from bilat.brief.story.deal_names import actor
from bilat.brief.story.deal_terms import terms_table
from bilat.brief.story.payments import payments_table
from bilat.language import Message

SIGNING, TITLE = Pt(10), Pt(15)
BLACK = RGBColor(0, 0, 0)
DIGIT_CM = 0.18
"""Of a table's letters, the bold ones of its total."""
NARROWEST = 3
"""Letters that fit into every column."""


def docx(output: DealOutput) -> bytes:
    """The same deal and contract give the same bytes."""
    return _Annex(output).write()


class _Annex(Writer):
    """The blocks of the schedule in the order of a contract's annex."""

    def __init__(self, output: DealOutput) -> None:
        super().__init__(output)
        self.facts, self.contract = output.facts.without_standing(), output.contract

    def write(self) -> bytes:
        self._set_up()
        self._head()
        self._sides()
        for number, (title, blocks) in enumerate(self._clauses(), start=1):
            self.doc.add_heading(f"{number}. {self.words(title)}", level=2)
            for block in blocks:
                self.blocks[type(block)](block)
        self._signatures()
        out = io.BytesIO()
        self.doc.save(out)
        return zip_time.fixed(out.getvalue())

    def _set_up(self) -> None:
        """Black, as contracts are."""
        super()._set_up()
        for name in ("Title", "Heading 2"):
            self.doc.styles[name].font.color.rgb = BLACK
        self.doc.styles["Title"].font.size = TITLE

    def _clauses(self) -> list[tuple[Message, list[Any]]]:
        return [
            (clauses.TERMS, [terms_table(self.facts, offer=False)]),
            (clauses.PAYMENTS, [payments_table(self.facts), *clauses.totals(self.facts)]),
            (clauses.RULES, list(clauses.rules(self.facts))),
        ]

    def _head(self) -> None:
        for line in clauses.reference(self.contract):
            self._line(line, WD_ALIGN_PARAGRAPH.RIGHT)
        title = self.doc.add_paragraph(self.words(clauses.heading(self.facts)), style="Title")
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_before = Pt(14)
        place, day = clauses.place_and_day(self.contract)
        signed = self._line(place, WD_ALIGN_PARAGRAPH.LEFT)
        signed.add_run("\t" + self.words.show(day))
        docx_xml.right_tab_at(signed, Cm(WIDTH_CM))

    def _line(self, text: Any, alignment: WD_ALIGN_PARAGRAPH) -> DocxParagraph:
        paragraph = self.doc.add_paragraph(self.words.show(text))
        paragraph.alignment = alignment
        paragraph.paragraph_format.space_after = Pt(2)
        return paragraph

    def _sides(self) -> None:
        for role, side in self._signatories():
            paragraph = self.doc.add_paragraph()
            paragraph.add_run(self.words(actor(self.facts, role))).bold = True
            paragraph.add_run(": " + self.words(clauses.presented(side)))
        self.doc.add_paragraph(self.words(clauses.agreed()))

    def _caption(self, block: Table) -> None:
        """The clause has said what the table is."""

    def _widths(self, block: Table, rows: Sequence[tuple[Cell, ...]]) -> list[float]:
        """No amount and no day is broken: where they do not fit, the letters get smaller."""
        self.points = CELL_POINTS
        if block.name != "payments":
            return super()._widths(block, rows)
        letters = [self._longest(block, rows, index) for index in range(len(block.columns))]
        room = WIDTH_CM - PADDING_CM * len(letters)
        fit = room / (DIGIT_CM * sum(letters))
        self.points = round(CELL_POINTS * min(1.0, fit), 1)
        return [PADDING_CM + fit * DIGIT_CM * count for count in letters]

    def _longest(self, block: Table, rows: Sequence[tuple[Cell, ...]], index: int) -> int:
        """Letters of the longest value of a column, or of the longest word of its title."""
        show = self.words.for_tables.show
        values = (len(show(line[index].value)) for line in rows)
        words = (len(word) for word in show(block.columns[index].title).split())
        return max(NARROWEST, *values, *words)

    def _numbered(self, block: Numbered) -> None:
        """Sentences of equal weight, without the bold of a list of decisions."""
        for item in block.items:
            self.doc.add_paragraph(self.words.show(item.title), style="List Bullet")

    def _signatories(self) -> tuple[tuple[str, Signatory], tuple[str, Signatory]]:
        return ("lender", self.contract.lender), ("borrower", self.contract.borrower)

    def _signatures(self) -> None:
        """Two columns without lines, kept on one page."""
        self.doc.add_heading(self.words(clauses.SIGNATURES), level=2)
        table = self.doc.add_table(rows=1, cols=2)
        docx_xml.column_widths(table, [WIDTH_CM / 2, WIDTH_CM / 2])
        for cell, (role, side) in zip(table.rows[0].cells, self._signatories(), strict=True):
            lines = [actor(self.facts, role), *clauses.signature(side)]
            for index, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
                run = paragraph.add_run(self.words.show(line))
                run.font.size, run.bold = SIGNING, index == 0
                paragraph.paragraph_format.space_after = Pt(2)
        docx_xml.keep_rows_whole(table)
