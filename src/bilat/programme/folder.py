"""Reading a programme folder: ``programme.yaml`` and the tables beside it.

Any section may stand in ``programme.yaml``, in a file of its own (``figures.yaml``: a list) or in a
table (``observations.csv``); they add up.
"""

from __future__ import annotations

import copy
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bilat.errors import FolderMissing, Place, Problem, ProgrammeInvalid
from bilat.language import say
from bilat.programme.check import Known, check
from bilat.programme.csv_table import CsvTable
from bilat.programme.programme import KINDS, Programme
from bilat.programme.record import Record
from bilat.programme.refusals import explain, suggest
from bilat.programme.yaml_text import YamlText

MAIN_FILE = "programme.yaml"


@dataclass(frozen=True)
class Origin:
    """Where one piece of data was read: a file, and the path inside it."""

    file: YamlText | CsvTable
    path: tuple[str | int, ...] = ()

    def place(self, *steps: str | int, of_key: bool = False) -> Place:
        full = (*self.path, *steps)
        if isinstance(self.file, CsvTable):
            return self.file.place(full)
        return self.file.place(full, of_key=of_key)


@dataclass(frozen=True)
class Loaded:
    """What a folder holds, and everything that is wrong with it.

    ``programme`` has the records that could be read; it is None when not even its head could.
    """

    folder: Path
    programme: Programme | None
    problems: tuple[Problem, ...]
    origins: dict[tuple[str, str], Origin] = field(repr=False, default_factory=dict)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")


def load(folder: Path | str) -> Loaded:
    """Read and check a programme folder; problems come back beside the good records.

    Raises FolderMissing when there is no ``programme.yaml``.
    """
    return _Reading(Path(folder)).run()


def open_programme(folder: Path | str) -> Programme:
    """The programme in ``folder``. Raises FolderMissing, or ProgrammeInvalid with all problems."""
    loaded = load(folder)
    if loaded.errors or loaded.programme is None:
        raise ProgrammeInvalid(loaded.problems)
    return loaded.programme


