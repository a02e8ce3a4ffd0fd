"""What a change does to a record: field by field, lists item by item, texts word by word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal

from bilat.language import Message, Words, say, say_many
from bilat.programme.labels import label_of
from bilat.register.difference import Difference
from bilat_office.pages.addresses import address_of
from bilat_office.pages.sections import section_name
from bilat_office.pages.spelling import Called, Speller, by_id

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
LONGEST = 20_000
"""Characters of one value that are compared word by word; a longer one is shown whole."""
Item = tuple[int, Any, Any]
"""Its number in the list, and what stands there before and after; None: nothing."""


@dataclass(frozen=True)
class Piece:
    """Words that stay, go or come."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True)
class FieldShown:
    """A field, or an item of a list, before and after.

    ``conflict``: it has changed since this was proposed. ``rest``: what is not shown of a list,
    since it stays as it is.
    """

    label: Message
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    conflict: bool = False
    rest: Message | None = None


@dataclass(frozen=True)
class RecordShown:
    """What becomes of one record. ``count``: fields that differ, a list being one of them."""

    section: Message
    id: str
    title: Any
    address: str
    kind: Literal["new", "changed", "deleted"]
    fields: tuple[FieldShown, ...]
    count: int


def records_shown(
    differences: Sequence[Difference], words: Words, called: Called = by_id
) -> list[RecordShown]:
    """Of a change that is not entered yet: each record as it is, and as it is proposed."""
    return [
        record_shown(item.name, item.current, item.proposed, words, item, called)
        for item in differences
    ]


def record_shown(
    name: tuple[str, str],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    words: Words,
    three: Difference | None = None,
    called: Called = by_id,
) -> RecordShown:
    """One record in two versions; None where it is not there."""
    kind: Literal["new", "changed", "deleted"] = "changed"
    if before is None:
        kind = "new"
    elif after is None:
        kind = "deleted"
    conflicts = three.conflicts if three else ()
    speller = Speller(name[0], words, called)
    found = list(_fields(before or {}, after or {}, conflicts, speller))
    address = address_of(*name) if before is not None else ""
    content = after or before or {}
    title = content.get("title") or content.get("name") or name[1]
    fields = tuple(shown for of_one in found for shown in of_one)
    return RecordShown(section_name(name[0]), name[1], title, address, kind, fields, len(found))


def _fields(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    conflicts: Sequence[str],
    speller: Speller,
) -> Iterator[list[FieldShown]]:
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        if old == new and name not in conflicts:
            continue
        shown = list(_field(name, old, new, speller))
        yield [replace(each, conflict=name in conflicts) for each in shown]


def _field(name: str, old: Any, new: Any, speller: Speller) -> Iterator[FieldShown]:
    """One line; of a list that changes, one for each item that does."""
    label, marks = label_of(name), speller.marks(name)
    if not (_is_list(old) and _is_list(new)):
        texts = (speller.spelled(value, name, marks) for value in (old, new))
        yield FieldShown(label, *compared(*texts))
        return
    items = list(paired(old, new))
    same = len(new) - sum(after is not None for _number, _before, after in items)
    rest = say_many("{n} item stays as it is", "{n} items stay as they are", n=same)
    if not items:  # a conflict: both sides mean the same by now
        yield FieldShown(label, (), (), rest=rest)
    for number, before, after in items:
        texts = (speller.spelled(value, name, marks) for value in (before, after))
        shown = say("{field}, item {n}", field=label, n=number)
        yield FieldShown(shown, *compared(*texts), rest=rest if same else None)
        same = 0


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) > 0


def paired(old: Sequence[Any], new: Sequence[Any]) -> Iterator[Item]:
    """The items of a list that differ, each beside the one that it replaces.

    What stands in place of several others is paired in their order.
    """
    was_there, is_there = ([json.dumps(item, sort_keys=True) for item in it] for it in (old, new))
    for tag, a, b, c, d in SequenceMatcher(None, was_there, is_there, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = zip_longest(range(a, b), range(c, d))
        for was, now in pairs:
            number = (now if now is not None else was) or 0
            yield (
                number + 1,
                None if was is None else old[was],
                None if now is None else new[now],
            )


def compared(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts, with the words that are not in the other one marked."""
    if len(before) > LONGEST or len(after) > LONGEST:
        return (Piece("gone", before),), (Piece("new", after),)
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    gone: list[Piece] = []
    come: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            gone.append(Piece("same", "".join(old[a:b])))
            come.append(Piece("same", "".join(new[c:d])))
            continue
        if a < b:
            gone.append(Piece("gone", "".join(old[a:b])))
        if c < d:
            come.append(Piece("new", "".join(new[c:d])))
    return tuple(gone), tuple(come)


def as_yaml(value: Any) -> str:
    """Lists and parts, as the programme's folder writes them."""
    import yaml

    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=80).strip()
