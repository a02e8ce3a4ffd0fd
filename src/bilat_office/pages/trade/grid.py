"""A table of the core's stories as a list: sorted, paged, with links, and as a file of the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

from bilat.brief.formats.typed import value
from bilat.brief.story.blocks import Cell, Clipped, Number, Percent, Table
from bilat.language import Message, Words, say
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import (
    Column,
    Format,
    columns_of,
    in_order,
    leaves,
    page_number,
    part_of,
)
from bilat_office.pages.visit import Visit

Row = tuple[Cell, ...]
Address = Callable[[Row, int], str]
"""Row and column → where the cell leads; empty for nowhere."""


@dataclass(frozen=True)
class ShownCell:
    """One cell as the page shows it."""

    text: str
    label: Message
    is_numeric: bool
    is_empty: bool
    address: str = ""
    tone: str = ""


def grid(
    visit: Visit, table: Table, address: Address | None = None, *, paged: bool = True
) -> dict[str, Any]:
    """What the template needs of a table. paged: the one list of a page, whose order and page
    stand in its address; others are shown as they are."""
    rows = _in_order(visit, table) if paged else table.rows
    shown, number, pages = part_of(rows, page_number(visit.request.GET)) if paged else (rows, 1, 1)
    return {
        "name": table.name,
        "title": table.title,
        "columns": [
            (column, told.numeric)
            for column, told in zip(_columns(visit, table, sorts=paged), table.columns, strict=True)
        ],
        "rows": [_shown(visit.words.for_tables, table, row, address) for row in shown],
        "notes": table.notes,
        "count": len(rows),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
    }


def grid_file(visit: Visit, table: Table, name: str) -> HttpResponse:
    """Every row in the order of the list, and which sources it cites."""
    kind: Format = "xlsx" if visit.request.GET.get("format") == "xlsx" else "csv"
    heading = [visit.words(column.title) for column in table.columns]
    rows = (
        [*(plain(cell, visit.words) for cell in row), "; ".join(_cited(row))]
        for row in _in_order(visit, table)
    )
    return table_file(name, kind, [*heading, visit.words(say("Sources"))], rows)


def plain(cell: Cell, words: Words) -> str:
    """As it is shown, but a number without separators, so that a spreadsheet reads it."""
    match cell.value:
        case None:
            return ""
        case Number() as number:
            return f"{Decimal(str(number.value)):.{number.digits}f}"
        case Percent() as percent:
            return f"{percent.share * 100:.{percent.digits}f}%"
        case Clipped() as clipped:
            return clipped.text
    return words.show(cell.value)


def sources_in(*tables: Table) -> tuple[str, ...]:
    """Ids of the sources that the rows cite, each once."""
    return tuple(
        dict.fromkeys(source for table in tables for row in table.rows for source in _cited(row))
    )


def _cited(row: Row) -> Sequence[str]:
    return tuple(dict.fromkeys(source for cell in row for source in cell.sources))


def _asked_column(visit: Visit, table: Table) -> int | None:
    text = visit.request.GET.get("sort", "")
    number = int(text) - 1 if text.isascii() and text.isdecimal() and len(text) < 3 else -1
    return number if 0 <= number < len(table.columns) else None


def _in_order(visit: Visit, table: Table) -> Sequence[Row]:
    column = _asked_column(visit, table)
    if column is None:
        return table.rows
    descending = visit.request.GET.get("order") == "desc"

    def key(row: Row) -> Any:
        found = value(row[column], visit.words)
        return found if found is None or isinstance(found, int | float) else str(found)

    return in_order(table.rows, key, descending=descending)


def _columns(visit: Visit, table: Table, *, sorts: bool) -> list[Column]:
    pairs = [
        (column.title, str(place) if sorts else "")
        for place, column in enumerate(table.columns, start=1)
    ]
    query = visit.request.GET
    return columns_of(pairs, query.get("sort", ""), descending=query.get("order") == "desc")


def _shown(words: Words, table: Table, row: Row, address: Address | None) -> list[ShownCell]:
    return [
        ShownCell(
            words.show(cell.value),
            column.title,
            column.numeric,
            cell.value is None,
            address(row, place) if address else "",
            cell.tone or "",
        )
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True))
    ]
