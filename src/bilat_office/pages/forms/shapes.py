"""How each field of a record is asked for, told from its type.

Parts with fields of their own, at any depth, are groups of inputs. There is no field today whose
type cannot be told: what is written as YAML is only a list that has more than ``MOST_PARTS``
parts, the longest fields of a record with more than ``MOST_INPUTS`` inputs, and what a text that
was read has in another form than its field. No model holds a dictionary but texts by language.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from bilat.language import Message
from bilat.programme.hints import hint_of
from bilat.vocabulary import Period
from bilat_office.pages.showing import LAST, codes_of, refers_to

Kind = Literal["line", "texts", "choice", "lines", "yaml", "flag", "group", "parts"]
FIXED = ("id", "visibility")
"""Asked for apart from the fields."""
MOST_PARTS = 100
MOST_INPUTS = 700
"""Of one form: Django refuses a form that sends more than a thousand values."""
_FEW = 4
_EXAMPLES: Mapping[Any, str] = {
    date: "2027-06-30",
    time: "14:30",
    int: "12",
    Decimal: "14.1",
    Period: "2027-Q2",
}


@dataclass(frozen=True)
class Shape:
    """A field, or one part of a list.

    python: the type of a single value. may_be_none: of a list, where left out is not the same as
    empty. is_asked: of a group that is not there until somebody adds it.
    """

    kind: Kind
    python: Any = str
    codes: tuple[str, ...] = ()
    refers: str = ""
    example: str = ""
    is_required: bool = True
    default: Any = None
    hint: Message | None = None
    fields: Mapping[str, Shape] = field(default_factory=dict)
    item: Shape | None = None
    may_be_none: bool = False
    is_asked: bool = False

    @property
    def part(self) -> Shape:
        """Of each entry of a list."""
        if self.item is None:
            raise TypeError(self.kind)
        return self.item

    @property
    def is_list_of_choices(self) -> bool:
        return self.item is not None and self.item.kind == "choice"


def kind_of(info: FieldInfo) -> Kind:
    """How a field is written in one cell of a sheet: parts as YAML, ids one a line."""
    shape = _shape(_whole(info))
    if shape.kind == "group":
        return "yaml"
    if shape.kind == "parts":
        return "lines" if shape.is_list_of_choices else "yaml"
    return shape.kind


@cache
def shapes_of(model: type[BaseModel]) -> Mapping[str, Shape]:
    """Of each field: those that are needed first, where it comes from last."""
    fields = model.model_fields
    names = sorted(fields, key=lambda name: (name in LAST, not fields[name].is_required()))
    return MappingProxyType({name: _of_field(fields[name]) for name in names})


def _of_field(info: FieldInfo) -> Shape:
    required = info.is_required()
    default = None if required else info.get_default(call_default_factory=True)
    shape = _shape(_whole(info), is_required=required, default=default, hint=hint_of(info))
    if info.examples and shape.kind == "line":
        return replace(shape, example=str(info.examples[0]))
    return shape


def _whole(info: FieldInfo) -> Any:
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def _shape(annotation: Any, **of_field: Any) -> Shape:
    members = list(_members(annotation))
    first = members[0]
    marks = (annotation,)
    if get_origin(first) is tuple:
        return _list(get_args(first)[0], **of_field)
    if len(members) == 1 and isinstance(first, type) and issubclass(first, BaseModel):
        return _group(first, **of_field)
    if str in members and any(get_origin(member) is dict for member in members):
        return Shape("texts", **of_field)
    if bool in members:
        return Shape("flag", bool, **of_field)
    if codes := codes_of(marks):
        return Shape("choice", codes=codes, **of_field)
    if refers := refers_to(marks):
        return Shape("choice", refers=refers, **of_field)
    if len(members) > 1 or get_origin(first) is dict:
        return Shape("yaml", **of_field)
    return Shape("line", first, example=_example(annotation, first), **of_field)


def _list(inner: Any, **of_field: Any) -> Shape:
    item = _shape(inner)
    empty = of_field.get("default") is None and not of_field.get("is_required", True)
    if item.kind == "line":
        return Shape("lines", item.python, example=item.example, item=item, **of_field)
    return Shape("parts", item=item, may_be_none=empty, **of_field)


def _group(model: type[BaseModel], **of_field: Any) -> Shape:
    fields = shapes_of(model)
    optional = of_field.get("default") is None and not of_field.get("is_required", True)
    small = len(fields) <= _FEW and not any(each.fields for each in fields.values())
    asked = optional and (not small or _may_be_empty(model))
    return Shape("group", model, fields=fields, is_asked=asked, **of_field)


def _may_be_empty(model: type[BaseModel]) -> bool:
    """Then blank inputs do not say whether it is there."""
    try:
        model.model_validate({})
    except ValidationError:
        return False
    return True


def _members(annotation: Any) -> Iterator[Any]:
    """The types of a union, without None and without what is only a mark."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _members(inner[0])
    elif origin in (Union, types.UnionType):
        for part in inner:
            yield from _members(part)
    elif annotation is not type(None):
        yield annotation


def _example(annotation: Any, python: Any) -> str:
    if python in _EXAMPLES:
        return _EXAMPLES[python]
    schema = TypeAdapter(annotation).json_schema()
    found = next((each for each in (schema, *schema.get("anyOf", ())) if "examples" in each), None)
    return str(found["examples"][0]) if found else ""
