"""What holds a project up, each by a stated rule.

late measure      a measure that it carries out, or that such a measure depends on, is past its date
                  and not complete
waits             a project that must come first is not operating yet
finance           what it needs finds no room, or not all of it, on its line
document          its document, or that of one of its measures, is not signed yet, has expired, or
                  is a treaty or agreement that is signed and not yet in force
no movement       before it operates it has been at the same stage for `LONG` days or more

A project that operates, was scaled up or was stopped is not held up by the last two rules: it has
begun, or nothing will come of it. Of a stopped one nothing is said at all. Where it is not known
whether a line has room, that is `doubtful`: something to clear up, which holds nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from bilat.brief.facts.fact import Fact, Said
from bilat.brief.facts.finance_need import NeedFact
from bilat.language import say
from bilat.programme import Commitment, Document, Programme, Project
from bilat.vocabulary import Money

LONG = 365
"""Days at one stage."""
BEGUN = ("operating", "scaled_up")
Rule = Literal["late_measure", "waits", "finance", "document", "no_movement"]


class HoldFact(Fact):
    """One thing that holds a project up. ref: the record behind it, as ``section/id``."""

    rule: Rule
    words: Said
    ref: str | None
    doubtful: bool = False


def holds_of(
    programme: Programme, project: Project, needs: Mapping[str, NeedFact], as_of: date
) -> tuple[HoldFact, ...]:
    """needs: by the id of the measure, as ``projects/…``."""
    if project.stage == "stopped":
        return ()
    found = [*_late(programme, project, as_of), *_waits(programme, project)]
    own = [f"projects/{project.id}", *(f"commitments/{name}" for name in project.commitments)]
    for name in own:
        if need := needs.get(name):
            found += _finance(need)
    if project.stage not in BEGUN:
        found += _documents(programme, project, as_of)
        found += _still(project, as_of)
    return tuple(found)


def _late(programme: Programme, project: Project, as_of: date) -> Iterator[HoldFact]:
    for name in _measures(programme, project):
        item = programme.find(Commitment, name)
        due = item.due_on(as_of) if item else None
        if item and due and due.end < as_of and item.completion(as_of) != "complete":
            yield HoldFact(
                rule="late_measure",
                words=say("late since {day}: {measure}", day=due, measure=item.title),
                ref=f"commitments/{name}",
            )


def _measures(programme: Programme, project: Project) -> tuple[str, ...]:
    """Those that it carries out, and those that these depend on."""
    own = [programme.find(Commitment, name) for name in project.commitments]
    before = (name for item in own if item for name in item.depends_on)
    return tuple(dict.fromkeys((*project.commitments, *before)))


def _waits(programme: Programme, project: Project) -> Iterator[HoldFact]:
    for name in project.depends_on:
        other = programme.find(Project, name)
        if other and other.stage not in BEGUN:
            yield HoldFact(
                rule="waits",
                words=say("waits for {project}", project=other.title),
                ref=f"projects/{name}",
            )


def _finance(need: NeedFact) -> Iterator[HoldFact]:
    ref = f"facilities/{need.facility}" if need.facility else None
    needed = Money(amount=need.amount, currency=need.currency)
    if need.missing is None:
        words = say(
            "needs {needed}, and nobody can say whether its line has room: {why}",
            needed=needed,
            why=need.why,
        )
        yield HoldFact(rule="finance", words=words, ref=ref, doubtful=True)
    elif need.missing > 0:
        missing = Money(amount=need.missing, currency=need.currency)
        words = say(
            "of {needed} that it needs {missing} are missing", needed=needed, missing=missing
        )
        yield HoldFact(rule="finance", words=words, ref=ref)


def _documents(programme: Programme, project: Project, as_of: date) -> Iterator[HoldFact]:
    measures = (programme.find(Commitment, name) for name in project.commitments)
    ids = dict.fromkeys((project.document, *(item.document for item in measures if item)))
    for document in (programme.find(Document, name) for name in ids):
        if document and (words := _unready(document, as_of)):
            yield HoldFact(rule="document", words=words, ref=f"documents/{document.id}")


def _unready(document: Document, as_of: date) -> Said | None:
    state = document.state(as_of)
    if state in ("negotiated", "agreed"):
        return say("not signed yet: {document}", document=document.title)
    if state == "expired":
        return say("expired: {document}", document=document.title)
    if state == "signed" and document.kind in ("treaty", "agreement"):
        return say("signed, not in force yet: {document}", document=document.title)
    return None


def _still(project: Project, as_of: date) -> Iterator[HoldFact]:
    if project.since is None:
        return
    days = (as_of - project.since.end).days
    if days >= LONG:
        words = say("at the same stage since {since}", since=project.since)
        yield HoldFact(rule="no_movement", words=words, ref=None)
