"""Two offices and a wire that reorders, repeats, drops, delays and alters what they send.

Whatever the wire does, nothing altered is accepted; and as soon as it lets messages through, both
hold the same register and say the same of every change.
"""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.core.register.secretaries import (
    BISHKEK,
    MINSK,
    at,
    entered,
    founding,
    gone,
    key,
    measure,
    revoked,
)

from bilat.register.canonical import Document
from bilat.register.kinds import Name
from bilat.register.messages import Message
from bilat.register.node import Node
from bilat.register.orders import (
    Actor,
    checkpoint,
    countersign,
    propose,
    reject,
    seal,
    withdraw,
)
from bilat.register.outcome import Refused

SIDES = st.sampled_from(["BLR", "KGZ"])
IDS = st.sampled_from(["house", "school", "bridge"])
TITLES = st.sampled_from(["One", "Two", "Three"])
PICK = st.integers(0, 50)


class TwoOffices(RuleBasedStateMachine):
    """``wire[side]``: lines on their way to that side, in any order."""

    def __init__(self) -> None:
        super().__init__()
        begun = founding()
        self.nodes = {"BLR": Node(begun), "KGZ": Node(begun)}
        self.keys = {"BLR": MINSK, "KGZ": BISHKEK}
        self.wire: dict[str, list[bytes]] = {"BLR": [], "KGZ": []}
        self.honest: set[bytes] = set()
        self.minute = 0

    def _by(self, side: str) -> Actor:
        return Actor(f"secretary of {side}", self.keys[side])

    def _sent(self, side: str, *messages: Message[Any]) -> None:
        other = "KGZ" if side == "BLR" else "BLR"
        for message in messages:
            self.honest.add(message.line)
            self.wire[other].append(message.line)

    def _order(self, side: str, order: Any, *args: Any) -> None:
        """An order that the rules may refuse: then nothing is sent, and that is fine."""
        self.minute += 1
        try:
            done = order(self.nodes[side], *args, self._by(side), at(self.minute))
        except Refused:
            return
        self._sent(side, *(done if isinstance(done, list) else [done]))

    def _agreed(self, side: str, *new: tuple[Name, Document | None]) -> None:
        """Proposed and countersigned without delay; the entry goes the way of the wire."""
        other = "KGZ" if side == "BLR" else "BLR"
        self.minute += 1
        try:
            change = propose(self.nodes[side], new, "Agreed", self._by(side), at(self.minute))
            self._sent(side, change)
            self.nodes[other].receive(change.line)
            answer = countersign(self.nodes[other], change.id, self._by(other), at(self.minute))
        except Refused:
            return
        self._sent(other, answer)
        self.nodes[side].receive(answer.line)
        self._order(self.nodes[side].register.rules.depositary, seal)

    @rule(side=SIDES, id_=IDS, title=TITLES)
    def agree(self, side: str, id_: str, title: str) -> None:
        self._agreed(side, measure(id_, title))

    @rule(side=SIDES, id_=IDS)
    def agree_to_delete(self, side: str, id_: str) -> None:
        self._agreed(side, gone(id_))

    @rule(side=SIDES)
    def agree_on_a_new_depositary(self, side: str) -> None:
        rules = self.nodes[side].register.rules
        other = "KGZ" if rules.depositary == "BLR" else "BLR"
        self._agreed(side, (("rules", "rules"), {"mode": "two", "depositary": other}))

    @rule(side=SIDES, name=st.sampled_from(["second", "third"]))
    def agree_on_a_new_key(self, side: str, name: str) -> None:
        self._agreed(side, entered(key(side, name)), revoked(self.keys[side]))
        self.use_the_new_key(side)

    @rule(side=SIDES)
    def deliver_all(self, side: str) -> None:
        """The last sent comes first."""
        while self.wire[side]:
            self.nodes[side].receive(self.wire[side].pop())

    @rule(side=SIDES, id_=IDS, title=TITLES)
    def propose(self, side: str, id_: str, title: str) -> None:
        self._order(side, propose, [measure(id_, title)], "A reason")

    @rule(side=SIDES, first=IDS, second=IDS)
    def propose_a_bundle(self, side: str, first: str, second: str) -> None:
        new = [measure(first, "Bundle", depends_on=[second]), measure(second, "Bundle")]
        self._order(side, propose, new, "A protocol")

    @rule(side=SIDES, id_=IDS)
    def propose_to_delete(self, side: str, id_: str) -> None:
        self._order(side, propose, [gone(id_)], "Given up")

    @rule(side=SIDES, pick=PICK, verdict=st.sampled_from(["yes", "yes", "no", "back"]))
    def answer(self, side: str, pick: int, verdict: str) -> None:
        waiting = self.nodes[side].changes.open()
        if not waiting:
            return
        change = waiting[pick % len(waiting)]
        if verdict == "yes":
            self._order(side, countersign, change)
        elif verdict == "no":
            self._order(side, reject, change, "No")
        else:
            self._order(side, withdraw, change, None)

    @rule(side=SIDES, pick=PICK, title=TITLES)
    def propose_instead(self, side: str, pick: int, title: str) -> None:
        waiting = self.nodes[side].changes.open()
        if not waiting:
            return
        change = waiting[pick % len(waiting)]
        item = self.nodes[side].changes.get(change).items[0]

        def counter(node: Node, by: Actor, when: Any) -> Message[Any]:
            return propose(node, [measure(item.id, title)], "Rather", by, when, answers=change)

        self._order(side, counter)

    @rule(side=SIDES, name=st.sampled_from(["second", "third"]))
    def ask_for_a_new_key(self, side: str, name: str) -> None:
        self._order(side, propose, [entered(key(side, name)), revoked(self.keys[side])], "Yearly")

    @rule(side=SIDES)
    def use_the_new_key(self, side: str) -> None:
        register = self.nodes[side].register
        signing = register.keyring.signing(side, register.place + 1)
        names = ("first", "second", "third")
        made = {key(side, name).record.id: key(side, name) for name in names}
        self.keys[side] = made[signing[0].id]

    @rule(side=SIDES)
    def enter(self, side: str) -> None:
        self._order(side, seal)

    @rule(side=SIDES)
    def confirm(self, side: str) -> None:
        self._order(side, checkpoint)

    @rule(side=SIDES, pick=PICK)
    def deliver(self, side: str, pick: int) -> None:
        """Any message, not the oldest: the wire reorders and delays."""
        if self.wire[side]:
            self.nodes[side].receive(self.wire[side].pop(pick % len(self.wire[side])))

    @rule(side=SIDES, pick=PICK)
    def drop(self, side: str, pick: int) -> None:
        if self.wire[side]:
            self.wire[side].pop(pick % len(self.wire[side]))

    @rule(side=SIDES, pick=PICK)
    def repeat(self, side: str, pick: int) -> None:
        if self.wire[side]:
            self.wire[side].append(self.wire[side][pick % len(self.wire[side])])

    @rule(side=SIDES, pick=PICK, where=st.integers(0, 10_000), bit=st.integers(0, 7))
    def tamper(self, side: str, pick: int, where: int, bit: int) -> None:
        if not self.wire[side]:
            return
        line = bytearray(self.wire[side][pick % len(self.wire[side])])
        line[where % len(line)] ^= 1 << bit
        done = self.nodes[side].receive(bytes(line))
        assert bytes(line) in self.honest or not done.accepted

    @rule(side=SIDES, pick=PICK)
    def swap_signatures(self, side: str, pick: int) -> None:
        """A true signature under another text."""
        lines = self.wire[side]
        if len(lines) < 2:
            return
        first, second = lines[pick % len(lines)], lines[(pick + 1) % len(lines)]
        forged = first[: first.rindex(b',"key":')] + second[second.rindex(b',"key":') :]
        done = self.nodes[side].receive(forged)
        assert forged in self.honest or not done.accepted

    @rule()
    def let_everything_through(self) -> None:
        """Both resend what the other may lack, and enter what is agreed, until all is quiet."""
        for _round in range(4):
            for side, other in (("BLR", "KGZ"), ("KGZ", "BLR")):
                for line in self.nodes[side].outbox(other):
                    self.nodes[other].receive(line)
            for side in ("BLR", "KGZ"):
                self.use_the_new_key(side)
                self._order(side, seal)
        first, second = self.nodes.values()
        assert first.register.head == second.register.head
        assert first.changes.open() == second.changes.open()
        for id_ in first.changes.open():
            assert first.changes.status(id_) == second.changes.status(id_)

    @invariant()
    def neither_has_seen_a_second_history(self) -> None:
        assert all(node.forks == [] for node in self.nodes.values())

    @invariant()
    def the_shorter_chain_is_the_beginning_of_the_longer(self) -> None:
        first, second = (node.register for node in self.nodes.values())
        common = min(first.place, second.place)
        assert first.head_at(common) == second.head_at(common)

    @invariant()
    def every_entry_was_signed_by_both_in_earnest(self) -> None:
        for node in self.nodes.values():
            for entry in node.register.entries:
                assert {entry.change.line, entry.answer.line} <= self.honest

    def teardown(self) -> None:
        self.let_everything_through()


TestTwoOffices = TwoOffices.TestCase
TestTwoOffices.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, derandomize=True
)
