"""What only the outlook tells: which assumption matters most, and how well was foreseen before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bilat.brief.facts.fact import Fact, Said
from bilat.outlook import Chance, Luck, TrackRecord, sensitivity, target_outlook, track_record
from bilat.outlook.measures import Measure
from bilat.outlook.sensitivity import NAMES
from bilat.programme import Programme, Target
from bilat.trade import BOTH

MOVED = 12
"""So many measures, those that add most, have their assumptions moved."""
QUARTERS = 16
"""So many past quarters are looked at."""


class SwingFact(Fact):
    """One assumption at its two ends, and the chance at each; measure: an id, or None for all."""

    name: Said
    measure: str | None
    low: float
    high: float


class SensitivityFact(Fact):
    """What moves the chance of one date of a target by one side's statistics."""

    target: str
    side: str
    year: int
    swings: tuple[SwingFact, ...]


class ChanceOnDay(Fact):
    """The chance of a target by one date and one side's statistics, as it could be known then."""

    target: str
    side: str
    year: int
    day: date
    chance: float


class YearScoredFact(Fact):
    """A year that was foreseen, and what came true, in the base unit of the target."""

    target: str
    made: date
    side: str | None
    year: int
    middle: float
    low80: float
    high80: float
    truth: float
    held: bool


class TrackFact(Fact):
    """A programme's own record; shares and scores are None while nothing can be judged."""

    years: tuple[YearScoredFact, ...]
    waiting: int
    held_80: float | None
    held_95: float | None
    loss: float | None
    chances: int
    brier: float | None


class ForesightFact(Fact):
    """sensitivity: of each target that measures should move, for its best chance. history: the
    chances by this method on earlier days, from what was known then."""

    sensitivity: tuple[SensitivityFact, ...]
    history: tuple[ChanceOnDay, ...]
    track: TrackFact

    @classmethod
    def empty(cls) -> ForesightFact:
        """Where nothing was asked for."""
        return cls(sensitivity=(), history=(), track=_track(TrackRecord((), (), 0)))


def foresight_facts(
    programme: Programme, as_of: date, targets: tuple[str, ...], luck: Luck | None = None
) -> ForesightFact:
    """targets: ids, of what the viewer may see."""
    chosen = [target for target in programme.targets if target.id in targets]
    moved = (_sensitivity(programme, target, as_of, luck or Luck()) for target in chosen)
    return ForesightFact(
        sensitivity=tuple(item for item in moved if item),
        history=tuple(one for target in chosen for one in _history(programme, target, as_of)),
        track=_track(track_record(programme, as_of)),
    )


def _history(programme: Programme, target: Target, as_of: date) -> Iterator[ChanceOnDay]:
    """On the last day of each quarter since the first announcement, and on ``as_of``."""
    first = min(item.announced.start for item in target.statements)
    for day in (*_quarters(first, as_of), as_of):
        outlook = target_outlook(programme, target, day)
        found = {
            (chance.series.side, item.deadline): chance.chance
            for item in (outlook.announcements if outlook else ())
            for chance in item.chances
        }
        for (side, year), chance in found.items():
            if year is not None:
                yield ChanceOnDay(target=target.id, side=side, year=year, day=day, chance=chance)


def _quarters(first: date, last: date) -> list[date]:
    ends = ((3, 31), (6, 30), (9, 30), (12, 31))
    days = (date(year, *end) for year in range(first.year, last.year + 1) for end in ends)
    return [day for day in days if first <= day < last][-QUARTERS:]


def _sensitivity(
    programme: Programme, target: Target, as_of: date, luck: Luck
) -> SensitivityFact | None:
    outlook = target_outlook(programme, target, as_of, luck)
    chances = [
        (item.deadline, chance)
        for item in (outlook.announcements if outlook else ())
        for chance in item.chances
        if chance.simulated and item.deadline and chance.series.side != BOTH
    ]
    if outlook is None or not chances:
        return None
    year, best = max(chances, key=lambda pair: pair[1].chance)
    found = sensitivity(best, _largest(best, outlook.measures), float(outlook.level), luck)
    return SensitivityFact(
        target=target.id,
        side=best.series.side,
        year=year,
        swings=tuple(
            SwingFact(name=NAMES[one.kind], measure=one.measure, low=one.low, high=one.high)
            for one in found
        ),
    )


def _largest(chance: Chance, measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Those that add most, and what they depend on, in their order."""
    if chance.simulated is None or len(measures) <= MOVED:
        return measures
    by_size = sorted(zip(chance.simulated.adds, measures, strict=True), key=lambda pair: -pair[0])
    kept = {measure.id for _adds, measure in by_size[:MOVED]}
    for measure in reversed(measures):
        if measure.id in kept:
            kept.update(measure.depends_on)
    return tuple(measure for measure in measures if measure.id in kept)


def _track(record: TrackRecord) -> TrackFact:
    return TrackFact(
        years=tuple(
            YearScoredFact(
                target=one.outlook.target,
                made=one.outlook.made,
                side=one.outlook.statistics,
                year=one.year,
                middle=one.foreseen[3],
                low80=one.foreseen[1],
                high80=one.foreseen[5],
                truth=one.truth,
                held=one.in_80,
            )
            for one in record.years
        ),
        waiting=record.waiting,
        held_80=record.held_80,
        held_95=record.held_95,
        loss=record.loss,
        chances=len(record.chances),
        brier=record.brier,
    )
