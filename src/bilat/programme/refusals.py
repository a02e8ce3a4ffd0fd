"""pydantic's refusals, as sentences that say what is wrong and what to write instead."""

from __future__ import annotations

import difflib
import reprlib
import types
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Union, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bilat.errors import Place, Problem
from bilat.language import Message, say

Refusal = tuple[Message, Message]


def explain(error: ErrorDetails, model: type[BaseModel]) -> Refusal:
    """What is wrong, and the remedy; falls back on pydantic's own words."""
    if error["type"] == "extra_forbidden":
        return _unknown_key(error, model)
    if teller := _TELLERS.get(error["type"]):
        return teller(error)
    if error["type"].startswith(("date", "decimal", "int_", "bool", "string_type")):
        return _wrong_type(error)
    return say("{why}", why=error["msg"]), say("See the schema: bilat schema")


def problems_of(
    error: ValidationError, model: type[BaseModel], locate: Callable[..., Place], see: Message
) -> list[Problem]:
    """A file's refusals as problems, each where ``locate(path, of_key=…)`` finds it.

    see: the remedy where only a schema would help, since `bilat schema` is about programmes.
    """
    found = []
    for detail in error.errors(include_url=False):
        what, remedy = explain(detail, model)
        path = tuple(detail["loc"])
        place = locate(path, of_key=detail["type"] == "extra_forbidden")
        fitting = see if "bilat schema" in remedy.template else remedy
        found.append(Problem(place, what, fitting, subject=".".join(map(str, path))))
    return found


def _missing(error: ErrorDetails) -> Refusal:
    return (
        say("the key “{key}” is missing", key=error["loc"][-1]),
        say("Add it: a record of this kind cannot do without"),
    )


def _unknown_key(error: ErrorDetails, model: type[BaseModel]) -> Refusal:
    key = str(error["loc"][-1])
    known = keys_at(model, error["loc"][:-1])
    return (
        say("unknown key “{key}”", key=key),
        suggest(key, known) or say("Known here: {keys}", keys=", ".join(known)),
    )


def _not_listed(error: ErrorDetails) -> Refusal:
    value = str(error["input"])
    expected: str = error["ctx"]["expected"]
    known = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    return (
        say("“{value}” is not known here", value=value),
        suggest(value, known) or say("Use one of: {known}", known=", ".join(known)),
    )


def _unreadable(error: ErrorDetails) -> Refusal:
    return error["ctx"]["message"], say("Correct it, or leave the key out")


def _too_small(error: ErrorDetails) -> Refusal:
    limit = error["ctx"].get("ge", error["ctx"].get("gt"))
    if limit == 0:
        wrong = (
            say("{value} is negative", value=str(error["input"]))
            if "ge" in error["ctx"]
            else say("{value} is not above zero", value=str(error["input"]))
        )
        return wrong, say("Write the amount without a sign; a fall belongs in “growth”")
    return (
        say("{value} is too small", value=str(error["input"])),
        say("The least possible is {limit}", limit=limit),
    )


def _too_large(error: ErrorDetails) -> Refusal:
    limit = error["ctx"].get("le", error["ctx"].get("lt"))
    return (
        say("{value} is too large", value=str(error["input"])),
        say("The greatest possible is {limit}", limit=limit),
    )


def _pattern(error: ErrorDetails) -> Refusal:
    return (
        say("“{value}” does not have the right form", value=str(error["input"])),
        say("It must match: {pattern}", pattern=error["ctx"]["pattern"]),
    )


def _count(error: ErrorDetails) -> Refusal:
    limit = error["ctx"].get("min_length", error["ctx"].get("max_length"))
    return (
        say(
            "“{key}” has {actual} entries; it needs {limit}",
            key=error["loc"][-1],
            actual=error["ctx"]["actual_length"],
            limit=limit,
        ),
        say("Add what is missing, or take out what is too much"),
    )


def _shape(wanted: Message) -> Callable[[ErrorDetails], Refusal]:
    def tell(error: ErrorDetails) -> Refusal:
        return (
            say("{wanted} is expected here, not “{value}”", wanted=wanted, value=_short(error)),
            say("Compare with another record of this kind, or see: bilat schema"),
        )

    return tell


def _wrong_type(error: ErrorDetails) -> Refusal:
    wanted = next(form for start, form in _FORMS if error["type"].startswith(start))
    return (
        say("“{value}” cannot be read", value=_short(error)),
        say("Write {wanted}", wanted=wanted),
    )


def suggest(value: str, known: Iterable[str]) -> Message | None:
    """“Did you mean …?” when something known is near enough."""
    near = difflib.get_close_matches(value, list(known), n=1, cutoff=0.6)
    return say("Did you mean “{near}”?", near=near[0]) if near else None


def keys_at(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The keys that the model at ``path`` knows."""
    current = model_at(model, path)
    return list(current.model_fields) if current else []


def model_at(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel] | None:
    """The model of the value at ``path``; None where there is no model."""
    current: type[BaseModel] | None = model
    for step in path:
        if current is None or isinstance(step, int):
            continue
        info = current.model_fields.get(step)
        current = _model_in(info.annotation) if info else None
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside ``Model | None`` or ``tuple[Model, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if isinstance(annotation, types.UnionType | types.GenericAlias) or annotation is Union:
        return next(filter(None, map(_model_in, get_args(annotation))), None)
    return None


def _short(error: ErrorDetails) -> str:
    given = error["input"]
    # A list may stand for billions of entries by aliases: it is never written out in full.
    text = reprlib.repr(given) if isinstance(given, list | dict) else str(given)
    return text if len(text) <= 60 else text[:57] + "…"


_FORMS: tuple[tuple[str, Message], ...] = (
    ("date", say("a day as 2024-11-28")),
    ("decimal", say("a plain number, as 133000000 or 14.1")),
    ("int_", say("a whole number")),
    ("bool", say("true or false")),
    ("string", say("a text")),
)
_TELLERS: dict[str, Callable[[ErrorDetails], Refusal]] = {
    "missing": _missing,
    "literal_error": _not_listed,
    "unreadable": _unreadable,
    "greater_than_equal": _too_small,
    "greater_than": _too_small,
    "less_than_equal": _too_large,
    "less_than": _too_large,
    "string_pattern_mismatch": _pattern,
    "too_short": _count,
    "too_long": _count,
    "tuple_type": _shape(say("a list")),
    "model_type": _shape(say("a group of keys")),
    "model_attributes_type": _shape(say("a group of keys")),
    "text": _shape(say("a text, or texts by language ({{en: …, ru: …}})")),
}
