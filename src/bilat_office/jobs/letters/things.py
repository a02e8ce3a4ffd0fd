"""Things that have a day: deadlines, contacts, cadences, payments, changes that await a key.

They are taken from what one viewer may see, so a letter cannot tell of anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bilat.brief import Brief
from bilat.language import Message, say, say_many
from bilat.programme import Programme
from bilat.vocabulary import Money
from bilat_office.people.permissions import may
from bilat_office.records.desk import Proposed
from bilat_office.records.viewer import Viewer

Kind = Literal["commitments", "contacts", "cadences", "deals", "changes"]
STAGES: dict[Kind, tuple[int, ...]] = {
    "commitments": (-14, -3, 1, 14),
    "contacts": (-14, -3, 1),
    "cadences": (-30, 1, 30),
    "deals": (-14, -3, 1, 14),
    "changes": (0, 7, 21),
}
"""Days after the day of a thing (before it: negative) from which somebody is told once each."""
NO_MORE = 30
"""Days after the last stage: what is older is left to the digest."""
ROLES: dict[Kind, frozenset[str]] = {
    "commitments": frozenset(("secretary",)),
    "contacts": frozenset(("secretary", "co_chair")),
    "cadences": frozenset(("secretary",)),
    "deals": frozenset(("secretary", "finance_officer")),
    "changes": frozenset(),
}
"""Who is told whatever their body."""


@dataclass(frozen=True)
class Thing:
    """One thing, and what is said of it before its day and after."""

    kind: Kind
    id: str
    day: date
    before: Message
    after: Message
    bodies: frozenset[str] = field(default=frozenset())

    def sentence(self, today: date) -> Message:
        return self.before if self.day >= today else self.after

    def stage(self, today: date) -> int | None:
        """The stage that has begun; None before the first and long after the last."""
        days = (today - self.day).days
        begun = [stage for stage in STAGES[self.kind] if stage <= days]
        if not begun or days > STAGES[self.kind][-1] + NO_MORE:
            return None
        return begun[-1]

    def occasion(self, stage: int) -> str:
        """A day that is put off is another occasion."""
        return f"{self.kind}/{self.id}/{self.day}/{stage}"

    def concerns(self, viewer: Viewer) -> bool:
        if self.kind == "changes":
            return may(viewer, "sign")
        return viewer.body in self.bodies or bool(viewer.roles & ROLES[self.kind])


def things_of(programme: Programme, brief: Brief, waiting: Sequence[Proposed]) -> list[Thing]:
    """programme, brief: of one viewer. waiting: changes that await this viewer's key."""
    found = [
        *_commitments(brief), *_contacts(programme, brief), *_cadences(brief),
        *_payments(programme, brief), *map(_change, waiting),
    ]  # fmt: skip
    return sorted(found, key=lambda thing: (thing.day, thing.kind, thing.id))


def _commitments(brief: Brief) -> Iterator[Thing]:
    for item in brief.roadmap.commitments:
        if item.due is None or item.state in ("complete", "proposed"):
            continue
        day = item.due.end
        yield Thing(
            "commitments",
            item.id,
            day,
            say("Due {day}: {title}", day=day, title=item.title),
            say("Overdue since {day}: {title}", day=day, title=item.title),
            frozenset(owner.id for owner in item.owners),
        )


def _contacts(programme: Programme, brief: Brief) -> Iterator[Thing]:
    bodies = {item.id: frozenset(item.bodies) for item in programme.contacts}
    for item in brief.meetings.ahead:
        yield Thing(
            "contacts",
            item.id,
            item.when.end if item.missed else item.when.start,
            say("Contact, {when}: {title}", when=item.when, title=item.title),
            say("Planned for {when}; was it held? {title}", when=item.when, title=item.title),
            bodies[item.id],
        )


def _cadences(brief: Brief) -> Iterator[Thing]:
    for item in brief.meetings.cadences:
        if item.next_due is None or item.state == "planned":
            continue
        day = item.next_due
        yield Thing(
            "cadences",
            item.id,
            day,
            say("To be planned, due by {day}: {title}", day=day, title=item.title),
            say("Not planned, and due since {day}: {title}", day=day, title=item.title),
        )


def _payments(programme: Programme, brief: Brief) -> Iterator[Thing]:
    bodies = {
        deal.id: frozenset(body for body in (deal.lessee, deal.through) if body)
        for deal in programme.deals
    }
    for deal in brief.finance.deals:
        if deal.stage == "asked":
            continue
        for due in deal.dues:
            told = {
                "amount": Money(amount=due.total, currency=deal.amount.currency),
                "day": due.day,
                "title": deal.title,
            }
            yield Thing(
                "deals",
                f"{deal.id}/{due.day}",
                due.day,
                say("Payment of {amount} due {day}: {title}", **told),
                say("Payment of {amount} past due since {day}: {title}", **told),
                bodies[deal.id],
            )


def _change(item: Proposed) -> Thing:
    day = date.fromisoformat(item.change.time[:10])
    sentence = say_many(
        "Awaits your key since {day}: {reason} ({n} record)",
        "Awaits your key since {day}: {reason} ({n} records)",
        n=len(item.change.items),
        day=day,
        reason=item.change.reason,
    )
    return Thing("changes", item.id, day, sentence, sentence)
