"""Roadmap and decisions: by owner, and commitment by commitment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bilat.brief.brief import Brief
from bilat.brief.facts.roadmap import CommitmentFact, OwnerRow
from bilat.brief.story.blocks import Block, Cell, Chart, Column, Paragraph, Section, Table, row
from bilat.brief.story.names import STATE, STATE_TONE, titled
from bilat.language import Message, say, say_many
from bilat.programme.names import COMPLETION

PRINTED = 60


def roadmap_section(brief: Brief) -> Section:
    """Completion by owner, then what is late, due, undated, proposed."""
    return Section("roadmap", say("Roadmap and decisions"), tuple(_blocks(brief)))


def _blocks(brief: Brief) -> Iterator[Block]:
    if not brief.roadmap.commitments:
        yield Paragraph(say("No commitment is recorded. Add measures under “commitments”."))
        return
    yield Paragraph(summary(brief))
    if any(item.owners for item in brief.roadmap.commitments):
        yield Chart("completion", say("Completion by owner"))
    yield _owners(brief)
    yield _commitments(brief)


def summary(brief: Brief) -> Message:
    """The counts in one sentence."""
    road = brief.roadmap
    return say_many(
        "{n} commitment: {complete} complete, {late} late, {soon} due within 90 days, {undated} "
        "without a date, {bare} without an owner, {proposed} proposed by one side.",
        "{n} commitments: {complete} complete, {late} late, {soon} due within 90 days, {undated} "
        "without a date, {bare} without an owner, {proposed} proposed by one side.",
        n=len(road.commitments),
        complete=len(road.in_state("complete")),
        late=len(road.in_state("late")),
        soon=len(road.in_state("due_soon")),
        undated=len(road.in_state("no_date")),
        bare=len(road.without_owner),
        proposed=len(road.in_state("proposed")),
    )


def _owners(brief: Brief) -> Table:
    return Table(
        "owners",
        say("By owner"),
        (
            Column(say("Owner"), wide=True),
            Column(say("Side")),
            Column(say("Total"), numeric=True),
            Column(say("Complete"), numeric=True),
            Column(say("Late"), numeric=True),
            Column(say("Due within 90 days"), numeric=True),
            Column(say("No evidence"), numeric=True),
            Column(say("Last report")),
        ),
        tuple(_owner(brief, item) for item in brief.roadmap.owners),
        notes=(say("A commitment with several owners counts for each of them."),),
        essential=True,
        shown=PRINTED,
    )


def _owner(brief: Brief, item: OwnerRow) -> tuple[Cell, ...]:
    owner = item.owner
    return row(
        Cell(owner.name if owner else say("without owner"), tone=None if owner else "bad"),
        (brief.side_name(owner.side) if owner.side else say("both sides")) if owner else None,
        item.total,
        item.complete,
        Cell(item.late, tone="bad" if item.late else None),
        Cell(item.due_soon, tone="warn" if item.due_soon else None),
        Cell(item.no_evidence, tone="warn" if item.no_evidence else None),
        item.last_update,
    )


def _commitments(brief: Brief) -> Table:
    return Table(
        "commitments",
        say("Commitments, the most urgent first"),
        (
            Column(say("Commitment"), wide=True),
            Column(say("Owner"), wide=True),
            Column(say("Due")),
            Column(say("Completion")),
            Column(say("State")),
        ),
        tuple(_commitment(brief, item) for item in brief.roadmap.commitments),
        shown=PRINTED,
        sheet=say("Commitments"),
    )


def _commitment(brief: Brief, item: CommitmentFact) -> tuple[Cell, ...]:
    return row(
        Cell(_title(item), item.sources),
        [owner.name for owner in item.owners] or None,
        _due(item),
        COMPLETION[item.completion],
        Cell(_state(brief, item), tone=STATE_TONE.get(item.state)),
    )


def _title(item: CommitmentFact) -> Any:
    title = say("{title} (carried over)", title=item.title) if item.carried_from else item.title
    return titled(title, assumption=item.assumption)


def _due(item: CommitmentFact) -> object:
    if item.first_due is None:
        return item.due
    return say(
        "{due}, first {first} ({reason})",
        due=item.due,
        first=item.first_due,
        reason=item.due_reason,
    )


def _state(brief: Brief, item: CommitmentFact) -> Message:
    if item.state == "proposed":
        return say("proposed by {side}", side=brief.side_name(item.proposed_by))
    return STATE[item.state]
