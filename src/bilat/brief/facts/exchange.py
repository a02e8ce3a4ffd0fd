"""Exchange of people: each area's numbers against what was planned, its measures and contacts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from bilat.brief.facts.contacts import ContactRow, contact_rows
from bilat.brief.facts.fact import Fact, Level, Said
from bilat.brief.facts.roadmap import CommitmentFact, roadmap_facts
from bilat.outlook.announcements import deadline
from bilat.programme import Commitment, Document, Exchange, Indicator, Programme
from bilat.trade import side_series


class PlanFact(Fact):
    """A value that an indicator is to have in one year, by one side's statement of a target."""

    target: str
    title: Said
    side: str
    year: int
    value: Decimal
    start: Level | None
    """The level from which that side counts: as stated, else its own of the year before."""


class NumberFact(Fact):
    """An indicator as both sides have it, and what was planned for it; base unit."""

    id: str
    title: Said
    unit: str
    display_unit: str
    years: tuple[Level, ...]
    """Full years of each side, in order; a year made from a part of it is among the parts."""
    parts: tuple[Level, ...]
    """What a side said of less than a year."""
    plans: tuple[PlanFact, ...]

    @property
    def sides(self) -> tuple[str, ...]:
        """Those that state something."""
        return tuple(dict.fromkeys(level.side for level in (*self.years, *self.parts)))

    def last_of(self, side: str) -> Level | None:
        """The latest full year that a side states."""
        return next((level for level in reversed(self.years) if level.side == side), None)

    def next_plan(self, as_of: date) -> PlanFact | None:
        """The plan whose year comes next, or was last."""
        ahead = [plan for plan in self.plans if plan.year >= as_of.year]
        return min(ahead, key=_year, default=max(self.plans, key=_year, default=None))


class ExchangeFact(Fact):
    """One exchange, or all of an area together."""

    ids: tuple[str, ...]
    areas: tuple[str, ...]
    numbers: tuple[NumberFact, ...]
    measures: tuple[CommitmentFact, ...]
    """Named by it, or aimed at one of its indicators: what is late first."""
    contacts: tuple[ContactRow, ...]
    """Those that its measures come from or follow from, the latest first."""
    documents: tuple[str, ...]
    """Ids: its own, and those in which its measures stand."""


def exchange_fact(programme: Programme, exchanges: Iterable[Exchange], as_of: date) -> ExchangeFact:
    """What these exchanges have together, each thing once."""
    return exchange_facts(programme, [tuple(exchanges)], as_of)[0]


def exchange_facts(
    programme: Programme, groups: Sequence[Sequence[Exchange]], as_of: date
) -> tuple[ExchangeFact, ...]:
    """One for each group of exchanges; what they need of all measures is read once."""
    aimed = _by_indicator(programme)
    measures = [_measures(group, aimed) for group in groups]
    wanted = {each for found in measures for each in found}
    items = tuple(item for item in programme.commitments if item.id in wanted)
    facts = roadmap_facts(programme.with_fields(commitments=items), as_of).commitments
    contacts = _contacts(programme, items, as_of)
    numbers = {
        item.id: item
        for item in number_facts(
            programme,
            _once(i for group in groups for each in group for i in each.indicators),
            as_of,
        )
    }
    return tuple(
        _exchange(programme, group, [item for item in facts if item.id in named], contacts, numbers)
        for group, named in zip(groups, measures, strict=True)
    )


def _exchange(
    programme: Programme,
    group: Sequence[Exchange],
    measures: Sequence[CommitmentFact],
    contacts: Iterable[ContactRow],
    numbers: Mapping[str, NumberFact],
) -> ExchangeFact:
    ids = {item.id for item in measures}
    indicators = _once(each for item in group for each in item.indicators)
    return ExchangeFact(
        ids=tuple(item.id for item in group),
        areas=_once(item.area for item in group),
        numbers=tuple(numbers[each] for each in indicators if each in numbers),
        measures=tuple(measures),
        contacts=tuple(item for item in contacts if ids.intersection(item.follow_up)),
        documents=_documents(programme, group, measures),
    )


def number_facts(
    programme: Programme, indicators: Iterable[str], as_of: date
) -> Iterator[NumberFact]:
    """Both sides' series side by side: never made one."""
    for each in indicators:
        indicator = programme.find(Indicator, each)
        if indicator is not None:
            yield _number(programme, indicator, as_of)


def _number(programme: Programme, indicator: Indicator, as_of: date) -> NumberFact:
    series = [side_series(programme, indicator, side, as_of) for side in programme.sides]
    whole = tuple(
        Level.of(point, one) for one in series for point in one.years if point.part_months is None
    )
    return NumberFact(
        id=indicator.id,
        title=indicator.title,
        unit=indicator.unit.base,
        display_unit=str(indicator.unit),
        years=whole,
        parts=tuple(Level.of(point, one) for one in series for point in one.parts),
        plans=tuple(_plans(programme, indicator, whole, as_of)),
    )


def _plans(
    programme: Programme, indicator: Indicator, levels: Sequence[Level], as_of: date
) -> Iterator[PlanFact]:
    for target in programme.targets:
        if target.indicator != indicator.id:
            continue
        for statement in target.statements:
            year = deadline(statement)
            if year is None or statement.announced.start > as_of:
                continue
            base = statement.baseline
            stated = base and Level(
                side=statement.side,
                period=base.period,
                value=(base.unit or indicator.unit).to_base(base.value),
                unit=indicator.unit.base,
                kind="stated",
                sources=base.sources,
            )
            yield PlanFact(
                target=target.id,
                title=target.title,
                side=statement.side,
                year=year,
                value=target.unit.to_base(target.value),
                start=stated or _own_level(levels, statement.side, statement.starts.start.year),
            )


def _own_level(levels: Sequence[Level], side: str, year: int) -> Level | None:
    """The latest of the side's own years up to that in which it counts from."""
    own = [each for each in levels if each.side == side and each.period.start.year <= year]
    return own[-1] if own else None


def _by_indicator(programme: Programme) -> Mapping[str, list[str]]:
    """Indicator → ids of the measures that are aimed at it."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in programme.commitments:
        for each in item.indicators:
            found[each].append(item.id)
    return found


def _measures(group: Iterable[Exchange], aimed: Mapping[str, list[str]]) -> set[str]:
    named = {each for item in group for each in item.commitments}
    return named.union(*(aimed.get(each, ()) for item in group for each in item.indicators))


def _contacts(
    programme: Programme, measures: Sequence[Commitment], as_of: date
) -> tuple[ContactRow, ...]:
    """Those that any of these measures comes from or follows from."""
    ids = {item.id for item in measures}
    decided = {item.contact for item in measures if item.contact}
    found = tuple(
        item
        for item in programme.contacts
        if item.id in decided or ids.intersection(item.follow_up)
    )
    return contact_rows(programme.with_fields(contacts=found), as_of) if found else ()


def _documents(
    programme: Programme, exchanges: Sequence[Exchange], measures: Sequence[CommitmentFact]
) -> tuple[str, ...]:
    own = [item.document for item in exchanges if item.document]
    others = [item.document for item in measures if item.document]
    return tuple(each for each in _once([*own, *others]) if programme.find(Document, each))


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _year(plan: PlanFact) -> int:
    return plan.year
