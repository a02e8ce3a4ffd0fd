"""Lists of goods that may not be financed, as CSV files that a user keeps.

``code`` is required: digits of the Harmonized System or of a national tariff, with or without dots
and blanks. ``facility`` (id; left out, every line) and ``reason`` are not.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bilat.errors import NoAnswer, Place, Problem
from bilat.language import say

_CODE = re.compile(r"\d{2}|\d{4}|\d{6}|\d{8}|\d{10}")
_COLUMNS = ("code", "facility", "reason")


@dataclass(frozen=True)
class Barred:
    """One code that is barred: on one line, or on all where ``facility`` is None."""

    code: str
    facility: str | None = None
    reason: str | None = None
    file: str = ""


def read_barred(
    path: Path, facilities: Collection[str]
) -> tuple[tuple[Barred, ...], tuple[Problem, ...]]:
    """The good rows, and the bad ones as problems. Raises NoAnswer for a file that cannot be read
    or is no such list."""
    reader = csv.DictReader(io.StringIO(_text(path)), skipinitialspace=True)
    header = [name.strip().lower() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    unknown = sorted(set(header) - set(_COLUMNS))
    if "code" not in header or unknown:
        raise NoAnswer(
            say(
                "{file}: a list of barred goods has the columns {columns}; here they are {found}. "
                "Name the columns in the first line",
                file=path.name,
                columns=", ".join(_COLUMNS),
                found=", ".join(header) or "–",
            )
        )
    found: list[Barred] = []
    problems: list[Problem] = []
    for row in reader:
        cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
        if not any(cells.values()):
            continue
        wrong = list(_wrong(cells, facilities, Place(path.name, reader.line_num)))
        problems += wrong
        if not wrong:
            code = _digits(cells["code"])
            found.append(
                Barred(code, cells["facility"] or None, cells["reason"] or None, path.name)
            )
    return tuple(found), tuple(problems)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise NoAnswer(
            say("{file} cannot be read ({why}). Name a CSV file in UTF-8", file=str(path), why=why)
        ) from None


def _digits(text: str) -> str:
    return re.sub(r"[.\s]", "", text)


def _wrong(cells: dict[str, str], facilities: Collection[str], place: Place) -> Iterator[Problem]:
    if not _CODE.fullmatch(_digits(cells["code"])):
        yield Problem(
            place,
            say("“{code}” is no code of goods", code=cells["code"]),
            say("Write 2, 4, 6, 8 or 10 digits, such as 9301"),
        )
    if cells["facility"] and cells["facility"] not in facilities:
        yield Problem(
            place,
            say("there is no line “{id}”", id=cells["facility"]),
            say("Known are {ids}; left out, the code is barred on all", ids=sorted(facilities)),
        )
