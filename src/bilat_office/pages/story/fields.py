"""Fields of a question that an address holds, and what is typed into them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from bilat.language import Message, say

Input = Literal["text", "amount", "percent", "whole", "day", "choice", "check", "area"]
LONGEST = 200
"""Letters of a field: an address holds no more."""
UNSTATED = say("not stated")


@dataclass(frozen=True)
class Field:
    """One field. choices: code → what it is called; ``empty``: what choosing none of them says."""

    name: str
    label: Message
    input: Input
    hint: Message | None = None
    choices: Mapping[str, Message] = field(default_factory=dict)
    empty: Message = UNSTATED


def money(text: str) -> Any:
    """Spaces, and commas before each three digits, part thousands; else a comma parts decimals."""
    bare = re.sub(r"[\s\u00a0\u202f’']", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    return _number(bare, text)


def share(text: str) -> Any:
    """``8.5``, ``8,5`` and ``8.5 %`` are the same."""
    return _number(re.sub(r"[\s\u00a0\u202f]", "", text).removesuffix("%"), text)


def whole(text: str) -> Any:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text


def _number(bare: str, text: str) -> Any:
    try:
        number = Decimal(bare.replace(",", "."))
    except InvalidOperation:
        return text
    return number if number.is_finite() and len(bare) < 40 else text
