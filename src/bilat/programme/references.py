"""Which records a record names: found once per model from its ``Refers`` marks."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from bilat.programme.record import Refers

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Reference:
    """A field of a record that holds the id of another."""

    path: Path
    section: str
    target: str


def references(record: BaseModel) -> Iterator[Reference]:
    """Every id that ``record`` names, with the path of the field that names it."""
    for name, section, nested in _plan(type(record)):
        value = getattr(record, name)
        if value is None:
            continue
        many = isinstance(value, tuple)
        for index, item in enumerate(value if many else (value,)):
            path: Path = (name, index) if many else (name,)
            if section and isinstance(item, str):
                yield Reference(path, section, item)
            elif nested and isinstance(item, BaseModel):
                for inner in references(item):
                    yield Reference((*path, *inner.path), inner.section, inner.target)


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, str | None, bool], ...]:
    """(field, section that it refers to, whether it holds models) for the fields that matter."""
    plan = []
    for name, info in model.model_fields.items():
        annotation = (
            Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        )
        section, nested = _refers(annotation), _holds_model(annotation)
        if section or nested:
            plan.append((name, section, nested))
    return tuple(plan)


def _refers(annotation: Any) -> str | None:
    if get_origin(annotation) is Annotated:
        for mark in annotation.__metadata__:
            if isinstance(mark, Refers):
                return mark.section
        return _refers(annotation.__origin__)
    return next(filter(None, map(_refers, _inside(annotation))), None)


def _holds_model(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        return _holds_model(annotation.__origin__)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(map(_holds_model, _inside(annotation)))


def _inside(annotation: Any) -> tuple[Any, ...]:
    """The members of a union or a tuple; nothing for other types."""
    if get_origin(annotation) in (Union, types.UnionType, tuple):
        return get_args(annotation)
    return ()
