"""A sentence that does not know its language yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Message:
    """A translatable template with its arguments.

    Arguments may be numbers, dates, periods, texts in several languages or other messages: each is
    shown in the language that renders the whole.
    """

    template: str
    args: Mapping[str, Any] = field(default_factory=dict)
    plural: str | None = None
    count: int = 1

    def with_args(self, **args: Any) -> Message:
        """The same sentence with other arguments."""
        return replace(self, args=args)

    def __str__(self) -> str:
        """The sentence in English: for logs and for people who print an error."""
        from bilat.language.words import Words

        return Words("en")(self)


def say(template: str, /, **args: Any) -> Message:
    """A message; the name is also what the translators' tool looks for."""
    return Message(template, args)


def say_many(one: str, many: str, /, n: int, **args: Any) -> Message:
    """A message whose form depends on the number ``n`` (Russian has three forms)."""
    return Message(one, {"n": n, **args}, plural=many, count=n)
