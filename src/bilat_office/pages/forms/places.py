"""At which input of a form something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from bilat_office.pages.forms.shapes import Shape, shapes_of
from bilat_office.pages.forms.typed import Node


@dataclass(frozen=True)
class Place:
    """name: of the input. path: inside the field. inside: inside the input, where it is YAML."""

    field: str
    name: str
    path: str = ""
    inside: str = ""
    shape: Shape | None = None


def place_of(model: type[BaseModel], tree: Node, path: Sequence[str | int]) -> Place:
    """path: as pydantic names it, counting only the parts that were filled in."""
    if not path:
        return Place("", "")
    field, *rest = path
    name, node, shape = str(field), tree.at(str(field)), shapes_of(model).get(str(field))
    left = list(rest)
    while left and shape is not None and not node.plain:
        step = _step(shape, node, left[0])
        if step is None:
            break
        name, node, shape = f"{name}-{step}", node.at(step), _inner(shape, step)
        left.pop(0)
    if shape is not None:
        shape = _deep(shape, left)
    told = ".".join(map(str, rest))
    return Place(str(field), name, told, ".".join(map(str, left)), shape)


def _step(shape: Shape, node: Node, step: str | int) -> str | None:
    """As inputs name it; None where the input is not made of others."""
    if shape.kind == "group" and step in shape.fields:
        return str(step)
    if shape.kind == "parts" and isinstance(step, int):
        filled = [number for number, part in node.parts() if not part.is_blank]
        return str(filled[step]) if step < len(filled) else None
    return None


def _inner(shape: Shape, step: str) -> Shape | None:
    return shape.fields.get(step) if shape.kind == "group" else shape.item


def _deep(shape: Shape, left: Sequence[str | int]) -> Shape | None:
    """The shape further down, inside YAML or one of several lines."""
    found: Shape | None = shape
    for step in left:
        if found is None:
            return None
        found = found.item if isinstance(step, int) else found.fields.get(str(step))
    return found
