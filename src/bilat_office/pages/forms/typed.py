"""What a form sends, as a tree: ``f_participants-0-name__ru`` is a text four steps down.

A list has its parts by number, a group its fields by name, a text its languages. ``-is`` says
that a group, or an empty list, is there although nothing is typed into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

START = "f_"
THERE = "is"
"""No field can have this name: it is a word of Python."""


@dataclass
class Node:
    """text: None where nothing was sent under this very name."""

    text: str | None = None
    inside: dict[str, Node] = field(default_factory=dict)

    def at(self, step: str) -> Node:
        return self.inside.get(step) or Node()

    def language(self, code: str) -> str:
        return self.at(f"__{code}").plain

    @property
    def plain(self) -> str:
        """Without blanks around it; lines end as they do in documents."""
        return (self.text or "").replace("\r\n", "\n").strip()

    @property
    def is_there(self) -> bool:
        return THERE in self.inside

    @property
    def is_blank(self) -> bool:
        """Nothing was typed, and nothing is said to be there."""
        return (
            not self.plain
            and not self.is_there
            and all(each.is_blank for each in self.inside.values())
        )

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(name[2:] for name in self.inside if name.startswith("__"))

    def parts(self) -> Iterator[tuple[int, Node]]:
        """Of a list, in their order; there may be gaps where one was removed."""
        numbers = sorted(int(name) for name in self.inside if is_number(name))
        for number in numbers:
            yield number, self.inside[str(number)]


def is_number(step: str) -> bool:
    return step.isascii() and step.isdigit() and len(step) < 7 and str(int(step)) == step


def tree_of(typed: Mapping[str, str]) -> Node:
    """Of everything that belongs to fields."""
    root = Node()
    for name, text in typed.items():
        if not name.startswith(START):
            continue
        node = root
        for step in steps_of(name):
            node = node.inside.setdefault(step, Node())
        node.text = text
    return root


def steps_of(name: str) -> list[str]:
    """``f_agenda-0__ru`` → agenda, 0, __ru."""
    path, apart, language = name.removeprefix(START).partition("__")
    return [*path.split("-"), f"__{language}"] if apart else path.split("-")


def input_name(name: str, language: str | None = None) -> str:
    """As forms send it: ``f_title__ru``; with an empty language ``f_title__``."""
    return f"{START}{name}" if language is None else f"{START}{name}__{language}"
