"""Changing a YAML text in place: only what differs is written, all else stays to the letter."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

import yaml

from bilat.programme.yaml_spans import Span, spans
from bilat.programme.yaml_text import DECIMAL, INTEGER

Plain = Mapping[str, Any]


class YamlEdit:
    """Edits against the original text, made together by `text`."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.root = spans(text)
        self._line = "\r\n" if "\r\n" in text else "\n"
        self._edits: list[tuple[int, int, str]] = []

    def text(self) -> str:
        """The edited text. Insertions at one place keep the order in which they were asked for."""
        result = self.original
        for start, end, new in sorted(self._edits, key=lambda edit: edit[0])[::-1]:
            result = result[:start] + new + result[end:]
        return result

    def set_keys(
        self, mapping: Span, old: Plain, new: Plain, *, before: Container[str] = ()
    ) -> None:
        """Bring a mapping from the plain data ``old`` to ``new``, key by key.

        New keys stand at the end, but ahead of the first key named in ``before``.
        """
        self._delete(mapping, [name for name in old if name not in new])
        added: dict[str, Any] = {}
        for name, value in new.items():
            if name in old and old[name] == value:
                continue
            if mapping.get(name):
                self._replace(mapping, name, value)
            else:
                added[name] = value
        if added:
            self._add(mapping, added, before)

    def append(self, items: Span, new: list[Plain]) -> None:
        """Records at the end of a list."""
        if items.flow and items.items:
            text = "".join(f", {flow(item)}" for item in new)
            self._edit(items.items[-1][1].end, items.items[-1][1].end, text)
        else:
            text = "".join("\n" + _item(item, items.column) for item in new)
            end = self._line_end(items.end)
            self._edit(end, end, text)

    def fill(self, key: Span, empty: Span, new: list[Plain]) -> None:
        """Records under a key whose list is empty: ``figures:`` or ``figures: []``."""
        end = self._line_end(max(key.end, empty.end))
        if empty.end > empty.start:
            self._edit(empty.start, empty.end, "")
        text = "".join("\n" + _item(item, key.column + 2) for item in new)
        self._edit(end, end, text)

    def add_section(self, name: str, new: list[Plain]) -> None:
        """A section at the end of the file."""
        end = len(self.original)
        before = "" if not self.original or self.original.endswith("\n") else "\n"
        items = "".join(_item(item, 2) + "\n" for item in new)
        self._edit(end, end, f"{before}{name}:\n{items}")

    def remove(self, items: Span, indices: list[int]) -> None:
        """Records out of a list."""
        if items.flow:
            self._cut(items, indices)
            return
        for index in indices:
            span = items.items[index][1]
            dash = self.original.rindex("-", 0, span.start)
            start = self.original.rfind("\n", 0, dash) + 1
            self._edit(start, self._next_line(span.end), "")

    def _replace(self, mapping: Span, name: str, value: Any) -> None:
        entry = mapping.get(name)
        if entry is None:
            return
        key, old = entry
        simple = not isinstance(value, Mapping | list)
        if (simple and old.kind == "scalar" and old.end > old.start) or mapping.flow:
            new = flow(value, like=self.original[old.start])
            padding = self._padding(old.end)
            kept = max(padding - len(new) + old.end - old.start, 1) if padding else 0
            self._edit(old.start, old.end + padding, new + " " * kept)
        else:
            self._edit(key.start, max(old.end, key.end + 1), _pair(name, value, key.column))

    def _add(self, mapping: Span, added: Plain, before: Container[str]) -> None:
        if mapping.flow:
            text = ", ".join(f"{name}: {flow(value)}" for name, value in added.items())
            inside = mapping.items[-1][1].end if mapping.items else mapping.start + 1
            self._edit(inside, inside, f", {text}" if mapping.items else text)
            return
        own = [(key, value) for key, value in mapping.items if key and key.value not in before]
        key, value = own[-1] if own else mapping.items[-1]
        column = mapping.column
        text = "".join(f"\n{' ' * column}{_pair(k, v, column)}" for k, v in added.items())
        end = self._line_end(max(value.end, key.end if key else 0))
        self._edit(end, end, text)

    def _delete(self, mapping: Span, names: Container[str]) -> None:
        indices = [i for i, (key, _v) in enumerate(mapping.items) if key and key.value in names]
        if mapping.flow:
            self._cut(mapping, indices)
            return
        for index in indices:
            key, value = mapping.items[index]
            start = key.start if key else value.start
            line = self.original.rfind("\n", 0, start) + 1
            if self.original[line:start].strip():  # behind the dash of its record
                following = mapping.items[index + 1][0] if index + 1 < len(mapping.items) else None
                self._edit(start, following.start if following else value.end, "")
            else:
                end = self._next_line(max(value.end, key.end if key else 0))
                self._edit(line, end, "")

    def _cut(self, flowing: Span, indices: list[int]) -> None:
        """Entries out of ``{…}`` or ``[…]``, with their commas; neighbours go together."""
        items = flowing.items
        for _gap, run in groupby(enumerate(indices), lambda pair: pair[1] - pair[0]):
            numbers = [index for _number, index in run]
            first, last = numbers[0], numbers[-1]
            start, end = _start(items[first]), items[last][1].end
            if last + 1 < len(items):
                end = _start(items[last + 1])
            elif first:
                start = items[first - 1][1].end
            self._edit(start, end, "")

    def _edit(self, start: int, end: int, new: str) -> None:
        self._edits.append((start, end, new.replace("\n", self._line)))

    def _padding(self, position: int) -> int:
        """How many blanks stand before the remark on this line; 0 without one."""
        found = re.compile(r" +(?=#)").match(self.original, position)
        return len(found[0]) if found else 0

    def _line_end(self, position: int) -> int:
        """After the comment, if any, that follows on the same line."""
        found = self.original.find("\n", position)
        end = len(self.original) if found < 0 else found
        return end - 1 if end > position and self.original[end - 1] == "\r" else end

    def _next_line(self, position: int) -> int:
        found = self.original.find("\n", position)
        return len(self.original) if found < 0 else found + 1


