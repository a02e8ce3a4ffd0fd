"""An amount of money: a Decimal and its currency, never one without the other."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bilat.language import Words
from bilat.vocabulary.currencies import CurrencyCode

Amount = Annotated[Decimal, Field(ge=0, max_digits=24, decimal_places=4)]


class Money(BaseModel):
    """An amount and its currency; not negative: a debt has a field of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount: Amount
    currency: CurrencyCode

    def in_words(self, words: Words) -> str:
        return f"{words.number(self.amount)} {self.currency}"
