"""Currencies by ISO 4217 code (CLDR's list, through Babel)."""

from __future__ import annotations

import difflib
from functools import lru_cache
from typing import Annotated

from babel.numbers import list_currencies
from pydantic import AfterValidator, WithJsonSchema

from bilat.language import Message, say
from bilat.vocabulary.text_type import Unreadable, refuse

# Likely meanings first, so that a slip such as “USd” is answered with USD.
_COMMON = ("USD", "EUR", "RUB", "CNY", "BYN", "KGS", "KZT", "UZS", "TJS", "AMD", "AZN", "TRY")


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(list_currencies())


def is_currency(code: str) -> bool:
    """True for an ISO 4217 code such as KGS."""
    return code in _COMMON or code in _codes()


def unknown_currency(code: str) -> Message:
    """What to say of a code that is no currency, with the likeliest one that was meant."""
    near = max(_COMMON, key=lambda known: _likeness(code, known))
    if _likeness(code, near) > 0.6:
        return say("unknown currency “{code}”; did you mean {near}?", code=code, near=near)
    return say("unknown currency “{code}”; use an ISO 4217 code such as USD, EUR, RUB", code=code)


def _likeness(code: str, known: str) -> float:
    return difflib.SequenceMatcher(None, code.upper(), known).ratio()


def _check_currency(code: str) -> str:
    if not is_currency(code):
        raise refuse(Unreadable(unknown_currency(code)))
    return code


CurrencyCode = Annotated[
    str,
    AfterValidator(_check_currency),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$", "examples": ["USD"]}),
]
