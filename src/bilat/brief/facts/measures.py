"""What measures and projects add to the chance of a target, and what is owed to each."""

from __future__ import annotations

from bilat.brief.facts.fact import Fact, Said
from bilat.outlook import Chance, Simulated, TargetOutlook
from bilat.outlook.simulation import Gap


class GapFact(Fact):
    """What is missing to the target in the year of its date, base unit; see `Gap`."""

    expected: float
    tail: float
    median: float

    @classmethod
    def of(cls, gap: Gap) -> GapFact:
        return cls(expected=gap.expected, tail=gap.tail, median=gap.median)


class ContributionFact(Fact):
    """One measure: what it adds on average in the year of the date, and to the chance.

    chance: its Shapley value, a share; error: of that, by sampling. alone, last: the chance gained
    by it without the others, and lost if only it were missing.
    """

    id: str
    adds: float
    chance: float
    error: float
    alone: float
    last: float


class YearWithMeasures(Fact):
    """One year: the chance that its level reaches the target, and the quantiles of both."""

    year: int
    chance_without: float
    chance_with: float
    without: tuple[float, ...]
    with_measures: tuple[float, ...]


class WithMeasuresFact(Fact):
    """The chance of one date by one series, without and with all measures, as simulated."""

    draws: int
    chance_without: float
    chance_with: float
    gap_without: GapFact
    gap_with: GapFact
    contributions: tuple[ContributionFact, ...]
    years: tuple[YearWithMeasures, ...]


class MeasureFact(Fact):
    """A measure that the outlook counts, in the base unit a year; chances and shares 0 to 1."""

    id: str
    title: Said
    likely: float
    low: float | None
    high: float | None
    start: float
    ramp: float
    chance: float
    displaced: float
    depends_on: tuple[str, ...]
    notes: tuple[Said, ...]
    sources: tuple[str, ...]


class LeftOutFact(Fact):
    """A measure that the outlook cannot count, and why."""

    id: str
    title: Said
    why: Said


def with_measures(chance: Chance) -> WithMeasuresFact | None:
    """None where nothing was simulated."""
    done = chance.simulated
    if done is None:
        return None
    return WithMeasuresFact(
        draws=done.draws,
        chance_without=float(done.chance_without[-1]),
        chance_with=float(done.chance_with[-1]),
        gap_without=GapFact.of(done.gap_without),
        gap_with=GapFact.of(done.gap_with),
        contributions=_contributions(done),
        years=_years(done),
    )


def _contributions(done: Simulated) -> tuple[ContributionFact, ...]:
    """The largest first."""
    owed = done.contributions
    found = [
        ContributionFact(
            id=measure.id,
            adds=float(done.adds[place]),
            chance=float(owed.value[place]),
            error=float(owed.error[place]),
            alone=float(owed.alone[place]),
            last=float(owed.last[place]),
        )
        for place, measure in enumerate(done.measures)
    ]
    return tuple(sorted(found, key=lambda item: (-item.adds, item.id)))


def _years(done: Simulated) -> tuple[YearWithMeasures, ...]:
    return tuple(
        YearWithMeasures(
            year=int(done.edges[place]),
            chance_without=float(done.chance_without[place]),
            chance_with=float(done.chance_with[place]),
            without=tuple(float(level) for level in done.without[:, place]),
            with_measures=tuple(float(level) for level in done.with_measures[:, place]),
        )
        for place in range(len(done.edges) - 1)
    )


def measure_facts(outlook: TargetOutlook) -> tuple[MeasureFact, ...]:
    return tuple(
        MeasureFact(
            id=one.id,
            title=one.title,
            likely=one.likely,
            low=one.low,
            high=one.high,
            start=one.start,
            ramp=one.ramp,
            chance=one.chance,
            displaced=one.displaced,
            depends_on=one.depends_on,
            notes=one.notes,
            sources=one.sources,
        )
        for one in outlook.measures
    )


def left_out_facts(outlook: TargetOutlook) -> tuple[LeftOutFact, ...]:
    return tuple(LeftOutFact(id=one.id, title=one.title, why=one.why) for one in outlook.left_out)
