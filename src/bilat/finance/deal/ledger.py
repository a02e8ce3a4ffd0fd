"""Rows as they come about: what happens on one day is one payment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bilat.finance.deal.schedule import Payment
from bilat.programme.deal_amounts import rounded
from bilat.programme.deal_terms import DealTerms

ZERO = Decimal(0)


@dataclass
class Ledger:
    """Payments by contractual and actual day, in the order in which they came about."""

    rows: dict[tuple[date, date], Payment] = field(default_factory=dict)

    def add(self, stated: datetime, paid: datetime, balance: Decimal, **amounts: Any) -> None:
        """Adds amounts to the row of the day; other values (rate, number) replace those there."""
        key = (stated.date(), paid.date())
        row = self.rows.get(key) or Payment(0, *key)
        for name in ADDED & amounts.keys():
            amounts[name] += getattr(row, name)
        self.rows[key] = replace(row, balance=balance, **amounts)

    def payments(self, terms: DealTerms) -> tuple[Payment, ...]:
        """The rows on which something happens: numbered, taxed, with their exchange rates."""
        rows = sorted(self.rows.values(), key=lambda row: row.day)
        return tuple(_numbered([row for row in rows if _counts(row)], terms))


ADDED = frozenset(
    ("drawn", "advance", "interest", "subsidy", "capitalised", "principal", "residual", "fees")
)


def _counts(row: Payment) -> bool:
    return bool(row.drawn or row.advance or row.capitalised or row.outlay or row.interest)


def _numbered(rows: list[Payment], terms: DealTerms) -> Iterator[Payment]:
    table = sorted((one.day, one.rate) for one in terms.exchange)
    days = [day for day, _rate in table]
    number = 0
    for row in rows:
        regular = bool(row.number) and not _only_drawn(row)
        number += regular
        changes: dict[str, Any] = {"number": number if regular else 0}
        if terms.taxes:
            changes["tax"] = _tax(row, terms)
        if table:
            changes["exchange"] = table[bisect_right(days, row.day) - 1][1]
        yield replace(row, **changes)


def _only_drawn(row: Payment) -> bool:
    """The start of a deal paid in advance, in its grace: a due date without a payment."""
    return bool(row.drawn and not (row.interest or row.capitalised or row.instalment))


def _tax(row: Payment, terms: DealTerms) -> Decimal:
    columns = {
        "advance": row.advance,
        "interest": row.interest,
        "principal": row.principal,
        "residual": row.residual,
        "fees": row.fee,
    }
    taxes = (
        rounded(sum((columns[name] for name in tax.on), ZERO) * tax.percent / 100, terms.rounding)
        for tax in terms.taxes
    )
    return sum(taxes, ZERO)
