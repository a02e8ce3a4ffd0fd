"""Roadmap and decisions: what is done, late, due soon, or nobody's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.programme import Body, Commitment, Document, Programme
from bilat.programme.agreements import Completion
from bilat.vocabulary import Period

State = Literal["complete", "late", "due_soon", "under_way", "no_date", "proposed"]

DUE_SOON = timedelta(days=90)


class OwnerRef(Fact):
    """A body that answers for something."""

    id: str
    name: Said
    side: str | None


class CommitmentFact(Fact):
    """One measure or decision as it stands on the day of the brief."""

    id: str
    title: Said
    kind: str
    document: str | None
    """The document that it stands under today: a successor carries open measures over."""
    carried_from: str | None
    contact: str | None
    sector: str | None
    owners: tuple[OwnerRef, ...]
    due: Period | None
    first_due: Period | None
    due_reason: MaybeSaid
    completion: Completion
    updated: date | None
    state: State
    proposed_by: str | None
    assumption: bool
    milestones_done: int
    milestones: int
    sources: tuple[str, ...]


class OwnerRow(Fact):
    """How one body stands with everything that it owns."""

    owner: OwnerRef | None
    """None: commitments without an owner."""
    total: int
    complete: int
    late: int
    due_soon: int
    no_evidence: int
    last_update: date | None


class RoadmapFact(Fact):
    """All commitments, and the count by owner."""

    commitments: tuple[CommitmentFact, ...]
    owners: tuple[OwnerRow, ...]

    def in_state(self, *states: State) -> tuple[CommitmentFact, ...]:
        return tuple(item for item in self.commitments if item.state in states)

    @property
    def without_owner(self) -> tuple[CommitmentFact, ...]:
        """Agreed, open, and nobody's."""
        return tuple(
            item
            for item in self.commitments
            if not item.owners and item.state not in ("complete", "proposed")
        )


def roadmap_facts(programme: Programme, as_of: date) -> RoadmapFact:
    """Every visible commitment: what is late first, then by date."""
    return programme.once("brief.roadmap", (as_of,), lambda: _roadmap(programme, as_of))


def _roadmap(programme: Programme, as_of: date) -> RoadmapFact:
    successors = _successors(programme, as_of)
    owners = {body.id: owner_ref(body) for body in programme.bodies}
    items = programme.memory.each(
        "brief.roadmap",
        programme.commitments,
        (as_of, programme.bodies, programme.documents),
        lambda item: _commitment(item, owners, successors, as_of),
    )
    items.sort(key=_urgency)
    return RoadmapFact(commitments=tuple(items), owners=_by_owner(items))


def owner_ref(body: Body) -> OwnerRef:
    return OwnerRef(id=body.id, name=body.name, side=body.party)


_ORDER: tuple[State, ...] = ("late", "due_soon", "under_way", "no_date", "proposed", "complete")
_URGENCY = {state: place for place, state in enumerate(_ORDER)}


def _urgency(item: CommitmentFact) -> tuple[int, date, str]:
    return _URGENCY[item.state], item.due.end if item.due else date.max, item.id


def _successors(programme: Programme, as_of: date) -> dict[str, Document]:
    """document id → the signed document that carries its open measures over by ``as_of``."""
    return {
        document.succeeds: document
        for document in programme.documents
        if document.succeeds
        and document.carries_over
        and document.state(as_of) in ("signed", "in_force")
    }


def _commitment(
    item: Commitment,
    owners: Mapping[str, OwnerRef],
    successors: dict[str, Document],
    as_of: date,
) -> CommitmentFact:
    due = item.due_on(as_of)
    completion = item.completion(as_of)
    document = item.document
    while completion != "complete" and document in successors:
        document = successors[document].id
    changes = [change for change in item.due_changes if change.on <= as_of]
    return CommitmentFact(
        id=item.id,
        title=item.title,
        kind=item.kind,
        document=document,
        carried_from=item.document if document != item.document else None,
        contact=item.contact,
        sector=item.sector,
        owners=tuple(owners[owner] for owner in item.owners if owner in owners),
        due=due,
        first_due=item.due if item.due != due else None,
        due_reason=max(changes, key=lambda change: change.on).reason if changes else None,
        completion=completion,
        updated=item.updated(as_of),
        state=_state(item, due, completion, as_of),
        proposed_by=item.proposed_by,
        assumption=item.assumption,
        milestones_done=sum(
            bool(step.done and step.done.start <= as_of) for step in item.milestones
        ),
        milestones=len(item.milestones),
        sources=item.sources,
    )


def _state(item: Commitment, due: Period | None, completion: Completion, as_of: date) -> State:
    if completion == "complete":
        return "complete"
    if item.proposed_by:
        return "proposed"
    if due is None:
        return "no_date"
    if due.end < as_of:
        return "late"
    return "due_soon" if due.end <= as_of + DUE_SOON else "under_way"


def _by_owner(items: Iterable[CommitmentFact]) -> tuple[OwnerRow, ...]:
    groups: dict[str, tuple[OwnerRef | None, list[CommitmentFact]]] = {}
    for item in items:
        if item.state == "proposed":
            continue
        for owner in item.owners or (None,):
            key = owner.id if owner else ""
            if key not in groups:
                groups[key] = (owner, [])
            groups[key][1].append(item)
    rows = [_owner_row(owner, owned) for owner, owned in groups.values()]
    return tuple(sorted(rows, key=lambda row: (row.owner is None, -row.late, -row.total)))


def _owner_row(owner: OwnerRef | None, items: list[CommitmentFact]) -> OwnerRow:
    states = Counter([item.state for item in items])
    return OwnerRow(
        owner=owner,
        total=len(items),
        complete=states["complete"],
        late=states["late"],
        due_soon=states["due_soon"],
        no_evidence=[item.completion for item in items].count("no_evidence"),
        last_update=max([item.updated for item in items if item.updated], default=None),
    )
