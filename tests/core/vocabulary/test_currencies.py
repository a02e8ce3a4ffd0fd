"""Currencies, and the slips of those who type them."""

from __future__ import annotations

import pytest

from bilat.vocabulary import is_currency
from bilat.vocabulary.currencies import unknown_currency


@pytest.mark.parametrize("code", ["USD", "BYN", "KGS", "CHF"])
def test_iso_codes_are_known(code: str) -> None:
    assert is_currency(code)


@pytest.mark.parametrize("code", ["usd", "UDS", "dollar", ""])
def test_anything_else_is_not(code: str) -> None:
    assert not is_currency(code)


@pytest.mark.parametrize(("slip", "meant"), [("USd", "USD"), ("KSG", "KGS"), ("EURO", "EUR")])
def test_the_likeliest_code_is_offered(slip: str, meant: str) -> None:
    assert str(unknown_currency(slip)) == f"unknown currency “{slip}”; did you mean {meant}?"
