"""Where each value of a YAML text begins and ends, to the character.

Composed nodes cannot serve: an alias is the node that it stands for, and a block ends where the
next one begins, comments and all. So the tree is built from the parser's events.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import yaml

from bilat.programme.yaml_text import Loader


@dataclass
class Span:
    """One value: ``text[start:end]``, without comments and blanks around it.

    items: (key, value) of a mapping, (None, item) of a list. value: the text of a scalar.
    """

    kind: Literal["scalar", "list", "map", "alias"]
    start: int
    end: int
    column: int
    flow: bool = True
    value: str = ""
    items: list[tuple[Span | None, Span]] = field(default_factory=list)

    def get(self, key: str) -> tuple[Span, Span] | None:
        """The key and value of a mapping's entry."""
        for name, value in self.items:
            if name is not None and name.value == key:
                return name, value
        return None


def spans(text: str) -> Span | None:
    """The tree of a text that `YamlText` could read; None for an empty one."""
    root: Span | None = None
    stack: list[Span] = []
    keys: list[Span | None] = []
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop()
            keys.pop()
            closing = event.end_mark
            done.end = closing.index if done.flow and closing else _last(done)
            continue
        span = _span(event, text)
        if span is None:
            continue
        if stack:
            _put(stack[-1], keys, span)
        else:
            root = span
        if isinstance(event, yaml.CollectionStartEvent):
            stack.append(span)
            keys.append(None)
    return root


def _put(parent: Span, keys: list[Span | None], span: Span) -> None:
    """Into its list, or as the key and then the value of its mapping."""
    if parent.kind == "list":
        parent.items.append((None, span))
    elif keys[-1] is None:
        keys[-1] = span
    else:
        parent.items.append((keys[-1], span))
        keys[-1] = None


def _span(event: yaml.Event, text: str) -> Span | None:
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return None
    if isinstance(event, yaml.AliasEvent):
        return Span("alias", start.index, end.index, start.column)
    if isinstance(event, yaml.ScalarEvent):
        return Span(
            "scalar",
            start.index,
            _without_line_ends(text, start.index, end.index),
            start.column,
            value=event.value,
        )
    if isinstance(event, yaml.CollectionStartEvent):
        kind: Literal["list", "map"] = (
            "list" if isinstance(event, yaml.SequenceStartEvent) else "map"
        )
        flow = bool(event.flow_style)
        return Span(kind, start.index, end.index, start.column, flow)
    return None


def _without_line_ends(text: str, start: int, end: int) -> int:
    """A block scalar ends with the line ends after it: the value itself ends before them."""
    while end > start and text[end - 1] in "\r\n":
        end -= 1
    return end


def _last(span: Span) -> int:
    """Where the last thing inside a block ends."""
    if not span.items:
        return span.start
    key, value = span.items[-1]
    return max(value.end, key.end if key else 0)
