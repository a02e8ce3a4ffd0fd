"""What was agreed: documents, and the commitments that stand in them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bilat.language import Text
from bilat.programme.effects import Effect
from bilat.programme.numbers import IndicatorRef
from bilat.programme.record import BodyRef, Model, Record, Refers, Side, SourceRef
from bilat.vocabulary import Period

DocumentRef = Annotated[str, Refers("documents"), Field(description="Id of a document.")]
CommitmentRef = Annotated[str, Refers("commitments"), Field(description="Id of a commitment.")]

DocumentKind = Literal[
    "treaty",
    "agreement",
    "roadmap",
    "programme",
    "protocol",
    "memorandum",
    "declaration",
    "communique",
    "package",
]
Completion = Literal["no_evidence", "not_started", "limited", "substantial", "complete"]
DocumentState = Literal["negotiated", "agreed", "signed", "in_force", "expired", "replaced"]


class Document(Record):
    """A treaty, roadmap, protocol …, with the dates of its life."""

    section: ClassVar[str] = "documents"

    title: Text
    kind: DocumentKind
    negotiated: Period | None = None
    """Negotiated since."""
    agreed: Period | None = None
    signed: Period | None = None
    in_force: Period | None = None
    """In force since."""
    expires: Period | None = None
    """In force to the end of this date or year."""
    replaced: Period | None = None
    """When another document took its place before its own end."""
    place: Text | None = None
    contact: Annotated[str, Refers("contacts")] | None = None
    """The visit or session where it was signed."""
    succeeds: DocumentRef | None = None
    """The document that this one follows."""
    carries_over: bool = False
    """Whether open measures of the document before go on under this one."""
    address: str | None = None
    next_step: Text | None = None

    def state(self, as_of: date) -> DocumentState | None:
        """How far it has come by ``as_of``; None when it has not begun."""
        if self.replaced and self.replaced.start <= as_of:
            return "replaced"
        if self.expires and self.expires.end < as_of:
            return "expired"
        reached: tuple[tuple[DocumentState, Period | None], ...] = (
            ("in_force", self.in_force),
            ("signed", self.signed),
            ("agreed", self.agreed),
            ("negotiated", self.negotiated),
        )
        return next((name for name, when in reached if when and when.start <= as_of), None)


class Milestone(Model):
    """A step on the way to a commitment."""

    title: Text
    due: Period | None = None
    done: Period | None = None


class Evidence(Model):
    """What shows how far a commitment has come, on a day, with the grade it supports."""

    on: date
    grade: Completion
    text: Text
    sources: tuple[SourceRef, ...] = ()
    by: BodyRef | None = None
    """The body that reports it."""


class DueChange(Model):
    """A changed date, with its reason: the date before it is never lost."""

    on: date
    due: Period
    reason: Text


class Commitment(Record):
    """Something that someone does by a date: a measure of a roadmap or a decision of a session."""

    section: ClassVar[str] = "commitments"

    title: Text
    kind: Literal["measure", "decision"] = "measure"
    document: DocumentRef | None = None
    contact: Annotated[str, Refers("contacts")] | None = None
    """The session that decided it."""
    chapter: Text | None = None
    sector: str | None = None
    owners: tuple[BodyRef, ...] = ()
    """Bodies of either side that answer for it."""
    start: Period | None = None
    due: Period | None = None
    due_changes: tuple[DueChange, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    depends_on: tuple[CommitmentRef, ...] = ()
    indicators: tuple[IndicatorRef, ...] = ()
    excludes: tuple[CommitmentRef, ...] = ()
    """Commitments that it takes the place of: one or the other, not both."""
    effect: Effect | None = None
    proposed_by: Side | None = None
    """Set while only one side has proposed it; agreed commitments leave it out."""

    def due_on(self, as_of: date) -> Period | None:
        """The due date that was valid on ``as_of``."""
        if not self.due_changes:
            return self.due
        changed = [change for change in self.due_changes if change.on <= as_of]
        return max(changed, key=lambda change: change.on).due if changed else self.due

    def completion(self, as_of: date) -> Completion:
        """The grade of the latest evidence up to ``as_of``; without any, ``no_evidence``."""
        known = [item for item in self.evidence if item.on <= as_of]
        return max(known, key=lambda item: item.on).grade if known else "no_evidence"

    def updated(self, as_of: date) -> date | None:
        """The day of the latest evidence up to ``as_of``."""
        return max([item.on for item in self.evidence if item.on <= as_of], default=None)
