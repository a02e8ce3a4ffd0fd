"""What a form asks for, field by field.

A text gets a box for each language; a coded value or the id of another record a list to choose
from; several ids a box with one a line; parts with fields of their own are written as YAML, as in
the programme's folder.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import bilat
from bilat.language import Message, pick
from bilat.programme import Programme
from bilat.register.canonical import Document
from bilat.register.kinds import SECTIONS
from bilat_office.pages.differing import as_yaml
from bilat_office.pages.labels import label_of
from bilat_office.pages.sections import LANGUAGE_NAMES, code_name
from bilat_office.pages.showing import LAST, codes_of, hint_of, refers_to

Kind = Literal["line", "texts", "choice", "lines", "yaml", "flag"]
FIXED = ("id", "visibility")
"""Asked for apart from the fields."""
MOST_OPTIONS = 400
"""Records in one list to choose from; where there are more, the id is typed."""


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
class Input:
    """One field of a form, with what is in it and what is wrong with it."""

    name: str
    label: Message
    hint: str
    kind: Kind
    is_required: bool
    value: str = ""
    boxes: tuple[Box, ...] = ()
    options: tuple[Option, ...] = ()
    errors: tuple[str, ...] = field(default=())

    @property
    def anchor(self) -> str:
        return self.boxes[0].name if self.boxes else self.name


@dataclass(frozen=True)
class Filling:
    """What fills a form: a document, or what was typed into it, and what was wrong with that."""

    section: str
    content: Document
    programme: Programme
    lang: str
    typed: Mapping[str, str] | None = None
    errors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def value(self, name: str, stored: str) -> str:
        return stored if self.typed is None else self.typed.get(name, "")


def inputs_of(filling: Filling) -> tuple[Input, ...]:
    """One for each field of the section's model, those that are needed first, its sources last."""
    fields = SECTIONS[filling.section].model_fields
    names = [name for name in fields if name not in FIXED]
    names.sort(key=lambda name: (name in LAST, not fields[name].is_required()))
    return tuple(_input(name, fields[name], filling) for name in names)


def input_name(name: str, language: str | None = None) -> str:
    """As forms send it: ``f_title__ru``; with an empty language ``f_title__``."""
    return f"f_{name}" if language is None else f"f_{name}__{language}"


def _input(name: str, info: FieldInfo, filling: Filling) -> Input:
    kind = kind_of(info)
    stored = filling.content.get(name)
    sent = input_name(name)
    return Input(
        name=sent,
        label=label_of(name),
        hint=hint_of(info.description),
        kind=kind,
        is_required=info.is_required(),
        value=filling.value(sent, written(stored, kind)),
        boxes=tuple(_boxes(name, stored, filling)) if kind == "texts" else (),
        options=tuple(_options(name, info, stored, filling)) if kind == "choice" else (),
        errors=filling.errors.get(name, ()),
    )


def kind_of(info: FieldInfo) -> Kind:
    """How a field is asked for, from its type."""
    members = _members(info.annotation)
    if any(get_origin(member) is dict for member in members) and str in members:
        return "texts"
    if any(get_origin(member) is tuple for member in members):
        return "lines" if all(map(_is_line, members)) else "yaml"
    if any(isinstance(member, type) and issubclass(member, BaseModel) for member in members):
        return "yaml"
    if any(get_origin(member) is dict for member in members):
        return "yaml"
    if bool in members:
        return "flag"
    marks = (info.annotation, *info.metadata)
    return "choice" if codes_of(marks) or refers_to(marks) else "line"


def _is_line(member: Any) -> bool:
    """Whether each item of a tuple is one short text, such as an id."""
    if get_origin(member) is not tuple:
        return False
    return _members(get_args(member)[0]) == [str]


def _members(annotation: Any) -> list[Any]:
    """The types of a union, without None and without what is only a mark."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _members(inner[0])
    if origin in (Union, types.UnionType):
        return [member for part in inner for member in _members(part)]
    return [] if annotation is type(None) else [annotation]


def written(stored: Any, kind: Kind) -> str:
    if stored is None:
        return ""
    if kind == "lines":
        return "\n".join(map(str, stored))
    if kind == "yaml":
        return as_yaml(stored)
    if kind == "flag":
        return "true" if stored else ""
    return str(stored)


def _boxes(name: str, stored: Any, filling: Filling) -> Iterator[Box]:
    """The languages of the interface, and any other that the text has."""
    texts: Mapping[str, str] = stored if isinstance(stored, Mapping) else {}
    if isinstance(stored, str):
        sent = input_name(name, "")
        yield Box(sent, "", None, filling.value(sent, stored))
    for language in dict.fromkeys((*bilat.LANGUAGES, *texts)):
        sent = input_name(name, language)
        value = filling.value(sent, texts.get(language, ""))
        yield Box(sent, language, LANGUAGE_NAMES[language], value)


def _options(name: str, info: FieldInfo, stored: Any, filling: Filling) -> Iterator[Option]:
    chosen = filling.value(input_name(name), "" if stored is None else str(stored))
    marks = (info.annotation, *info.metadata)
    pairs: Sequence[tuple[str, Any]] = [
        (code, code_name(filling.section, name, code)) for code in codes_of(marks)
    ] or _records(refers_to(marks), filling)
    if chosen and chosen not in {value for value, _label in pairs}:
        yield Option(chosen, chosen, is_chosen=True)
    for value, label in pairs[:MOST_OPTIONS]:
        yield Option(value, label, is_chosen=value == chosen)


def _records(section: str, filling: Filling) -> list[tuple[str, Any]]:
    programme = filling.programme
    if section == "parties":
        return [(side, programme.side_name(side)) for side in programme.sides]
    found = [(item.id, pick(item.label, filling.lang)) for item in programme.section(section)]
    return sorted(found, key=lambda pair: pair[1])
