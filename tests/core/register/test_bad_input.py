"""What goes wrong between two offices: each case has one outcome and a sentence."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from tests.core.register.secretaries import (
    AIDA,
    ALES,
    BISHKEK,
    MINSK,
    START,
    Table,
    key,
    measure,
    seed,
)

from bilat.register.canonical import canonical
from bilat.register.genesis import found, read_founding
from bilat.register.messages import sign
from bilat.register.node import Node
from bilat.register.orders import Actor, checkpoint, countersign, propose, reject, seal, withdraw
from bilat.register.outcome import Refused


def proposed(table: Table, *, to_bishkek: bool = True) -> str:
    change = propose(table.minsk, [measure("house")], "Session 12", ALES, table.now())
    if to_bishkek:
        table.post([change], table.bishkek)
    return change.id


def test_a_countersignature_of_another_text_does_not_enter() -> None:
    table = Table()
    first = proposed(table)
    other = propose(table.minsk, [measure("school")], "Session 12", ALES, table.now())
    table.post([other], table.bishkek)
    answer = countersign(table.bishkek, other.id, AIDA, table.now())
    body = {
        "type": "entry",
        "register": table.minsk.register.id,
        "side": "BLR",
        "time": "2026-03-02T12:00:00Z",
        "place": 1,
        "prev": table.minsk.register.head,
        "mode": "two",
        "change": table.minsk.changes.message(first).envelope.model_dump(),
        "answer": answer.envelope.model_dump(),
    }
    forged = table.bishkek.receive(sign(body, MINSK).line)
    assert forged.code == "other_text"
    assert table.bishkek.register.place == 0


def test_a_message_that_comes_again_changes_nothing() -> None:
    table = Table()
    change = propose(table.minsk, [measure("house")], "Session 12", ALES, table.now())
    assert [table.bishkek.receive(change.line).code for _ in range(3)] == [
        "accepted",
        "known",
        "known",
    ]
    table.agree(measure("school"))
    before = table.bishkek.register.head
    for line in table.minsk.outbox("KGZ"):
        assert table.bishkek.receive(line).code == "known"
    assert table.bishkek.register.head == before


def test_an_entered_change_that_is_sent_again_is_not_entered_again() -> None:
    table = Table()
    change = table.agree(measure("house"))
    line = table.minsk.register.entries[0].change.line
    assert table.bishkek.receive(line).code == "known"
    fresh = Node(table.begun, table.minsk.register)
    assert fresh.receive(line).code == "known"
    assert fresh.changes.status(change) == "entered"


def test_a_clock_that_runs_back_is_told_to_its_owner_and_refused_by_the_other() -> None:
    table = Table()
    table.minute = 60
    change = proposed(table)
    with pytest.raises(Refused, match="Set the clock right") as refusal:
        countersign(table.bishkek, change, AIDA, START)
    assert refusal.value.code == "clock_back"
    table.agree(measure("school"))
    with pytest.raises(Refused) as refusal:
        seal(table.minsk, ALES, START)
    assert refusal.value.code == "clock_back"
    early = {
        "type": "answer", "register": table.begun.id, "side": "KGZ", "person": "Aida",
        "body": None, "time": "2026-03-02T09:00:00Z", "change": change,
        "verdict": "countersign", "reason": None,
    }  # fmt: skip
    assert table.minsk.receive(sign(early, BISHKEK).line).code == "clock_back"


def test_a_change_dated_by_a_clock_that_ran_ahead_can_still_be_withdrawn() -> None:
    table = Table()
    ahead = START + timedelta(days=365)
    change = propose(table.minsk, [measure("house")], "Session 12", ALES, ahead)
    table.post([change], table.bishkek)
    table.post([withdraw(table.minsk, change.id, None, ALES, table.now())], table.bishkek)
    assert table.bishkek.changes.status(change.id) == "withdrawn"


def test_a_countersignature_of_a_fast_clock_waits_until_the_depositary_gets_there() -> None:
    table = Table()
    change = proposed(table)
    ahead = table.now() + timedelta(minutes=5)
    table.post([countersign(table.bishkek, change, AIDA, ahead)], table.minsk)
    assert seal(table.minsk, ALES, table.now()) == []
    assert len(seal(table.minsk, ALES, ahead)) == 1


def test_both_propose_the_same_at_once_and_the_first_entered_counts() -> None:
    table = Table()
    ours = propose(table.minsk, [measure("house")], "Session 12", ALES, table.now())
    theirs = propose(table.bishkek, [measure("house")], "Session 12", AIDA, table.now())
    (at_bishkek,) = table.post([ours], table.bishkek)
    (at_minsk,) = table.post([theirs], table.minsk)
    assert (at_bishkek.code, at_minsk.code) == ("same_at_once", "same_at_once")
    assert "commitments/house" in str(at_minsk.message)
    answers = [
        countersign(table.bishkek, ours.id, AIDA, table.now()),
        countersign(table.minsk, theirs.id, ALES, table.now()),
    ]
    table.post(answers[:1], table.minsk)
    table.post(answers[1:], table.bishkek)
    table.post(seal(table.minsk, ALES, table.now()), table.bishkek)
    for node in (table.minsk, table.bishkek):
        assert node.register.place == 1
        assert node.changes.status(ours.id) == "entered"
        assert node.changes.status(theirs.id) == "stale"


def test_an_unknown_key_and_the_other_sides_key_are_refused_with_their_names() -> None:
    table = Table()
    stranger = Actor("?", key("BLR", "stranger"))
    with pytest.raises(Refused) as refusal:
        propose(table.minsk, [measure("house")], "?", stranger, table.now())
    assert refusal.value.code == "unknown_key"
    body = {
        "type": "checkpoint", "register": table.begun.id, "side": "BLR",
        "time": "2026-03-02T10:00:00Z", "place": 0, "head": table.begun.id,
    }  # fmt: skip
    assert table.bishkek.receive(sign(body, BISHKEK).line).code == "key_of_other"
    assert table.bishkek.receive(sign({**body, "side": "RUS"}, MINSK).line).code == "wrong_side"


def test_a_message_of_another_register_is_refused_however_alike_it_is() -> None:
    table = Table()
    twin = found("blr-kgz", [MINSK, BISHKEK], at=START, nonce=seed("another"))
    change = propose(Node(twin), [measure("house")], "Session 12", ALES, table.now())
    assert table.bishkek.receive(change.line).code == "other_register"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{" * 100_000,
        b'{"body":{},"key":"a","signature":"b"}',
        b'{"body":1e999}',
        b'{"a":"\\ud800"}',
    ],
)
def test_what_is_no_message_is_refused_without_a_crash(line: bytes) -> None:
    table = Table()
    done = table.minsk.receive(line)
    assert done.code == "unreadable"
    assert "send it again" in str(done.message)


def test_a_text_that_could_be_read_in_two_ways_is_not_read_at_all() -> None:
    table = Table()
    line = propose(table.minsk, [measure("house")], "Session 12", ALES, table.now()).line
    twice = line.replace(b'"reason":', b'"reason":"Another","reason":')
    spaced = json.dumps(json.loads(line)).encode()
    assert {table.bishkek.receive(other).code for other in (twice, spaced)} == {"unreadable"}
    assert table.bishkek.receive(line).code == "accepted"


def test_no_bit_of_a_message_can_be_changed() -> None:
    table = Table()
    line = propose(table.minsk, [measure("house")], "Session 12", ALES, table.now()).line
    for index in range(len(line)):
        altered = line[:index] + bytes([line[index] ^ 1]) + line[index + 1 :]
        assert not table.bishkek.receive(altered).accepted
    assert table.bishkek.changes.open() == ()


def test_a_private_record_that_is_signed_all_the_same_is_not_taken() -> None:
    table = Table()
    name, content = measure("house", visibility="BLR")
    body = {
        "type": "change", "register": table.begun.id, "side": "BLR", "person": "Ales",
        "body": None, "time": "2026-03-02T10:00:00Z", "reason": "?", "answers": None,
        "items": [{"section": name[0], "id": name[1], "base": None, "content": content}],
    }  # fmt: skip
    assert table.bishkek.receive(sign(body, MINSK).line).code == "private"
    assert list(table.bishkek.outbox("BLR")) == []


def test_a_depositary_with_two_histories_is_found_out_and_nothing_goes_on() -> None:
    table = Table()
    change = proposed(table)
    answer = countersign(table.bishkek, change, AIDA, table.now())
    double = Node(table.begun)
    for node in (table.minsk, double):
        node.receive(table.bishkek.changes.message(change).line)
        node.receive(answer.line)
    table.post(seal(table.minsk, ALES, table.now()), table.bishkek)
    (second,) = seal(double, ALES, table.now())
    found_out = table.bishkek.receive(second.line)
    assert found_out.code == "fork"
    (fork,) = table.bishkek.forks
    assert (fork.place, fork.side, fork.theirs.id) == (1, "BLR", second.id)
    other = propose(table.minsk, [measure("school")], "?", ALES, table.now())
    table.post([other], table.bishkek)
    with pytest.raises(Refused, match="Two histories"):
        countersign(table.bishkek, other.id, AIDA, table.now())


def test_a_checkpoint_over_another_head_shows_the_fork() -> None:
    table = Table()
    table.agree(measure("house"))
    table.post([checkpoint(table.bishkek, AIDA, table.now())], table.minsk)
    assert table.minsk.confirmed("KGZ") == 1
    body = {
        "type": "checkpoint", "register": table.begun.id, "side": "KGZ",
        "time": "2026-03-02T10:00:00Z", "place": 1, "head": "0" * 64,
    }  # fmt: skip
    assert table.minsk.receive(sign(body, BISHKEK).line).code == "fork"
    assert [fork.side for fork in table.minsk.forks] == ["KGZ"]


def test_a_thief_of_a_revoked_key_cannot_stop_the_register_with_a_second_history() -> None:
    table = Table()
    change = proposed(table)
    answer = countersign(table.bishkek, change, AIDA, table.now())
    double = Node(table.begun)
    for line in (table.minsk.changes.message(change).line, answer.line):
        double.receive(line)
    table.post([answer], table.minsk)
    table.post(seal(table.minsk, ALES, table.now()), table.bishkek)
    (second,) = seal(double, ALES, table.now())
    new = key("BLR", "second")
    old = MINSK.record.model_copy(update={"revoked": True})
    table.agree(
        (("keys", new.record.id), new.record.model_dump(exclude_defaults=True)),
        (("keys", old.id), old.model_dump(exclude_defaults=True)),
    )
    assert table.bishkek.receive(second.line).code == "revoked_key"
    assert table.bishkek.forks == []


def test_an_answer_to_what_has_not_arrived_waits_for_it() -> None:
    table = Table()
    change = proposed(table)
    message = table.minsk.changes.message(change)
    answer = reject(table.bishkek, change, "No", AIDA, table.now())
    third = Node(table.begun)
    assert third.receive(answer.line).code == "waiting"
    third.receive(message.line)
    assert third.changes.status(change) == "rejected"


def test_a_genesis_is_signed_by_both_and_says_nothing_else() -> None:
    table = Table()
    content = table.begun.content
    assert read_founding(content) == table.begun
    data = json.loads(content)
    one = {**data, "signatures": {"BLR": data["signatures"]["BLR"]}}
    swapped = {**data, "signatures": {"BLR": data["signatures"]["KGZ"],
                                      "KGZ": data["signatures"]["BLR"]}}  # fmt: skip
    altered = {**data, "body": {**data["body"], "programme": "other"}}
    bad: Any
    for bad in (one, swapped, altered, [], {"body": {}, "signatures": {}}):
        with pytest.raises(Refused):
            read_founding(canonical(bad))
    with pytest.raises(Refused):
        read_founding(json.dumps(data, indent=1).encode())
