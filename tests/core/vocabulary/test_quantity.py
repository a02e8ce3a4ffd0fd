"""A number with the caution it was stated with."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bilat.language import Words
from bilat.vocabulary import QUALIFIERS, Quantity, Unit

MILLIONS = Unit.parse("million USD")


def test_a_value_is_shown_in_its_unit() -> None:
    assert Quantity(Decimal(500_000_000), MILLIONS).in_words(Words("en")) == "500 million USD"


@pytest.mark.parametrize(
    ("qualifier", "shown"),
    [
        ("about", "about 135 million USD"),
        ("almost", "almost 135 million USD"),
        ("more_than", "more than 135 million USD"),
        ("less_than", "less than 135 million USD"),
        ("up_to", "up to 135 million USD"),
    ],
)
def test_the_speakers_caution_is_kept(qualifier: str, shown: str) -> None:
    quantity = Quantity(Decimal(135_000_000), MILLIONS, qualifier)
    assert quantity.in_words(Words("en")) == shown


def test_every_caution_is_tried_above() -> None:
    assert set(QUALIFIERS) == {"about", "almost", "more_than", "less_than", "up_to"}


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (133_000_000, "133", "133"),
        (133_140_000, "133.1", "133,1"),
        (Decimal("0.05"), "0.0", "0,0"),
        (1_234_600_000, "1,235", "1\u00a0235"),
        (133.0e6, "133", "133"),
    ],
)
def test_one_decimal_unless_whole_or_in_thousands(
    value: float | Decimal, english: str, russian: str
) -> None:
    quantity = Quantity(value, MILLIONS)
    assert (quantity.number(Words("en")), quantity.number(Words("ru"))) == (english, russian)


def test_the_scaled_value_is_exact() -> None:
    assert Quantity(Decimal(133140000), MILLIONS).scaled == Decimal("133.14")