class _Reading:
    """One pass over a folder: collects records, where they stand, and problems."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.records: dict[str, list[Record]] = {section: [] for section in KINDS}
        self.places: dict[str, list[Origin]] = {section: [] for section in KINDS}
        self.refused: set[tuple[str, str]] = set()
        self.head = Origin(YamlText(MAIN_FILE, ""))

    def run(self) -> Loaded:
        main = self.folder / MAIN_FILE
        if not main.is_file():
            raise FolderMissing(self.folder)
        programme = self._main(main)
        self.problems += self._misnamed()
        if programme is not None:
            known = Known(self._place, frozenset(self.refused))
            self.problems += check(programme, known)
        order = sorted(self.problems, key=lambda problem: (problem.place.file, problem.place.line))
        origins = {
            (section, record.id): origin
            for section, records in self.records.items()
            for record, origin in zip(records, self.places[section], strict=True)
        }
        return Loaded(self.folder, programme, tuple(order), origins)

    def _place(self, section: str, index: int, *steps: str | int) -> Place:
        if section in self.places:
            return self.places[section][index].place(*steps)
        return self.head.place(*([section] if section else []), *steps)

    def _main(self, path: Path) -> Programme | None:
        data, file = self._yaml(path)
        self.head = Origin(file)
        if not isinstance(data, dict):
            if not self.problems:
                self.problems.append(_not_a(say("a group of keys"), self.head.place()))
            return None
        for section in KINDS:
            self._list(section, data.pop(section, None), Origin(file, (section,)))
            self._beside(section)
        fields: dict[str, Any] = {name: tuple(items) for name, items in self.records.items()}
        head: Programme | None = self._validated(Programme, data, self.head)
        return head and head.with_fields(**fields)

    def _misnamed(self) -> Iterator[Problem]:
        """A file whose name is nearly that of a section would be left out without a word."""
        known = [f"{section}.{ending}" for section in KINDS for ending in ("yaml", "csv")]
        for path in sorted(self.folder.iterdir()):
            near = difflib.get_close_matches(path.name, known, n=1, cutoff=0.85)
            if near and path.name not in (*known, MAIN_FILE):
                yield Problem(
                    Place(path.name),
                    say("this file is not read: no section has this name"),
                    say("Did you mean {name}? Rename it then", name=near[0]),
                    severity="warning",
                )

    def _beside(self, section: str) -> None:
        listed = self.folder / f"{section}.yaml"
        if listed.is_file():
            data, file = self._yaml(listed)
            self._list(section, data, Origin(file))
        table_path = self.folder / f"{section}.csv"
        if table_path.is_file() and (text := self._text(table_path)) is not None:
            table = CsvTable(table_path.name, text)
            rows, problems = table.read(KINDS[section])
            self.problems += problems
            self._list(section, rows, Origin(table))

    def _yaml(self, path: Path) -> tuple[Any, YamlText]:
        text = self._text(path)
        file = YamlText(path.name, text or "")
        data, problems = file.read()
        self.problems += problems
        return data, file

    def _text(self, path: Path) -> str | None:
        try:
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            self.problems.append(
                Problem(
                    Place(path.name, line),
                    say("the text is not in UTF-8"),
                    say("Save the file again with the encoding UTF-8"),
                )
            )
        except OSError as error:
            self.problems.append(
                Problem(
                    Place(path.name),
                    say("the file cannot be read: {why}", why=error.strerror or str(error)),
                    say("Check that it exists and that you may read it"),
                )
            )
        return None

    def _list(self, section: str, data: Any, origin: Origin) -> None:
        if data is None:
            return
        if not isinstance(data, list):
            self.problems.append(_not_a(say("a list of records"), origin.place()))
            return
        for index, item in enumerate(data):
            self._record(section, item, Origin(origin.file, (*origin.path, index)))

    def _record(self, section: str, data: Any, origin: Origin) -> None:
        record = self._validated(KINDS[section], data, origin)
        if record is not None:
            self.records[section].append(record)
            self.places[section].append(origin)
        elif isinstance(data, dict) and isinstance(data.get("id"), str | int | Decimal):
            self.refused.add((section, str(data["id"])))

    def _validated(self, model: type[Any], data: Any, origin: Origin) -> Any:
        """The record; its problems are noted. Unknown keys do not hide what else is wrong."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            details = error.errors(include_url=False)
            self.problems += _told(details, model, origin)
        try:
            return model.model_validate(_without(data, details))
        except ValidationError:
            return None


def _without(data: Any, details: Sequence[ErrorDetails]) -> Any:
    """A copy of ``data`` without its unknown keys."""
    result = copy.deepcopy(data)
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *path, key = detail["loc"]
            reduce(getitem, path, result).pop(key, None)
    return result


def _told(
    details: Sequence[ErrorDetails], model: type[BaseModel], origin: Origin
) -> Iterator[Problem]:
    inner = {detail["loc"][:-1] for detail in details} | {detail["loc"][:-2] for detail in details}
    for detail in details:
        loc = detail["loc"]
        if detail["type"] == "too_short" and loc in inner:
            continue  # too short only because entries in it were refused
        what, remedy = explain(detail, model)
        if detail["type"] == "extra_forbidden" and model is Programme and len(loc) == 1:
            remedy = suggest(str(loc[0]), [*KINDS, *Programme.model_fields]) or remedy
        yield Problem(
            origin.place(*loc, of_key=detail["type"] == "extra_forbidden"),
            what,
            remedy,
            subject=_dotted((*origin.path, *loc)),
        )


def _dotted(path: tuple[str | int, ...]) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).lstrip(".")


def _not_a(wanted: Any, place: Place) -> Problem:
    return Problem(
        place,
        say("{wanted} is expected here", wanted=wanted),
        say("Compare with the example programme, or see: bilat schema"),
    )
