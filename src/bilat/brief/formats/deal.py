"""The documents of one deal: its schedule, told once and drawn once for all formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from bilat.brief.facts.contract import Contract
from bilat.brief.facts.schedule import ScheduleFacts
from bilat.brief.formats.publication import numbers_of
from bilat.brief.story.blocks import Story
from bilat.brief.story.schedule import tell_schedule
from bilat.language import Message, Words, say

if TYPE_CHECKING:
    from bilat.brief.charts import Charts

OWN_FORMATS: Mapping[str, str] = MappingProxyType(
    {"docx": "bilat.brief.formats.annex", "ics": "bilat.brief.formats.due_dates"}
)
"""Word gets an annex to a contract, the calendar the due dates of this deal."""
FORMATS = ("xlsx", "docx", "json", "ics", "html", "csv", "parquet", "pdf", "png")
REMINDERS = (7, 1)
"""Days before a due date on which a calendar reminds."""


@dataclass(frozen=True)
class DealOutput:
    """A `Publication`. contract: who signs the annex. reminders: days before each due date."""

    facts: ScheduleFacts
    words: Words
    contract: Contract = field(default_factory=Contract)
    reminders: tuple[int, ...] = REMINDERS
    interactive: bool = True

    @cached_property
    def story(self) -> Story:
        return tell_schedule(self.facts)

    @cached_property
    def charts(self) -> Charts:
        from bilat.brief.charts import Charts  # Altair takes a second to load: only when drawing

        return Charts(self.facts, self.words)

    @property
    def stem(self) -> str:
        """``tractor-schedule-ru``; with a day that was asked for, ``…-2027-03-01-ru``."""
        day = f"-{self.facts.standing.day}" if self.facts.standing else ""
        return f"{self.facts.name}-schedule{day}-{self.words.lang}"

    @property
    def origin(self) -> Message:
        return say(
            "Made by Bilat {version} from the terms of the deal; the same terms give the same "
            "schedule.",
            version=self.facts.version,
        )

    @property
    def own_formats(self) -> Mapping[str, str]:
        return OWN_FORMATS

    def numbers(self, sources: tuple[str, ...]) -> list[int]:
        return numbers_of(self.facts, sources)
