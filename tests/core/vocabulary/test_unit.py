"""What a number counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bilat.language import Words
from bilat.vocabulary import Unit
from bilat.vocabulary.text_type import Unreadable
from bilat.vocabulary.unit import SCALES, THINGS


@pytest.mark.parametrize(
    ("text", "scale", "base"),
    [
        ("USD", 1, "USD"),
        ("thousand KGS", 1_000, "KGS"),
        ("million USD", 1_000_000, "USD"),
        ("billion RUB", 1_000_000_000, "RUB"),
        ("persons", 1, "persons"),
        ("thousand tonnes", 1_000, "tonnes"),
    ],
)
def test_a_unit_is_a_scale_and_what_it_counts(text: str, scale: int, base: str) -> None:
    assert Unit.parse(text) == Unit(scale, base)


@pytest.mark.parametrize("base", ["USD", "BYN", *THINGS])
@pytest.mark.parametrize("scale", SCALES)
def test_what_is_written_is_read_back(scale: str, base: str) -> None:
    text = f"{scale} {base}".strip()
    assert str(Unit.parse(text)) == text


def test_thousands_of_dollars_become_dollars() -> None:
    assert Unit.parse("thousand USD").to_base(Decimal("1.5")) == Decimal(1500)


def test_a_slip_in_a_currency_is_answered_with_the_likely_one() -> None:
    with pytest.raises(Unreadable, match="unknown currency “UDS”; did you mean USD"):
        Unit.parse("million UDS")


def test_an_unknown_currency_far_from_any_is_answered_with_the_standard() -> None:
    with pytest.raises(Unreadable, match="unknown currency “QQQ”; use an ISO 4217 code"):
        Unit.parse("million QQQ")


def test_an_unknown_thing_is_answered_with_the_known_ones() -> None:
    with pytest.raises(Unreadable, match=r"unknown unit “people”; known are .* persons, students"):
        Unit.parse("people")


@pytest.mark.parametrize("text", ["mln USD", "million of USD", "1000 USD"])
def test_an_unknown_scale_is_answered_with_an_example(text: str) -> None:
    with pytest.raises(Unreadable, match=f"unknown unit “{text}”; write it as in “million USD”"):
        Unit.parse(text)


def test_only_currencies_are_money() -> None:
    assert Unit.parse("thousand USD").is_money
    assert not Unit.parse("thousand tonnes").is_money


@pytest.mark.parametrize(
    ("text", "shown"), [("million USD", "million USD"), ("students", "students"), ("percent", "%")]
)
def test_a_unit_is_said_in_words(text: str, shown: str) -> None:
    assert Unit.parse(text).in_words(Words("en")) == shown
