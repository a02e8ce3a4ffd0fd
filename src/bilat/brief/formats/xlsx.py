"""The brief as a workbook: one sheet a table, typed numbers and dates, every row."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from bilat.brief.formats.publication import Publication
from bilat.brief.story.blocks import (
    Cell,
    Clipped,
    KeyFigures,
    Number,
    Numbered,
    Paragraph,
    Percent,
    Table,
    Year,
)
from bilat.language import say
from bilat.vocabulary import Money, Period

NAME_LIMIT = 31
HEAD_ROW = 2
A4 = 9
"""Its number among a workbook's papers."""


def xlsx(output: Publication) -> bytes:
    """The same input gives the same bytes. No text becomes a formula; only totals are sums."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    midnight = datetime.combine(output.facts.as_of, datetime.min.time())
    book.set_properties(
        {
            "title": output.words.show(output.facts.title),
            "author": f"Bilat {output.facts.version}",
            "created": midnight,
        }
    )
    _Writer(output, book).write()
    book.close()
    return out.getvalue()


class _Writer:
    def __init__(self, output: Publication, book: Workbook) -> None:
        self.output = output
        self.words = output.words
        self.book = book
        self.names: set[str] = set()
        self.formats: dict[str, Format] = {}

    def write(self) -> None:
        self._summary()
        for table in self.output.story.tables():
            self._table(table)

    def _format(
        self, number: str = "", *, bold: bool = False, wrap: bool = True, right: bool = False
    ) -> Format:
        key = f"{number}|{bold}|{wrap}|{right}"
        if key not in self.formats:
            properties: dict[str, Any] = {"valign": "top", "text_wrap": wrap, "bold": bold}
            if number:
                properties["num_format"] = number
            if right:
                properties["align"] = "right"
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]

    def _sheet(self, title: str) -> Worksheet:
        """A sheet with a valid name that no other has."""
        base = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:NAME_LIMIT] or "-"
        name, number = base, 2
        while name.lower() in self.names:
            tail = f" {number}"
            name, number = base[: NAME_LIMIT - len(tail)] + tail, number + 1
        self.names.add(name.lower())
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)  # as wide as a page, as long as it takes
        return sheet

    def _summary(self) -> None:
        story = self.output.story
        sheet = self._sheet(self.words(story.sections[0].title))
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, 2, 60)
        head = self._format(bold=True, wrap=False)
        sheet.write_string(0, 0, self.words.show(story.title), head)
        sheet.write_string(1, 0, self.words(story.subtitle), self._format(wrap=False))
        line = 3
        for block in story.sections[0].blocks:
            line = self._summary_block(sheet, line, block)

    def _summary_block(self, sheet: Worksheet, line: int, block: Any) -> int:
        text = self._format()
        if isinstance(block, Paragraph):
            style = self._format(bold=block.lead, wrap=False)
            sheet.write_string(line, 0, self.words.show(block.text), style)
            return line + 1
        if isinstance(block, KeyFigures):
            for item in block.items:
                sheet.write_string(line, 1, self.words(item.meaning), text)
                sheet.write_string(line, 2, self.words.show(item.value), text)
                line += 1
        if isinstance(block, Numbered):
            for number, entry in enumerate(block.items, start=1):
                sheet.write_number(line, 0, number, text)
                sheet.write_string(line, 1, self.words.show(entry.title), text)
                sheet.write_string(line, 2, self.words.show(entry.reason), text)
                line += 1
        return line + 1

    def _table(self, table: Table) -> None:
        sheet = self._sheet(self.words(table.sheet or table.title))
        sheet.write_string(0, 0, self.words(table.title), self._format(bold=True, wrap=False))
        if table.notes:
            notes = " ".join(self.words(note) for note in table.notes)
            sheet.write_string(1, 0, notes, self._format(wrap=False))
        titles = [self.words(column.title) for column in table.columns]
        for index, column in enumerate(table.columns):
            sheet.set_column(index, index, 44 if column.wide else 18)
        sheet.set_column(len(titles), len(titles), 12)
        numeric = [*(column.numeric for column in table.columns), False]
        for index, title in enumerate([*titles, self.words(say("Sources"))]):
            head = self._format(bold=True, right=numeric[index])
            sheet.write_string(HEAD_ROW, index, title, head)
        sheet.freeze_panes(HEAD_ROW + 1, 1)
        sheet.repeat_rows(HEAD_ROW)
        for line, cells in enumerate(table.rows, start=HEAD_ROW + 1):
            for index, cell in enumerate(cells):
                self._cell(sheet, line, index, cell.value)
            self._sources(sheet, line, cells)
        if table.rows:
            sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(table.rows), len(titles))
            self._total(sheet, table)

    def _total(self, sheet: Worksheet, table: Table) -> None:
        """Sums as formulas, with the value that was computed, for readers that do not compute."""
        first, line = HEAD_ROW + 1, HEAD_ROW + 1 + len(table.rows)
        for index, cell in enumerate(table.total):
            if isinstance(cell.value, Number):
                value, number = self._typed(cell.value) or (0, "")
                span = xl_range(first, index, line - 1, index)
                style = self._format(number, bold=True)
                sheet.write_formula(line, index, f"=SUM({span})", style, value)
            else:
                text = self.words.show(cell.value)
                sheet.write_string(line, index, text, self._format(bold=True))

    def _sources(self, sheet: Worksheet, line: int, cells: tuple[Cell, ...]) -> None:
        numbers = self.output.numbers(tuple(source for cell in cells for source in cell.sources))
        text = ", ".join(str(number) for number in numbers)
        sheet.write_string(line, len(cells), text, self._format())

    def _cell(self, sheet: Worksheet, line: int, index: int, value: Any) -> None:
        """A number or a day as such; everything else as text."""
        typed = self._typed(value)
        if value is None:
            sheet.write_blank(line, index, None, self._format())
        elif typed is None:
            text = value.text if isinstance(value, Clipped) else self.words.show(value)
            sheet.write_string(line, index, text, self._format())
        elif isinstance(typed[0], date):
            sheet.write_datetime(line, index, typed[0], self._format(typed[1]))
        else:
            sheet.write_number(line, index, typed[0], self._format(typed[1]))

    def _typed(self, value: Any) -> tuple[Any, str] | None:
        """(number or day, its Excel format); None for text."""
        match value:
            case Number():
                decimals = "." + "0" * value.digits if value.digits else ""
                mark = f'"{value.mark}"' if value.mark else ""
                return float(value.value), self._cautious(value, f"#,##0{decimals}") + mark
            case Percent():
                decimals = "." + "0" * max(value.digits, 1)
                return value.share, self._cautious(value, f"0{decimals}%")
            case Money():
                return float(value.amount), f'#,##0.00 "{value.currency}"'
            case Period() if value.is_day:
                return value.start, "yyyy-mm-dd"
            case Period() if value.is_year:
                return value.start.year, "0"
        return _plain(value)

    def _cautious(self, value: Number | Percent, number: str) -> str:
        """“almost 135.0” stays a number: the caution is in its format."""
        if not value.qualifier:
            return number
        before, _, after = self.words(value.template.with_args(amount="\0")).partition("\0")
        quoted = (f'"{part}"' if part else "" for part in (before, after))
        return number.join(quoted)


def _plain(value: Any) -> tuple[Any, str] | None:
    match value:
        case Year():
            return value.value, "0"
        case bool():
            return None
        case int():
            return value, "#,##0"
        case date():
            return value, "yyyy-mm-dd"
    return None
