"""The documents of export potential, and those of complexity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilat.brief.facts.complexity import ComplexityFacts
from bilat.brief.facts.potential import PotentialFacts
from bilat.brief.formats.publication import numbers_of
from bilat.brief.story.blocks import ChartName, Story
from bilat.brief.story.complexity import tell_complexity
from bilat.brief.story.potential import tell_potential
from bilat.language import Message, Words, say

if TYPE_CHECKING:
    from bilat.brief.charts import Charts

FORMATS = ("xlsx", "csv", "html", "json", "png", "docx", "pdf", "parquet")


@dataclass(frozen=True)
class PotentialOutput:
    """A `Publication`."""

    facts: PotentialFacts
    words: Words
    interactive: bool = False

    @cached_property
    def story(self) -> Story:
        return tell_potential(self.facts)

    @cached_property
    def charts(self) -> Charts:
        # Altair takes a second to load: only when drawing.
        from bilat.brief.charts import Charts, Draw
        from bilat.brief.charts.potential import potential_chart
        from bilat.brief.charts.quality import quality_chart

        drawings: dict[ChartName, Draw] = {"potential": potential_chart, "quality": quality_chart}
        return Charts(self.facts, self.words, drawings)

    @property
    def stem(self) -> str:
        """``blr-kgz-potential-roads-2026-11-24-ru``."""
        pair = "-".join(self.facts.sides).lower()
        subject = f"-{self.facts.subject}" if self.facts.subject else ""
        return f"{pair}-potential{subject}-{self.facts.as_of}-{self.words.lang}"

    @property
    def origin(self) -> Message:
        return _origin(self.facts.version)

    @property
    def own_formats(self) -> Mapping[str, str]:
        return MappingProxyType({})

    def numbers(self, sources: tuple[str, ...]) -> list[int]:
        return numbers_of(self.facts, sources)


@dataclass(frozen=True)
class ComplexityOutput:
    """A `Publication`."""

    facts: ComplexityFacts
    words: Words
    interactive: bool = False

    @cached_property
    def story(self) -> Story:
        return tell_complexity(self.facts)

    @cached_property
    def charts(self) -> Charts:
        from bilat.brief.charts import Charts
        from bilat.brief.charts.complexity import complexity_chart

        return Charts(self.facts, self.words, {"complexity": complexity_chart})

    @property
    def stem(self) -> str:
        """``complexity-2023-2026-11-24-en``; with a country, ``complexity-blr-2023-…``."""
        of = f"-{self.facts.country.lower()}" if self.facts.country else ""
        return f"complexity{of}-{self.facts.year}-{self.facts.as_of}-{self.words.lang}"

    @property
    def origin(self) -> Message:
        return _origin(self.facts.version)

    @property
    def own_formats(self) -> Mapping[str, str]:
        return MappingProxyType({})

    def numbers(self, sources: tuple[str, ...]) -> list[int]:
        return numbers_of(self.facts, sources)


def _origin(version: str) -> Message:
    return say(
        "Made by Bilat {version} from the warehouse; the same vintages and day give the same.",
        version=version,
    )
