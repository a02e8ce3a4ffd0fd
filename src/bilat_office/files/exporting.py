"""Files in an export: beside the programme, each with its hash in a list.

The list is written last: what it names stands there whole.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
from collections.abc import Collection, Sequence
from pathlib import Path

from bilat.errors import Place, Problem
from bilat.filing import Draft, file_all
from bilat.language import say
from bilat.register.kinds import Name
from bilat_office.api.tables import harmless
from bilat_office.files.cabinet import Cabinet, Kept
from bilat_office.files.refusals import FileRefused
from bilat_office.people.doorway import Watched
from bilat_office.people.services.audit import Looked
from bilat_office.records.viewer import JOINT, Viewer

ROOM = "files"
LIST = "files.csv"
COLUMNS = (
    "path", "document", "visibility", "name", "media", "size", "sha256", "side", "person", "at",
)  # fmt: skip


def files_export(*, folder: Path, sides: Sequence[str]) -> tuple[list[Path], list[Problem]]:
    """Write the files of both sides, and those that ``sides`` keep for themselves.

    Nothing where there are none. One that is no longer what was brought is left out, as a problem.
    """
    doors = (Watched(Viewer(viewer), _unwatched) for viewer in (JOINT, *sides))
    return cabinets_export(folder=folder, cabinets=[Cabinet(door) for door in doors])


def cabinets_export(
    *, folder: Path, cabinets: Sequence[Cabinet]
) -> tuple[list[Path], list[Problem]]:
    """As `files_export`, of what these cabinets show. Raises OutputRefused."""
    room, problems = folder / ROOM, list[Problem]()
    lines: dict[str, list[str]] = {}
    before = _listed(room / LIST)
    for cabinet in cabinets:
        for kept in cabinet.every():
            path = f"{kept.document}/{kept.number}-{kept.name}"
            if path not in lines and _written(room / path, cabinet, kept, problems):
                lines[path] = _line(path, kept)
    if not lines and not before:
        return [], problems
    file_all([Draft(room / LIST, _table(lines.values()))])
    for path in before - lines.keys():
        _take_out(room, path)
    return [*(room / path for path in lines), room / LIST], problems


def _written(path: Path, cabinet: Cabinet, kept: Kept, problems: list[Problem]) -> bool:
    try:
        content = cabinet.content(kept)
    except FileRefused:
        problems.append(_damaged(kept))
        return _stands(path, kept)  # an earlier export may hold the last good copy
    file_all([Draft(path, content)])
    return True


def _stands(path: Path, kept: Kept) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == kept.sha256


def _damaged(kept: Kept) -> Problem:
    return Problem(
        Place(f"{kept.document}/{kept.name}"),
        say("What is stored is no longer what was brought; the file is not exported."),
        say("Restore “files” of the data folder from the backup, then export again."),
    )


def _listed(path: Path) -> set[str]:
    """What an export to the same folder wrote before: a side's own must not stay behind."""
    if not path.is_file():
        return set()
    with path.open(encoding="utf-8", newline="") as file:
        return {row["path"] for row in csv.DictReader(file) if row.get("path")}


def _take_out(room: Path, path: str) -> None:
    """One that the list named; a path that leads elsewhere is nobody's to delete."""
    gone = room / path
    if gone.resolve().is_relative_to(room.resolve()):
        gone.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # other files of the document stand there still
            gone.parent.rmdir()


def _line(path: str, kept: Kept) -> list[str]:
    return [
        path, kept.document, kept.visibility, kept.name, kept.media, str(kept.size),
        kept.sha256, kept.side, kept.person, kept.at.isoformat(),
    ]  # fmt: skip


def _table(lines: Collection[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode()


def _unwatched(_action: Looked, _names: Collection[Name]) -> None:
    """Whoever runs the command has the database itself."""
