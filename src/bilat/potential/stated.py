"""What somebody states beside the statistics: foreseen growth by country, and customs rates.

CSV tables. Growth: ``country, supply, demand``, ratios over the present (1.1: a tenth more); an
empty cell is 1. Tariffs: ``exporter, importer, code, rate, mfn``, per cent of the value, for goods
of the exporter and for others under the most-favoured-nation rule; the rate of a shorter code holds
for all codes that begin with it, the longest decides.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TypeVar

import numpy as np

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.potential.presence import Vector

Made = TypeVar("Made")
GROWTH = ("country", "supply", "demand")
TARIFFS = ("exporter", "importer", "code", "rate", "mfn")


class TableRefused(BilatError):
    """A table of growth or tariffs that cannot be used."""

    def __init__(self, path: Path, line: int, why: Message) -> None:
        place = f"{path}:{line}" if line else str(path)
        super().__init__(say("{place}: {why}", place=place, why=why))


@dataclass(frozen=True)
class Rates:
    """Per cent of the value. pair: what goods of the exporter pay; mfn: what others' goods pay."""

    pair: float
    mfn: float

    @property
    def advantage(self) -> float:
        """How much dearer others' goods are at the border: 1.05 is 5 %."""
        return (1 + self.mfn / 100) / (1 + self.pair / 100)


@dataclass(frozen=True)
class Tariffs:
    """(exporter, importer, code) → rates."""

    rates: Mapping[tuple[str, str, str], Rates]

    def of(self, exporter: str, importer: str, code: str) -> Rates | None:
        """The rates of the longest beginning of the code."""
        keys = ((exporter, importer, code[:length]) for length in range(len(code), 1, -1))
        return next((self.rates[key] for key in keys if key in self.rates), None)

    def advantages(self, exporter: str, importer: str, products: Sequence[str]) -> Vector:
        """(m,) 1 where no rate is stated."""
        found = (self.of(exporter, importer, code) for code in products)
        return np.array([one.advantage if one else 1.0 for one in found])


def read_growth(path: Path) -> dict[str, tuple[float, float]]:
    """Country → growth of its supply and of its demand. Raises TableRefused."""

    def made(row: Mapping[str, str]) -> tuple[str, tuple[float, float]]:
        supply, demand = (_number(row[name] or "1") for name in ("supply", "demand"))
        if supply <= 0 or demand <= 0:
            raise ValueError
        return row["country"].upper(), (supply, demand)

    return dict(_read(path, GROWTH, made))


def read_tariffs(path: Path) -> Tariffs:
    """Raises TableRefused."""

    def made(row: Mapping[str, str]) -> tuple[tuple[str, str, str], Rates]:
        rates = Rates(_number(row["rate"]), _number(row["mfn"]))
        if min(rates.pair, rates.mfn) < 0 or not row["code"].isdigit():
            raise ValueError
        return (row["exporter"].upper(), row["importer"].upper(), row["code"]), rates

    return Tariffs(dict(_read(path, TARIFFS, made)))


def _number(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError
    return number


def _read(
    path: Path, columns: Sequence[str], made: Callable[[Mapping[str, str]], Made]
) -> Iterable[Made]:
    needed = ", ".join(columns)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = say("it cannot be read ({why}). Give a CSV file", why=str(error))
        raise TableRefused(path, 0, why) from None
    found = []
    for line, row in enumerate(rows, start=2):
        missing = [name for name in columns if row.get(name) is None]
        if missing:
            why = say("no column {column}; needed are {needed}", column=missing[0], needed=needed)
            raise TableRefused(path, line, why)
        try:
            found.append(made({name: row[name].strip() for name in columns}))
        except ValueError:
            why = say(
                "this row cannot be meant; wanted are {needed}, numbers with a decimal point, "
                "codes as digits",
                needed=needed,
            )
            raise TableRefused(path, line, why) from None
    return found
