"""Turning a currency into dollars by a table of rates."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.vocabulary import Period, is_currency
from bilat.vocabulary.text_type import Unreadable

Rate = tuple[str, str, float]
"""Currency, period as written, units for one dollar."""
Reader = Callable[[dict[str, str]], Rate | None]


@dataclass(frozen=True)
class Rates:
    """per_dollar: (currency, first day, months) → units of the currency for one dollar.

    The average of the period, not its last day: trade happened all through it.
    """

    per_dollar: Mapping[tuple[str, date, int], float] = field(default_factory=dict)

    def find(self, currency: str, start: date, months: int) -> float | None:
        """The rate of exactly this period; a year's rate is never put on its months."""
        if currency == "USD":
            return 1.0
        return self.per_dollar.get((currency, start, months))

    @classmethod
    def of(cls, rows: Iterable[Rate]) -> Rates:
        """From (currency, period, units for one dollar): ``("KGS", "2023", 87.8561)``."""
        rates: dict[tuple[str, date, int], float] = {}
        for currency, written, rate in rows:
            period = Period.parse(written)
            if not is_currency(currency) or period.months is None or not rate > 0:
                raise NoAnswer(
                    say(
                        "{currency}, {period}: {rate} is no rate. Give a currency of ISO 4217, "
                        "whole months and a number above zero",
                        currency=currency,
                        period=written,
                        rate=rate,
                    )
                )
            rates[currency, period.start, period.months] = float(rate)
        return cls(rates)


def read_rates(path: Path | str) -> Rates:
    """Rates from a CSV with the columns ``currency``, ``period`` and ``per_dollar``."""
    return Rates.of(_rows(Path(path), _plain_row))


def read_national_rates(path: Path | str, home: str, dollar: str = "US $") -> Rates:
    """Rates of a national bank: ``currency, measure, year, …``, home units for a foreign one.

    Only rows of the dollar and of the period's average are taken; they give ``home`` per dollar.
    """

    def row(cells: dict[str, str]) -> Rate | None:
        if cells["currency"] != dollar or not cells["measure"].startswith("Average"):
            return None
        return home, cells["year"], float(list(cells.values())[-1])

    return Rates.of(_rows(Path(path), row))


def _plain_row(cells: dict[str, str]) -> Rate:
    return cells["currency"].strip(), cells["period"].strip(), float(cells["per_dollar"])


def _rows(path: Path, row: Reader) -> Iterator[Rate]:
    if not path.is_file():
        raise NoAnswer(say("{file}: there is no such file", file=str(path)))
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, cells in enumerate(csv.DictReader(file), start=2):
            try:
                found = row(cells)
            except (KeyError, ValueError, Unreadable) as error:
                raise NoAnswer(
                    say(
                        "{file}:{line}: no rate can be read here: {why}",
                        file=path.name,
                        line=number,
                        why=str(error),
                    )
                ) from None
            if found:
                yield found
