"""A process starts from the tables; the chain, folded entry by entry, says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.core.register.secretaries import AIDA, ALES, gone, measure
from tests.office.records.office import Office

from bilat.register import orders
from bilat.register.history import field_history, history
from bilat.register.outcome import Refused
from bilat.register.store import contents
from bilat_office.records.keeper import KEEPER, folded
from bilat_office.records.services.changes import change_propose
from bilat_office.records.services.messages import message_receive
from bilat_office.records.stored import StoredRegister

ROAD = ("documents", "roadmap"), {"id": "roadmap", "title": "Roadmap", "kind": "roadmap"}


@pytest.fixture
def grown(office: Office) -> Office:
    """Entries that make, change, delete and make again; one change still waits."""
    office.agree(ROAD, measure("house", "Open a house", document="roadmap"), measure("school"))
    office.agree(measure("house", "Open two houses", document="roadmap"), reason="More")
    office.agree(gone("school"))
    office.agree(measure("school", "Build it after all"))
    change_propose(new=[measure("bridge")], reason="?", by=ALES, at=office.now())
    KEEPER.forget()
    return office


def test_a_process_that_starts_knows_what_the_chain_says(grown: Office) -> None:
    chain = folded()
    with KEEPER.reading() as node:
        register = node.register
        assert contents(node) == contents(chain)
        assert register.places == chain.register.places
        assert (register.head, register.time) == (chain.register.head, chain.register.time)
        assert register.rules == chain.register.rules
        assert register.keyring.all() == chain.register.keyring.all()
        assert list(register.entries) == chain.register.entries
        assert register.entries[1:3] == chain.register.entries[1:3]
        assert register.entries[-1] == chain.register.entries[-1]
        for name, content in chain.register.state.records(2):
            assert register.state.content(name, 2) == content
            assert register.state.versions(name) == chain.register.state.versions(name)


@pytest.mark.parametrize("record", ["house", "school", "never"])
def test_histories_are_those_of_the_chain(grown: Office, record: str) -> None:
    chain, name = folded().register, ("commitments", record)
    with KEEPER.reading() as node:
        assert isinstance(node.register, StoredRegister)
        assert node.register.edits(name) == history(chain, name)
        assert node.register.field_edits(name, "title") == field_history(chain, name, "title")
        for key in chain.keyring.all():
            named = ("keys", key.key.id)
            assert node.register.edits(named) == history(chain, named)


def test_a_record_that_another_names_cannot_be_deleted_after_a_start(grown: Office) -> None:
    """Who names whom is in no table: it is found in the documents."""
    with pytest.raises(Refused) as refusal:
        grown.agree((ROAD[0], None))
    assert refusal.value.code == "still_named"
    grown.agree((ROAD[0], None), gone("house"))
    assert grown.door("KGZ").sections()["documents"] == 0


def test_an_entry_that_is_told_again_is_known(grown: Office) -> None:
    with KEEPER.reading() as node:
        lines = [entered.entry.line for entered in node.register.entries]
        (waiting,) = node.changes.messages()
    for line in (*lines, waiting.line):
        assert message_receive(line=line).code == "known"


def test_entries_of_one_transaction_are_read_before_they_are_stored(grown: Office) -> None:
    with KEEPER.writing() as node:
        place = node.register.place
        for id_ in ("one", "two"):
            change = orders.propose(node, [measure(id_)], "Both", ALES, grown.now())
            orders.countersign(node, change.id, AIDA, grown.now())
        orders.seal(node, ALES, grown.now())
        made = node.register.entries[place:]
        assert [entered.change.id for entered in made] == [
            node.register.entries[place].change.id,
            node.register.entries[place + 1].change.id,
        ]
        assert node.register.edits(("commitments", "two"))[-1].reason == "Both"
    assert len(folded().register.entries) == place + 2


def test_an_entry_is_read_again_after_it_was_put_away(
    grown: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bilat_office.records.stored.KEPT_BYTES", 1)
    with KEEPER.reading() as node:
        first = [node.register.entries[place].entry.id for place in (0, 1, 0)]
        assert first == [node.register.head_at(place) for place in (1, 2, 1)]
    grown.door("BLR").export(tmp_path)
    assert len((tmp_path / "register" / "chain.jsonl").read_bytes().splitlines()) == 4
