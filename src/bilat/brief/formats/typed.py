"""The values of a table as data: for files that programs read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bilat.brief.formats.publication import Publication
from bilat.brief.story.blocks import Cell, Clipped, Number, Percent, Table, Year
from bilat.language import Words, say
from bilat.vocabulary import Money, Period

Value = float | int | str | date | bool | None


def value(cell: Cell, words: Words) -> Value:
    """Numbers unrounded, shares as shares (0.25), periods as 2024-01/2024-09, days as days."""
    match cell.value:
        case None | bool() | int() | float() | date() as plain:
            return plain
        case Number() as number:
            return float(number.value)
        case Percent() as percent:
            return percent.share
        case Money() as money:
            return float(money.amount)
        case Year() as year:
            return year.value
        case Period() as period:
            return str(period)
        case Clipped() as clipped:
            return clipped.text
    return words.show(cell.value)


def titles(output: Publication, table: Table) -> list[str]:
    """One a column, each different, and at the end that of the sources."""
    found: list[str] = []
    for title in (*(column.title for column in table.columns), say("Sources")):
        text = output.words(title)
        number = 2
        while text in found:
            text, number = f"{output.words(title)} {number}", number + 1
        found.append(text)
    return found


def lines(output: Publication, table: Table) -> list[list[Value]]:
    """The values of every row, and at its end the ids of the sources that it cites."""
    return [
        [*(value(cell, output.words) for cell in row), _cited(row) or None] for row in table.rows
    ]


def _cited(row: Sequence[Cell]) -> str:
    return "; ".join(dict.fromkeys(source for cell in row for source in cell.sources))


def columns(output: Publication, table: Table) -> dict[str, list[Any]]:
    """Title → values."""
    rows = lines(output, table)
    return {
        title: [row[place] for row in rows] for place, title in enumerate(titles(output, table))
    }
