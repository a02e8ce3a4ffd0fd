"""Lists to choose from: coded values, and records by title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bilat.language import pick
from bilat.programme import Programme
from bilat_office.pages.forms.pieces import Option

MOST_OPTIONS = 400
"""Records in one list; where there are more, the id is typed."""
MOST_LINES = 6_000
"""In all lists of records of one form; beyond them the id is typed, so that it stays light."""


class Records:
    """The lists of records of one form. Titles are looked up once."""

    def __init__(self, programme: Programme, lang: str) -> None:
        self._programme, self._lang = programme, lang
        self._titles: dict[str, list[tuple[str, Any]]] = {}
        self._left = MOST_LINES

    def options(self, section: str, chosen: str) -> tuple[Option, ...] | None:
        """None where the list would be too long."""
        programme = self._programme
        size = 2 if section == "parties" else len(programme.section(section))
        if size > min(MOST_OPTIONS, self._left):
            return None
        self._left -= size
        if section not in self._titles:
            self._titles[section] = list(self._named(section))
        return options(self._titles[section], chosen)

    def _named(self, section: str) -> Iterable[tuple[str, Any]]:
        programme = self._programme
        if section == "parties":
            return [(side, programme.side_name(side)) for side in programme.sides]
        found = [(item.id, pick(item.label, self._lang)) for item in programme.section(section)]
        return sorted(found, key=lambda pair: pair[1])


def options(pairs: Iterable[tuple[str, Any]], chosen: str) -> tuple[Option, ...]:
    """With what is chosen, also where no list has it."""
    return tuple(_options(list(pairs), chosen))


def _options(pairs: list[tuple[str, Any]], chosen: str) -> Iterator[Option]:
    if chosen and chosen not in {value for value, _label in pairs}:
        yield Option(chosen, chosen, is_chosen=True)
    for value, label in pairs:
        yield Option(value, label, is_chosen=value == chosen)
