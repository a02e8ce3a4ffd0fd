"""Documents: how far the life of each has come, who follows whom, and what rests on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, get_args

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.brief.facts.roadmap import CommitmentFact, OwnerRef, owner_ref, roadmap_facts
from bilat.programme import Body, Contact, Document, Programme
from bilat.programme.agreements import DocumentState
from bilat.vocabulary import Period

Step = Literal["negotiated", "agreed", "signed", "in_force", "ended"]
STEPS: tuple[Step, ...] = get_args(Step)


class StepFact(Fact):
    """One step of a life."""

    name: Step
    when: Period | None
    """As it is recorded; None where nobody has said when."""
    reached: bool
    """By the day of the facts: it has a date that has come, or a later step has one."""
    is_here: bool
    """The step at which the document stands."""


class RestingFact(Fact):
    """How many records rest on a document."""

    measures: int = 0
    complete: int = 0
    late: int = 0
    carried: int = 0
    """Of the measures, those that it took over from the documents before it."""
    targets: int = 0
    contacts: int = 0
    others: int = 0
    """Exchanges and links."""


class LifeFact(Fact):
    """A document with its life, those before and after it, and what rests on it."""

    id: str
    title: Said
    kind: str
    state: DocumentState | None
    steps: tuple[StepFact, ...]
    ends: Literal["expires", "expired", "replaced"]
    """What its last step is, or would be."""
    since: Period | None
    expires: Period | None
    place: MaybeSaid
    contact: str | None
    next_step: MaybeSaid
    succeeds: str | None
    succeeded_by: tuple[str, ...]
    carries_over: bool
    bodies: tuple[OwnerRef, ...]
    """Owners of its measures, and bodies that met where it was signed."""
    years: tuple[int, ...]
    """Of its dates."""
    rests: RestingFact
    assumption: bool
    visibility: str


class LivesFact(Fact):
    """Every visible document, and the measures that stand under each today."""

    documents: tuple[LifeFact, ...]
    measures: Mapping[str, tuple[CommitmentFact, ...]]
    """Document → its measures, what is late first."""

    def find(self, document: str) -> LifeFact | None:
        return next((item for item in self.documents if item.id == document), None)

    def chain(self, document: str) -> tuple[LifeFact, ...]:
        """The documents before this one, itself, and those after it, in their order."""
        found = {item.id: item for item in self.documents}
        before: list[LifeFact] = []
        at = found.get(document)
        while at is not None and at not in before:
            before.insert(0, at)
            at = found.get(at.succeeds or "")
        after = list(before)
        for item in after[len(before) - 1 :] if before else []:
            _follow(item, found, after)
        return tuple(after)


def _follow(item: LifeFact, found: Mapping[str, LifeFact], after: list[LifeFact]) -> None:
    for name in item.succeeded_by:
        if name in found and found[name] not in after:
            after.append(found[name])
            _follow(found[name], found, after)


def lives_facts(programme: Programme, as_of: date) -> LivesFact:
    """Every visible document as it stands on ``as_of``, in the order of the programme.

    A measure stands under the document that carries it over, once that is signed.
    """
    measures: dict[str, list[CommitmentFact]] = defaultdict(list)
    for item in roadmap_facts(programme, as_of).commitments:
        if item.document:
            measures[item.document].append(item)
    followers: dict[str, list[str]] = defaultdict(list)
    for document in programme.documents:
        if document.succeeds:
            followers[document.succeeds].append(document.id)
    contacts = _contacts(programme)
    named = _named(programme, contacts)
    lives = (
        _life(programme, item, as_of, measures[item.id], contacts[item.id], named, followers)
        for item in programme.documents
    )
    return LivesFact(
        documents=tuple(lives), measures={name: tuple(found) for name, found in measures.items()}
    )


def _contacts(programme: Programme) -> Mapping[str, list[Contact]]:
    """Document → the contacts where it was signed or that had it on the table."""
    found: dict[str, list[Contact]] = defaultdict(list)
    for contact in programme.contacts:
        for document in contact.documents:
            found[document].append(contact)
    for item in programme.documents:
        where = programme.find(Contact, item.contact) if item.contact else None
        if where is not None and where not in found[item.id]:
            found[item.id].append(where)
    return found


def _named(
    programme: Programme, contacts: Mapping[str, list[Contact]]
) -> Mapping[str, tuple[int, int, int]]:
    """Document → targets, contacts and other records that name it: one pass for all."""
    targets: dict[str, int] = defaultdict(int)
    others: dict[str, int] = defaultdict(int)
    for target in programme.targets:
        if target.document:
            targets[target.document] += 1
    named = [item.document for item in programme.exchanges]
    for name in (*named, *(item.document for item in programme.links)):
        if name:
            others[name] += 1
    names = {*targets, *others, *contacts}
    return {name: (targets[name], len(contacts.get(name, ())), others[name]) for name in names}


def _life(
    programme: Programme,
    item: Document,
    as_of: date,
    measures: list[CommitmentFact],
    contacts: list[Contact],
    named: Mapping[str, tuple[int, int, int]],
    followers: Mapping[str, list[str]],
) -> LifeFact:
    state = item.state(as_of)
    targets, met, others = named.get(item.id, (0, 0, 0))
    return LifeFact(
        id=item.id,
        title=item.title,
        kind=item.kind,
        state=state,
        steps=tuple(_steps(item, state, as_of)),
        ends="replaced" if item.replaced else "expired" if state == "expired" else "expires",
        since=_since(item, state),
        expires=item.expires,
        place=item.place,
        contact=item.contact,
        next_step=item.next_step,
        succeeds=item.succeeds,
        succeeded_by=tuple(followers.get(item.id, ())),
        carries_over=item.carries_over,
        bodies=tuple(_bodies(programme, measures, contacts)),
        years=tuple(sorted({when.start.year for when in _dates(item)})),
        rests=RestingFact(
            measures=len(measures),
            complete=sum(each.state == "complete" for each in measures),
            late=sum(each.state == "late" for each in measures),
            carried=sum(each.carried_from is not None for each in measures),
            targets=targets,
            contacts=met,
            others=others,
        ),
        assumption=item.assumption,
        visibility=item.visibility,
    )


def _dates(item: Document) -> Iterator[Period]:
    for when in (item.negotiated, item.agreed, item.signed, item.in_force, item.replaced):
        if when:
            yield when


def _since(item: Document, state: DocumentState | None) -> Period | None:
    if state is None:
        return None
    return item.expires if state == "expired" else getattr(item, state)


def _steps(item: Document, state: DocumentState | None, as_of: date) -> Iterator[StepFact]:
    """A document that is in force has been signed, also where nobody says when."""
    here = "ended" if state in ("expired", "replaced") else state
    last = STEPS.index(here) if here else -1
    for number, name in enumerate(STEPS):
        when = item.replaced or item.expires if name == "ended" else getattr(item, name)
        come = name != "ended" and when is not None and when.start <= as_of
        yield StepFact(name=name, when=when, reached=number <= last or come, is_here=number == last)


def _bodies(
    programme: Programme, measures: Iterable[CommitmentFact], contacts: Iterable[Contact]
) -> Iterator[OwnerRef]:
    seen: set[str] = set()
    owners = [owner for item in measures for owner in item.owners]
    met = (programme.find(Body, name) for contact in contacts for name in contact.bodies)
    for owner in (*owners, *(owner_ref(body) for body in met if body)):
        if owner.id not in seen:
            seen.add(owner.id)
            yield owner
