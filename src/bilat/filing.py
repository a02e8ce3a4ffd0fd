"""Putting files down whole or not at all: written aside, then renamed."""

from __future__ import annotations

import contextlib
import os
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
        return not self.path.exists() or self.path.read_bytes() != self.content

    @property
    def aside(self) -> Path:
        return self.path.with_name(f".{self.path.name}.{os.getpid()}.part")


def file_all(drafts: Sequence[Draft]) -> list[Path]:
    """Write every draft; on any failure none of them is left, old files stay as they were.

    Raises OutputRefused with what the system said and what to do.
    """
    try:
        for draft in drafts:
            draft.path.parent.mkdir(parents=True, exist_ok=True)
            _write_synced(draft.aside, draft.content)
        for draft in drafts:
            draft.aside.replace(draft.path)
    except OSError as error:
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
            with contextlib.suppress(OSError):
                draft.aside.unlink()
    return [draft.path for draft in drafts]


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
