"""Buttons that add a part to a form, or take one away. Nothing is filed by them."""

from __future__ import annotations

from collections.abc import Mapping

from bilat.language import say
from bilat.register.kinds import SECTIONS
from bilat_office.pages.forms.reading import FormWrong
from bilat_office.pages.forms.shapes import MOST_INPUTS, MOST_PARTS, Shape, shapes_of
from bilat_office.pages.forms.typed import (
    THERE,
    input_name,
    is_number,
    steps_of,
    tree_of,
)

BUTTON = "part"
"""``add f_participants``, ``take f_participants-1``, ``none f_payments``."""


def pressed(section: str, typed: Mapping[str, str]) -> dict[str, str] | None:
    """What the form holds after the button; None where it was another. Raises FormWrong."""
    order, _space, name = typed.get(BUTTON, "").partition(" ")
    if not order:
        return None
    left = {key: text for key, text in typed.items() if key != BUTTON}
    shape = _shape_at(section, name)
    if shape is None:
        return left
    if order == "take":
        return {key: text for key, text in left.items() if not _is_inside(key, name)}
    if order == "none" and shape.may_be_none:
        return left | {f"{name}-{THERE}": "1"}
    return _added(shape, name, left) if order == "add" else left


def _added(shape: Shape, name: str, left: dict[str, str]) -> dict[str, str]:
    place = name.removeprefix("f_")
    if len(left) > MOST_INPUTS:
        what = say("The form is full. Save it first, or bring the rest with the workbook.")
        raise FormWrong({place: (what,)})
    if shape.kind == "group":
        return left | {f"{name}-{THERE}": "1"}
    if shape.kind != "parts":
        return left
    node = tree_of(left)
    for step in steps_of(name):
        node = node.at(step)
    numbers = [number for number, _part in node.parts()]
    if len(numbers) >= MOST_PARTS:
        what = say(
            "One form takes up to {most} entries. Bring more with the section’s workbook.",
            most=MOST_PARTS,
        )
        raise FormWrong({place: (what,)})
    return left | {f"{name}-{max(numbers, default=-1) + 1}": ""}


def _is_inside(key: str, name: str) -> bool:
    return key == name or key.startswith((f"{name}-", f"{name}__"))


def _shape_at(section: str, name: str) -> Shape | None:
    """Of the field or part that a button names; None where the section has no such one."""
    if not name.startswith(input_name("")):
        return None
    first, *steps = steps_of(name)
    shape = shapes_of(SECTIONS[section]).get(first)
    for step in steps:
        if shape is None:
            return None
        shape = shape.item if is_number(step) else shape.fields.get(step)
    return shape
