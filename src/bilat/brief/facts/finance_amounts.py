"""Amounts of finance as people read them: to the cent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def maybe_cents(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else cents(amount)
