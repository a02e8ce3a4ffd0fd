"""What a document is made of, whatever its format: sections of paragraphs, tables and charts.

Every format renders the same blocks, so that a total is equal on the screen and in every export.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from textwrap import shorten
from typing import Any, Literal

from bilat.language import Message, Words, say
from bilat.vocabulary import QUALIFIERS

Tone = Literal["bad", "warn", "good", "quiet"]
ChartName = Literal[
    "path", "trade", "completion", "change", "gaps", "gap", "history", "frontier", "payments",
    "use", "need", "potential", "welfare", "control", "quality", "complexity",
]  # fmt: skip


@dataclass(frozen=True)
class Cautious:
    """Something stated with caution: ``qualifier`` is a key of `QUALIFIERS` or None."""

    qualifier: str | None = field(default=None, kw_only=True)

    @property
    def template(self) -> Message:
        """The sentence around the number: “almost {amount}”."""
        return QUALIFIERS[self.qualifier] if self.qualifier else Message("{amount}")

    def _with_caution(self, words: Words, number: str) -> str:
        return words(self.template.with_args(amount=number)) if self.qualifier else number


@dataclass(frozen=True)
class Number(Cautious):
    """A number with a fixed count of decimals."""

    value: Decimal | float | int
    digits: int = 0
    mark: str = ""
    """Set after the number, for a note below its table."""

    def in_words(self, words: Words) -> str:
        return self._with_caution(words, words.number(self.value, self.digits)) + self.mark


@dataclass(frozen=True)
class Year:
    """A calendar year: a number that is written without separators."""

    value: int

    def in_words(self, words: Words) -> str:
        return str(self.value)


@dataclass(frozen=True)
class Percent(Cautious):
    """A share shown as per cent."""

    share: float
    digits: int = 0

    def in_words(self, words: Words) -> str:
        if 0 < self.share < 0.005 and not self.digits:
            return words(say("under {share}", share=words.percent(0.01)))
        return self._with_caution(words, words.percent(self.share, self.digits))


@dataclass(frozen=True)
class Clipped:
    """A long text: documents show its beginning, files for programs all of it."""

    text: str
    length: int

    def in_words(self, _words: Words) -> str:
        return shorten(self.text, self.length, placeholder=" …")


@dataclass(frozen=True)
class Cell:
    """One value of a table; ``value`` may be text, Number, Percent, Year, a day or a period."""

    value: Any = None
    sources: tuple[str, ...] = ()
    tone: Tone | None = None


@dataclass(frozen=True)
class Column:
    title: Message
    numeric: bool = False
    wide: bool = False
    whole: bool = False
    """Its values stay on one line."""


@dataclass(frozen=True)
class Table:
    """A titled table; ``sheet`` names it in a workbook where the title is too long."""

    name: str
    title: Message
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Message, ...] = ()
    sheet: Message | None = None
    essential: bool = False
    """Belongs on the screen of a terminal."""
    shown: int | None = None
    """How many rows the documents print; the workbook has all of them."""
    total: tuple[Cell, ...] = ()
    """Closes the table; each Number in it is the sum of its column. Files for programs leave it
    out, so that nobody counts it twice. A blank is an empty text."""


@dataclass(frozen=True)
class Paragraph:
    text: Any
    sources: tuple[str, ...] = ()
    lead: bool = False
    tone: Tone | None = None


@dataclass(frozen=True)
class Item:
    """One entry of a numbered list: what, and why."""

    title: Any
    reason: Any = None
    anchor: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Numbered:
    items: tuple[Item, ...]


@dataclass(frozen=True)
class KeyFigure:
    """A large number with what it means."""

    value: Any
    meaning: Message
    sources: tuple[str, ...] = ()
    tone: Tone | None = None


@dataclass(frozen=True)
class KeyFigures:
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Chart:
    """A chart of the brief's facts; its title says the finding."""

    name: ChartName
    title: Message
    subject: str = ""
    """Which target or direction it shows."""
    note: Message | None = None
    """How to read it."""


Block = Paragraph | Table | Numbered | KeyFigures | Chart


@dataclass(frozen=True)
class Section:
    anchor: str
    title: Message
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Story:
    """A whole document."""

    title: Any
    subtitle: Message
    sections: tuple[Section, ...]

    def tables(self) -> Sequence[Table]:
        return [
            block
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Table)
        ]

    def charts(self) -> Sequence[Chart]:
        return [
            block
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Chart)
        ]


def row(*values: Any) -> tuple[Cell, ...]:
    """A table row of plain values and ready cells."""
    return tuple(value if isinstance(value, Cell) else Cell(value) for value in values)
