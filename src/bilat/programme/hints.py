"""What the models say of their fields and parts, as sentences that can be translated.

The English is the docstring of the attribute. ``scripts/messages.py`` collects the sentences from
`hints_in`; pages render what `hint_of` gives.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bilat.language import Message

_ALIAS = re.compile(r"(Id of an? |Code of one of )")
"""What a type says of every field that has it: of use in a schema, not beside the list of names."""


def hint_of(info: FieldInfo) -> Message | None:
    """What is said of a field, else of the part that it holds; None where nothing is."""
    said = _sentence(info.description or "")
    parts = () if said else models_in(info.annotation)
    return said or next((told for part in parts if (told := hint_of_model(part))), None)


def hint_of_model(model: type[BaseModel]) -> Message | None:
    return _sentence(inspect.getdoc(model) or "")


def _sentence(text: str) -> Message | None:
    if not text or _ALIAS.match(text):
        return None
    plain = " ".join(text.replace("`", "").split())
    return Message(plain.replace("{", "{{").replace("}", "}}"))


def hints_in(models: Iterable[type[BaseModel]]) -> Iterator[Message]:
    """Every hint of these models and of all their parts, once."""
    roots = list(models)
    parts = dict.fromkeys(part for each in roots for part in _with_parts(each))
    found = [hint_of_model(each) for each in roots]
    found += [hint_of(info) for each in parts for info in each.model_fields.values()]
    yield from {hint.template: hint for hint in found if hint}.values()


def _with_parts(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for info in model.model_fields.values():
        for inner in models_in(info.annotation):
            yield from _with_parts(inner)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Those that a type is made of: ``tuple[Person, ...]`` holds Person."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)
