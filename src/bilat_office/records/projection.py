"""What pages filter, sort and search by, made of one record by the annotations of its model.

Pure: the same record gives the same projection. No kind is named here, so a new one needs nothing.

- references: every field marked ``Refers``; owners: references to bodies, sides: to parties;
- due: the first of `DUE` that the model has and that is set; state, sector: `STATES`, ``sector``;
- a list of dated parts (``on``) carries such a field further: the latest ``due_changes[].due``
  overrides ``due``, the latest ``evidence[].grade`` is the state;
- search text: every text that people wrote, in all languages, with its id but without coded values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from bilat import LANGUAGES
from bilat.language import Text, pick
from bilat.programme.record import Model, Record
from bilat.programme.references import Reference, references
from bilat.register.kinds import Name, named_by
from bilat.vocabulary import Period

DUE = ("due", "held", "planned", "deadline", "expires", "by", "period", "available")
"""Names that fields bear for the day that counts, the first one first."""
STATES = ("stage", "state", "grade", "verdict")
KIND_FIELDS = ("kind", "area", "measures")
_LABELS = ("title", "name", "holder")


@dataclass(frozen=True)
class Projection:
    """``titles``: what it is called, for each language of the interface and each that it has."""

    section: str
    id: str
    visibility: str
    titles: Mapping[str, str]
    owners: tuple[str, ...]
    sides: tuple[str, ...]
    due: Period | None
    state: str
    kind: str
    sector: str
    text: str
    references: tuple[tuple[str, Name], ...]
    """Field that names, and the record that it names."""


def project(record: Model, section: str) -> Projection:
    named = tuple(_references(record, section))
    return Projection(
        section=section,
        id=str(getattr(record, "id", "")),
        visibility=getattr(record, "visibility", "joint"),
        titles=_titles(_label(record)),
        owners=_ids(named, "bodies", nested=False),
        sides=_ids(named, "parties", nested=True),
        due=_as_period(_value(record, DUE)),
        state=str(_value(record, STATES) or ""),
        kind=str(next((getattr(record, f) for f in KIND_FIELDS if hasattr(record, f)), "")),
        sector=str(getattr(record, "sector", None) or ""),
        text="\n".join(_own_texts(record, named)),
        references=named,
    )


def _references(record: Model, section: str) -> Iterator[tuple[str, Name]]:
    found = list(references(record))
    for item in found:
        yield _field(item), (item.section, item.target)
    marked = {(item.section, item.target) for item in found}
    for name in named_by(record):  # the register's own kinds name records without marks
        if name not in marked:
            yield section, name


def _field(reference: Reference) -> str:
    return ".".join(str(step) for step in reference.path if isinstance(step, str))


def _ids(named: tuple[tuple[str, Name], ...], section: str, *, nested: bool) -> tuple[str, ...]:
    found = (
        name[1] for field, name in named if name[0] == section and (nested or "." not in field)
    )
    return tuple(dict.fromkeys(found))


def _label(record: BaseModel) -> Text:
    if isinstance(record, Record):
        return record.label
    found = next((getattr(record, name, None) for name in _LABELS if hasattr(record, name)), None)
    return found or str(getattr(record, "id", ""))


def _titles(label: Text) -> dict[str, str]:
    languages = [*LANGUAGES, *(label if isinstance(label, dict) else ())]
    return {language: pick(label, language) for language in languages}


def _value(record: BaseModel, names: tuple[str, ...]) -> Any:
    """The value of the first of these fields that is set, as its dated parts left it."""
    for name in names:
        latest = _latest(record, name)
        if latest is not None:
            return latest
        own = getattr(record, name, None)
        if own is not None and not callable(own):
            return own
    return None


def _latest(record: BaseModel, name: str) -> Any:
    dated: list[tuple[date, Any]] = []
    for field in type(record).model_fields:
        value = getattr(record, field)
        for part in value if isinstance(value, tuple) else ():
            on, carried = getattr(part, "on", None), getattr(part, name, None)
            if isinstance(on, date) and carried is not None:
                dated.append((on, carried))
    return max(dated, key=lambda item: item[0])[1] if dated else None


def _as_period(value: Any) -> Period | None:
    if isinstance(value, Period):
        return value
    if isinstance(value, date):
        return Period(value, value)
    return Period.year(value) if isinstance(value, int) else None


def _own_texts(record: BaseModel, named: tuple[tuple[str, Name], ...]) -> Iterator[str]:
    """Its id and each text once; ids of other records are found through their references."""
    others = {name[1] for _field_name, name in named}
    own = str(getattr(record, "id", ""))
    yield own
    yield from (text for text in dict.fromkeys(_texts(record)) if text not in {own, *others})


def _texts(record: BaseModel) -> Iterator[str]:
    for name in type(record).model_fields:
        if name not in _silent(type(record)):
            yield from _strings(getattr(record, name))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from _texts(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _strings(item)


@cache
def _silent(model: type[BaseModel]) -> frozenset[str]:
    """Fields whose strings nobody wrote to be read: coded values, hashes, who may see it."""
    coded = (name for name, info in model.model_fields.items() if _is_coded(info.annotation))
    return frozenset({*coded, "visibility", "public", "proof"})


def _is_coded(annotation: Any) -> bool:
    if get_origin(annotation) is Literal:
        return True
    inner = get_args(annotation)
    if get_origin(annotation) is Annotated:
        return _is_coded(inner[0])
    return any(_is_coded(item) for item in inner if get_origin(annotation) is not dict)
