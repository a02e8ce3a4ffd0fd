"""Orders about joint records: proposed by one side, answered by the other, entered by one of them.

Whoever holds the depositary's key enters with each order what both sides have signed by then; on
another office's entries one waits for its messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bilat.programme.record import Record
from bilat.register import orders
from bilat.register.canonical import document, stamp
from bilat.register.kinds import Name
from bilat.register.node import Node
from bilat.register.orders import Actor, New
from bilat_office.records.keeper import KEEPER

Provided = Callable[[Node], None]
"""Raises when what an order builds on is no longer so: that a record is still the one read, say."""


def change_propose(
    *,
    new: Sequence[New],
    reason: str,
    by: Actor,
    at: datetime,
    answers: str | None = None,
    provided: Provided | None = None,
) -> str:
    """Propose new versions of records, all together or none of them. Gives the change's id.

    new: section and id of each with its document, None to delete it. answers: the change of the
    other side that this one is proposed instead of. provided: asked first, in the same transaction.
    Raises Refused, and what ``provided`` raises.
    """
    with KEEPER.writing() as node:
        if provided is not None:
            provided(node)
        change: str = orders.propose(node, new, reason, by, at, answers=answers).id
    return change


def change_counter(*, change: str, new: Sequence[New], reason: str, by: Actor, at: datetime) -> str:
    """Propose another text instead of the other side's. Gives the new change's id."""
    return change_propose(new=new, reason=reason, by=by, at=at, answers=change)


def bundle_propose(
    *,
    records: Iterable[Record],
    reason: str,
    by: Actor,
    at: datetime,
    deleted: Iterable[Name] = (),
) -> str:
    """Propose many records as one change, such as a session's protocol. Gives its id."""
    return change_propose(new=bundle(records, deleted), reason=reason, by=by, at=at)


def bundle(records: Iterable[Record], deleted: Iterable[Name] = ()) -> list[New]:
    """The items of a change that enters these records and deletes those."""
    new: list[New] = [((record.section, record.id), document(record)) for record in records]
    return [*new, *((name, None) for name in deleted)]


def change_countersign(*, change: str, by: Actor, at: datetime) -> str:
    """Agree to exactly this text. Gives its status: ``entered`` where the depositary signs."""
    with KEEPER.writing() as node:
        orders.countersign(node, change, by, at)
        _seal_if_depositary(node, by, at)
        return node.changes.status(change)


def change_reject(*, change: str, reason: str, by: Actor, at: datetime) -> None:
    with KEEPER.writing() as node:
        orders.reject(node, change, reason, by, at)


def change_withdraw(*, change: str, reason: str | None, by: Actor, at: datetime) -> None:
    """Take one's own change back before it is answered."""
    with KEEPER.writing() as node:
        orders.withdraw(node, change, reason, by, at)


def change_enter_alone(
    *,
    new: Sequence[New],
    reason: str,
    by: Sequence[Actor],
    at: datetime,
    provided: Provided | None = None,
) -> str:
    """Solo mode: propose, countersign and enter at once, with both keys. Gives the change's id."""
    with KEEPER.writing() as node:
        if provided is not None:
            provided(node)
        change: str = orders.enter_alone(node, new, reason, by, at)[0].id
    return change


def seal(*, by: Actor, at: datetime) -> list[str]:
    """As depositary, enter what both sides have signed. Gives the ids of the entered changes."""
    with KEEPER.writing() as node:
        before = node.register.place
        orders.seal(node, by, at)
        return [entered.change.id for entered in node.register.entries[before:]]


def checkpoint(*, by: Actor, at: datetime) -> int:
    """Confirm the chain as it stands: from then on this side cannot show another. Its place."""
    with KEEPER.writing() as node:
        place: int = orders.checkpoint(node, by, at).said.place
    return place


def _seal_if_depositary(node: Node, by: Actor, at: datetime) -> None:
    register = node.register
    if by.signer.side == register.rules.depositary and stamp(at) >= register.time:
        orders.seal(node, by, at)
