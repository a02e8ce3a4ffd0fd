"""A message waits for its reader's language."""

from __future__ import annotations

from datetime import date

import pytest

from bilat.language import Words, say, say_many
from bilat.vocabulary import Period


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0 errors"), (1, "1 error"), (2, "2 errors"), (1500, "1,500 errors")]
)
def test_english_has_one_form_for_one_and_another_for_the_rest(n: int, text: str) -> None:
    assert str(say_many("{n} error", "{n} errors", n=n)) == text


def test_a_printed_message_is_english() -> None:
    assert str(say("signed on {day}", day=date(2025, 9, 29))) == "signed on 29 September 2025"


def test_arguments_are_shown_in_the_language_of_the_reader() -> None:
    message = say("{day}: {n}", day=date(2025, 9, 29), n=1234.5)
    assert Words("ru")(message) == "29 сентября 2025 г.: 1\u00a0234,5"


def test_a_period_inside_a_message_speaks_the_language_too() -> None:
    message = say("{period}", period=Period.parse("2024-01/2024-09"))
    assert Words("ru")(message) == "январь–сентябрь 2024"


def test_a_message_may_stand_inside_another() -> None:
    inner = say_many("{n} measure", "{n} measures", n=2)
    assert str(say("{what} late", what=inner)) == "2 measures late"


def test_a_text_in_two_languages_is_shown_in_the_right_one() -> None:
    message = say("{title}", title={"en": "Roadmap", "ru": "Дорожная карта"})
    assert Words("ru")(message) == "Дорожная карта"


def test_braces_in_what_people_wrote_are_left_alone() -> None:
    assert str(say("unknown key “{key}”", key="{year}")) == "unknown key “{year}”"
