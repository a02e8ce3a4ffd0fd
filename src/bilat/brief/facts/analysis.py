"""What the facts of an analysis of a file share: the file as their source, countries by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from bilat import __version__
from bilat.brief.facts.fact import WORDS, Fact
from bilat.brief.facts.potential_method import country as named
from bilat.brief.facts.source import SourceFact
from bilat.language import Text, Words, say
from bilat.vocabulary import is_country

PANEL = "panel"


class AnalysisFacts(Fact):
    """A frozen result with its sources, written as JSON in the reader's language."""

    version: str = __version__
    as_of: date
    sources: tuple[SourceFact, ...] = ()

    @property
    def title(self) -> Any:
        raise NotImplementedError

    def number_of(self, source: str) -> int | None:
        return next((one.number for one in self.sources if one.id == source), None)

    def to_json(self, words: Words) -> str:
        return self.model_dump_json(context={WORDS: words}, indent=2) + "\n"


def country(code: str) -> Text:
    """Its name where it is an ISO code, else what the file calls it."""
    return named(code) if is_country(code) else code


def files(*paths: Path | None) -> tuple[SourceFact, ...]:
    """Files that somebody gave, as sources; the first is `PANEL`."""
    given = [path for path in paths if path is not None]
    return tuple(
        SourceFact(
            number=number,
            id=PANEL if number == 1 else path.name,
            title=path.name,
            publisher=say("a file that was given"),
            address=None,
            published=None,
            side=None,
            note=None,
        )
        for number, path in enumerate(given, start=1)
    )


def known(value: float) -> float | None:
    """None for what is no number."""
    return float(value) if value == value else None
