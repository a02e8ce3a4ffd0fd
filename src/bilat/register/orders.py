"""What a side can order at its node: each function checks, signs, and gives the message to send.

The signer is an argument: its side is the side that speaks. Times and persons are arguments too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bilat.register.canonical import Document, stamp
from bilat.register.change import Answer, Change
from bilat.register.difference import Difference, differences
from bilat.register.entering import check_change
from bilat.register.keys import Signer
from bilat.register.kinds import Name, read_content
from bilat.register.messages import Message, sign
from bilat.register.node import Node
from bilat.register.outcome import Refused


@dataclass(frozen=True)
class Actor:
    """Who gives the order: the person, the body they act for, and their side's key."""

    person: str
    signer: Signer
    body: str | None = None


New = tuple[Name, Document | None]
"""A record's name and its proposed document; None deletes it."""


def propose(
    node: Node,
    new: Sequence[New],
    reason: str,
    by: Actor,
    at: datetime,
    *,
    answers: str | None = None,
) -> Message[Any]:
    """Propose new versions of records, all together or not at all, on what is current now.

    answers: the change of the other side that this is proposed instead of. Raises Refused.
    """
    if not new:
        raise Refused("nothing")
    for name, content in new:
        if content is not None:
            read_content(*name, content)  # before the text is made: it may be private
    if answers is not None:
        _check_open(node, answers)
        _check_other(node, answers, by)
    state = node.register.state
    body = {
        **_head(node, "change", by, at),
        "reason": reason,
        "answers": answers,
        "items": [
            {"section": name[0], "id": name[1], "base": state.base(name), "content": content}
            for name, content in new
        ],
    }
    message = sign(body, by.signer)
    check_change(node.register, message.said)
    return _taken(node, message)


def countersign(node: Node, change: str, by: Actor, at: datetime) -> Message[Any]:
    """Agree to exactly this text. Raises Refused; when it is stale see `compared`."""
    _check_other(node, change, by)
    _check_open(node, change)
    if node.forks:
        raise Refused("fork", place=node.forks[0].place, side=node.forks[0].side)
    check_change(node.register, node.changes.get(change))
    return _answer(node, change, "countersign", None, by, at)


def reject(node: Node, change: str, reason: str, by: Actor, at: datetime) -> Message[Any]:
    _check_other(node, change, by)
    _check_open(node, change)
    return _answer(node, change, "reject", reason, by, at)


def withdraw(node: Node, change: str, reason: str | None, by: Actor, at: datetime) -> Message[Any]:
    """Take one's own change back, as long as it is not answered."""
    if node.changes.get(change).side != by.signer.side:
        raise Refused("wrong_side", side=by.signer.side)
    _check_open(node, change)
    return _answer(node, change, "withdraw", reason, by, at)


def compared(node: Node, change: str) -> Sequence[Difference]:
    """For a change that is stale: each record as it was, as it is, and as it is proposed."""
    return differences(node.register.state, node.changes.get(change))


def seal(node: Node, by: Actor, at: datetime) -> list[Message[Any]]:
    """As depositary, enter every countersigned change that fits, in order of countersigning.

    One that no longer fits stays out and is then stale at both nodes. Raises Refused.
    """
    register, time = node.register, stamp(at)
    if by.signer.side != register.rules.depositary:
        raise Refused("not_depositary", side=by.signer.side, depositary=register.rules.depositary)
    if time < register.time:
        raise Refused("clock_back", time=time, before=register.time)
    sealed: list[Message[Any]] = []
    for change, answer in _ready(node, time):
        if register.rules.depositary != by.signer.side:
            break  # an entry before this one has handed the office over
        try:
            sealed.append(_enter(node, change, answer, by, at))
        except Refused as refusal:
            if refusal.code in ("fork", "officer_only", "revoked_key", "unknown_key"):
                raise
    return sealed


def _ready(node: Node, time: str) -> list[tuple[Message[Change], Message[Answer]]]:
    """Countersigned changes with their countersignatures; a later one may need an earlier one."""
    found = []
    for id_ in node.changes.open():
        signed = [
            answer
            for answer in node.changes.answers(id_)
            if answer.said.verdict == "countersign" and answer.said.time <= time
        ]
        if signed:
            first = min(signed, key=_order)
            found.append((node.changes.message(id_), first))
    return sorted(found, key=lambda pair: _order(pair[1]))


def _order(answer: Message[Answer]) -> tuple[str, str]:
    return answer.said.time, answer.id


def _enter(
    node: Node, change: Message[Change], answer: Message[Answer], by: Actor, at: datetime
) -> Message[Any]:
    register = node.register
    body = {
        "type": "entry",
        "register": register.id,
        "side": by.signer.side,
        "time": stamp(at),
        "place": register.place + 1,
        "prev": register.head,
        "mode": register.rules.mode,
        "change": change.envelope.model_dump(),
        "answer": answer.envelope.model_dump(),
    }
    return _taken(node, sign(body, by.signer))


def checkpoint(node: Node, by: Actor, at: datetime) -> Message[Any]:
    """Countersign the chain's head: from now on this side cannot show another history."""
    body = {
        "type": "checkpoint",
        "register": node.register.id,
        "side": by.signer.side,
        "time": stamp(at),
        "place": node.register.place,
        "head": node.register.head,
    }
    return _taken(node, sign(body, by.signer))


def enter_alone(
    node: Node, new: Sequence[New], reason: str, by: Sequence[Actor], at: datetime
) -> list[Message[Any]]:
    """In solo mode: propose, countersign and enter at once with both keys of the one office.

    by: the proposing side first. Raises Refused, also when each side holds its own key.
    """
    if node.register.rules.mode != "solo":
        raise Refused("wrong_side", side=by[0].signer.side)
    first, second = by
    change = propose(node, new, reason, first, at)
    answer = countersign(node, change.id, second, at)
    depositary = next(actor for actor in by if actor.signer.side == node.register.rules.depositary)
    return [change, answer, *seal(node, depositary, at)]


def _answer(
    node: Node,
    change: str,
    verdict: Literal["countersign", "reject", "withdraw"],
    reason: str | None,
    by: Actor,
    at: datetime,
) -> Message[Any]:
    body = {
        **_head(node, "answer", by, at),
        "change": change,
        "verdict": verdict,
        "reason": reason,
    }
    return _taken(node, sign(body, by.signer))


def _head(node: Node, kind: str, by: Actor, at: datetime) -> dict[str, Any]:
    return {
        "type": kind,
        "register": node.register.id,
        "side": by.signer.side,
        "time": stamp(at),
        "person": by.person,
        "body": by.body,
    }


def _taken(node: Node, message: Message[Any]) -> Message[Any]:
    """One's own message goes the way of every message: what is signed here is accepted there."""
    done = node.take(message)
    if not done.accepted:
        raise Refused.because(done)
    return message


def _check_open(node: Node, change: str) -> None:
    status = node.changes.status(change)
    if status == "stale":
        check_change(node.register, node.changes.get(change))
    if status != "open":
        raise Refused("not_open", status=status)


def _check_other(node: Node, change: str, by: Actor) -> None:
    if node.changes.get(change).side == by.signer.side:
        raise Refused("wrong_side", side=by.signer.side)
