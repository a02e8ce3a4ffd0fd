"""What a reader keeps in mind from sentence to sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bilat.reading.calendars import When


@dataclass
class Discourse:
    """parties: the two countries. home: whose exports and imports are told of. side: the speaker's.

    indicator, when, exporter: of the last figure of the pair. whole: the largest turnover read
    so far, with its currency. foreign: the last figure was not
    about the pair. platform: the union of states named last.
    asked: sentences that may still answer a question about a goal; answering: about a flow.
    paragraph: of the sentence before. latest: the last period measured. title: the period that
    the head of the text names. told: flow and exporter of the last figures with a value.
    offices, people: whose prime minister, minister … was named; officials by surname.
    listing: in a list of goals; list_deadline: by and horizon that its head names. paper: sentences
    for which a paper with a term to come is still spoken of; paper_year: that term. after_goal: the
    number before was a goal. seen: the parties named so far. place and day (ISO): of the dateline.
    """

    language: str
    parties: tuple[str, str]
    published: date | None
    place: str | None = None
    day: str | None = None
    home: str | None = None
    side: str | None = None
    speaker: str | None = None
    indicator: str | None = None
    exporter: str | None = None
    when: When | None = None
    whole: tuple[float, str | None] | None = None
    currency: str | None = None
    foreign: bool = False
    foreign_names: frozenset[str] = frozenset()
    asked: int = 0
    answering: int = 0
    paragraph: int = 0
    title: When | None = None
    latest: When | None = None
    contact: str | None = None
    platform: str | None = None
    listing: bool = False
    list_deadline: tuple[int | None, int | None] = (None, None)
    paper: int = 0
    paper_year: int | None = None
    after_goal: bool = False
    told: list[tuple[str, str | None]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    offices: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    @property
    def now(self) -> int | None:
        """The year of publication, else of the latest period that was measured."""
        if self.published is not None:
            return self.published.year
        latest = self.latest
        if latest is None or latest.year is None:
            return None
        return latest.end_year or latest.year + (latest.sort == "fiscal")

    def other(self, code: str) -> str | None:
        """The partner of a party."""
        first, second = self.parties
        return {first: second, second: first}.get(code)
