"""Texts that people write: one string, or the same thing in several languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, WrapValidator
from pydantic_core import PydanticCustomError

LanguageCode = Literal["en", "ru", "be", "ky", "kk", "uz", "tg", "hy", "az", "zh", "tr"]


def _one_refusal(value: Any, read: Callable[[Any], Any]) -> Any:
    """A union would complain once for each of its members; people want to hear it once."""
    try:
        return read(value)
    except ValidationError:
        raise PydanticCustomError("text", "a text, or texts by language") from None


Text = Annotated[
    str | Annotated[dict[LanguageCode, Annotated[str, Field(min_length=1)]], Field(min_length=1)],
    WrapValidator(_one_refusal),
]
"""``Roadmap`` or ``{en: Roadmap, ru: Дорожная карта}``."""


def pick(text: Text, lang: str) -> str:
    """The text in ``lang``; else in English; else in the first language that it has."""
    if isinstance(text, str):
        return text
    wanted = (lang, "en", *text)
    return next((text[code] for code in wanted if code in text), "")
