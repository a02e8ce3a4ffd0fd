"""What a form asks for, field by field.

A text gets a box for each language; a coded value or another record a list to choose from; each
part of a list its own group of inputs, which buttons add and remove.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import bilat
from bilat.language import Message, Words, say
from bilat.programme import Programme
from bilat.register.canonical import Document
from bilat.register.kinds import SECTIONS
from bilat.vocabulary import Period
from bilat_office.pages.forms.choosing import Records, options
from bilat_office.pages.forms.naming import field_label, option_name, part_label
from bilat_office.pages.forms.pieces import Box, Input, Part
from bilat_office.pages.forms.shapes import FIXED, MOST_PARTS, Shape, shapes_of
from bilat_office.pages.forms.typed import START, Node, tree_of
from bilat_office.pages.forms.writing import typed_of
from bilat_office.pages.sections import LANGUAGE_NAMES

_YAML = say("Written as in the programme’s folder (YAML).")
_MANY = 6
"""Fields of a group: of more than that, those that may be left out are folded away."""


@dataclass(frozen=True)
class Filling:
    """What fills a form: a document, or what was typed into it, and what was wrong with that."""

    section: str
    content: Document
    programme: Programme
    lang: str
    typed: Mapping[str, str] | None = None
    errors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def tree(self) -> Node:
        stored = self.typed is None
        return tree_of(typed_of(self.section, self.content) if stored else self.typed or {})


def inputs_of(filling: Filling) -> tuple[Input, ...]:
    """One for each field of the section's model, those that are needed first, its sources last."""
    shapes = shapes_of(SECTIONS[filling.section])
    maker = _Maker(filling, Records(filling.programme, filling.lang))
    return tuple(
        maker.input(name, (name,), shape, filling.tree.at(name))
        for name, shape in shapes.items()
        if name not in FIXED
    )


