"""What a deal takes from the limit of its facility."""

from __future__ import annotations

from datetime import date

import pytest

from bilat.programme import Deal


@pytest.mark.parametrize(
    ("stage", "signed", "is_open"),
    [
        ("asked", None, False),
        ("agreed", None, True),
        ("signed", "2025-03-01", True),
        ("signed", "2025-03-02", False),
        ("drawn", "2025", True),
        ("repaid", "2025-01", False),
        ("stopped", None, False),
    ],
)
def test_an_agreed_deal_is_open_from_its_signing_until_it_is_repaid(
    stage: str, signed: str | None, is_open: bool
) -> None:
    money = {"amount": 240000, "currency": "USD"}
    deal = Deal.model_validate(
        {
            "id": "d",
            "title": "D",
            "facility": "f",
            "amount": money,
            "stage": stage,
            "signed": signed,
        }
    )
    assert deal.is_open(date(2025, 3, 1)) is is_open
