"""A register begins: with a programme and fresh keys, or here again from an export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bilat.programme import KINDS, Programme
from bilat.programme.record import Record
from bilat.programme.references import references
from bilat.register import orders
from bilat.register.canonical import canonical, document
from bilat.register.genesis import Founding
from bilat.register.kinds import SECTIONS, Heading, Key
from bilat.register.messages import LONGEST
from bilat.register.node import Node
from bilat.register.orders import Actor, New
from bilat.register.outcome import Refused
from bilat.register.route import Person
from bilat.register.store import CHAIN, MESSAGES, ROOM, founding_of, lines_of
from bilat_office.records.keeper import KEEPER
from bilat_office.records.services.changes import bundle
from bilat_office.records.services.keys import key_keep
from bilat_office.records.services.private import store_private
from bilat_office.records.viewer import JOINT


@dataclass(frozen=True)
class Begun:
    """What stands after a beginning."""

    register: str
    entries: int
    joint: int
    private: dict[str, int]
    """Side → how many records only it may see."""


def office_found(
    *,
    programme: Programme,
    founding: Founding,
    by: Sequence[Actor],
    keys: Sequence[tuple[Key, bytes]],
    reason: str,
    at: datetime,
) -> Begun:
    """Found a register and enter a whole programme, all of it or nothing.

    by: an actor of each side, the proposing one first. keys: public records with the locked files.
    Joint records are one change (several, when one message cannot hold them). Raises Refused, or
    OfficeRefused where a register stands already.
    """
    new = [_heading(programme), *bundle(_joint(programme))]
    with KEEPER.writing(founding) as node:
        for record, pem in keys:
            key_keep(record=record, pem=pem, at=at)
        for part in in_messages(new):
            _enter(node, part, reason, by, at)
        private = _store_private(node, programme, by[0].person, at)
        return Begun(founding.id, node.register.place, len(new) - 1, private)


def office_restore(*, folder: Path, programme: Programme, author: str, at: datetime) -> Begun:
    """Begin here from an exported folder: its chain and messages, every signature checked.

    programme: what the folder holds, for its private records. Raises Refused at the first entry
    that does not hold, or OfficeRefused where a register stands already; then nothing is stored.
    """
    room = folder / ROOM
    with KEEPER.writing(founding_of(room)) as node:
        for line in lines_of(room / CHAIN):
            done = node.receive(line)
            if done.code != "accepted":
                raise Refused.because(done)
        for line in lines_of(room / MESSAGES):
            node.receive(line)
        private = _store_private(node, programme, author, at)
        joint = sum(name[0] in KINDS for name, _content in node.register.state.records())
        return Begun(node.register.id, node.register.place, joint, private)


def in_messages(new: Sequence[New], longest: int = LONGEST // 4) -> Iterator[list[New]]:
    """One change, or several where one would be too long for a message of ``longest`` bytes.

    An entry holds its change once more, hence the margin. Records that nobody names (observations,
    mostly) come after all others, so that each change names only what stands by then.
    """
    sizes = [len(canonical(content)) for _name, content in new]
    if sum(sizes) <= longest:
        yield list(new)
        return
    named = {
        target for (section, _id), content in new for target in _targets(section, content or {})
    }
    part = [item for item in new if item[0] in named]
    size = sum(length for item, length in zip(new, sizes, strict=True) if item[0] in named)
    for item, length in zip(new, sizes, strict=True):
        if item[0] in named:
            continue
        if part and size + length > longest:
            yield part
            part, size = [], 0
        part.append(item)
        size += length
    if part:
        yield part


def _targets(section: str, content: dict[str, object]) -> set[tuple[str, str]]:
    record = SECTIONS[section].model_validate(content)
    return {(item.section, item.target) for item in references(record)}


def _enter(node: Node, new: Sequence[New], reason: str, by: Sequence[Actor], at: datetime) -> None:
    if node.register.rules.mode == "solo":
        orders.enter_alone(node, new, reason, by, at)
        return
    first, second = by
    change = orders.propose(node, new, reason, first, at)
    orders.countersign(node, change.id, second, at)
    depositary = next(actor for actor in by if actor.signer.side == node.register.rules.depositary)
    orders.seal(node, depositary, at)


def heading(programme: Programme) -> Heading:
    """What both sides call the programme; a headline target that one side hides stays out."""
    targets = {target.id for target in programme.targets if target.visibility == JOINT}
    target = programme.headline_target
    return Heading(
        title=programme.title,
        headline_target=target if target in targets else None,
        parties=programme.parties,
    )


def _heading(programme: Programme) -> New:
    return ("heading", "heading"), document(heading(programme))


def _joint(programme: Programme) -> Iterator[Record]:
    return (record for record in programme.records() if record.visibility == JOINT)


def _store_private(node: Node, programme: Programme, author: str, at: datetime) -> dict[str, int]:
    stored: dict[str, int] = {}
    for side in programme.sides:
        own = [record for record in programme.records() if record.visibility == side]
        store_private(node, own, Person(author, side, frozenset()), at)
        stored[side] = len(own)
    return stored
