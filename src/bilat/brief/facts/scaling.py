"""Which projects could be scaled up: from how many units to how many, what it adds, what it needs.

A project is here while it is neither stopped nor scaled up and states an effect. `added` is the
effect as stated: its likely value, less what it displaces, by the share that works in each year if
it starts as stated; `expected` is that times its chance. Both are beyond what worked already in the
year before the first, as in the outlook.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.brief.facts.projects import ProjectsFact, ProjectStanding
from bilat.outlook.measures import Measure, measures_of
from bilat.outlook.working import stated_additions
from bilat.programme import Commitment, Indicator, Programme, Project, Target
from bilat.vocabulary import Money

AHEAD = 5
"""Years from this one, where the target names no date; never fewer than to its latest date."""
MOST_AHEAD = 15


class ScaleFact(Fact):
    """One project. units_from: made in the latest year that is known (from_year); units_to: with
    what it should add. None: not stated. added, expected: by year, in the target's base unit."""

    id: str
    title: Said
    stage: str
    units_from: Decimal | None
    from_year: int | None
    units_to: Decimal | None
    added: tuple[float, ...]
    expected: tuple[float, ...]
    chance: float | None
    why_not: MaybeSaid
    """Why nothing is added to the target."""
    finance: Money | None
    missing: Money | None
    cost: Money | None
    open_measures: tuple[tuple[str, Said], ...]
    holds: int
    assumption: bool
    visibility: str


class ScalingFact(Fact):
    """What scaling up could add to a target. unit: base unit; target: None where none is set."""

    target: str | None
    title: MaybeSaid
    unit: str | None
    display_unit: str | None
    years: tuple[int, ...]
    projects: tuple[ScaleFact, ...]
    added: tuple[float, ...]
    expected: tuple[float, ...]


def scaling_facts(programme: Programme, works: ProjectsFact, as_of: date) -> ScalingFact:
    """Towards the headline target. The projects that add most come first."""
    target = _target(programme)
    indicator = programme.find(Indicator, target.indicator) if target else None
    measures, left = measures_of(programme, indicator, as_of) if indicator else ((), ())
    known = {one.id: one for one in measures}
    why = {one.id: one.why for one in left}
    years = _years(target, as_of)
    found = [
        _scale(programme, item, known.get(f"projects/{item.id}"), years, as_of)
        for item in works.projects
        if item.stage not in ("stopped", "scaled_up") and _has_effect(programme, item)
    ]
    rows = [
        row if row.added else row.model_copy(update={"why_not": why.get(f"projects/{row.id}")})
        for row in found
    ]
    return ScalingFact(
        target=target.id if target and indicator else None,
        title=target.title if target and indicator else None,
        unit=indicator.unit.base if indicator else None,
        display_unit=str(target.unit) if target and indicator else None,
        years=years,
        projects=tuple(sorted(rows, key=lambda row: (-sum(row.expected), row.id))),
        added=_sum([row.added for row in rows], len(years)),
        expected=_sum([row.expected for row in rows], len(years)),
    )


def _target(programme: Programme) -> Target | None:
    wanted = programme.find(Target, programme.headline_target)
    return wanted or next((one for one in programme.targets if one.visibility == "joint"), None)


def _years(target: Target | None, as_of: date) -> tuple[int, ...]:
    ends = [as_of.year + AHEAD - 1]
    for one in target.statements if target else ():
        if one.by:
            ends.append(one.by.end.year)
        elif one.horizon_years:
            ends.append(one.starts.end.year + one.horizon_years)
    last = min(max(ends), as_of.year + MOST_AHEAD - 1)
    return tuple(range(as_of.year, last + 1))


def _has_effect(programme: Programme, item: ProjectStanding) -> bool:
    project = programme.find(Project, item.id)
    return project is not None and project.effect is not None


def _scale(
    programme: Programme,
    item: ProjectStanding,
    measure: Measure | None,
    years: tuple[int, ...],
    as_of: date,
) -> ScaleFact:
    project = programme.find(Project, item.id)
    assert project is not None  # noqa: S101 (its standing was made of it)
    effect = project.effect
    assert effect is not None  # noqa: S101 (only those with an effect are asked)
    added = stated_additions(measure, years) if measure else ()
    units_from = _units_from(item)
    more = None if effect.unit.is_money else effect.unit.to_base(effect.likely)
    missing = item.need.missing if item.need else None
    return ScaleFact(
        id=item.id,
        title=item.title,
        stage=item.stage,
        units_from=units_from,
        from_year=item.latest[0].year if item.latest else None,
        units_to=None if more is None else (units_from or Decimal(0)) + more,
        added=added,
        expected=tuple(one * measure.chance for one in added) if measure else (),
        chance=measure.chance if measure else None,
        why_not=None,
        finance=effect.finance,
        missing=Money(amount=missing, currency=item.need.currency)
        if item.need and missing
        else None,
        cost=effect.cost,
        open_measures=tuple(
            (name, title)
            for name, title in item.measures
            if (one := programme.find(Commitment, name)) and one.completion(as_of) != "complete"
        ),
        holds=sum(not hold.doubtful for hold in item.holds),
        assumption=effect.assumption or item.assumption,
        visibility=item.visibility,
    )


def _units_from(item: ProjectStanding) -> Decimal | None:
    """Made in the latest year; the smaller count where the sides differ: it promises less."""
    return min((one.units for one in item.latest if one.units is not None), default=None)


def _sum(rows: list[tuple[float, ...]], width: int) -> tuple[float, ...]:
    return tuple(sum(row[place] for row in rows if row) for place in range(width))
