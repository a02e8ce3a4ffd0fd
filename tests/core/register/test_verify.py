"""An exported register is verified from its folder alone, and a break is named by file and line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from tests.core.programme.strategies import programmes
from tests.core.register.secretaries import (
    AIDA,
    ALES,
    MINSK,
    Table,
    entered,
    founding,
    key,
    measure,
    revoked,
)

from bilat.cli.verify import command
from bilat.programme import Programme
from bilat.register import seen_by
from bilat.register.canonical import canonical, document
from bilat.register.chain import open_entry
from bilat.register.entering import fold
from bilat.register.messages import read_line, sign
from bilat.register.node import Node
from bilat.register.orders import checkpoint, countersign, enter_alone, propose
from bilat.register.outcome import Refused
from bilat.register.store import export, open_node, take_in
from bilat.register.verify import Break, Verified, verify

Alter = Callable[[Path], None]


@pytest.fixture
def table() -> Table:
    """Three entries, an open change, both checkpoints."""
    table = Table()
    for number in range(3):
        table.agree(measure(f"m{number}"))
    table.post([checkpoint(table.bishkek, AIDA, table.now())], table.minsk)
    table.post([checkpoint(table.minsk, ALES, table.now())], table.bishkek)
    propose(table.minsk, [measure("m9")], "Still open", ALES, table.now())
    return table


def test_both_offices_export_the_same_register(table: Table, tmp_path: Path) -> None:
    export(table.minsk, tmp_path / "a")
    export(table.bishkek, tmp_path / "b")
    first, second = verify(tmp_path / "a"), verify(tmp_path / "b")
    assert first == second
    assert isinstance(first, Verified)
    assert (first.entries, first.solo_entries, first.records) == (3, 0, 8)
    assert first.confirmed == {"BLR": 3, "KGZ": 3}
    assert first.head == table.minsk.register.head


def test_what_is_exported_and_read_again_is_the_same(table: Table, tmp_path: Path) -> None:
    export(table.minsk, tmp_path)
    again = open_node(tmp_path)
    assert again.register.head == table.minsk.register.head
    assert again.changes.open() == table.minsk.changes.open()
    assert set(again.outbox("KGZ")) == set(table.minsk.outbox("KGZ"))
    written = {path: path.read_bytes() for path in (tmp_path / "register").iterdir()}
    export(again, tmp_path)
    assert {path: path.read_bytes() for path in written} == written


def _line(name: str, number: int, old: str, new: str) -> Alter:
    def alter(room: Path) -> None:
        lines = (room / name).read_text(encoding="utf-8").splitlines(keepends=True)
        assert old in lines[number - 1]
        lines[number - 1] = lines[number - 1].replace(old, new, 1)
        (room / name).write_text("".join(lines), encoding="utf-8")

    return alter


def _without(name: str, number: int) -> Alter:
    def alter(room: Path) -> None:
        lines = (room / name).read_bytes().splitlines(keepends=True)
        del lines[number - 1]
        (room / name).write_bytes(b"".join(lines))

    return alter


def _swapped(room: Path) -> None:
    first, second, third = (room / "chain.jsonl").read_bytes().splitlines(keepends=True)
    (room / "chain.jsonl").write_bytes(first + third + second)


def _cut(room: Path) -> None:
    (room / "chain.jsonl").write_bytes((room / "chain.jsonl").read_bytes()[:-100])


def _cut_neatly(room: Path) -> None:
    """The end of the chain is taken away, and what follows from it is made to fit."""
    node = open_node(room.parent)
    lines = (room / "chain.jsonl").read_bytes().splitlines(keepends=True)[:-1]
    shorter = fold(node.register.founding, [open_entry(read_line(line)) for line in lines])
    other = room.parent / "other"
    export(Node(node.register.founding, shorter), other)
    for name in ("chain.jsonl", "state.jsonl", "keys.json"):
        (room / name).write_bytes((other / "register" / name).read_bytes())


BREAKS: dict[str, tuple[Alter, str, int]] = {
    "a word of a past entry": (
        _line("chain.jsonl", 2, "Open a trade house", "Open no trade house"),
        "chain.jsonl",
        2,
    ),
    "an entry taken out": (_without("chain.jsonl", 2), "chain.jsonl", 2),
    "two entries in the other order": (_swapped, "chain.jsonl", 2),
    "the file cut off": (_cut, "chain.jsonl", 3),
    "the end taken away neatly": (_cut_neatly, "messages.jsonl", 2),
    "a record altered in the state": (
        _line("state.jsonl", 2, "Open a trade house", "Open no trade house"),
        "state.jsonl",
        2,
    ),
    "a record taken out of the state": (_without("state.jsonl", 2), "state.jsonl", 2),
    "a key that signed longer": (
        _line("keys.json", 1, '"until":null', '"until":2'),
        "keys.json",
        1,
    ),
    "an open change altered": (
        _line("messages.jsonl", 1, "Still open", "All agreed"),
        "messages.jsonl",
        1,
    ),
    "another programme": (_line("genesis.json", 1, "blr-kgz", "blr-rus"), "genesis.json", 1),
    "no chain": (lambda room: (room / "chain.jsonl").unlink(), "chain.jsonl", 0),
    "no genesis": (lambda room: (room / "genesis.json").unlink(), "genesis.json", 0),
}


@pytest.mark.parametrize(("alter", "name", "line"), BREAKS.values(), ids=BREAKS)
def test_the_first_break_is_named_by_file_and_line(
    table: Table, tmp_path: Path, alter: Alter, name: str, line: int
) -> None:
    export(table.minsk, tmp_path)
    alter(tmp_path / "register")
    found = verify(tmp_path)
    assert isinstance(found, Break)
    place = found.problem.place
    assert (place.file, place.line) == (f"register/{name}", line)
    shown = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
    assert shown.return_value == 1
    assert str(place) in shown.stderr


def test_a_forger_with_one_key_cannot_make_an_entry(table: Table, tmp_path: Path) -> None:
    """Minsk holds its key and is depositary; without Bishkek's it gets nothing in."""
    export(table.minsk, tmp_path)
    change = propose(table.minsk, [measure("gift")], "?", ALES, table.now())
    answer = {
        "type": "answer", "register": table.begun.id, "side": "KGZ", "person": "Aida",
        "body": None, "time": change.said.time, "change": change.id,
        "verdict": "countersign", "reason": None,
    }  # fmt: skip
    forged = sign(answer, ALES.signer).envelope.model_dump()
    body = {
        "type": "entry", "register": table.begun.id, "side": "BLR", "time": change.said.time,
        "place": 4, "prev": table.minsk.register.head, "mode": "two",
        "change": change.envelope.model_dump(), "answer": forged,
    }  # fmt: skip
    chain = tmp_path / "register" / "chain.jsonl"
    chain.write_bytes(chain.read_bytes() + sign(body, ALES.signer).line + b"\n")
    found = verify(tmp_path)
    assert isinstance(found, Break)
    assert (found.problem.place.line, found.entries) == (4, 3)
    assert "belongs to KGZ" in str(found.problem.what) or "BLR" in str(found.problem.what)


