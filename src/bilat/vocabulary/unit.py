"""What a number counts: dollars, thousands of dollars, persons, tonnes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from bilat.language import Message, Words, say
from bilat.vocabulary.currencies import is_currency, unknown_currency
from bilat.vocabulary.text_type import TextType, Unreadable

SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}

THINGS: dict[str, Message] = {
    "persons": say("persons"),
    "students": say("students"),
    "visitors": say("visitors"),
    "units": say("units"),
    "tonnes": say("tonnes"),
    "events": say("events"),
    "documents": say("documents"),
    "flights": say("flights"),
    "jobs": say("jobs"),
    "months": say("months"),
    "hectares": say("hectares"),
    "percent": say("%"),
}
_SCALE_WORDS: dict[int, Message | str] = {
    1: "",
    10**3: say("thousand"),
    10**6: say("million"),
    10**9: say("billion"),
}


@dataclass(frozen=True)
class Unit(TextType):
    """``million USD``, ``persons``: a scale (1, 1000, …) and a base (a currency or a thing)."""

    scale: int
    base: str

    schema_pattern: ClassVar[str] = r"^((thousand|million|billion) )?[A-Za-z]+$"
    schema_example: ClassVar[str] = "million USD"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises Unreadable for an unknown scale, thing or currency."""
        scale, _, base = text.rpartition(" ")
        if scale not in SCALES:
            raise Unreadable(
                say("unknown unit “{text}”; write it as in “million USD” or “persons”", text=text)
            )
        if base not in THINGS and not is_currency(base):
            raise Unreadable(_unknown_base(base))
        return cls(SCALES[scale], base)

    def __str__(self) -> str:
        scale = next(word for word, size in SCALES.items() if size == self.scale)
        return f"{scale} {self.base}".strip()

    @property
    def is_money(self) -> bool:
        return self.base not in THINGS

    def to_base(self, value: Decimal) -> Decimal:
        """The value in single dollars, persons, …"""
        return value * self.scale

    def in_words(self, words: Words) -> str:
        scale = words(_SCALE_WORDS[self.scale])
        base = self.base if self.is_money else words(THINGS[self.base])
        return f"{scale} {base}".strip()


def _unknown_base(base: str) -> Message:
    if base.isalpha() and len(base) == 3:
        return unknown_currency(base)
    return say(
        "unknown unit “{base}”; known are currencies (ISO 4217) and: {things}",
        base=base,
        things=", ".join(THINGS),
    )
