"""YAML as data, with the line of everything and no surprises.

PyYAML's C parser composes the nodes; the values are made here, because YAML 1.1 turns ``no`` into
False and ``12:30`` into 750, keeps the last of two equal keys without a word, and reads 0.1 as a
binary float. Numbers become int or Decimal; dates stay text for the models to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import yaml

from bilat.errors import Place, Problem
from bilat.language import say

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml: slower, same nodes
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

__all__ = ["DECIMAL", "INTEGER", "Loader", "YamlText"]

INTEGER = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
DECIMAL = re.compile(r"[-+]?([0-9][0-9_]*)?\.?[0-9]+([eE][-+]?[0-9]+)?")
_BRACKETS = re.compile(r"[][{}]")
_STEEP = re.compile(r"^(?=(?:[ ?]*-){50}|[ -]*(?:\? ){50}| {150})", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML, and so no document of an office program, can hold; only escapes can write it."""
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}

Path = tuple[str | int, ...]

LONGEST_NUMBER = 40
"""More digits than any amount has; longer ones stay text, and the models refuse them."""
DEEPEST = 100
"""Levels of nesting; libyaml's composer recurses in C and would take the process with it."""


@dataclass(frozen=True)
class YamlText:
    """The text of one YAML file; positions are looked up only when a problem needs them."""

    name: str
    text: str

    def read(self) -> tuple[Any, list[Problem]]:
        """The data, and what is wrong with the text itself (broken syntax, a key twice)."""
        problems: list[Problem] = []
        try:
            root = self._compose()
        except yaml.MarkedYAMLError as error:
            return None, [self._broken(error)]
        except RecursionError:
            return None, [_too_deep(self.name)]
        except yaml.YAMLError as error:
            return None, [_unreadable(self.name, str(error))]
        return (None if root is None else self._value(root, problems, {})), problems

    def place(self, path: Path, *, of_key: bool = False) -> Place:
        """Where the value at ``path`` stands; else where its nearest parent stands."""
        node: yaml.Node | None = self._root
        mark = None
        for index, step in enumerate(path):
            found = _child(node, step)
            if found is None:
                break
            key, node = found
            last = index == len(path) - 1
            mark = (key if key is not None and (of_key or not last) else node).start_mark
        if mark is None:
            return Place(self.name, 1, 1)
        return Place(self.name, mark.line + 1, mark.column + 1)

    @cached_property
    def _root(self) -> yaml.Node | None:
        return self._compose()

    def _compose(self) -> yaml.Node | None:
        if _looks_deep(self.text) and _is_deep(self.text):
            raise RecursionError
        return yaml.compose(self.text, Loader=Loader)

    def _broken(self, error: yaml.MarkedYAMLError) -> Problem:
        mark = error.problem_mark or error.context_mark
        place = Place(self.name, mark.line + 1, mark.column + 1) if mark else Place(self.name)
        return Problem(
            place,
            say("this is not valid YAML: {why}", why=error.problem or str(error)),
            say("Look at this line and the one before it: indentation, a missing quote or a colon"),
        )

    def _value(self, node: yaml.Node, problems: list[Problem], seen: dict[int, Any]) -> Any:
        if id(node) in seen:  # an alias: the same value again
            return seen[id(node)]
        if isinstance(node, yaml.MappingNode):
            seen[id(node)] = {}
            seen[id(node)] = self._mapping(node, problems, seen)
        elif isinstance(node, yaml.SequenceNode):
            seen[id(node)] = []
            seen[id(node)] = [self._value(item, problems, seen) for item in node.value]
        elif isinstance(node, yaml.ScalarNode):
            if node.style == '"' and _CONTROL.search(node.value):
                problems.append(_unprintable(self.name, node))
            return _scalar(node)
        return seen[id(node)]

    def _mapping(
        self, node: yaml.MappingNode, problems: list[Problem], seen: dict[int, Any]
    ) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                mark = key_node.start_mark
                problems.append(
                    Problem(
                        Place(self.name, mark.line + 1, mark.column + 1),
                        say("the key “{key}” stands twice", key=key),
                        say("Keep one of them: the other would be lost"),
                    )
                )
            result[key] = self._value(value_node, problems, seen)
        return result


def _looks_deep(text: str) -> bool:
    """A cheap first look: brackets that stay open, or a line of many dashes or blanks."""
    depth = deepest = 0
    for mark in _BRACKETS.finditer(text):
        depth += 1 if mark[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > DEEPEST or bool(_STEEP.search(text))


def _is_deep(text: str) -> bool:
    """Exactly, from the parser's events: slower, and it does not recurse."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            return True
    return False


def _scalar(node: yaml.ScalarNode) -> Any:
    text = str(node.value)
    if node.style:  # quoted or a block: text as it stands
        return text
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    if INTEGER.fullmatch(text) and len(text) <= LONGEST_NUMBER:
        return int(text)
    if (
        len(text) <= LONGEST_NUMBER
        and DECIMAL.fullmatch(text)
        and not text.lstrip("+-").startswith("0_")
    ):
        return _decimal(text)
    return text


def _decimal(text: str) -> Decimal | str:
    """Leading zeros belong to codes (HS 0402): such a number stays text."""
    digits = text.lstrip("+-")
    if digits.isdigit() and digits.startswith("0"):
        return text
    return Decimal(text.replace("_", ""))


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(
            ((key, value) for key, value in _pairs(node) if key.value == str(step)),
            None,
        )
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    pairs: Sequence[tuple[yaml.Node, yaml.Node]] = node.value
    yield from reversed(pairs)


def _too_deep(name: str) -> Problem:
    return Problem(
        Place(name),
        say("more than {levels} levels, one within the other", levels=DEEPEST),
        say("Look for brackets that are never closed"),
    )


def _unprintable(name: str, node: yaml.ScalarNode) -> Problem:
    mark = node.start_mark
    return Problem(
        Place(name, mark.line + 1, mark.column + 1),
        say("a control character stands in this text, which no document can show"),
        say("Delete what begins with a backslash, such as \\x07"),
    )


def _unreadable(name: str, why: str) -> Problem:
    return Problem(
        Place(name),
        say("this file cannot be read as YAML text: {why}", why=why),
        say("Save it as plain text in UTF-8"),
    )
