"""After a fork: both sides have agreed which chain is right, and a node begins again from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bilat.register.chain import Entered, Register
from bilat.register.messages import Message, Statement, read_line
from bilat.register.node import Node, shown
from bilat.register.outcome import Refused


@dataclass(frozen=True)
class Settled:
    """The node that goes on, and what it has left behind."""

    node: Node
    place: int
    """The last entry that both chains have."""
    aside: tuple[Entered, ...]
    """Entries that stood at the old node after it, and stand no longer."""


def settle(node: Node, agreed: Node) -> Settled:
    """A node that holds the agreed chain, and all that is under way at either one.

    agreed: a node with that chain, as `store.open_node` gives it; ``node`` itself when its own is
    the right one. What was entered only in the other chain bears both signatures still: it is under
    way again, and the depositary can enter it where it fits. Takes over the chain of the node
    that has it; the other one must not be used afterwards. Raises Refused when the registers differ
    or nothing has been forked.
    """
    if agreed.register.id != node.register.id:
        raise Refused("other_register", theirs=agreed.register.id[:12])
    if not node.forks and not agreed.forks:
        raise Refused("no_fork")
    place = _common(node.register, agreed.register)
    longer = agreed if agreed.register.place > place else node
    aside = tuple(node.register.entries[place:]) if longer is agreed else ()
    settled = Node(node.register.founding, longer.register)
    settled.settled = node.settled | _behind(node, agreed, aside) - _heads(longer.register, place)
    for message in _under_way(node, agreed, aside):
        settled.take(message)
    return Settled(settled, place, aside)


def _common(first: Register, second: Register) -> int:
    """How many entries both chains begin with."""
    shortest = min(first.place, second.place)
    while first.head_at(shortest) != second.head_at(shortest):
        shortest -= 1
    return shortest


def _heads(register: Register, place: int) -> set[str]:
    return {register.head_at(number) for number in range(place, register.place + 1)}


def _behind(node: Node, agreed: Node, aside: tuple[Entered, ...]) -> set[str]:
    """Heads of the chain that does not stand."""
    forks = {shown(fork.theirs) for each in (node, agreed) for fork in each.forks}
    return forks | {entered.entry.id for entered in aside}


def _under_way(
    node: Node, agreed: Node, aside: tuple[Entered, ...]
) -> Iterator[Message[Statement] | Message[Any]]:
    for entered in aside:
        yield entered.change
        yield entered.answer
    for each in (node, agreed):
        yield from map(read_line, each.under_way())
