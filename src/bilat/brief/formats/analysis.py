"""The documents of an analysis of a file: told once and drawn once for all formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bilat.brief.facts.analysis import AnalysisFacts
from bilat.brief.formats.publication import numbers_of
from bilat.brief.story.blocks import Story
from bilat.language import Message, Words, say

if TYPE_CHECKING:
    from bilat.brief.charts import Charts

FORMATS = ("json", "csv", "xlsx", "html", "docx", "pdf", "parquet", "png")
F = TypeVar("F", bound=AnalysisFacts)


def _none() -> Mapping[Any, Any]:
    return {}


@dataclass(frozen=True)
class AnalysisOutput(Generic[F]):
    """A `Publication`. name: what its files are called: ``name-en.html``. drawings: the
    functions that draw its charts, loaded only when one is drawn."""

    facts: F
    words: Words
    name: str
    tell: Callable[[F], Story]
    drawings: Callable[[], Mapping[Any, Any]] = _none
    interactive: bool = False

    @cached_property
    def story(self) -> Story:
        return self.tell(self.facts)

    @cached_property
    def charts(self) -> Charts:
        from bilat.brief.charts import Charts  # Altair takes a second to load: only when drawing

        return Charts(self.facts, self.words, self.drawings())

    @property
    def stem(self) -> str:
        return f"{self.name}-{self.words.lang}"

    @property
    def origin(self) -> Message:
        return say(
            "Made by Bilat {version}; the same files and options give the same.",
            version=self.facts.version,
        )

    @property
    def own_formats(self) -> Mapping[str, str]:
        return MappingProxyType({})

    def numbers(self, sources: tuple[str, ...]) -> list[int]:
        return numbers_of(self.facts, sources)
