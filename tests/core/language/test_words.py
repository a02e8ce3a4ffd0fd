"""Numbers, dates and lists as the readers of each language expect them.

Spaces that may not break are written as escapes: they cannot be told apart on a screen.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bilat.language import Words

ENGLISH, RUSSIAN = Words("en"), Words("ru")


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (0, "0", "0"),
        (-5, "-5", "-5"),
        (1234567, "1,234,567", "1\u00a0234\u00a0567"),
        (Decimal("133.10"), "133.1", "133,1"),
        (Decimal("1234.5678"), "1,234.568", "1\u00a0234,568"),
        (0.1, "0.1", "0,1"),
    ],
)
def test_a_number_has_its_languages_separators(value: Any, english: str, russian: str) -> None:
    assert (ENGLISH.number(value), RUSSIAN.number(value)) == (english, russian)


@pytest.mark.parametrize(("digits", "text"), [(0, "133"), (1, "133.1"), (2, "133.10")])
def test_decimals_are_as_many_as_asked_for(digits: int, text: str) -> None:
    assert ENGLISH.number(Decimal("133.1"), digits) == text


@pytest.mark.parametrize(
    ("share", "digits", "english", "russian"),
    [
        (Decimal("0.303"), 0, "30%", "30\u00a0%"),
        (0.303, 1, "30.3%", "30,3\u00a0%"),
        (12.5, 0, "1,250%", "1\u00a0250\u00a0%"),
        (-0.05, 0, "-5%", "-5\u00a0%"),
    ],
)
def test_a_share_is_shown_in_per_cent(
    share: float | Decimal, digits: int, english: str, russian: str
) -> None:
    assert (ENGLISH.percent(share, digits), RUSSIAN.percent(share, digits)) == (english, russian)


@pytest.mark.parametrize("day", [date(2025, 9, 29), datetime(2025, 9, 29, 18, 30, tzinfo=UTC)])
def test_a_day_is_written_out(day: date) -> None:
    assert ENGLISH.day(day) == "29 September 2025"
    assert RUSSIAN.day(day) == "29 сентября 2025 г."


@pytest.mark.parametrize(
    ("items", "english", "russian"),
    [
        ([], "–", "–"),
        (["Minsk"], "Minsk", "Minsk"),
        (["Minsk", "Bishkek"], "Minsk and Bishkek", "Minsk и Bishkek"),
        (["Minsk", "Osh", "Talas"], "Minsk, Osh and Talas", "Minsk, Osh и Talas"),
    ],
)
def test_a_list_ends_with_and(items: list[str], english: str, russian: str) -> None:
    assert (ENGLISH.join(items), RUSSIAN.join(items)) == (english, russian)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (True, "yes"),
        (False, "no"),
        ("Roadmap", "Roadmap"),
        ({"ru": "Дорожная карта"}, "Дорожная карта"),
        (1500, "1,500"),
        ((date(2025, 9, 29), 2), "29 September 2025 and 2"),
    ],
)
def test_whatever_a_message_carries_can_be_shown(value: Any, text: str) -> None:
    assert ENGLISH.show(value) == text
