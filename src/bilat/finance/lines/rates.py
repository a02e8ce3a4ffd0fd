"""What money of one currency is worth in another: stated rates, never assumed ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bilat.vocabulary import Money


@dataclass(frozen=True)
class Rates:
    """worth: what one unit of a currency is worth in ``currency``."""

    currency: str = "USD"
    worth: Mapping[str, Decimal] = field(default_factory=dict)

    def factor(self, source: str, target: str) -> Decimal | None:
        """What one unit of ``source`` is worth in ``target``; None without a rate."""
        if source == target:
            return Decimal(1)
        first, second = self._worth(source), self._worth(target)
        return None if first is None or second is None else first / second

    def value(self, money: Money, currency: str) -> Decimal | None:
        factor = self.factor(money.currency, currency)
        return None if factor is None else money.amount * factor

    def _worth(self, currency: str) -> Decimal | None:
        return Decimal(1) if currency == self.currency else self.worth.get(currency)
