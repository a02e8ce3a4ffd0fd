"""An amount is never without its currency."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from bilat.language import Words
from bilat.vocabulary import Money


def test_an_amount_keeps_every_cent() -> None:
    money = Money.model_validate({"amount": "240000.10", "currency": "USD"})
    assert money.amount == Decimal("240000.10")


def test_a_negative_amount_is_refused() -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        Money(amount=Decimal(-1), currency="USD")


def test_an_amount_without_currency_is_refused() -> None:
    with pytest.raises(ValidationError, match="currency"):
        Money.model_validate({"amount": 1})


def test_a_slip_in_the_currency_is_answered_with_the_likely_one() -> None:
    with pytest.raises(ValidationError, match="unknown currency “USd”; did you mean USD"):
        Money(amount=Decimal(1), currency="USd")


@pytest.mark.parametrize(("lang", "shown"), [("en", "240,000 USD"), ("ru", "240\u00a0000 USD")])
def test_an_amount_is_said_with_its_currency(lang: str, shown: str) -> None:
    assert Money(amount=Decimal(240000), currency="USD").in_words(Words(lang)) == shown
