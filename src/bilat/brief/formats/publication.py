"""What every document format asks of the thing that it writes: a brief, or a schedule of payments.

Both satisfy these protocols by their shape; formats know no more of them than stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from bilat.brief.facts.source import SourceFact
from bilat.brief.story.blocks import Story
from bilat.language import Message, Words

if TYPE_CHECKING:
    from bilat.brief.charts import Charts


class Facts(Protocol):
    """What was computed, with its sources, independent of any document."""

    @property
    def version(self) -> str:
        """Of Bilat."""

    @property
    def title(self) -> Any: ...

    @property
    def as_of(self) -> date: ...

    @property
    def sources(self) -> tuple[SourceFact, ...]: ...

    def number_of(self, source: str) -> int | None:
        """The number of a source in the list of these facts."""

    def to_json(self, words: Words) -> str:
        """JSON text; sentences in the language of ``words``, numbers and days as data."""


class Publication(Protocol):
    """Facts told in one language, with one story and one set of charts for all formats."""

    @property
    def facts(self) -> Facts: ...

    @property
    def words(self) -> Words: ...

    @property
    def story(self) -> Story: ...

    @property
    def charts(self) -> Charts: ...

    @property
    def interactive(self) -> bool:
        """The charts of the HTML answer the mouse; the page then carries a megabyte of Vega."""

    @property
    def stem(self) -> str:
        """What the names of its files begin with."""

    @property
    def origin(self) -> Message:
        """What it was made from: the last sentence of the page."""

    @property
    def own_formats(self) -> Mapping[str, str]:
        """Formats that it writes by other modules than the usual ones."""

    def numbers(self, sources: tuple[str, ...]) -> list[int]:
        """Numbers of the cited sources in its list, without doubles, in order."""


def numbers_of(facts: Facts, sources: tuple[str, ...]) -> list[int]:
    """Numbers of the sources in the list of the facts, without doubles, in order."""
    found = {facts.number_of(source) for source in sources}
    return sorted(number for number in found if number)
