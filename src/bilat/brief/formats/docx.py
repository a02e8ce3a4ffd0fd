"""The brief as a Word document: real headings, contents, tables that repeat their head."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from bilat.brief.formats import docx_xml, zip_time
from bilat.brief.formats.publication import Publication
from bilat.brief.story.blocks import (
    Cell,
    Chart,
    Column,
    KeyFigures,
    Numbered,
    Paragraph,
    Section,
    Table,
    Tone,
)
from bilat.language import say

FONT = "Arial"
"""On every office computer, with Cyrillic; Liberation Sans has the same widths."""
WIDTH_CM = 17.4
LATIN_CM, CYRILLIC_CM, PADDING_CM = 0.165, 0.19, 0.45
"""An average letter of 8.5 point bold in each alphabet, and the margins of a cell."""
CELL_POINTS = 8.5
NARROWEST_CM = 2.3
"""A column of sentences is never narrower."""
TONES: Mapping[Tone, RGBColor] = {
    "bad": RGBColor(0xA3, 0x3A, 0x22),
    "warn": RGBColor(0x8A, 0x5A, 0x00),
    "good": RGBColor(0x22, 0x66, 0x3A),
    "quiet": RGBColor(0x5A, 0x60, 0x68),
}


def docx(output: Publication) -> bytes:
    """The same input gives the same bytes."""
    return Writer(output).write()


class Writer:
    """Writes the blocks of a story one after the other into one document."""

    def __init__(self, output: Publication) -> None:
        self.output = output
        self.words = output.words
        self.doc: Docx = Document()
        self.points = CELL_POINTS
        self.blocks: Mapping[type[Any], Callable[[Any], None]] = {
            Paragraph: self._paragraph,
            KeyFigures: self._key_figures,
            Numbered: self._numbered,
            Chart: self._chart,
            Table: self._table,
        }

    def write(self) -> bytes:
        self._set_up()
        story = self.output.story
        self.doc.add_paragraph(self.words.show(story.title), style="Title")
        self.doc.add_paragraph(self.words(story.subtitle), style="Subtitle")
        first, *others = story.sections
        for block in first.blocks:
            self.blocks[type(block)](block)
        self._contents(others)
        for number, section in enumerate(others, start=1):
            self._section(number, section)
        out = io.BytesIO()
        self.doc.save(out)
        return zip_time.fixed(out.getvalue())

    def _set_up(self) -> None:
        page = self.doc.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(1.8)
        page.top_margin = page.bottom_margin = Cm(1.8)
        sizes = {"Normal": 10, "Title": 20, "Subtitle": 11, "Heading 1": 15, "Heading 2": 12}
        for name, size in sizes.items():
            style = self.doc.styles[name]
            style.font.name = FONT
            style.font.size = Pt(size)
            docx_xml.set_fonts(style, FONT)
        docx_xml.set_language(self.doc, "ru-RU" if self.words.lang == "ru" else "en-GB")
        docx_xml.page_numbers(page.footer.paragraphs[0])
        facts, properties = self.output.facts, self.doc.core_properties
        properties.title = self.words.show(facts.title)
        properties.author = f"Bilat {facts.version}"
        properties.comments = ""
        properties.language = self.words.lang
        properties.created = properties.modified = datetime.combine(
            facts.as_of, datetime.min.time()
        )

    def _contents(self, sections: list[Section]) -> None:
        self.doc.add_paragraph(self.words(say("Contents")), style="Heading 2")
        entries = [
            (section.anchor, f"{number}. {self.words(section.title)}")
            for number, section in enumerate(sections, start=1)
        ]
        docx_xml.table_of_contents(self.doc, entries)

    def _section(self, number: int, section: Section) -> None:
        heading = self.doc.add_heading(f"{number}. {self.words(section.title)}", level=1)
        docx_xml.bookmark(heading, section.anchor, number)
        for block in section.blocks:
            self.blocks[type(block)](block)

    def _paragraph(self, block: Paragraph) -> None:
        if block.lead:
            self.doc.add_heading(self.words.show(block.text), level=2)
            return
        paragraph = self.doc.add_paragraph()
        run = paragraph.add_run(self.words.show(block.text))
        if block.tone:
            run.bold = True
            run.font.color.rgb = TONES[block.tone]
        self._cite(paragraph, block.sources)

    def _key_figures(self, block: KeyFigures) -> None:
        for item in block.items:
            paragraph = self.doc.add_paragraph(style="List Bullet")
            value = paragraph.add_run(self.words.show(item.value))
            value.bold = True
            if item.tone:
                value.font.color.rgb = TONES[item.tone]
            paragraph.add_run(f" – {self.words(item.meaning)}")
            self._cite(paragraph, item.sources)

    def _numbered(self, block: Numbered) -> None:
        # Numbers are written, not counted by Word: it would count on from one list to the next.
        for number, item in enumerate(block.items, start=1):
            paragraph = self.doc.add_paragraph()
            paragraph.paragraph_format.left_indent = Cm(0.8)
            paragraph.paragraph_format.first_line_indent = Cm(-0.8)
            paragraph.add_run(f"{number}.\t{self.words.show(item.title)}").bold = True
            if item.reason:
                paragraph.add_run(f"\n{self.words.show(item.reason)}")
            docx_xml.tab_at(paragraph, Cm(0.8))

    def _chart(self, block: Chart) -> None:
        title = self.words(block.title)
        heading = self.doc.add_paragraph(style="Caption")
        heading.add_run(title)
        heading.paragraph_format.keep_with_next = True
        picture = io.BytesIO(self.output.charts.png(block))
        shape = self.doc.add_picture(picture)
        if shape.width > Cm(WIDTH_CM):
            shape.height = int(shape.height * Cm(WIDTH_CM) / shape.width)
            shape.width = Cm(WIDTH_CM)
        docx_xml.describe(shape, title)
        if block.note:
            self._note(self.words(block.note))

    def _table(self, block: Table) -> None:
        self._caption(block)
        rows = block.rows[: block.shown]
        lines = [*rows, *filter(None, [block.total])]
        table = self.doc.add_table(rows=1 + len(lines), cols=len(block.columns))
        docx_xml.rule_lines(table)
        docx_xml.column_widths(table, self._widths(block, lines))
        cells = table._cells  # noqa: SLF001 (row.cells is quadratic in python-docx)
        for index, column in enumerate(block.columns):
            self._cell(cells[index], column, Cell(column.title), bold=True)
        docx_xml.repeat_header(table)
        for line, values in enumerate(lines, start=1):
            for index, (column, value) in enumerate(zip(block.columns, values, strict=True)):
                cell = cells[line * len(block.columns) + index]
                self._cell(cell, column, value, bold=values is block.total)
        self._after(block)

    def _caption(self, block: Table) -> None:
        caption = self.doc.add_paragraph(style="Caption")
        caption.add_run(self.words(block.title))
        caption.paragraph_format.keep_with_next = True

    @staticmethod
    def _unbroken(column: Column, text: str) -> list[str]:
        return [text] if column.whole else text.replace("\n", " ").split(" ")

    def _widths(self, block: Table, rows: Sequence[tuple[Cell, ...]]) -> list[float]:
        """Centimetres: every column holds its longest word, wide ones share what is left.

        Only plain spaces part words: a number with its unit, or its thousands, stays in one line.
        """
        show = self.words.for_tables.show
        letter = CYRILLIC_CM if self.words.lang == "ru" else LATIN_CM
        least = [
            letter
            * max(
                len(word)
                for text in (column.title, *(line[index].value for line in rows))
                for word in self._unbroken(column, show(text)[:400])
            )
            for index, column in enumerate(block.columns)
        ]
        least = [min(max(width + PADDING_CM, 1.2), 5.0) for width in least]
        wide = [
            width if column.wide else 0.0
            for width, column in zip(least, block.columns, strict=True)
        ]
        narrow = sum(least) - sum(wide)
        if not any(wide):
            return [width * WIDTH_CM / narrow for width in least]
        rest = max(WIDTH_CM - narrow, NARROWEST_CM * sum(1 for width in wide if width))
        widths = [
            rest * share / sum(wide) if share else width
            for width, share in zip(least, wide, strict=True)
        ]
        return [width * WIDTH_CM / sum(widths) for width in widths]

    def _after(self, block: Table) -> None:
        if block.shown and len(block.rows) > block.shown:
            self._note(
                self.words(
                    say(
                        "{shown} of {all} rows; the workbook has all of them.",
                        shown=block.shown,
                        all=len(block.rows),
                    )
                )
            )
        self._note("\n".join(self.words(note) for note in block.notes))

    def _cell(self, cell: _Cell, column: Column, value: Cell, *, bold: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        text = self.words.for_tables.show(value.value)
        run = paragraph.add_run(text.replace(" ", "\u00a0") if column.whole else text)
        run.font.size = Pt(self.points)
        run.bold = bold or value.tone == "bad"
        if value.tone:
            run.font.color.rgb = TONES[value.tone]
        if column.numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_after = Pt(1)
        self._cite(paragraph, value.sources)

    def _note(self, text: str) -> None:
        paragraph = self.doc.add_paragraph()
        run = paragraph.add_run(text)
        run.font.size = Pt(8.5)
        run.font.color.rgb = TONES["quiet"]

    def _cite(self, paragraph: DocxParagraph, sources: tuple[str, ...]) -> None:
        numbers = self.output.numbers(sources)
        if numbers:
            run = paragraph.add_run(" " + " ".join(f"[{number}]" for number in numbers))
            run.font.size = Pt(7)
            run.font.color.rgb = TONES["quiet"]
