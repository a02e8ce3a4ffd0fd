"""The parts of a Word document that python-docx has no words for."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length
from docx.table import Table
from docx.text.paragraph import Paragraph


def element(name: str, /, **attributes: str) -> Any:
    """``w:name`` with ``w:`` attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_fonts(style: Any, font: str) -> None:
    """The same face for Latin, Cyrillic and everything else; themes would overrule it."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)
    for attribute in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{attribute}"), font)


def set_language(doc: Docx, code: str) -> None:
    """The language of spelling and reading aloud."""
    properties = doc.styles["Normal"].element.get_or_add_rPr()
    properties.append(element("lang", val=code, eastAsia=code))


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field with the text that stands until it is updated."""
    for part in (
        element("fldChar", fldCharType="begin"),
        _instruction(instruction),
        element("fldChar", fldCharType="separate"),
    ):
        _run(paragraph).append(part)
    paragraph.add_run(shown)
    _run(paragraph).append(element("fldChar", fldCharType="end"))


def page_numbers(paragraph: Paragraph) -> None:
    """Page X / Y, at the right of the footer."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field(paragraph, "PAGE", "1")
    paragraph.add_run(" / ")
    field(paragraph, "NUMPAGES", "1")


def table_of_contents(doc: Docx, entries: list[tuple[str, str]]) -> None:
    r"""A contents field filled with links, so that it is complete before anyone updates it.

    ``\n`` leaves page numbers out: only the program that lays the pages out knows them.
    """
    for index, (anchor, title) in enumerate(entries):
        paragraph = doc.add_paragraph()
        paragraph.paragraph_format.space_after = Length(0)
        if index == 0:
            _run(paragraph).append(element("fldChar", fldCharType="begin"))
            _run(paragraph).append(_instruction(r'TOC \o "1-1" \n \h'))
            _run(paragraph).append(element("fldChar", fldCharType="separate"))
        link = element("hyperlink", anchor=anchor, history="1")
        run = paragraph.add_run(title)
        link.append(run._r)  # noqa: SLF001
        paragraph._p.append(link)  # noqa: SLF001
        if index == len(entries) - 1:
            _run(paragraph).append(element("fldChar", fldCharType="end"))


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    start = element("bookmarkStart", id=str(number), name=name)
    paragraph._p.insert(1, start)  # noqa: SLF001
    paragraph._p.append(element("bookmarkEnd", id=str(number)))  # noqa: SLF001


def describe(shape: Any, text: str) -> None:
    """Alternative text for people who cannot see the picture."""
    shape._inline.docPr.set("descr", text)  # noqa: SLF001


def tab_at(paragraph: Paragraph, position: Length) -> None:
    paragraph.paragraph_format.tab_stops.add_tab_stop(position)


def rule_lines(table: Table) -> None:
    """Thin lines between rows only."""
    borders = element("tblBorders")
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "4")):
        borders.append(element(side, val="single", sz=size, space="0", color="B0B6BE"))
    table._tbl.tblPr.append(borders)  # noqa: SLF001


def column_widths(table: Table, widths: list[float]) -> None:
    """Centimetres. LibreOffice reads the grid, Word the cells."""
    table.autofit = False
    for grid, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):  # noqa: SLF001
        grid.w = Cm(width)
    cells = table._cells  # noqa: SLF001
    for index, cell in enumerate(cells):
        cell.width = Cm(widths[index % len(widths)])


def repeat_header(table: Table) -> None:
    """The first row stands again on every page; rows do not break across pages."""
    for index, line in enumerate(table._tbl.tr_lst):  # noqa: SLF001
        properties = line.get_or_add_trPr()
        properties.append(element("cantSplit"))
        if index == 0:
            properties.append(element("tblHeader"))


def _instruction(text: str) -> Any:
    made = element("instrText")
    made.set(qn("xml:space"), "preserve")
    made.text = f" {text} "
    return made


def _run(paragraph: Paragraph) -> Any:
    return paragraph.add_run()._r  # noqa: SLF001


def right_tab_at(paragraph: Paragraph, position: Length) -> None:
    """What follows a tab ends at the position."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(position, WD_TAB_ALIGNMENT.RIGHT)


def keep_rows_whole(table: Table) -> None:
    """Rows do not break across pages."""
    for line in table._tbl.tr_lst:  # noqa: SLF001
        line.get_or_add_trPr().append(element("cantSplit"))
