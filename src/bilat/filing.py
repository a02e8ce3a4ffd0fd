"""Putting files down whole or not at all: written aside, then renamed."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bilat.errors import OutputRefused
from bilat.language import say


@dataclass(frozen=True)
class Draft:
    """The full content of a file that is to be written."""

    path: Path
    content: bytes

    def differs(self) -> bool:
        """True unless the file already holds exactly this."""
        return not self.path.is_file() or self.path.read_bytes() != self.content

    @property
    def aside(self) -> Path:
        return self.path.with_name(f".{self.path.name}.{os.getpid()}.part")

    @property
    def before(self) -> Path:
        """Where the old file waits until every new one stands."""
        return self.path.with_name(f".{self.path.name}.{os.getpid()}.old")


def file_all(drafts: Sequence[Draft]) -> list[Path]:
    """Write every draft; on any failure none of them is left, old files stay as they were.

    Raises OutputRefused with what the system said and what to do.
    """
    placed: list[Draft] = []
    try:
        for draft in drafts:
            draft.path.parent.mkdir(parents=True, exist_ok=True)
            _write_synced(draft.aside, draft.content)
        for draft in drafts:
            _place(draft)
            placed.append(draft)
    except OSError as error:
        for draft in reversed(placed):
            _take_back(draft)
        raise OutputRefused(
            say(
                "{path}: cannot be written ({why}). Choose another folder with --out, "
                "or make room and check your rights there",
                path=str(error.filename or drafts[0].path),
                why=error.strerror or str(error),
            )
        ) from None
    finally:
        for draft in drafts:
            for left in (draft.aside, draft.before):
                with contextlib.suppress(OSError):
                    left.unlink()
    return [draft.path for draft in drafts]


def _place(draft: Draft) -> None:
    if draft.path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(draft.path))
    if draft.path.exists():
        shutil.copy2(draft.path, draft.before)
    draft.aside.replace(draft.path)


def _take_back(draft: Draft) -> None:
    if draft.before.exists():
        draft.before.replace(draft.path)
    else:
        draft.path.unlink()


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
