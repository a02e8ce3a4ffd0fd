"""When the storage was away, nothing that a process remembers of it is relied on."""

from __future__ import annotations

from bilat_office.records.keeper import KEEPER


def forget() -> None:
    """This process reads everything again at its next use."""
    KEEPER.forget()
