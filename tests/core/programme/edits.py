"""What a secretary does between opening a programme and saving it."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bilat.programme import KINDS, Programme, open_programme, save

Change = Callable[[Programme], Programme]

ANNOTATED = """
    # What can be cited.
    sources:
      # the press of both sides
      - id: press-a
        title: "Communiqué"   # as printed
        publisher: Press service

      - {id: press-b, title: {en: Statement, ru: Заявление}, publisher: 'Kabar'}

    # Who acts.
    bodies:
      - {id: mfa, name: MFA, kind: ministry}   # one for each side?
    # Still to be entered: banks.
    """


def with_fields(section: str, record_id: str, **fields: Any) -> Change:
    """Someone edits one record in a form."""

    def change(programme: Programme) -> Programme:
        return programme.with_fields(
            **{
                section: tuple(
                    record.model_validate({**record.model_dump(), **fields})
                    if record.id == record_id
                    else record
                    for record in programme.section(section)
                )
            }
        )

    return change


def with_record(section: str, **fields: Any) -> Change:
    """Someone enters a new record."""

    def change(programme: Programme) -> Programme:
        record = KINDS[section].model_validate(fields)
        return programme.with_fields(**{section: (*programme.section(section), record)})

    return change


def without_record(section: str, record_id: str) -> Change:
    """Someone takes a record out."""

    def change(programme: Programme) -> Programme:
        kept = [record for record in programme.section(section) if record.id != record_id]
        return programme.with_fields(**{section: tuple(kept)})

    return change


def edit(root: Path, change: Change, file: str = "programme.yaml") -> list[str]:
    """Open, change, save: the lines of ``file`` that differ now, as ``-old`` and ``+new``."""
    before = (root / file).read_text(encoding="utf-8")
    save(change(open_programme(root)), root)
    after = (root / file).read_text(encoding="utf-8")
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line[0] + line[2:] for line in lines if line[0] in "-+"]


def saved_and_opened(programme: Programme, root: Path) -> Programme:
    save(programme, root)
    return open_programme(root)


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.iterdir()}
