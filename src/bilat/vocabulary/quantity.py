"""A number with its unit and the caution it was stated with: “almost 135 million USD”."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bilat.language import Message, Words, say
from bilat.vocabulary.unit import Unit

QUALIFIERS: dict[str, Message] = {
    "about": say("about {amount}"),
    "almost": say("almost {amount}"),
    "more_than": say("more than {amount}"),
    "less_than": say("less than {amount}"),
    "up_to": say("up to {amount}"),
}


@dataclass(frozen=True)
class Quantity:
    """value: in the base unit (dollars, persons); shown in ``unit`` (million USD)."""

    value: Decimal | float
    unit: Unit
    qualifier: str | None = None

    @property
    def scaled(self) -> Decimal:
        """The value in the unit that it is shown in."""
        return Decimal(str(self.value)) / self.unit.scale

    def in_words(self, words: Words) -> str:
        amount = f"{self.number(words)} {self.unit.in_words(words)}"
        if self.qualifier is None:
            return amount
        return words(QUALIFIERS[self.qualifier].with_args(amount=amount))

    def number(self, words: Words) -> str:
        """Whole numbers as they are, others with one decimal."""
        scaled = self.scaled
        whole = scaled == scaled.to_integral_value() or abs(scaled) >= 1000
        return words.number(scaled, 0 if whole else 1)
