"""From a file to its reading: opened, freed of hidden characters, read, and put back in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bilat.errors import Place, Problem
from bilat.language import Words, say
from bilat.reading.files import Opened, open_file, uncover
from bilat.reading.proposal import Reading
from bilat.reading.reader import read_text
from bilat.reading.second_reader import SecondReader, read_second
from bilat.vocabulary import country_name


@dataclass(frozen=True)
class Read:
    """A file and what was read in it. notes: warnings of the file and of the second reader."""

    opened: Opened
    reading: Reading
    notes: tuple[Problem, ...]


def read_file(
    path: Path,
    *,
    parties: tuple[str, str] | None = None,
    published: date | None = None,
    second: SecondReader | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Read:
    """Raises TextRefused for a file without a text that can be read.

    published: goes before the day that the file gives. progress: pages done, pages in all.
    """
    opened = open_file(path, published=published, progress=progress)
    uncovered = uncover(opened.original)
    day = opened.original.published
    reading = read_text(uncovered.bare, parties=parties, published=day)
    notes = opened.notes
    if second:
        reading, told = read_second(second, uncovered.bare, reading)
        notes = (*notes, *told)
    reading = uncovered.restore(reading)
    notes = (*notes, *_about_others(opened.original.name, reading))
    if reading.published and not day:
        opened = replace(opened, original=replace(opened.original, published=reading.published))
    return Read(opened, reading, notes)


def _about_others(name: str, reading: Reading) -> Iterator[Problem]:
    """A warning where a text about two other countries was read for these."""
    if reading.others is None:
        return
    what = say(
        "this text names {others}, and neither of {parties}; nothing of it is proposed",
        others=CountryCodes(reading.others),
        parties=CountryCodes(reading.parties or ()),
    )
    remedy = say("Read it for the programme that it is about, or without a programme")
    yield Problem(Place(name), what, remedy, severity="warning")


@dataclass(frozen=True)
class CountryCodes:
    """Countries, named in the language of whoever reads them."""

    codes: tuple[str, ...]

    def in_words(self, words: Words) -> str:
        return words.join([country_name(code, words.lang) for code in self.codes])
