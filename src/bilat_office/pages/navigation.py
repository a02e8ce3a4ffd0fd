"""The entries of the navigation. One whose pages are not there yet does not appear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from bilat.language import Message, say


@dataclass(frozen=True)
class Entry:
    """``name``: of the address, ``root``: with what the addresses below it begin."""

    label: Message
    name: str


ROWS: Sequence[Sequence[Entry]] = (
    (
        Entry(say("Home"), "home"),
        Entry(say("Roadmap"), "roadmap"),
        Entry(say("Commission"), "commission"),
        Entry(say("Contacts"), "contacts"),
        Entry(say("Documents"), "documents"),
        Entry(say("Changes"), "changes"),
        Entry(say("All records"), "records"),
    ),
    (
        Entry(say("Trade"), "trade"),
        Entry(say("Projects"), "projects"),
        Entry(say("Finance"), "finance"),
        Entry(say("Exchange"), "exchanges"),
        Entry(say("Regions and companies"), "links"),
        Entry(say("Sides"), "sides"),
        Entry(say("Administration"), "administration"),
    ),
)
"""What was agreed, and the register of it; then what it is about, and who may do what. A row fits a
window of 1280 pixels in every language.
"""


@dataclass(frozen=True)
class Shown:
    """An entry as one page shows it."""

    label: Message
    address: str
    is_here: bool
    """The page itself, or one below it."""
    is_page: bool


def rows(path: str) -> Iterator[list[Shown]]:
    yield from (shown for row in ROWS if (shown := list(_entries(row, path))))


def _entries(row: Sequence[Entry], path: str) -> Iterator[Shown]:
    for entry in row:
        try:
            address = reverse(entry.name)
        except NoReverseMatch:
            continue
        below = address != "/" and path.startswith(f"{address}/")
        yield Shown(entry.label, address, path == address or below, path == address)
