"""Measures on a line of years: from their start to their date, with milestones, and today.

Every mark is a date that is recorded; a measure without a date has none. Places are in the units
of the drawing, `WIDTH` across.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bilat.brief.facts.roadmap import CommitmentFact
from bilat.programme import Commitment, Document, Programme

WIDTH = 480
MOST_LABELS = 10
"""More years than this cannot be read side by side: then every other is named, or every fifth."""
STRIDES = (1, 2, 5, 10, 25, 50, 100)


@dataclass(frozen=True)
class Bar:
    """start: None where nobody recorded one. first: the date that was there before a change.
    milestones: (place, whether it is done)."""

    start: float | None
    due: float
    first: float | None
    milestones: tuple[tuple[float, bool], ...]

    @property
    def length(self) -> float:
        return 0.0 if self.start is None else max(self.due - self.start, 0.0)


@dataclass(frozen=True)
class Timeline:
    """years: (year, place of 1 January, whether it is named); bars: by the measure's id."""

    years: tuple[tuple[int, float, bool], ...]
    today: float
    bars: Mapping[str, Bar]
    width: int = WIDTH


@dataclass(frozen=True)
class _Dates:
    """What is recorded of one measure."""

    start: date | None
    due: date
    first: date | None
    milestones: tuple[tuple[date, bool], ...]

    @property
    def every(self) -> Sequence[date]:
        known = [self.due, *(day for day, _done in self.milestones)]
        return known + [day for day in (self.start, self.first) if day]


def timeline_of(
    programme: Programme, facts: Iterable[CommitmentFact], today: date
) -> Timeline | None:
    """None where none of them has a date."""
    wanted = {fact.id: fact for fact in facts if fact.due}
    records = [item for item in programme.commitments if item.id in wanted]
    papers = {paper.id: paper for paper in programme.documents}
    known = {item.id: _dates(wanted[item.id], item, papers) for item in records}
    days = [day for dates in known.values() for day in dates.every]
    if not days:
        return None
    first, last = min(*days, today).year, max(*days, today).year + 1
    scale = _Scale(date(first, 1, 1), date(last, 1, 1))
    stride = next(step for step in STRIDES if (last - first) <= step * MOST_LABELS)
    return Timeline(
        tuple(
            (year, scale(date(year, 1, 1)), (year - first) % stride == 0)
            for year in range(first, last)
        ),
        scale(today),
        {id_: _bar(dates, scale) for id_, dates in known.items()},
    )


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def __call__(self, day: date) -> float:
        return round((day - self.first).days / (self.last - self.first).days * WIDTH, 1)


def _dates(fact: CommitmentFact, item: Commitment, papers: Mapping[str, Document]) -> _Dates:
    """A measure without a start of its own begins on the day of the document that it stands in."""
    assert fact.due is not None  # noqa: S101 (asked for measures with a date)
    paper = papers.get(item.document or "")
    began = item.start or (paper and (paper.signed or paper.agreed)) or None
    due = fact.due.end
    return _Dates(
        began.start if began and began.start < due else None,
        due,
        fact.first_due.end if fact.first_due else None,
        tuple((stone.due.end, stone.done is not None) for stone in item.milestones if stone.due),
    )


def _bar(dates: _Dates, scale: _Scale) -> Bar:
    return Bar(
        scale(dates.start) if dates.start else None,
        scale(dates.due),
        scale(dates.first) if dates.first else None,
        tuple((scale(day), done) for day, done in dates.milestones),
    )
