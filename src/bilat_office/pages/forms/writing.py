"""A document as a form shows it: what stands under each name of an input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilat.register.canonical import Document
from bilat.register.kinds import SECTIONS
from bilat_office.pages.differing import as_yaml
from bilat_office.pages.forms.shapes import (
    FIXED,
    MOST_INPUTS,
    MOST_PARTS,
    Kind,
    Shape,
    shapes_of,
)
from bilat_office.pages.forms.typed import THERE, input_name

_BOXES = 3
"""Of a text: the languages of the interface, and the one that names none."""


def typed_of(section: str, content: Document) -> dict[str, str]:
    """As the form that shows this document would send it back."""
    stored = {
        name: shape
        for name, shape in shapes_of(SECTIONS[section]).items()
        if name not in FIXED and content.get(name) is not None
    }
    inputs = {name: _count(shape, content[name]) for name, shape in stored.items()}
    found: dict[str, str] = {}
    while sum(inputs.values()) > MOST_INPUTS:
        longest = max(inputs, key=lambda name: inputs[name])
        found[input_name(longest)] = as_yaml(content[longest])
        del inputs[longest]
    for name in inputs:
        found |= _written(stored[name], input_name(name), content[name])
    return found


def _count(shape: Shape, value: Any) -> int:
    """Inputs that show a value, those with nothing in them too."""
    if shape.kind == "texts":
        return _BOXES
    if shape.kind == "group" and (value is None or isinstance(value, Mapping)):
        if value is None and shape.is_asked:
            return 0
        inside = value or {}
        return 1 + sum(_count(each, inside.get(name)) for name, each in shape.fields.items())
    if shape.kind == "parts" and (value is None or isinstance(value, list)):
        return 1 + sum(_count(shape.part, part) for part in value or ())
    return 1


def _written(shape: Shape, name: str, value: Any) -> dict[str, str]:
    if shape.kind == "texts":
        return _texts(name, value)
    if shape.kind == "group" and isinstance(value, Mapping) and set(value) <= set(shape.fields):
        return _group(shape, name, value)
    if shape.kind == "parts" and isinstance(value, list) and len(value) <= MOST_PARTS:
        return _parts(shape, name, value)
    if shape.kind in ("group", "parts"):
        return {name: as_yaml(value)}
    return {name: written(value, shape.kind)}


def _texts(name: str, value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {f"{name}__{language}": str(text) for language, text in value.items()}
    return {f"{name}__": str(value)}


def _group(shape: Shape, name: str, value: Mapping[str, Any]) -> dict[str, str]:
    found = {f"{name}-{THERE}": "1"} if shape.is_asked else {}
    for inner, each in shape.fields.items():
        if value.get(inner) is not None:
            found |= _written(each, f"{name}-{inner}", value[inner])
    return found


def _parts(shape: Shape, name: str, value: list[Any]) -> dict[str, str]:
    found = {f"{name}-{THERE}": "1"} if shape.may_be_none and not value else {}
    for number, part in enumerate(value):
        found |= {f"{name}-{number}": ""} | _written(shape.part, f"{name}-{number}", part)
    return found


def written(stored: Any, kind: Kind) -> str:
    """In one input, or in one cell of a sheet."""
    if stored is None:
        return ""
    if kind == "lines":
        return "\n".join(map(str, stored))
    if kind == "yaml":
        return as_yaml(stored)
    if kind == "flag":
        return "true" if stored else "false"
    return str(stored)
