"""Files come back from an export: each one whole, and what it was when it was brought.

    arriving = files_arriving(folder=folder, own=("BLR",), sides=("BLR", "KGZ"))
    kept, problems = files_bring(arriving.files)

Nothing in the folder is believed: a path leads nowhere else, a content is measured, hashed and
sniffed. What is missing or altered comes back as a problem, and the others come in.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from bilat.errors import Place, Problem
from bilat.language import Message, say
from bilat_office.files.cabinet import SECTION
from bilat_office.files.exporting import COLUMNS, LIST, ROOM
from bilat_office.files.keeping import Brought, line_of, opened, write
from bilat_office.files.models import File
from bilat_office.files.refusals import LARGEST, FileRefused
from bilat_office.records.door import Door
from bilat_office.records.refusals import NotSeen
from bilat_office.records.viewer import JOINT, Viewer

LONGEST_LIST = 50 * 1024 * 1024
"""Bytes of a list: some hundred thousand files."""
_PATH = re.compile(
    r"(?P<document>[A-Za-z0-9][A-Za-z0-9._-]{0,79})/\d{1,12}-(?P<name>[^/\\\x00]+)\Z"
)
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_AGAIN = say("Export the programme again where the file is whole, and bring that in.")
_FROM_EXPORT = say("Bring in the list as the export wrote it.")


@dataclass(frozen=True)
class Listed:
    """A line of the list whose file stands there as the list says."""

    place: Place
    path: Path
    sha256: str
    brought: Brought


@dataclass(frozen=True)
class Arriving:
    """What the folder holds for these sides and the office has not, and what is wrong with it."""

    files: tuple[Listed, ...]
    problems: tuple[Problem, ...]


class _Wrong(Exception):
    """What is wrong with one line, and what to do."""

    def __init__(self, what: Message, remedy: Message = _FROM_EXPORT) -> None:
        self.what, self.remedy = what, remedy


def files_arriving(*, folder: Path, own: Sequence[str], sides: Sequence[str]) -> Arriving:
    """Read the list and look at each file; nothing is stored. No list: nothing arrives.

    own: sides whose own files come in; those of the other side are passed over.
    """
    room, files, problems = folder / ROOM, list[Listed](), list[Problem]()
    for number, line in _lines(room / LIST, problems):
        place = Place(f"{ROOM}/{LIST}", number)
        try:
            listed = _read(room, place, line, sides)
            if listed.brought.visibility not in (JOINT, *own):
                continue
            if not _is_here(listed):
                _check_content(listed)
                files.append(listed)
        except _Wrong as wrong:
            problems.append(Problem(place, wrong.what, wrong.remedy))
    return Arriving(tuple(files), tuple(problems))


def files_bring(files: Sequence[Listed]) -> tuple[int, list[Problem]]:
    """Keep them under the name of whoever brought them first; how many, and what was refused."""
    kept, problems = 0, list[Problem]()
    for listed in files:
        try:
            _bring(listed)
            kept += 1
        except _Wrong as wrong:
            problems.append(Problem(listed.place, wrong.what, wrong.remedy))
    return kept, problems


def _bring(listed: Listed) -> None:
    brought = listed.brought
    _check_document(brought)
    data = _check_content(listed)  # once more: the folder may have changed since it was shown
    try:
        inside = opened(data)
    except FileRefused as refusal:
        raise _Wrong(
            say("{file} is not kept: {why}", file=_named(listed), why=refusal.message), _AGAIN
        ) from None
    with Door(Viewer(brought.visibility)).secured(), transaction.atomic():
        write(line_of(brought, inside), inside.said)


def _check_document(brought: Brought) -> None:
    """The record must stand, and be seen by whoever sees the file."""
    try:
        record = Door(Viewer(brought.visibility)).get(SECTION, brought.document)
    except NotSeen:
        record = None
    if record is None or (brought.visibility == JOINT and record.visibility != JOINT):
        raise _Wrong(
            say(
                "{name} belongs to the document {id}, which the office does not have.",
                name=brought.name,
                id=brought.document,
            ),
            say("Bring the folder in again once that document is entered."),
        )


def _lines(path: Path, problems: list[Problem]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Its lines with their numbers; a list that is none is one problem."""
    place = Place(f"{ROOM}/{LIST}")
    if not path.is_file():
        return
    if path.stat().st_size > LONGEST_LIST:
        problems.append(Problem(place, say("The list is too long to be one."), _FROM_EXPORT))
        return
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                problems.append(
                    Problem(place, say("The list lacks its columns: {names}.", names=[*COLUMNS]),
                            _FROM_EXPORT)
                )  # fmt: skip
                return
            for row in rows:
                yield rows.line_num, row
    except (UnicodeDecodeError, csv.Error):
        problems.append(Problem(place, say("The list cannot be read as CSV."), _FROM_EXPORT))


def _read(room: Path, place: Place, line: Mapping[str, str], sides: Sequence[str]) -> Listed:
    parts = _PATH.match(line["path"] or "")
    if parts is None:
        raise _Wrong(say("“{path}” is no path of an exported file.", path=line["path"] or ""))
    visibility, side = line["visibility"], line["side"]
    if (
        side not in sides
        or visibility not in (JOINT, side)
        or not _HASH.match(line["sha256"] or "")
    ):
        raise _Wrong(say("{path}: the line does not say whose file it is.", path=line["path"]))
    return Listed(
        place, room / line["path"], line["sha256"],
        Brought(parts["document"], visibility, parts["name"], side,
                (line["person"] or "")[:60], _moment(line)),
    )  # fmt: skip


def _moment(line: Mapping[str, str]) -> datetime:
    try:
        at = datetime.fromisoformat(line["at"] or "")
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise _Wrong(say("{path}: the line does not say when it was brought.", path=line["path"]))
    return at


def _check_content(listed: Listed) -> bytes:
    """What was exported, to the byte. Raises _Wrong with the name of the file."""
    path = listed.path
    if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
        raise _Wrong(say("{file} is missing.", file=_named(listed)), _AGAIN)
    if path.stat().st_size > LARGEST:
        raise _Wrong(
            say("{file} is larger than {most} MB.", file=_named(listed), most=LARGEST // 1024**2),
            _AGAIN,
        )
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != listed.sha256:
        raise _Wrong(say("{file} was altered after the export.", file=_named(listed)), _AGAIN)
    return data


def _is_here(listed: Listed) -> bool:
    """Also one that was taken off the list here: an old export does not bring it back."""
    brought = listed.brought
    with Door(Viewer(brought.visibility)).secured():
        same = File.objects.filter(
            document=brought.document, visibility=brought.visibility, sha256=listed.sha256
        )
        return same.filter(removal=None).exists() or same.filter(at=brought.at).exists()


def _named(listed: Listed) -> str:
    return f"{ROOM}/{listed.brought.document}/{listed.path.name}"
