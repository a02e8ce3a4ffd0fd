"""The pieces of a form, as templates write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bilat.language import Message
from bilat_office.pages.forms.shapes import Kind


@dataclass(frozen=True)
class Box:
    """One language of a text; ``language`` is empty for a text that names none."""

    name: str
    language: str
    label: Message | None
    value: str


@dataclass(frozen=True)
class Option:
    """One line of a list to choose from."""

    value: str
    label: Any
    is_chosen: bool


@dataclass(frozen=True)
class Part:
    """One entry of a list: its inputs, or the one input that it is."""

    name: str
    label: Message
    inputs: tuple[Input, ...]
    rest: tuple[Input, ...] = ()
    errors: tuple[str, ...] = ()
    is_single: bool = False

    @property
    def is_choice(self) -> bool:
        """A list to choose from needs no frame, and no button: nothing chosen is no part."""
        return self.is_single and self.inputs[0].kind in ("choice", "line")

    @property
    def anchor(self) -> str:
        """Where it begins; its only input may have that very name."""
        return "" if self.is_single and not self.inputs[0].boxes else self.name


@dataclass(frozen=True)
class Input:
    """One field of a form, with what is in it and what is wrong with it.

    inputs: of a group that is there; rest: those of them that may be left out. nothing: what the
    first line of a list to choose from says. note: how a value is written.
    """

    name: str
    label: Message
    kind: Kind
    is_required: bool
    hint: str = ""
    hint_lang: str = ""
    """Set where the hint has not been translated."""
    note: Message | None = None
    type: str = "text"
    is_number: bool = False
    value: str = ""
    nothing: Message | None = None
    boxes: tuple[Box, ...] = ()
    options: tuple[Option, ...] = ()
    inputs: tuple[Input, ...] = ()
    rest: tuple[Input, ...] = ()
    parts: tuple[Part, ...] = ()
    errors: tuple[str, ...] = field(default=())
    is_there: bool = True
    is_asked: bool = False
    may_be_none: bool = False
    next: str = ""
    """Of a list: the name of the part that would be added; empty where it is full."""

    @property
    def anchor(self) -> str:
        return self.boxes[0].name if self.boxes else self.name

    @property
    def described(self) -> str:
        """The ids of what is said of it."""
        said = (("hint", self.hint), ("note", self.note), ("error", self.errors))
        return " ".join(f"{self.name}-{each}" for each, is_said in said if is_said)

    @property
    def is_long(self) -> bool:
        """One line would lose the ends of its lines."""
        return self.kind in ("lines", "yaml") or "\n" in self.value

    @property
    def is_touched(self) -> bool:
        """Something stands in it or is wrong with it."""
        if self.kind == "group" and not self.is_asked:
            return bool(self.errors) or any(each.is_touched for each in (*self.inputs, *self.rest))
        if self.kind in ("group", "parts"):
            there = self.is_there if self.kind == "group" else bool(self.parts)
            return there or bool(self.errors)
        typed = (self.value, *(box.value for box in self.boxes), *self.errors)
        return any(typed)
