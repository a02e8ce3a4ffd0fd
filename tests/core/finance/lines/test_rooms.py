"""A plan may use what the lines have room for, now and later."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bilat.errors import NoAnswer
from bilat.finance.lines import Rates, rooms_of
from bilat.programme import Deal, Facility, Programme
from bilat.vocabulary import Money

DAY = date(2025, 1, 1)


def usd(amount: int) -> Money:
    return Money(amount=Decimal(amount), currency="USD")


def programme(*deals: Deal) -> Programme:
    lines = (
        Facility(id="l", title="L", kind="credit", limit=usd(100)),
        Facility(id="open", title="O", kind="credit"),
    )
    parts: dict[str, Any] = {"facilities": lines, "deals": deals}
    return Programme.model_construct(**parts)


def test_what_deals_have_taken_is_no_longer_on_the_line() -> None:
    made = programme(
        Deal(id="d1", title="1", facility="l", stage="signed", amount=usd(30)),
        Deal(id="d2", title="2", facility="l", stage="asked", amount=usd(60)),
    )
    assert rooms_of(made, DAY, Rates()) == {"l": usd(70)}


def test_a_deal_in_another_currency_needs_a_rate() -> None:
    som = Money(amount=Decimal(1000), currency="KGS")
    made = programme(Deal(id="d", title="Herd", facility="l", stage="signed", amount=som))
    with pytest.raises(NoAnswer, match="deal Herd is in KGS, its line in USD"):
        rooms_of(made, DAY, Rates())
    rates = Rates("USD", {"KGS": Decimal("0.0115")})
    left = Money(amount=Decimal("88.50"), currency="USD")
    assert rooms_of(made, DAY, rates) == {"l": left}
