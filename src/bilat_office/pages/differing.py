"""What a change does to a record, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from bilat.language import Message, Words
from bilat.language.text import LanguageCode
from bilat.register.difference import Difference
from bilat_office.pages.addresses import address_of
from bilat_office.pages.labels import label_of
from bilat_office.pages.sections import CODES, code_name, section_name

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_LANGUAGES = frozenset(LanguageCode.__args__)  # type: ignore[attr-defined]
LONGEST = 20_000
"""Characters of one value that are compared word by word; a longer one is shown whole."""


@dataclass(frozen=True)
class Piece:
    """Words that stay, go or come."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True)
class FieldShown:
    """A field before and after; ``conflict`` when it has changed since this was proposed."""

    label: Message
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    conflict: bool = False


@dataclass(frozen=True)
class RecordShown:
    """What becomes of one record."""

    section: Message
    id: str
    title: Any
    address: str
    kind: Literal["new", "changed", "deleted"]
    fields: tuple[FieldShown, ...]


def records_shown(differences: Sequence[Difference], words: Words) -> list[RecordShown]:
    """Of a change that is not entered yet: each record as it is, and as it is proposed."""
    return [
        record_shown(item.name, item.current, item.proposed, words, item) for item in differences
    ]


def record_shown(
    name: tuple[str, str],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    words: Words,
    three: Difference | None = None,
) -> RecordShown:
    """One record in two versions; None where it is not there."""
    kind: Literal["new", "changed", "deleted"] = "changed"
    if before is None:
        kind = "new"
    elif after is None:
        kind = "deleted"
    conflicts = three.conflicts if three else ()
    fields = tuple(_fields(before or {}, after or {}, conflicts, words))
    address = address_of(*name) if before is not None else ""
    content = after or before or {}
    title = content.get("title") or content.get("name") or name[1]
    return RecordShown(section_name(name[0]), name[1], title, address, kind, fields)


def _fields(
    before: Mapping[str, Any], after: Mapping[str, Any], conflicts: Sequence[str], words: Words
) -> Iterator[FieldShown]:
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        if old == new and name not in conflicts:
            continue
        gone, come = compared(readable(old, words), readable(new, words))
        yield FieldShown(label_of(name), gone, come, name in conflicts)


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


def readable(value: Any, words: Words) -> str:
    """A value of a document as people read it: texts by language, parts with their labels."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        if set(value) <= _LANGUAGES:
            return "\n".join(f"{code}: {text}" for code, text in value.items())
        return "\n".join(_labelled(name, item, words) for name, item in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(f"– {_indented(readable(item, words))}" for item in value)
    return words.show(value) if isinstance(value, bool) else str(value)


def _labelled(name: str, value: Any, words: Words) -> str:
    text = readable(value, words)
    if isinstance(value, str):
        text = words(code_name("", name, value)) if _is_code(name) else value
    apart = "\n  " if "\n" in text else " "
    return f"{words(label_of(name))}:{apart}{_indented(text)}"


def _is_code(name: str) -> bool:
    return ("", name) in CODES


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ")


def as_yaml(value: Any) -> str:
    """Lists and parts, as the programme's folder writes them."""
    import yaml

    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=80).strip()
