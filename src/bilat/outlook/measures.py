"""What commitments and projects add to an indicator: from records to numbers that can be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TypeAlias

from bilat.errors import NoAnswer
from bilat.language import Message, Text, say
from bilat.programme import Commitment, Effect, Indicator, Programme, Project
from bilat.programme.agreements import Completion
from bilat.programme.projects import Stage
from bilat.programme.rings import rings
from bilat.vocabulary import Money

Source: TypeAlias = "Commitment | Project"

CHANCE_BY_STAGE: Mapping[Stage, float] = MappingProxyType(
    {
        "idea": 0.2,
        "negotiated": 0.35,
        "agreed": 0.5,
        "preparing": 0.7,
        "operating": 0.95,
        "scaled_up": 1.0,
        "stopped": 0.0,
    }
)
"""Where nobody states a chance (a judgement, said beside each measure that rests on it)."""
CHANCE_BY_COMPLETION: Mapping[Completion, float] = MappingProxyType(
    {
        "no_evidence": 0.35,
        "not_started": 0.35,
        "limited": 0.5,
        "substantial": 0.8,
        "complete": 1.0,
    }
)
"""The same for commitments, by the grade of their latest evidence."""


@dataclass(frozen=True)
class Measure:
    """One commitment or project with an effect on the indicator asked about.

    low, likely, high: what it adds a year once it works fully, in the base unit of the indicator;
    10 %, 50 % and 90 % points. start: year as a fraction (2027.5 is 1 July 2027). begun: it works
    since then, and cannot be late any more. ramp: years from the start to the full effect.
    chance: that it comes about, 0 to 1. displaced: share that replaces trade that exists or would
    come anyway. depends_on, excludes: ids of other measures. smallest: smallest share of it that
    can be carried out. notes: what was assumed.
    """

    id: str
    title: Text
    likely: float
    start: float
    low: float | None = None
    high: float | None = None
    begun: bool = False
    ramp: float = 0.0
    chance: float = 1.0
    displaced: float = 0.0
    depends_on: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    cost: Money | None = None
    finance: Money | None = None
    facility: str | None = None
    smallest: float = 1.0
    sources: tuple[str, ...] = ()
    notes: tuple[Message, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class LeftOut:
    """A commitment or project whose effect cannot be counted, and why."""

    id: str
    title: Text
    why: Message


def measures_of(
    programme: Programme, indicator: Indicator, as_of: date
) -> tuple[tuple[Measure, ...], tuple[LeftOut, ...]]:
    """Every visible effect on ``indicator``, in the order of the folder, and what is left out.

    An effect on the exports of one side also counts for the turnover in the same currency.
    """
    carried = {
        name: project.id
        for project in programme.projects
        if project.effect and _counts(programme, project.effect, indicator)
        for name in project.commitments
    }
    found: list[Measure] = []
    left: list[LeftOut] = []
    records: list[Source] = [*programme.commitments, *programme.projects]
    for record in records:
        effect = record.effect
        if effect is None or not _counts(programme, effect, indicator):
            continue
        name = _id(record)
        why = _obstacle(record, effect, carried)
        if why is None and (rival := _rival(record, found)):
            why = say("{rival} takes its place, and is counted instead", rival=rival)
        if why is not None:
            left.append(LeftOut(name, record.label, why))
        else:
            found.append(_measure(record, effect, as_of))
    known = {measure.id for measure in found}
    return tuple(_among(measure, known) for measure in found), tuple(left)


def _id(record: Source) -> str:
    return f"{record.section}/{record.id}"


def _counts(programme: Programme, effect: Effect, indicator: Indicator) -> bool:
    if effect.indicator == indicator.id:
        return True
    way = programme.find(Indicator, effect.indicator)
    return (
        indicator.measures == "turnover"
        and way is not None
        and way.measures == "exports"
        and way.unit.base == indicator.unit.base
    )


def _obstacle(record: Source, effect: Effect, carried: Mapping[str, str]) -> Message | None:
    if isinstance(record, Project) and record.stage == "stopped":
        return say("it was stopped")
    if isinstance(record, Commitment) and record.id in carried:
        return say(
            "it is counted with the project that carries it out, {project}",
            project=carried[record.id],
        )
    if effect.start is None:
        return say("its effect does not say when it starts: add “start”")
    return None


def _rival(record: Source, found: Iterable[Measure]) -> str | None:
    mine = {f"{record.section}/{name}" for name in record.excludes}
    return next((m.id for m in found if m.id in mine or _id(record) in m.excludes), None)


def _among(measure: Measure, known: set[str]) -> Measure:
    """Only dependencies that are measures themselves can hold it up here."""
    kept = tuple(name for name in measure.depends_on if name in known)
    if kept == measure.depends_on:
        return measure
    return replace(measure, depends_on=kept)


def _measure(record: Source, effect: Effect, as_of: date) -> Measure:
    factor = float(effect.unit_price.amount if effect.unit_price else effect.unit.scale)
    chance, notes = _chance(record, effect, as_of)
    start, begun, late = _start(record, effect, as_of)
    notes += late
    if effect.low is None or effect.high is None:
        notes = (*notes, say("no range is stated: the usual spread is assumed"))
    return Measure(
        id=_id(record),
        title=record.label,
        low=None if effect.low is None else float(effect.low) * factor,
        likely=float(effect.likely) * factor,
        high=None if effect.high is None else float(effect.high) * factor,
        start=start,
        begun=begun,
        ramp=float(effect.ramp_years),
        chance=chance,
        displaced=float(effect.displaced) / 100,
        depends_on=tuple(f"{record.section}/{name}" for name in record.depends_on),
        excludes=tuple(f"{record.section}/{name}" for name in record.excludes),
        owners=record.owners if isinstance(record, Commitment) else record.partners,
        cost=effect.cost,
        finance=effect.finance,
        facility=effect.facility or (record.facility if isinstance(record, Project) else None),
        smallest=float(effect.smallest) / 100,
        sources=effect.sources or record.sources,
        notes=notes,
    )


def _start(record: Source, effect: Effect, as_of: date) -> tuple[float, bool, tuple[Message, ...]]:
    """When it works from, whether it does already, and what was assumed."""
    if effect.start is None:
        raise AssertionError("an effect without a start was let through")
    begins = effect.start.start
    if begins >= as_of:
        return as_year(begins), False, ()
    if isinstance(record, Project):
        works = record.stage in ("operating", "scaled_up")
    else:
        works = record.completion(as_of) in ("substantial", "complete")
    if works:
        return as_year(begins), True, ()
    note = say(
        "its stated start, {start}, is past: counted from {day}", start=effect.start, day=as_of
    )
    return as_year(as_of), False, (note,)


def _chance(record: Source, effect: Effect, as_of: date) -> tuple[float, tuple[Message, ...]]:
    if effect.chance is not None:
        return float(effect.chance) / 100, ()
    if isinstance(record, Project):
        if record.chance:
            return float(record.chance.likely) / 100, ()
        return CHANCE_BY_STAGE[record.stage], (say("no chance is stated: taken from its stage"),)
    grade = record.completion(as_of)
    note = say("no chance is stated: taken from its completion")
    return CHANCE_BY_COMPLETION[grade], (note,)


def as_year(day: date) -> float:
    """A day as a year with its fraction: 2 July 2027 is about 2027.5."""
    first, following = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + (day - first) / timedelta(days=1) / (following - first).days


def in_order(measures: Sequence[Measure]) -> tuple[int, ...]:
    """Places of the measures so that each comes after what it depends on.

    Raises NoAnswer for two of one id, an unknown dependency, or a ring.
    """
    place = {measure.id: number for number, measure in enumerate(measures)}
    if len(place) != len(measures):
        raise NoAnswer(say("two measures have the same id; give each its own"))
    for measure in measures:
        for name in measure.depends_on:
            if name not in place:
                raise NoAnswer(
                    say(
                        "{measure} depends on {name}, which is no measure here; "
                        "add it, or take the dependency out",
                        measure=measure.id,
                        name=name,
                    )
                )
    edges = {measure.id: measure.depends_on for measure in measures}
    if ring := next(iter(rings(edges)), None):
        raise NoAnswer(
            say(
                "measures wait for each other in a ring: {ring}. Take one dependency out",
                ring=" → ".join(ring),
            )
        )
    return tuple(_sorted(measures, place))


def _sorted(measures: Sequence[Measure], place: Mapping[str, int]) -> Iterator[int]:
    done: set[str] = set()
    while len(done) < len(measures):
        for number, measure in enumerate(measures):
            if measure.id not in done and done.issuperset(measure.depends_on):
                done.add(measure.id)
                yield number
