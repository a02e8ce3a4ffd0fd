"""JSON as it comes: read strictly, and not deeper than a record can be."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from bilat.language import Message, say
from bilat_office.records.refusals import OfficeRefused

DEEPEST = 40
"""Lists and objects within one another."""
DIGITS = 30
"""Of a whole number."""
_NUL = say("A text holds a character of code 0, which no text may. Leave it out.")


class Unreadable(OfficeRefused):
    """A body that is no JSON, or that no record could hold."""

    def __init__(self, why: Message, code: str = "unreadable_body") -> None:
        super().__init__(code, why)


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        """Raises Unreadable."""
        return read_json(request.body)


def read_json(text: bytes) -> Any:
    """Raises Unreadable: no JSON in UTF-8, a name twice, too deep, a character of code 0."""
    try:
        found = json.loads(
            text.decode(), object_pairs_hook=_object, parse_int=_whole, parse_constant=_no_number
        )
    except (ValueError, RecursionError):
        raise Unreadable(say("The body is no JSON in UTF-8. Send it again as JSON.")) from None
    _check(found)
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _whole(text: str) -> int:
    if len(text) > DIGITS:
        raise ValueError("a number too large")
    return int(text)


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


def _check(value: Any) -> None:
    level = [value]
    for _depth in range(DEEPEST):
        deeper: list[Any] = []
        for item in level:
            deeper.extend(_parts(item))
        if not deeper:
            return
        level = deeper
    raise Unreadable(say("The body is nested too deeply."), "content")


def _parts(item: Any) -> list[Any]:
    if isinstance(item, str):
        check_text(item)
        return []
    if isinstance(item, dict):
        return [*item, *item.values()]
    return item if isinstance(item, list) else []


def check_text(text: str) -> None:
    """Raises Unreadable for a text that no database and no message holds."""
    if "\x00" in text:
        raise Unreadable(_NUL, "content")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Unreadable(say("A text holds half a character (a lone surrogate)."), "content")
