"""Records as plain data: what YAML and CSV files hold, without what is only a default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from bilat.vocabulary import Period


def plain(record: BaseModel) -> dict[str, Any]:
    """Keys that differ from their defaults, in the order of the model.

    Numbers stay int or Decimal, days are dates and years int; other periods and units become text.
    """
    return {name: _plain_value(value) for name, value in _set_fields(record)}


def _set_fields(record: BaseModel) -> Iterator[tuple[str, Any]]:
    order = sorted(type(record).model_fields.items(), key=lambda item: _rank(item[0]))
    for name, info in order:
        value = getattr(record, name)
        if info.is_required() or value != info.default:
            yield name, value


def _rank(name: str) -> int:
    """The id first, what the record says next, where it comes from last."""
    if name == "id":
        return 0
    return 2 if name in ("sources", "assumption", "author", "reason", "note", "visibility") else 1


def _plain_value(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, tuple | list):
        return [_plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain_value(item) for key, item in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    if isinstance(value, Period) and (value.is_day or value.is_year):
        return value.start if value.is_day else value.start.year
    if isinstance(value, time):
        return value.isoformat("minutes")
    if value is None or isinstance(value, bool | int | str | date):
        return value
    return str(value)
