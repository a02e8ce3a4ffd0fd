"""Whatever two sides do with one office, in any order and with restarts: the database is the node.

Each step is an order that the rules may refuse. After every step a process that has just started
holds what the running one holds; at the end the tables agree with the signed lines, and rebuilding
changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.core.register.secretaries import AIDA, ALES, at, founding, gone, measure
from tests.office.records.office import BAKYT, IRINA
from tests.office.records.test_exchange import another_office, rows

from bilat.errors import BilatError
from bilat.register.node import Node
from bilat.register.verify import Verified
from bilat_office.records.inspecting import office_verify
from bilat_office.records.keeper import KEEPER, Keeper
from bilat_office.records.services import changes as orders
from bilat_office.records.services.private import private_delete, private_save
from bilat_office.records.services.rebuilding import rebuild

IDS = st.sampled_from(["house", "school", "bridge"])
TITLES = st.sampled_from(["One", "Two", "Три"])
SIDES = st.sampled_from(["BLR", "KGZ"])
VERDICTS = st.sampled_from(["countersign", "countersign", "reject", "withdraw", "counter"])
STEP = st.one_of(
    st.tuples(st.just("agree"), IDS, TITLES),
    st.tuples(st.just("agree"), IDS, st.none()),
    st.tuples(st.just("propose"), SIDES, IDS, TITLES),
    st.tuples(st.just("delete"), SIDES, IDS),
    st.tuples(st.just("answer"), SIDES, st.integers(0, 5), VERDICTS),
    st.tuples(st.just("seal"), SIDES),
    st.tuples(st.just("publish"), IDS),
    st.tuples(st.just("checkpoint"), SIDES),
    st.tuples(st.just("save"), SIDES, IDS, TITLES),
    st.tuples(st.just("forget"), SIDES, IDS),
    st.tuples(st.just("restart")),
)
ACTORS = {"BLR": ALES, "KGZ": AIDA}
PEOPLE = {"BLR": IRINA, "KGZ": BAKYT}


class Story:
    """One sequence of orders; the minute is that of the step."""

    def __init__(self) -> None:
        self.minute = 0

    def take(self, step: tuple[Any, ...]) -> None:
        self.minute += 1
        name, *arguments = step
        order: Callable[..., None] = getattr(self, name)
        try:
            order(*arguments)
        except BilatError:
            return  # a rule said no: then nothing has happened

    def agree(self, id_: str, title: str | None) -> None:
        """Bishkek proposes; where Minsk, the depositary, countersigns, it is entered at once."""
        new = [gone(id_) if title is None else measure(id_, title)]
        change = orders.change_propose(new=new, reason="!", by=AIDA, at=at(self.minute))
        orders.change_countersign(change=change, by=ALES, at=at(self.minute))

    def propose(self, side: str, id_: str, title: str) -> None:
        new = [measure(id_, title)]
        orders.change_propose(new=new, reason="?", by=ACTORS[side], at=at(self.minute))

    def delete(self, side: str, id_: str) -> None:
        orders.change_propose(new=[gone(id_)], reason="?", by=ACTORS[side], at=at(self.minute))

    def publish(self, id_: str) -> None:
        name = f"commitments.{id_}"
        shown = {"id": name, "of": "commitments", "record": id_}
        new = [(("published", name), shown)]
        change = orders.change_propose(new=new, reason="?", by=AIDA, at=at(self.minute))
        orders.change_countersign(change=change, by=ALES, at=at(self.minute))

    def answer(self, side: str, pick: int, verdict: str) -> None:
        with KEEPER.reading() as node:
            waiting = node.changes.open()
        if not waiting:
            return
        change, by, when = waiting[pick % len(waiting)], ACTORS[side], at(self.minute)
        if verdict == "countersign":
            orders.change_countersign(change=change, by=by, at=when)
        elif verdict == "counter":
            new = [measure("house", "Instead")]
            orders.change_counter(change=change, new=new, reason="?", by=by, at=when)
        elif verdict == "reject":
            orders.change_reject(change=change, reason="No", by=by, at=when)
        else:
            orders.change_withdraw(change=change, reason=None, by=by, at=when)

    def seal(self, side: str) -> None:
        orders.seal(by=ACTORS[side], at=at(self.minute))

    def checkpoint(self, side: str) -> None:
        orders.checkpoint(by=ACTORS[side], at=at(self.minute))

    def save(self, side: str, id_: str, title: str) -> None:
        content = {"id": f"own-{id_}", "title": title}
        private_save(section="commitments", content=content, by=PEOPLE[side], at=at(self.minute))

    def forget(self, side: str, id_: str) -> None:
        name = ("commitments", f"own-{id_}")
        private_delete(name=name, by=PEOPLE[side], at=at(self.minute))

    def restart(self) -> None:
        KEEPER.forget()


def said(node: Node) -> tuple[Any, ...]:
    """Everything that a node says, whatever the order in which it learned it."""
    changes = sorted({message.id for message in node.changes.messages()})
    under_way = sorted(
        (message.id, node.changes.status(message.id))
        for message in node.changes.messages()
        if message.said.type == "change"
    )
    confirmed = [node.confirmed(side) for side in ("BLR", "KGZ")]
    return node.register.head, changes, under_way, confirmed, node.forks


@settings(
    max_examples=10 if "DATABASE_URL" in os.environ else 40,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=20, max_size=40))
def test_the_database_is_the_node_whatever_happens(db: None, steps: list[tuple[Any, ...]]) -> None:
    with another_office():
        with KEEPER.writing(founding()):
            pass
        story, follower = Story(), Keeper()
        for step in steps:
            story.take(step)
            with KEEPER.reading() as node:
                running = said(node)
            with Keeper().reading() as node:
                assert said(node) == running
            with follower.reading() as node:
                assert said(node) == running
        whole, disagreeing = office_verify()
        assert isinstance(whole, Verified)
        assert disagreeing == ()
        before = rows()
        rebuild()
        assert rows() == before
