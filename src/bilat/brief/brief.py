"""A brief: the facts of a programme on one day, for one viewer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from bilat import __version__
from bilat.brief.facts.decision import DecisionFact
from bilat.brief.facts.decisions import Findings, decision_facts
from bilat.brief.facts.differences import DifferenceFact, difference_facts
from bilat.brief.facts.fact import WORDS, Fact, MaybeSaid, Said
from bilat.brief.facts.finance import FinanceAsked, FinanceFact, finance_facts
from bilat.brief.facts.foresight import ForesightFact
from bilat.brief.facts.meetings import MeetingsFact, meetings_facts
from bilat.brief.facts.pair import PairFact, pair_facts
from bilat.brief.facts.plan import PlanningFact
from bilat.brief.facts.roadmap import RoadmapFact, roadmap_facts
from bilat.brief.facts.source import SourceFact
from bilat.brief.facts.targets import TargetFact, target_facts
from bilat.brief.facts.trade import TradeFact, trade_facts
from bilat.brief.facts.works import WorksFact, works_facts
from bilat.language import Words, say
from bilat.outlook import Luck
from bilat.programme import Programme, Record
from bilat.programme.provenance import parts
from bilat.register import seen_by
from bilat.trade import BOTH
from bilat.trade.observed import join
from bilat.trade.pair import PairStatistics


class SideFact(Fact):
    """One of the two parties."""

    code: str
    name: Said


class AssumptionFact(Fact):
    """Something that nobody stated: what, by whom it is assumed, and why."""

    ref: str
    part: str
    """Which field of the record, such as ``units_per_year``; empty for the whole record."""
    label: Said
    author: str | None
    reason: MaybeSaid


class Brief(Fact):
    """Everything that the documents of a brief say. The same input gives the same brief."""

    format: Literal["bilat-brief/1"] = "bilat-brief/1"
    version: str = __version__
    programme: str
    title: Said
    keys: str
    as_of: date
    viewer: str
    """``joint``, or the side for whose eyes this brief is."""
    sides: tuple[SideFact, SideFact]
    targets: tuple[TargetFact, ...]
    trade: TradeFact
    roadmap: RoadmapFact
    meetings: MeetingsFact
    works: WorksFact
    finance: FinanceFact
    differences: tuple[DifferenceFact, ...]
    decisions: tuple[DecisionFact, ...]
    assumptions: tuple[AssumptionFact, ...]
    sources: tuple[SourceFact, ...]
    foresight: ForesightFact | None = None
    """What only an outlook tells; a brief leaves it out."""
    planning: PlanningFact | None = None
    """What only a plan tells."""

    def side_name(self, side: str | None) -> Any:
        """What a side is called, for sentences; the code if it is no party."""
        if side == BOTH:
            return say("both sides, made one")
        return next((one.name for one in self.sides if one.code == side), side)

    def number_of(self, source: str) -> int | None:
        """The number of a source in this brief's list."""
        return next((item.number for item in self.sources if item.id == source), None)

    def to_json(self, words: Words, *, indent: int | None = 2) -> str:
        """JSON text; sentences in the language of ``words``, numbers and days as data."""
        return self.model_dump_json(context={WORDS: words}, indent=indent) + "\n"


def make_brief(
    programme: Programme,
    *,
    as_of: date,
    viewer: str = "joint",
    statistics: PairStatistics | None = None,
    luck: Luck | None = None,
    finance: FinanceAsked | None = None,
) -> Brief:
    """The brief of ``programme`` on ``as_of``, from what ``viewer`` may see.

    statistics: what a warehouse knew of the pair on the same day (`bilat.trade.read_statistics`).
    luck: what the simulation of measures draws from. finance: rates, lists and a plan that the
    finance facts are asked for.
    """
    visible, pair = with_statistics(seen_by(programme, viewer), as_of, statistics)
    targets = target_facts(visible, as_of, luck)
    trade = trade_facts(visible, as_of, pair)
    roadmap = roadmap_facts(visible, as_of)
    meetings = meetings_facts(visible, as_of)
    works = works_facts(visible, as_of)
    differences = difference_facts(targets, trade)
    money = finance_facts(visible, as_of, finance)
    findings = Findings(visible, as_of, targets, differences, roadmap, meetings, works, money)
    first, second = visible.sides
    return Brief(
        programme=visible.id,
        title=visible.title,
        keys=visible.keys,
        as_of=as_of,
        viewer=viewer,
        sides=(
            SideFact(code=first, name=visible.side_name(first)),
            SideFact(code=second, name=visible.side_name(second)),
        ),
        targets=targets,
        trade=trade,
        roadmap=roadmap,
        meetings=meetings,
        works=works,
        finance=money,
        differences=differences,
        decisions=decision_facts(findings),
        assumptions=tuple(_assumptions(visible)),
        sources=source_facts(visible, as_of),
    )


def with_statistics(
    programme: Programme, as_of: date, statistics: PairStatistics | None
) -> tuple[Programme, PairFact | None]:
    """The programme with the warehouse's numbers among its observations, and what else it says."""
    if statistics is None:
        return programme, None
    joined = join(programme, statistics.reported, statistics.sources, as_of, cited=statistics.cited)
    return joined.programme, pair_facts(statistics, joined.kept)


def brief_schema() -> dict[str, Any]:
    """The published JSON Schema of a brief."""
    schema = Brief.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Bilat brief",
    }


def _assumptions(programme: Programme) -> Iterator[AssumptionFact]:
    """Assumed records, and assumed parts of records, each with its author and reason."""
    for found in programme.memory.each("brief.assumptions", programme.records(), (), _assumed):
        yield from found


def _assumed(record: Record) -> tuple[AssumptionFact, ...]:
    return tuple(
        AssumptionFact(
            ref=f"{record.section}/{record.id}",
            part=".".join(str(step) for step in path),
            label=record.label,
            author=part.author,
            reason=part.reason,
        )
        for path, part in parts(record)
        if part.assumption
    )


def source_facts(programme: Programme, as_of: date) -> tuple[SourceFact, ...]:
    """Everything that could be cited on the day; what was published later could not."""
    known = [
        item
        for item in programme.sources
        if item.published is None or item.published.start <= as_of
    ]
    return tuple(
        SourceFact(
            number=number,
            id=item.id,
            title=item.title,
            publisher=item.publisher,
            address=item.address,
            published=item.published,
            side=item.side,
            note=item.note,
        )
        for number, item in enumerate(known, start=1)
    )
