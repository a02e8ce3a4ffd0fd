"""The documents of a comparison of offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilat.brief.facts.offers import OffersFact
from bilat.brief.formats.publication import numbers_of
from bilat.brief.story.blocks import Story
from bilat.brief.story.offers import tell_offers
from bilat.language import Message, Words, say

if TYPE_CHECKING:
    from bilat.brief.charts import Charts

FORMATS = ("xlsx", "csv", "html", "json", "png", "docx", "pdf", "parquet")


@dataclass(frozen=True)
class OffersOutput:
    """A `Publication`."""

    facts: OffersFact
    words: Words
    interactive: bool = False

    @cached_property
    def story(self) -> Story:
        return tell_offers(self.facts)

    @cached_property
    def charts(self) -> Charts:
        from bilat.brief.charts import Charts  # Altair takes a second to load: only when drawing
        from bilat.brief.charts.offers import offers_chart

        return Charts(self.facts, self.words, {"payments": offers_chart})

    @property
    def stem(self) -> str:
        """``offers-2026-11-24-ru``."""
        return f"offers-{self.facts.as_of}-{self.words.lang}"

    @property
    def origin(self) -> Message:
        return say(
            "Made by Bilat {version} from the terms of the offers; the same terms give the same "
            "comparison.",
            version=self.facts.version,
        )

    @property
    def own_formats(self) -> Mapping[str, str]:
        return MappingProxyType({})

    def numbers(self, sources: tuple[str, ...]) -> list[int]:
        return numbers_of(self.facts, sources)
