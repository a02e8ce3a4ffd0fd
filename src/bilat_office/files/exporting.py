"""Files in an export: beside the programme, each with its hash in a list."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from pathlib import Path

from bilat.filing import Draft, file_all
from bilat.register.kinds import Name
from bilat_office.api.tables import harmless
from bilat_office.files.cabinet import Cabinet, Kept
from bilat_office.people.doorway import Watched
from bilat_office.records.viewer import JOINT, Viewer

ROOM = "files"
LIST = "files.csv"
COLUMNS = (
    "path", "document", "visibility", "name", "media", "size", "sha256", "side", "person", "at",
)  # fmt: skip


def files_export(*, folder: Path, sides: Sequence[str]) -> list[Path]:
    """Write the files of both sides, and those that ``sides`` keep for themselves.

    Nothing where there are none. Raises FileRefused for one that is no longer what was brought.
    """
    drafts: dict[Path, Draft] = {}
    lines: dict[str, list[str]] = {}
    for viewer in (JOINT, *sides):
        cabinet = Cabinet(Watched(Viewer(viewer), _unwatched))
        for kept in cabinet.every():
            path = f"{kept.document}/{kept.number}-{kept.name}"
            lines[path] = _line(path, kept)
            drafts[folder / ROOM / path] = Draft(folder / ROOM / path, cabinet.content(kept))
    if not drafts:
        return []
    listed = Draft(folder / ROOM / LIST, _table(lines.values()))
    return file_all([*drafts.values(), listed])


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


def _unwatched(_action: str, _names: Collection[Name]) -> None:
    """Whoever runs the command has the database itself."""
