"""Our office is Bishkek's; Minsk has an office of its own and sends lines, in any order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.core.register.secretaries import AIDA, ALES, at, founding, gone, measure

from bilat.register.messages import Message
from bilat.register.node import Node
from bilat.register.orders import checkpoint as confirm
from bilat.register.orders import countersign, propose, seal
from bilat.register.outcome import Refused
from bilat.register.store import export
from bilat_office.records import models
from bilat_office.records.door import Door
from bilat_office.records.inspecting import office_verify
from bilat_office.records.keeper import KEEPER
from bilat_office.records.services.changes import change_countersign, change_propose, checkpoint
from bilat_office.records.services.messages import message_receive, messages_receive, outbox
from bilat_office.records.services.settling import fork_settle
from bilat_office.records.viewer import Viewer


@pytest.fixture
def minsk(db: None) -> Node:
    """Minsk's node; the database is Bishkek's, of the same register."""
    begun = founding()
    with KEEPER.writing(begun):
        pass
    return Node(begun)


def entered(minsk: Node, minute: int, *new: object) -> list[bytes]:
    """A change of Minsk that Bishkek has signed elsewhere: its entry, and nothing has arrived."""
    change = propose(minsk, new, f"Minute {minute}", ALES, at(minute))  # type: ignore[arg-type]
    countersign(minsk, change.id, AIDA, at(minute))
    return [message.line for message in seal(minsk, ALES, at(minute))]


def head() -> str:
    with KEEPER.reading() as node:
        return node.register.head


def statuses() -> set[str]:
    with Door(Viewer("KGZ")).desk() as desk:
        return {item.status for item in desk.all()}


def test_a_change_travels_there_and_back(minsk: Node) -> None:
    change = propose(minsk, [measure("house")], "S 13", ALES, at(1))
    assert message_receive(line=change.line).code == "accepted"
    assert message_receive(line=change.line).code == "known"
    assert change_countersign(change=change.id, by=AIDA, at=at(2)) == "countersigned"
    for line in outbox(side="BLR"):
        minsk.receive(line)
    for entry in seal(minsk, ALES, at(3)):
        assert message_receive(line=entry.line).code == "accepted"
    assert head() == minsk.register.head
    assert Door(Viewer("KGZ")).get("commitments", "house").place == 1
    assert not models.Message.objects.exists()
    assert checkpoint(by=AIDA, at=at(4)) == 1
    for line in outbox(side="BLR"):
        minsk.receive(line)
    assert minsk.confirmed("KGZ") == 1
    assert list(minsk.outbox("KGZ")) == list(minsk.under_way())


def test_entries_that_come_backwards_wait_also_over_a_restart(minsk: Node) -> None:
    lines = [
        *entered(minsk, 1, measure("house")),
        *entered(minsk, 2, measure("school")),
        *entered(minsk, 3, gone("house")),
    ]
    assert [message_receive(line=line).code for line in lines[:0:-1]] == ["waiting", "waiting"]
    KEEPER.forget()
    assert models.Entry.objects.count() == 0
    assert message_receive(line=lines[0]).code == "accepted"
    assert head() == minsk.register.head
    assert models.Entry.objects.count() == 3
    assert not models.Message.objects.exists()
    KEEPER.forget()
    assert head() == minsk.register.head
    assert office_verify()[1] == ()


def test_an_answer_that_comes_before_its_change_waits_for_it(minsk: Node) -> None:
    ours = change_propose(new=[measure("house")], reason="S", by=AIDA, at=at(1))
    with KEEPER.reading() as node:
        change: Message[Any] = node.changes.message(ours)
    models.Message.objects.all().delete()
    KEEPER.forget()
    minsk.receive(change.line)
    answer = countersign(minsk, ours, ALES, at(2))
    assert message_receive(line=answer.line).code == "waiting"
    KEEPER.forget()
    assert message_receive(line=change.line).code == "accepted"
    assert statuses() == {"countersigned"}
    KEEPER.forget()
    assert statuses() == {"countersigned"}


def test_what_is_no_message_is_answered_with_a_sentence_and_stored_nowhere(minsk: Node) -> None:
    (line,) = entered(minsk, 1, measure("house"))
    altered = line.replace(b"Open a trade house", b"Shut a trade house")
    outcomes = messages_receive(lines=[b"", b"{}", b"\xff", altered, b"[" * 100_000])
    codes = {done.code for done in outcomes}
    assert codes <= {"unreadable", "bad_signature", "other_text"}
    assert models.Entry.objects.count() == models.Message.objects.count() == 0


def forked(minsk: Node) -> Node:
    """Minsk shows us one second entry and holds another itself. Gives the node that showed it."""
    (first,) = entered(minsk, 1, measure("house"))
    twin = Node(minsk.register.founding)
    twin.receive(first)
    (mine,) = entered(minsk, 2, measure("school"))
    (theirs,) = entered(twin, 2, measure("house", "Two houses"))
    assert [message_receive(line=line).code for line in (first, theirs, mine)] == [
        "accepted", "accepted", "fork",
    ]  # fmt: skip
    return twin


def test_a_fork_stops_the_office_until_it_is_settled_over_a_restart_too(minsk: Node) -> None:
    forked(minsk)
    change = propose(minsk, [measure("bridge")], "?", ALES, at(3))
    for _restart in range(2):
        message_receive(line=change.line)
        with pytest.raises(Refused) as refusal:
            change_countersign(change=change.id, by=AIDA, at=at(4))
        assert refusal.value.code == "fork"
        with Door(Viewer("KGZ")).desk() as desk:
            assert [fork.place for fork in desk.forks] == [2]
        KEEPER.forget()


def test_our_chain_is_the_agreed_one(minsk: Node) -> None:
    twin = forked(minsk)
    assert fork_settle(agreed=None, at=at(5)) == []
    assert head() == twin.register.head
    change = propose(twin, [measure("bridge")], "?", ALES, at(6))
    message_receive(line=change.line)
    assert change_countersign(change=change.id, by=AIDA, at=at(7)) == "countersigned"
    KEEPER.forget()
    assert message_receive(line=minsk.register.entries[1].entry.line).code == "settled"
    assert office_verify()[1] == ()


def test_the_other_chain_is_the_agreed_one_and_no_text_is_lost(minsk: Node, tmp_path: Path) -> None:
    twin = forked(minsk)
    export(minsk, tmp_path)
    (given_up,) = fork_settle(agreed=tmp_path, at=at(5))
    assert given_up == twin.register.entries[1].change.id
    assert head() == minsk.register.head
    door = Door(Viewer("KGZ"))
    assert door.get("commitments", "house").title("en") == "Open a trade house"
    assert door.get("commitments", "school").place == 2
    with door.desk() as desk:
        assert desk.get(given_up).status == "countersigned"
    KEEPER.forget()
    assert head() == minsk.register.head
    assert statuses() == {"countersigned"}
    assert models.SetAside.objects.get().entry == twin.register.head
    assert message_receive(line=twin.register.entries[1].entry.line).code == "settled"
    assert office_verify()[1] == ()
    (third,) = entered(minsk, 6, measure("bridge"))
    assert message_receive(line=third).code == "accepted"


def test_another_process_learns_that_a_fork_is_settled(minsk: Node) -> None:
    from bilat_office.records.keeper import Keeper

    twin = forked(minsk)
    other = Keeper()
    with other.reading() as node:
        assert len(node.forks) == 1
    fork_settle(agreed=None, at=at(5))
    with other.reading() as node:
        assert node.forks == []
        assert node.register.head == twin.register.head


def test_another_process_takes_over_what_this_one_has_stored(minsk: Node) -> None:
    from bilat_office.records.keeper import Keeper

    other = Keeper()
    with other.reading() as node:
        assert node.register.place == 0
    change = propose(minsk, [measure("house")], "S", ALES, at(1))
    message_receive(line=change.line)
    with other.reading() as node:
        assert node.changes.open() == (change.id,)
    change_countersign(change=change.id, by=AIDA, at=at(2))
    for line in outbox(side="BLR"):
        minsk.receive(line)
    for entry in seal(minsk, ALES, at(3)):
        message_receive(line=entry.line)
    message_receive(line=confirm(minsk, ALES, at(4)).line)
    with other.reading() as node:
        assert node.register.head == minsk.register.head
        assert node.changes.open() == ()
        assert node.confirmed("BLR") == 1


def test_a_set_aside_entry_cannot_be_altered_or_forgotten(minsk: Node, tmp_path: Path) -> None:
    from django.db import DatabaseError, transaction

    forked(minsk)
    export(minsk, tmp_path)
    fork_settle(agreed=tmp_path, at=at(5))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_setaside")
