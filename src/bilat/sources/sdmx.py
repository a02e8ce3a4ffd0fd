"""SDMX messages as flat tables: one row an observation, one text column a dimension or attribute.

SDMX-ML (2.1 and 3.0, generic and structure-specific) is read by pysdmx. Neither it nor sdmx1 reads
SDMX-JSON data of version 1.0 and 2.0 alike, so its flat series are opened here; nothing but the
message is needed, no structure definition and no network.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa

from bilat.errors import BilatError
from bilat.language import say

VALUE = "OBS_VALUE"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


class MessageUnreadable(BilatError):
    """A file that is no SDMX data message, or one that this machine cannot read."""


def sdmx_table(path: Path) -> pa.Table:
    """Every observation of the message's data sets, all columns text, as SDMX-CSV would have it.

    Raises MessageUnreadable for a file that holds no SDMX data.
    """
    text = path.read_text(encoding="utf-8-sig")
    rows = list(_json_rows(text, path) if text.lstrip()[:1] == "{" else _xml_rows(text, path))
    if not rows:
        raise MessageUnreadable(
            say(
                "{path}: the message holds no observation. Fetch it again, for a period with data",
                path=str(path),
            )
        )
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table(
        {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    )


def _xml_rows(text: str, path: Path) -> Iterator[dict[str, str | None]]:
    try:
        from pysdmx.errors import PysdmxError
        from pysdmx.io import read_sdmx
    except ImportError:
        raise MessageUnreadable(
            say(
                "{path}: SDMX-ML needs pysdmx. Install it: pip install 'bilat[sdmx]'",
                path=str(path),
            )
        ) from None
    try:
        # pysdmx knows XML by its declaration, which the standard does not ask for.
        declared = text if text.lstrip().startswith("<?xml") else f"{DECLARATION}{text}"
        datasets = read_sdmx(BytesIO(declared.encode()), validate=False).data or ()
    except (PysdmxError, ValueError, KeyError, TypeError) as error:
        raise _not_sdmx(path, error) from None
    for dataset in datasets:
        frame: Any = getattr(dataset, "data", None)  # a pandas frame, which we only pass through
        for record in [] if frame is None else frame.to_dict("records"):
            yield {str(name): _text(value) for name, value in record.items()}


def _json_rows(text: str, path: Path) -> Iterator[dict[str, str | None]]:
    try:
        message = json.loads(text)
        data = message.get("data", message)
        structures = data.get("structures") or [data["structure"]]
        for dataset in data["dataSets"]:
            yield from _dataset(dataset, structures[dataset.get("structure", 0)])
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        raise _not_sdmx(path, error) from None


def _dataset(
    dataset: Mapping[str, Any], structure: Mapping[str, Any]
) -> Iterator[dict[str, str | None]]:
    """Series of observations, or observations alone; keys are positions in the lists of values."""
    dimensions, attributes = structure["dimensions"], structure.get("attributes", {})
    alone = {"": {"observations": dataset.get("observations", {})}}
    for key, series in dataset.get("series", alone).items():
        common = _named(dimensions.get("series", []), key)
        common |= _given(attributes.get("series", []), series.get("attributes", []))
        for position, values in series["observations"].items():
            yield {
                **common,
                **_named(dimensions["observation"], position),
                **_given(attributes.get("observation", []), values[1:]),
                VALUE: _text(values[0]),
            }


def _named(dimensions: list[Mapping[str, Any]], key: str) -> dict[str, str | None]:
    """``0:3:1`` → the id of each dimension's value."""
    positions = [int(part) for part in key.split(":")] if key else []
    pairs = zip(dimensions, positions, strict=True)
    return {dimension["id"]: _value(dimension["values"][position]) for dimension, position in pairs}


def _given(attributes: list[Mapping[str, Any]], positions: list[Any]) -> dict[str, str | None]:
    """Attributes are positions too, or nothing; a number outside of a list stands for itself."""
    found: dict[str, str | None] = {}
    for attribute, position in zip(attributes, positions, strict=False):
        values = attribute.get("values") or []
        if position is not None:
            known = isinstance(position, int) and position < len(values)
            found[attribute["id"]] = _value(values[position]) if known else _text(position)
    return found


def _value(value: Mapping[str, Any]) -> str | None:
    """A coded value by its id; a free one by its text."""
    return _text(value.get("id", value.get("value", value.get("name"))))


def _text(value: object) -> str | None:
    is_nan = value != value  # pandas has NaN where an attribute is missing
    return None if value is None or is_nan else str(value)


def _not_sdmx(path: Path, error: Exception) -> MessageUnreadable:
    return MessageUnreadable(
        say(
            "{path}: this is no SDMX data message that can be read ({why}). "
            "Ask the publisher for SDMX-ML 2.1, SDMX-JSON or SDMX-CSV",
            path=str(path),
            why=str(error)[:200] or type(error).__name__,
        )
    )
