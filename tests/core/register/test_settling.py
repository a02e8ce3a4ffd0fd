"""A thief used Minsk's key: two histories exist. Both sides agree on one, and go on from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.core.register.secretaries import AIDA, ALES, Table, measure

from bilat.register.messages import Message
from bilat.register.node import Node
from bilat.register.orders import checkpoint, countersign, propose, seal
from bilat.register.outcome import Refused
from bilat.register.settling import settle
from bilat.register.store import export, open_node

HOUSE = ("commitments", "house")


def forked() -> tuple[Table, str, str]:
    """After one entry in common, Minsk enters one change with itself and shows Bishkek another."""
    table = Table()
    table.agree(measure("house"))
    twin = Node(table.begun)
    for entered in table.minsk.register.entries:
        twin.receive(entered.entry.line)
    mine = _entered(table, table.minsk, "school")
    theirs = _entered(table, twin, "bridge")
    for entered in twin.register.entries[1:]:
        table.bishkek.receive(entered.entry.line)
    assert table.bishkek.receive(table.minsk.register.entries[1].entry.line).code == "fork"
    assert table.minsk.receive(twin.register.entries[1].entry.line).code == "fork"
    return table, mine, theirs


def _entered(table: Table, node: Node, name: str) -> str:
    change: Message[Any] = propose(node, [measure(name)], name, ALES, table.now())
    countersign(node, change.id, AIDA, table.now())
    seal(node, ALES, table.now())
    return change.id


def test_the_side_whose_chain_is_right_goes_on_with_its_own() -> None:
    table, mine, _theirs = forked()
    proof = table.minsk.forks[0].theirs
    settled = settle(table.minsk, table.minsk)
    assert settled.aside == ()
    assert settled.node.forks == []
    assert settled.node.register.places[mine] == 2
    assert settled.node.receive(proof.line).code == "settled"
    assert settled.node.forks == []
    _entered(table, settled.node, "hospital")


def test_the_other_side_begins_again_from_an_export_and_loses_no_text(tmp_path: Path) -> None:
    table, mine, theirs = forked()
    export(table.minsk, tmp_path)
    settled = settle(table.bishkek, open_node(tmp_path))
    assert [entered.change.id for entered in settled.aside] == [theirs]
    assert settled.place == 1
    node = settled.node
    assert node.register.head == table.minsk.register.head
    assert node.register.places[mine] == 2
    assert node.changes.status(theirs) == "countersigned"
    assert node.receive(settled.aside[0].entry.line).code == "settled"


def test_what_was_entered_in_the_other_chain_can_be_entered_in_the_agreed_one(
    tmp_path: Path,
) -> None:
    table, _mine, theirs = forked()
    export(table.bishkek, tmp_path)
    minsk = settle(table.minsk, open_node(tmp_path)).node
    bishkek = settle(table.bishkek, table.bishkek).node
    assert minsk.register.head == bishkek.register.head
    assert minsk.register.places[theirs] == 2
    table.post(seal(minsk, ALES, table.now()), bishkek)
    for node in (minsk, bishkek):
        assert node.register.state.content(("commitments", "school"))
        assert node.register.state.content(("commitments", "bridge"))
    assert minsk.register.head == bishkek.register.head


def test_a_checkpoint_over_the_chain_that_was_given_up_is_no_new_fork(tmp_path: Path) -> None:
    table, _mine, _theirs = forked()
    over_bridge = checkpoint(table.bishkek, AIDA, table.now())
    export(table.minsk, tmp_path)
    minsk = settle(table.minsk, table.minsk).node
    assert minsk.receive(over_bridge.line).code == "settled"


def test_nothing_is_settled_where_nothing_was_forked(tmp_path: Path) -> None:
    table = Table()
    table.agree(measure("house"))
    with pytest.raises(Refused) as refusal:
        settle(table.minsk, table.bishkek)
    assert refusal.value.code == "no_fork"


def test_the_chain_of_another_register_settles_nothing() -> None:
    from tests.core.register.secretaries import founding

    table, _mine, _theirs = forked()
    with pytest.raises(Refused) as refusal:
        settle(table.minsk, Node(founding("solo")))
    assert refusal.value.code == "other_register"


def test_a_node_put_back_from_kept_lines_says_the_same(tmp_path: Path) -> None:
    """What an office does at its start: lines that were verified when they came are restored."""
    from bilat.register.messages import read_line

    table = Table()
    table.agree(measure("house"))
    waiting = propose(table.minsk, [measure("school")], "S", ALES, table.now())
    checkpoint(table.minsk, ALES, table.now())
    restored = Node(table.begun)
    entries = [entered.entry.line for entered in table.minsk.register.entries]
    for line in [*entries, *table.minsk.under_way()]:
        restored.restore(read_line(line))
    assert restored.register.head == table.minsk.register.head
    assert restored.changes.open() == (waiting.id,)
    assert restored.confirmed("BLR") == 1
    assert restored.receive(waiting.line).code == "known"
    told: list[str] = []
    restored.news = lambda code, message: told.append(f"{code} {message.said.type}")
    answer = countersign(restored, waiting.id, AIDA, table.now())
    assert restored.receive(answer.line).code == "known"
    assert told == ["accepted answer"]
