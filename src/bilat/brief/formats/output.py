"""What every document format is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bilat.brief.brief import Brief
from bilat.brief.story import Story, tell
from bilat.brief.story.blocks import Table
from bilat.language import Words
from bilat.programme import Programme

if TYPE_CHECKING:
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

    @cached_property
    def story(self) -> Story:
        return self.told or tell(self.brief)

    @cached_property
    def charts(self) -> Charts:
        from bilat.brief.charts import Charts  # Altair takes a second to load: only when drawing

        return Charts(self.brief, self.words)

    def numbers(self, sources: tuple[str, ...]) -> list[int]:
        """Numbers of the cited sources in this brief's list, without doubles, in order."""
        found = {self.brief.number_of(source) for source in sources}
        return sorted(number for number in found if number)


Render = Callable[[Output], bytes]
RenderTable = Callable[[Output, Table], bytes]
