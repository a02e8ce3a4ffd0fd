"""Everything beside the documents, made afresh."""

from __future__ import annotations

from bilat_office.records.keeper import KEEPER
from bilat_office.records.rows import rebuild_rows


def rebuild() -> int:
    """Make rows, references and search words again from the documents; how many records."""
    with KEEPER.writing():
        return rebuild_rows()