@dataclass(frozen=True)
class _Maker:
    """path: the names of fields that lead to an input, without the numbers of parts."""

    filling: Filling
    records: Records

    def input(self, name: str, path: Sequence[str], shape: Shape, node: Node) -> Input:
        label = field_label(path)
        made: dict[str, Any] = {
            "name": f"{START}{name}",
            "label": label,
            "kind": shape.kind,
            "is_required": shape.is_required,
            **told(shape.hint, self.filling.lang),
            "errors": self.filling.errors.get(name, ()),
        }
        if node.plain and shape.kind in ("group", "parts"):
            return Input(**{**made, "kind": "yaml", "value": node.plain, "note": _YAML})
        if shape.kind == "group":
            return Input(**made, **self._group(name, path, shape, node))
        if shape.kind == "parts":
            return Input(**made, **self._parts(name, path, shape, node))
        return Input(**{**made, **self._single(name, path, shape, node)})

    def _group(self, name: str, path: Sequence[str], shape: Shape, node: Node) -> dict[str, Any]:
        is_there = not shape.is_asked or node.is_there or not node.is_blank
        found = self._fields(name, path, shape, node) if is_there else ((), ())
        return {
            "inputs": found[0],
            "rest": found[1],
            "is_there": is_there,
            "is_asked": shape.is_asked,
        }

    def _fields(
        self, name: str, path: Sequence[str], shape: Shape, node: Node
    ) -> tuple[tuple[Input, ...], tuple[Input, ...]]:
        """Those of a group, and those of them that are folded away."""
        made = [
            self.input(f"{name}-{inner}", (*path, inner), each, node.at(inner))
            for inner, each in shape.fields.items()
        ]
        if len(made) <= _MANY:
            return tuple(made), ()
        first = [each for each in made if each.is_required or each.is_touched]
        first = first or made[:_MANY]
        return tuple(first), tuple(each for each in made if each not in first)

    def _parts(self, name: str, path: Sequence[str], shape: Shape, node: Node) -> dict[str, Any]:
        found = list(node.parts())
        if shape.is_list_of_choices and (not found or not found[-1][1].is_blank):
            found.append((found[-1][0] + 1 if found else 0, Node()))
        following = found[-1][0] + 1 if found else 0
        parts = tuple(
            self._part(f"{name}-{number}", path, shape.part, part, place)
            for place, (number, part) in enumerate(found[: MOST_PARTS + 1], start=1)
        )
        return {
            "parts": parts,
            "is_there": node.is_there,
            "may_be_none": shape.may_be_none,
            "next": f"{START}{name}-{following}" if len(found) < MOST_PARTS else "",
        }

    def _part(self, name: str, path: Sequence[str], item: Shape, node: Node, place: int) -> Part:
        label = part_label(path, place)
        if item.kind == "group" and not node.plain:
            first, rest = self._fields(name, path, item, node)
            errors = self.filling.errors.get(name, ())
            return Part(f"{START}{name}", label, first, rest, errors)
        only = self.input(name, path, item, node)
        return Part(f"{START}{name}", label, (only,), is_single=True)

    def _single(self, name: str, path: Sequence[str], shape: Shape, node: Node) -> dict[str, Any]:
        if shape.kind == "texts":
            return {"boxes": tuple(_boxes(f"{START}{name}", node))}
        value = (node.text or "").replace("\r\n", "\n")
        if shape.kind == "flag" or shape.codes:
            return {"kind": "choice", "value": value, **self._codes(path, shape, value)}
        if shape.refers:
            return self._references(shape, value)
        is_day = shape.python is date and shape.kind == "line"
        return {
            "value": value,
            "note": _note(shape),
            "type": "date" if is_day else "text",
            "is_number": shape.python in (int, Decimal),
        }

    def _codes(self, path: Sequence[str], shape: Shape, value: str) -> dict[str, Any]:
        """Yes and no are two codes; where one of them is the default, it stands first."""
        section = self.filling.section
        codes = ("true", "false") if shape.kind == "flag" else shape.codes
        usual = shape.default
        default = str(usual).lower() if isinstance(usual, bool) else str(usual or "")
        names = {code: option_name(section, path, code) for code in codes}
        nothing = None
        if default:
            nothing = names.get(default)
            codes = tuple(code for code in codes if code != default or code == value)
        pairs = [(code, names[code]) for code in codes]
        return {"options": options(pairs, value), "nothing": nothing}

    def _references(self, shape: Shape, value: str) -> dict[str, Any]:
        found = self.records.options(shape.refers, value)
        if found is None:
            note = say("The id of the record, as its page shows it.")
            return {"kind": "line", "value": value, "note": note}
        return {"value": value, "options": found}


def told(hint: Message | None, lang: str) -> dict[str, str]:
    """A hint in the reader's language; marked as English where it is not translated."""
    if hint is None:
        return {}
    text = Words(lang)(hint)
    return {"hint": text, "hint_lang": "en" if lang != "en" and text == str(hint) else ""}


def _boxes(name: str, node: Node) -> Iterator[Box]:
    """The languages of the interface, and any other that the text has."""
    if "" in node.languages:
        yield Box(f"{name}__", "", None, node.at("__").text or "")
    for language in dict.fromkeys((*bilat.LANGUAGES, *node.languages)):
        if language in LANGUAGE_NAMES:
            value = node.at(f"__{language}").text or ""
            yield Box(f"{name}__{language}", language, LANGUAGE_NAMES[language], value)


def _note(shape: Shape) -> Message | None:
    """How a value is written, where the label does not say it."""
    if shape.kind == "yaml":
        return _YAML
    if shape.kind == "lines":
        return say("One a line, as {example}.", example=shape.example or "…")
    if shape.python is Period:
        return say("As 2027, 2027-H1, 2027-Q2, 2027-06, 2027-06-30 or 2027-01/2027-09.")
    said = shape.hint.template if shape.hint else ""
    if shape.python in (int, Decimal, date) or not shape.example or shape.example in said:
        return None
    return say("As {example}.", example=shape.example)
