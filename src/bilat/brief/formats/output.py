"""What every document format is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bilat.brief.formats.publication import Publication, numbers_of
from bilat.brief.story.blocks import Story, Table
from bilat.language import Message, Words, say
from bilat.programme import Programme

if TYPE_CHECKING:
    from bilat.brief.brief import Brief
    from bilat.brief.charts import Charts


@dataclass(frozen=True)
class Output:
    """One brief in one language, told once and drawn once for all formats.

    programme: what the viewer may see (the calendar takes its deadlines from it). subject: what the
    files are named for. told: another story than the brief's own, from the same facts.
    interactive: the charts of the HTML answer the mouse; the page then carries a megabyte of Vega.
    """

    programme: Programme
    brief: Brief
    words: Words
    subject: str = "brief"
    told: Story | None = None
    interactive: bool = False

    @property
    def facts(self) -> Brief:
        return self.brief

    @cached_property
    def story(self) -> Story:
        from bilat.brief.story import tell

        return self.told or tell(self.brief)

    @cached_property
    def charts(self) -> Charts:
        from bilat.brief.charts import Charts  # Altair takes a second to load: only when drawing

        return Charts(self.brief, self.words)

    def numbers(self, sources: tuple[str, ...]) -> list[int]:
        """Numbers of the cited sources in this brief's list, without doubles, in order."""
        return numbers_of(self.brief, sources)

    @property
    def stem(self) -> str:
        """``blr-kgz-brief-2025-10-01-ru``; a private brief names its side."""
        brief = self.brief
        viewer = "" if brief.viewer == "joint" else f"-{brief.viewer}"
        return f"{brief.programme}-{self.subject}-{brief.as_of}{viewer}-{self.words.lang}"

    @property
    def origin(self) -> Message:
        return say(
            "Made by Bilat {version} from the programme folder; the same folder and day give the "
            "same brief.",
            version=self.brief.version,
        )

    @property
    def own_formats(self) -> Mapping[str, str]:
        return MappingProxyType({})


Render = Callable[[Any], bytes]
"""From the publication that its format knows: most know any, a calendar's is of one kind."""
RenderTable = Callable[[Publication, Table], bytes]
