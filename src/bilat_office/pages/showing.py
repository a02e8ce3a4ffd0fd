"""A record as a page shows it: its fields with labels, texts in every language that they have.

Made from the pydantic model, so that a record of any kind has a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from bilat.language import Message, pick
from bilat.programme import KINDS, Programme
from bilat.programme.record import Provenance, Refers
from bilat.register.kinds import Name
from bilat_office.pages.addresses import address_of
from bilat_office.pages.forms.naming import field_label
from bilat_office.pages.sections import code_name

HIDDEN = ("id", "visibility")
"""Shown at the head of the page."""
LAST = ("note", *Provenance.model_fields)
"""What a record says comes before where it comes from."""


@dataclass(frozen=True)
class ShownText:
    """A text in one language; ``language`` is empty where it names none."""

    language: str
    text: str


@dataclass(frozen=True)
class ShownValue:
    """One of: a value as words write it; texts; a link; a list; the fields of a part."""

    kind: Literal["value", "texts", "link", "list", "parts"]
    value: Any = None
    address: str = ""
    names: Name | None = None
    """The record that a link leads to."""
    texts: tuple[ShownText, ...] = ()
    items: tuple[ShownValue, ...] = ()
    fields: tuple[ShownField, ...] = ()


@dataclass(frozen=True)
class ShownField:
    """A field that is set. ``hint``: what the model says of it."""

    name: str
    label: Message
    hint: str
    value: ShownValue


def shown_fields(
    record: BaseModel, section: str, programme: Programme, lang: str
) -> tuple[ShownField, ...]:
    """Every field that is set to something, in the order of the model, its sources last."""
    return tuple(_fields(record, (section,), _Shower(section, programme, lang)))


def names_in(fields: Iterable[ShownField]) -> Iterator[Name]:
    """The records that these fields name."""
    for item in fields:
        yield from _names(item.value)


def _names(value: ShownValue) -> Iterator[Name]:
    if value.names is not None:
        yield value.names
    for item in value.items:
        yield from _names(item)
    yield from names_in(value.fields)


def title_of(programme: Programme, section: str, record_id: str, lang: str) -> str:
    """What a record is called; its id where the viewer has it not."""
    kind = KINDS.get(section)
    found = programme.find(kind, record_id) if kind else None
    return pick(found.label, lang) if found else record_id


@dataclass(frozen=True)
class _Shower:
    section: str
    programme: Programme
    lang: str


def _fields(record: BaseModel, path: Sequence[str], shower: _Shower) -> Iterator[ShownField]:
    """path: the fields that lead to the record, for names that depend on where they stand."""
    fields = type(record).model_fields
    for name in sorted(fields, key=LAST.__contains__):
        info, value = fields[name], getattr(record, name)
        if name in HIDDEN or value is None or value == () or value == info.default:
            continue
        marks = (info.annotation, *info.metadata)
        here = (*path, name)
        shown = _value(value, here, marks, shower)
        yield ShownField(name, field_label(here), hint_of(info.description), shown)


def _value(value: Any, path: Sequence[str], marks: Sequence[Any], shower: _Shower) -> ShownValue:
    if isinstance(value, BaseModel):
        return ShownValue("parts", fields=tuple(_fields(value, path, shower)))
    if isinstance(value, tuple | list):
        items = tuple(_value(item, path, marks, shower) for item in value)
        return ShownValue("list", items=items)
    if isinstance(value, Mapping):
        return ShownValue("texts", texts=_texts(value))
    if isinstance(value, str):
        return _text(value, path[-1], marks, shower)
    return ShownValue("value", value=value)


def _texts(value: Mapping[str, Any]) -> tuple[ShownText, ...]:
    return tuple(ShownText(str(code), str(text)) for code, text in value.items())


def _text(value: str, name: str, marks: Sequence[Any], shower: _Shower) -> ShownValue:
    refers = refers_to(marks)
    if refers == "parties":
        return ShownValue("value", value=shower.programme.side_name(value))
    if refers:
        label = title_of(shower.programme, refers, value, shower.lang)
        return ShownValue(
            "link", value=label, address=address_of(refers, value), names=(refers, value)
        )
    if codes_of(marks):
        return ShownValue("value", value=code_name(shower.section, name, value))
    if value.startswith(("https://", "http://")):
        return ShownValue("link", value=value, address=value)
    return ShownValue("value", value=value)


def refers_to(marks: Sequence[Any]) -> str:
    """The section that a field names a record of; empty where it names none."""
    for mark in marks:
        if isinstance(mark, Refers):
            return mark.section
        found = refers_to(inner(mark))
        if found:
            return found
    return ""


def codes_of(marks: Sequence[Any]) -> tuple[str, ...]:
    """The coded values that a field may have."""
    for mark in marks:
        if get_origin(mark) is Literal:
            return tuple(map(str, get_args(mark)))
        if get_origin(mark) is dict:
            continue
        found = codes_of(inner(mark))
        if found:
            return found
    return ()


def inner(mark: Any) -> tuple[Any, ...]:
    inner = get_args(mark)
    if get_origin(mark) is Annotated:
        return inner
    return () if get_origin(mark) is Literal else inner


def hint_of(description: str | None) -> str:
    """The description of a field without its marks for the reader of the code."""
    return re.sub(r"`+", "", description or "").replace("\n", " ").strip()