def _start(entry: tuple[Span | None, Span]) -> int:
    key, value = entry
    return (key or value).start


class _Dumper(yaml.SafeDumper):
    """Lists stand indented below their key; a Decimal is the plain number that it is."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 (PyYAML's own)
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _plain_text(dumper: yaml.SafeDumper, value: object) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(value))


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", f"{value:f}")


_Dumper.add_representer(date, _plain_text)
_Dumper.add_representer(Decimal, _decimal)
# What stays unquoted follows our reader: days are text to it, and so is the key “on”. The other
# words that YAML 1.1 takes for true or false are quoted for the sake of other readers.
_Dumper.yaml_implicit_resolvers = {}
for _tag, _words in (
    ("int", INTEGER.pattern),
    ("float", DECIMAL.pattern),
    ("null", "~|null|Null|NULL|"),
    ("bool", "(?i:yes|no|true|false|off|y|n)"),
):
    _Dumper.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_words})$"), None)


def block(value: Any, *, flow_style: bool | None = None) -> str:
    """YAML text of plain data; the innermost mappings and lists stand on one line."""
    text: str = yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=1_000_000,
        default_flow_style=flow_style,
    )
    return text.removesuffix("...\n").rstrip("\n")


def flow(value: Any, *, like: str = "") -> str:
    """The value on one line, fit to stand inside ``{…}``; quoted if ``like`` is a quote."""
    if isinstance(value, str) and like in ("'", '"') and value.isprintable():
        return _quoted(value, like)
    return block([value], flow_style=True)[1:-1]


def _quoted(text: str, quote: str) -> str:
    if quote == "'":
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _pair(name: str, value: Any, column: int) -> str:
    """``name: value``; a value with levels of its own goes on in the lines below."""
    if isinstance(value, Mapping | list) and value:
        return _indented(block({name: value}), column)
    return f"{name}: {flow(value)}"


def _item(item: Plain, column: int) -> str:
    """A record as an item of a block list whose dashes stand at ``column``."""
    pairs = [_pair(name, value, column + 2) for name, value in item.items()]
    return f"{' ' * column}- " + ("\n" + " " * (column + 2)).join(pairs)


def _indented(text: str, column: int) -> str:
    """Every line after the first moved to ``column``."""
    return text.replace("\n", "\n" + " " * column)
