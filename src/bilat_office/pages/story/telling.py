"""Blocks of a core story as a page shows them: the same sentences and numbers as its documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bilat.brief.story.blocks import (
    Block,
    Cell,
    Chart,
    KeyFigures,
    Numbered,
    Paragraph,
    Section,
    Table,
)
from bilat.language import Words

Draw = Callable[[Chart], str]
"""From a chart to its SVG element."""


@dataclass(frozen=True)
class ShownCell:
    text: str
    tone: str = ""
    numeric: bool = False
    whole: bool = False
    cites: tuple[int, ...] = ()
    address: str = ""
    """Of a cell that is a web address."""


@dataclass(frozen=True)
class ShownTable:
    """rows: one page of them. first: the heading of each row stands in its first column."""

    name: str
    title: str
    columns: tuple[ShownCell, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    total: tuple[ShownCell, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ShownFigure:
    value: str
    meaning: str
    tone: str


@dataclass(frozen=True)
class ShownBlock:
    """kind: text, table, figures, list or chart; the others of its fields are empty."""

    kind: str
    text: str = ""
    tone: str = ""
    table: ShownTable | None = None
    figures: tuple[ShownFigure, ...] = ()
    items: tuple[str, ...] = ()
    svg: str = ""
    note: str = ""


@dataclass(frozen=True)
class ShownSection:
    anchor: str
    title: str
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True)
class Teller:
    """cite: from ids of sources to their numbers in the story's list."""

    words: Words
    draw: Draw | None = None
    cite: Callable[[tuple[str, ...]], Sequence[int]] = lambda _sources: ()

    def sections(self, sections: Iterable[Section]) -> tuple[ShownSection, ...]:
        return tuple(
            ShownSection(one.anchor, self.words.show(one.title), tuple(self.blocks(one.blocks)))
            for one in sections
        )

    def blocks(self, blocks: Iterable[Block]) -> Iterator[ShownBlock]:
        for block in blocks:
            if isinstance(block, Chart) and self.draw is None:
                continue
            yield self.block(block)

    def block(self, block: Block) -> ShownBlock:
        show = self.words.show
        if isinstance(block, Table):
            return ShownBlock("table", table=self.table(block))
        if isinstance(block, KeyFigures):
            figures = tuple(
                ShownFigure(show(one.value), show(one.meaning), one.tone or "")
                for one in block.items
            )
            return ShownBlock("figures", figures=figures)
        if isinstance(block, Numbered):
            return ShownBlock("list", items=tuple(show(one.title) for one in block.items))
        if isinstance(block, Chart):
            svg = self.draw(block) if self.draw else ""
            note = show(block.note) if block.note else ""
            return ShownBlock("chart", text=show(block.title), svg=svg, note=note)
        return ShownBlock(
            "lead" if block.lead else "text", text=self.said(block), tone=block.tone or ""
        )

    def said(self, paragraph: Paragraph) -> str:
        """With the numbers of its sources behind it, as in the documents."""
        cited = " ".join(f"[{number}]" for number in self.cite(paragraph.sources))
        text = self.words.show(paragraph.text)
        return f"{text} {cited}" if cited else text

    def table(self, table: Table) -> ShownTable:
        heads = tuple(
            ShownCell(self.words.show(column.title), numeric=column.numeric)
            for column in table.columns
        )
        return ShownTable(
            table.name,
            self.words.show(table.title),
            heads,
            tuple(self._row(table, line) for line in table.rows),
            self._row(table, table.total),
            tuple(self.words.show(note) for note in table.notes),
        )

    def _row(self, table: Table, cells: Sequence[Cell]) -> tuple[ShownCell, ...]:
        return tuple(
            self._cell(cell, numeric=column.numeric, whole=column.whole)
            for cell, column in zip(cells, table.columns, strict=False)
        )

    def _cell(self, cell: Cell, *, numeric: bool, whole: bool) -> ShownCell:
        text = self.words.for_tables.show(cell.value)
        address = text if text.startswith(("https://", "http://")) else ""
        cites = tuple(self.cite(cell.sources))
        return ShownCell(text, cell.tone or "", numeric, whole, cites, address)


def part(table: Table, first: int, size: int) -> Table:
    """Some of its rows; the total stays that of all."""
    return replace(table, rows=table.rows[first : first + size])


def cells_of(table: Table, words: Words) -> tuple[list[str], Any]:
    """Its heading, and rows of texts, for a file."""
    heading = [words.show(column.title) for column in table.columns]
    rows = ([words.for_tables.show(cell.value) for cell in line] for line in table.rows)
    return heading, rows
