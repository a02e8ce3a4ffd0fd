"""People write a text once, or once per language."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from bilat.language import Text, pick

READER: TypeAdapter[Text] = TypeAdapter(Text)


@pytest.mark.parametrize(
    ("text", "lang", "shown"),
    [
        ("Roadmap", "ru", "Roadmap"),
        ({"en": "Roadmap", "ru": "Дорожная карта"}, "ru", "Дорожная карта"),
        ({"ru": "Дорожная карта", "en": "Roadmap"}, "ky", "Roadmap"),
        ({"ky": "Жол картасы", "be": "Дарожная карта"}, "ru", "Жол картасы"),
    ],
    ids=["plain", "own language", "English instead", "the first there is"],
)
def test_a_reader_gets_the_nearest_language(text: Text, lang: str, shown: str) -> None:
    assert pick(text, lang) == shown


def test_a_text_may_be_in_several_languages() -> None:
    text = {"en": "Roadmap", "ky": "Жол картасы"}
    assert READER.validate_python(text) == text


@pytest.mark.parametrize(
    "wrong",
    [{"rus": "Дорожная карта"}, {"ru": ""}, {}, ["Roadmap"], {"en": ["Roadmap"]}],
    ids=["unknown language", "empty", "no language", "list", "list inside"],
)
def test_what_is_no_text_is_refused_once(wrong: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        READER.validate_python(wrong)
    assert [error["type"] for error in refused.value.errors()] == ["text"]
