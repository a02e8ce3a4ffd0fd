"""Values of reference rates that a user states: on the command line, or as a table.

The table is CSV with ``index``, ``day`` and ``percent``, and if wanted ``currency`` and ``source``:
from that day on the index is that many percent a year. Without a currency a row holds for all.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bilat.errors import NoAnswer
from bilat.language import Message, say

ALWAYS = date.min
COLUMNS = ("index", "day", "percent")


@dataclass(frozen=True)
class Quote:
    """percent a year, from a day on; currency "" for every one."""

    index: str
    day: date
    percent: Decimal
    currency: str = ""


@dataclass(frozen=True)
class Indices:
    quotes: tuple[Quote, ...] = ()

    def on(self, index: str, currency: str, day: date) -> Decimal | None:
        """The latest value up to the day, one of the currency before one of all."""
        known = [
            quote
            for quote in self.quotes
            if quote.index == index and quote.day <= day and quote.currency in ("", currency)
        ]
        best = max(known, key=lambda quote: (bool(quote.currency), quote.day), default=None)
        return best.percent if best else None

    def joined(self, other: Indices) -> Indices:
        return Indices((*self.quotes, *other.quotes))


def stated(values: Mapping[str, Decimal]) -> Indices:
    """Values that hold on every day."""
    return Indices(tuple(Quote(index, ALWAYS, percent) for index, percent in values.items()))


def read_indices(path: Path) -> Indices:
    """Raises NoAnswer for a file that cannot be read, lacks a column or holds a bad value."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NoAnswer(
            say("{file}: this table cannot be read: {why}", file=str(path), why=str(error))
        ) from None
    rows = csv.DictReader(text.splitlines())
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise NoAnswer(
            say(
                "{file}: the column {column} is missing; needed are {columns}",
                file=str(path),
                column=missing[0],
                columns=", ".join(COLUMNS),
            )
        )
    return Indices(tuple(_quotes(path, rows)))


def _quotes(path: Path, rows: Iterable[dict[str, str]]) -> Iterable[Quote]:
    for line, row in enumerate(rows, 2):
        try:
            day = date.fromisoformat((row["day"] or "").strip())
            percent = Decimal((row["percent"] or "").strip())
        except (ValueError, InvalidOperation):
            raise NoAnswer(_unreadable(path, line)) from None
        if not percent.is_finite():
            raise NoAnswer(_unreadable(path, line))
        currency = (row.get("currency") or "").strip()
        yield Quote((row["index"] or "").strip(), day, percent, currency)


def _unreadable(path: Path, line: int) -> Message:
    return say(
        "{file}:{line}: a day such as 2026-01-31 and a percentage such as 4.25 are needed here",
        file=str(path),
        line=str(line),
    )
