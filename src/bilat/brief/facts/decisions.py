"""What to decide at the next session: each proposal follows from a fact and names it.

The machine proposes an agenda, in the order of weight; people decide what goes on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bilat.brief.facts.decision import DecisionFact
from bilat.brief.facts.decisions_finance import finance_decisions
from bilat.brief.facts.differences import DifferenceFact
from bilat.brief.facts.finance import FinanceFact
from bilat.brief.facts.listing import one_after_another, titles_of
from bilat.brief.facts.meetings import MeetingsFact
from bilat.brief.facts.roadmap import RoadmapFact
from bilat.brief.facts.targets import TargetFact
from bilat.brief.facts.works import WorksFact
from bilat.language import Message, say, say_many
from bilat.programme import Programme
from bilat.vocabulary import Quantity, Unit

LARGE_DIFFERENCE = 0.2
"""Two statistics of one flow that are a fifth apart are worth a joint look."""


@dataclass(frozen=True)
class Findings:
    """Everything that decisions are derived from."""

    programme: Programme
    as_of: date
    targets: tuple[TargetFact, ...]
    differences: tuple[DifferenceFact, ...]
    roadmap: RoadmapFact
    meetings: MeetingsFact
    works: WorksFact
    finance: FinanceFact


def decision_facts(findings: Findings) -> tuple[DecisionFact, ...]:
    """Proposals for the next session; none when nothing calls for a decision."""
    rules = (
        _one_date,
        _close_the_gap,
        _compare_statistics,
        _late,
        _overdue_contacts,
        _answer_proposals,
        _owners,
        _carry_over,
        _dates_of_measures,
        _evidence,
        _documents,
        _project_figures,
    )
    found = [decision for rule in rules for decision in rule(findings)]
    return (*found, *finance_decisions(findings.finance))


def _one_date(found: Findings) -> Iterator[DecisionFact]:
    for item in found.differences:
        if item.kind == "target_date":
            sides = [
                say("{side}: {text}", side=found.programme.side_name(one.side), text=one.text)
                for one in item.sayings
            ]
            target = next(t for t in found.targets if item.ref == f"targets/{t.id}")
            yield DecisionFact(
                title=say("Agree one date for the target “{title}”", title=target.title),
                reason=say(
                    "The sides name different dates. {sides}", sides=one_after_another(sides)
                ),
                section="differences",
                refs=(item.ref,),
            )


def _close_the_gap(found: Findings) -> Iterator[DecisionFact]:
    for target in found.targets:
        chances = [(a, chance) for a in target.announcements for chance in a.chances]
        if not chances or target.verdict not in ("off_track", "open"):
            continue
        announcement, best = max(chances, key=lambda pair: pair[1].median)
        unit = Unit.parse(target.display_unit)
        missing = float(target.value) - best.median
        yield DecisionFact(
            title=(
                say("Decide what closes the gap to the target, or set another target or date")
                if target.verdict == "off_track"
                else say("Decide what secures the target")
            ),
            reason=say(
                "Even by the more favourable reading (statistics: {side}; by {year}) the middle "
                "of the forecast is {median}; {gap} are missing",
                side=found.programme.side_name(best.side),
                year=str(announcement.deadline),
                median=_rounded(best.median, unit),
                gap=_rounded(missing, unit),
            )
            if missing > 0
            else say(
                "By the more favourable reading (statistics: {side}; by {year}) the middle of the "
                "forecast is {median}: enough, but far from certain",
                side=found.programme.side_name(best.side),
                year=str(announcement.deadline),
                median=_rounded(best.median, unit),
            ),
            section="target",
            refs=(f"targets/{target.id}",),
        )


def _rounded(value: float, unit: Unit) -> Quantity:
    """A forecast to whole units of display: more digits would say more than is known."""
    return Quantity(round(value / unit.scale) * unit.scale, unit)


def _compare_statistics(found: Findings) -> Iterator[DecisionFact]:
    large = [
        item
        for item in found.differences
        if item.kind == "number" and (item.gap or 0) >= LARGE_DIFFERENCE
    ]
    if not large:
        return
    newest = large[0]
    first, second = newest.sayings
    yield DecisionFact(
        title=say("Have the two statistics services compare their figures"),
        reason=say(
            "{subject}: {side} says {value}, {other} says {other_value}",
            subject=newest.subject,
            side=found.programme.side_name(first.side),
            value=first.text,
            other=found.programme.side_name(second.side),
            other_value=second.text,
        ),
        section="differences",
        refs=(newest.ref,),
    )


def _late(found: Findings) -> Iterator[DecisionFact]:
    late = found.roadmap.in_state("late")
    if late:
        yield _about(
            late,
            say_many(
                "Complete {n} late commitment, or give it a new date with a reason",
                "Complete {n} late commitments, or give them new dates with reasons",
                n=len(late),
            ),
        )


def _overdue_contacts(found: Findings) -> Iterator[DecisionFact]:
    for cadence in found.meetings.cadences:
        if cadence.state == "overdue" and cadence.last:
            yield DecisionFact(
                title=say("Set the date of the next contact: {title}", title=cadence.title),
                reason=say_many(
                    "Last held: {last}. At one every {n} month the next was due by {due}",
                    "Last held: {last}. At one every {n} months the next was due by {due}",
                    n=cadence.every_months or 0,
                    last=cadence.last,
                    due=cadence.next_due,
                ),
                section="contacts",
                refs=(f"cadences/{cadence.id}",),
            )
    for contact in found.meetings.ahead:
        if contact.missed:
            yield DecisionFact(
                title=say("Settle what became of: {title}", title=contact.title),
                reason=say(
                    "It was planned for {when} and is not known to have been held",
                    when=contact.when,
                ),
                section="contacts",
                refs=(f"contacts/{contact.id}",),
            )


def _answer_proposals(found: Findings) -> Iterator[DecisionFact]:
    for side in found.programme.sides:
        proposals: list[Any] = [
            item for item in found.roadmap.in_state("proposed") if item.proposed_by == side
        ]
        cadences = [item for item in found.meetings.cadences if item.proposed_by == side]
        everything = [*proposals, *cadences]
        if everything:
            yield DecisionFact(
                title=say_many(
                    "Answer {n} proposal of {side}",
                    "Answer {n} proposals of {side}",
                    n=len(everything),
                    side=found.programme.side_name(side),
                ),
                reason=say("Proposed and not yet agreed: {titles}", titles=titles_of(everything)),
                section="roadmap",
                refs=(
                    *(f"commitments/{item.id}" for item in proposals),
                    *(f"cadences/{item.id}" for item in cadences),
                ),
            )


def _owners(found: Findings) -> Iterator[DecisionFact]:
    bare = found.roadmap.without_owner
    if bare:
        yield _about(
            bare,
            say_many(
                "Name an owner for {n} commitment",
                "Name owners for {n} commitments",
                n=len(bare),
            ),
        )


def _carry_over(found: Findings) -> Iterator[DecisionFact]:
    for document in found.works.documents:
        if document.succeeded_by is None or document.state in ("expired", "replaced"):
            continue
        follower = next(d for d in found.works.documents if d.id == document.succeeded_by)
        carried = [c for c in found.roadmap.commitments if c.carried_from == document.id]
        yield DecisionFact(
            title=say("Confirm which open measures go on under “{title}”", title=follower.title),
            reason=say(
                "“{old}” and its successor are both alive; open measures recorded as carried "
                "over: {n}",
                n=len(carried),
                old=document.title,
            ),
            section="documents",
            refs=(f"documents/{document.id}", f"documents/{follower.id}"),
        )


def _dates_of_measures(found: Findings) -> Iterator[DecisionFact]:
    undated = found.roadmap.in_state("no_date")
    if undated:
        yield _about(
            undated,
            say_many(
                "Set a date for {n} commitment", "Set dates for {n} commitments", n=len(undated)
            ),
        )


def _evidence(found: Findings) -> Iterator[DecisionFact]:
    silent = [
        item
        for item in found.roadmap.in_state("late", "due_soon", "under_way")
        if item.completion == "no_evidence"
    ]
    if silent:
        yield _about(
            silent,
            say_many(
                "Ask for a report on {n} commitment without evidence",
                "Ask for reports on {n} commitments without evidence",
                n=len(silent),
            ),
        )


def _documents(found: Findings) -> Iterator[DecisionFact]:
    open_ones = [d for d in found.works.documents if d.state in ("negotiated", "agreed")]
    if open_ones:
        yield DecisionFact(
            title=say_many(
                "Bring {n} document to signature",
                "Bring {n} documents to signature",
                n=len(open_ones),
            ),
            reason=say("Negotiated or agreed, not signed: {titles}", titles=titles_of(open_ones)),
            section="documents",
            refs=tuple(f"documents/{item.id}" for item in open_ones),
        )


def _project_figures(found: Findings) -> Iterator[DecisionFact]:
    bare = [
        project
        for project in found.works.projects
        if project.units_per_year is None
        and project.stage in ("preparing", "operating", "scaled_up")
    ]
    if bare:
        yield DecisionFact(
            title=say_many(
                "Have the partners of {n} project state yearly output and value",
                "Have the partners of {n} projects state yearly output and value",
                n=len(bare),
            ),
            reason=say("No number is known for: {titles}", titles=titles_of(bare)),
            section="projects",
            refs=tuple(f"projects/{item.id}" for item in bare),
        )


def _about(items: Any, title: Message) -> DecisionFact:
    return DecisionFact(
        title=title,
        reason=say("It concerns: {titles}", titles=titles_of(items)),
        section="roadmap",
        refs=tuple(f"commitments/{item.id}" for item in items),
    )