def test_the_command_says_what_was_verified(table: Table, tmp_path: Path) -> None:
    export(table.minsk, tmp_path)
    shown = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
    assert shown.return_value == 0
    assert "3 entries, all whole." in shown.stdout
    assert table.minsk.register.head in shown.stdout
    assert "Solo" not in shown.stdout


def test_a_register_of_one_office_says_so(tmp_path: Path) -> None:
    table = Table(founding("solo"))
    enter_alone(table.minsk, [measure("house")], "First run", (ALES, AIDA), table.now())
    export(table.minsk, tmp_path)
    shown = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
    assert "Solo: 1 entry was made by one office with both keys." in shown.stdout


def test_an_export_never_overwrites_another_register_or_a_longer_one(
    table: Table, tmp_path: Path
) -> None:
    export(table.minsk, tmp_path)
    behind = Node(table.begun)
    with pytest.raises(Refused) as refusal:
        export(behind, tmp_path)
    assert refusal.value.code == "overwrite"
    with pytest.raises(Refused) as refusal:
        export(Node(founding("solo")), tmp_path)
    assert refusal.value.code == "overwrite"
    (tmp_path / "other" / "register").mkdir(parents=True)
    (tmp_path / "other" / "register" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused):
        export(table.minsk, tmp_path / "other")
    assert isinstance(verify(tmp_path), Verified)


def test_an_import_adds_and_never_replaces(table: Table, tmp_path: Path) -> None:
    export(table.minsk, tmp_path)
    fresh = Node(table.begun)
    assert all(done.accepted for done in take_in(fresh, tmp_path))
    assert fresh.register.head == table.minsk.register.head
    assert {done.code for done in take_in(fresh, tmp_path)} == {"known"}
    with pytest.raises(Refused) as refusal:
        take_in(Node(founding("solo")), tmp_path)
    assert refusal.value.code == "other_register"


def test_an_import_with_another_history_is_shown_as_a_fork(table: Table, tmp_path: Path) -> None:
    other = Table()
    other.minute = 1
    other.agree(measure("something-else"))
    export(other.minsk, tmp_path)
    before = table.minsk.register.head
    assert "fork" in {done.code for done in take_in(table.minsk, tmp_path)}
    assert table.minsk.register.head == before


def test_a_message_of_a_key_revoked_since_does_not_spoil_an_export(
    table: Table, tmp_path: Path
) -> None:
    table.agree(entered(key("BLR", "second")), revoked(MINSK))
    export(table.minsk, tmp_path)
    assert isinstance(verify(tmp_path), Verified)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(programmes())
def test_any_programme_goes_into_the_register_and_out_again(
    tmp_path_factory: pytest.TempPathFactory, programme: Programme
) -> None:
    joint = seen_by(programme)
    table = Table()
    table.agree(*(((item.section, item.id), document(item)) for item in joint.records()))
    folder = tmp_path_factory.mktemp("register")
    export(table.minsk, folder)
    again = open_node(folder).register.state
    for record in joint.records():
        content = again.content((record.section, record.id))
        assert content == json.loads(canonical(document(record)))
        assert type(record).model_validate(content) == record


def test_a_countersignature_that_is_not_entered_yet_is_exported_too(tmp_path: Path) -> None:
    table = Table()
    change = propose(table.minsk, [measure("house")], "Session", ALES, table.now())
    table.post([change], table.bishkek)
    countersign(table.bishkek, change.id, AIDA, table.now())
    export(table.bishkek, tmp_path)
    assert open_node(tmp_path).changes.status(change.id) == "countersigned"
