"""Ales in Minsk and Aida in Bishkek change records of one office, each with their own key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.core.register.secretaries import AIDA, ALES, at, gone, measure
from tests.office.records.office import Office

from bilat.language import say
from bilat.register.node import Node
from bilat.register.outcome import Refused
from bilat_office.records import models
from bilat_office.records.keeper import KEEPER
from bilat_office.records.refusals import NotFounded, NotSeen, OfficeRefused
from bilat_office.records.services.changes import (
    bundle_propose,
    change_counter,
    change_countersign,
    change_enter_alone,
    change_propose,
    change_reject,
    change_withdraw,
    checkpoint,
    seal,
)
from bilat_office.records.services.messages import message_receive, outbox


def test_a_change_counts_when_both_have_signed_and_the_depositary_has_entered_it(
    office: Office,
) -> None:
    change = change_propose(new=[measure("house")], reason="S 12", by=ALES, at=office.now())
    with office.door("KGZ").desk() as desk:
        assert [item.id for item in desk.awaiting_my_key()] == [change]
        assert desk.get(change).differences[0].proposed == measure("house")[1]
    with pytest.raises(NotSeen):
        office.door("BLR").get("commitments", "house")
    status = change_countersign(change=change, by=AIDA, at=office.now())
    assert status == "countersigned"
    assert seal(by=ALES, at=office.now()) == [change]
    row = office.door("KGZ").get("commitments", "house")
    assert (row.content, row.place) == (measure("house")[1], 1)
    (edit,) = office.door("BLR").history("commitments", "house")
    assert (edit.person, edit.countersigned_by, edit.reason) == ("Ales", "Aida", "S 12")


def test_where_the_depositary_countersigns_it_is_entered_at_once(office: Office) -> None:
    change = change_propose(new=[measure("house")], reason="S 12", by=AIDA, at=office.now())
    assert change_countersign(change=change, by=ALES, at=office.now()) == "entered"


def test_rejected_countered_and_withdrawn_changes_are_closed_and_stay_on_record(
    office: Office,
) -> None:
    first = change_propose(new=[measure("a")], reason="1", by=ALES, at=office.now())
    second = change_propose(new=[measure("b")], reason="2", by=ALES, at=office.now())
    third = change_propose(new=[measure("c")], reason="3", by=ALES, at=office.now())
    change_reject(change=first, reason="No budget", by=AIDA, at=office.now())
    other = [measure("b", "Two trade houses")]
    counter = change_counter(change=second, new=other, reason="4", by=AIDA, at=office.now())
    change_withdraw(change=third, reason=None, by=ALES, at=office.now())
    KEEPER.forget()
    with office.door("BLR").desk() as desk:
        statuses = {item.id: item.status for item in desk.all()}
        assert [item.id for item in desk.awaiting_my_key()] == [counter]
        (answer,) = desk.get(first).answers
    assert statuses == {
        first: "rejected", second: "countered", third: "withdrawn", counter: "open",
    }  # fmt: skip
    assert answer.reason == "No budget"


def test_a_protocol_is_entered_whole_and_a_deleted_record_keeps_its_history(
    office: Office,
) -> None:
    contact = ("contacts", "session-13"), {"id": "session-13", "title": "S", "kind": "session"}
    office.agree(*[measure(f"m{n}", contact="session-13") for n in range(5)], contact)
    assert office.door("BLR").sections()["commitments"] == 5
    office.agree(gone("m3"), reason="Given up")
    with pytest.raises(NotSeen):
        office.door("BLR").get("commitments", "m3")
    edits = office.door("BLR").history("commitments", "m3")
    assert [edit.after is None for edit in edits] == [False, True]
    links = office.door("BLR").back_links("contacts", "session-13")
    assert [(row.id, field) for row, field in links] == [(f"m{n}", "contact") for n in (0, 1, 2, 4)]


def test_records_go_into_one_change_as_they_are(office: Office) -> None:
    from bilat.programme import Commitment

    office.agree(measure("old"))
    records = [Commitment(id=name, title=name) for name in ("a", "b")]
    change = bundle_propose(
        records=records, deleted=[("commitments", "old")], reason="S", by=AIDA, at=office.now()
    )
    change_countersign(change=change, by=ALES, at=office.now())
    assert [row.record for row in office.door("KGZ").list("commitments").rows] == records


def test_the_desk_says_how_the_register_stands(office: Office) -> None:
    office.agree(measure("house"))
    with office.door("joint").desk() as desk:
        assert (desk.place, desk.mode, desk.depositary) == (1, "two", "BLR")
        assert desk.sides == ("BLR", "KGZ")
        assert desk.signing("KGZ") == (AIDA.signer.record.id,)
        assert (desk.forks, desk.confirmed("KGZ")) == ((), 0)
        with KEEPER.reading() as node:
            assert (desk.head, desk.register) == (node.register.head, node.register.id)


def test_a_stale_change_shows_three_versions(office: Office) -> None:
    office.agree(measure("house", due="2027"))
    late = change_propose(
        new=[measure("house", due="2028")], reason="Later", by=AIDA, at=office.now()
    )
    office.agree(measure("house", "Open two trade houses", due="2027"))
    with office.door("BLR").desk() as desk:
        assert desk.get(late).status == "stale"
        (three,) = desk.stale(late)
    assert three.merged == measure("house", "Open two trade houses", due="2028")[1]


def test_a_change_may_depend_on_what_its_author_has_read(
    office: Office,
) -> None:
    office.agree(measure("house"))
    read = models.Version.objects.get(record="house", is_current=True).change

    def still_so(node: Node) -> None:
        if node.register.state.base(("commitments", "house")) != read:
            raise OfficeRefused("moved", say("Read it again."))

    new = [measure("house", "Two")]
    change_propose(new=new, reason="?", by=ALES, at=office.now(), provided=still_so)
    office.agree(measure("house", "Three"))
    with pytest.raises(OfficeRefused, match="Read it again"):
        change_propose(new=new, reason="?", by=ALES, at=office.now(), provided=still_so)


def test_what_is_refused_leaves_no_trace(office: Office) -> None:
    office.agree(measure("house"))
    before = (models.Entry.objects.count(), models.Message.objects.count())
    with pytest.raises(Refused):
        change_propose(new=[measure("x", document="nowhere")], reason="?", by=ALES, at=office.now())
    with pytest.raises(Refused):
        change_countersign(change="0" * 64, by=AIDA, at=office.now())
    assert (models.Entry.objects.count(), models.Message.objects.count()) == before
    office.agree(measure("house", "Open two trade houses"))


def test_a_transaction_that_fails_half_way_is_as_if_it_had_not_been(office: Office) -> None:
    office.agree(measure("house"))

    class PowerCut(Exception):
        pass

    def interrupted() -> None:
        from bilat.register import orders

        with KEEPER.writing() as node:
            orders.propose(node, [measure("lost")], "?", ALES, office.now())
            raise PowerCut

    with pytest.raises(PowerCut):
        interrupted()
    with office.door("BLR").desk() as desk:
        assert desk.open() == ()
        assert desk.place == 1
    office.agree(measure("kept"))


def test_a_process_that_starts_later_holds_the_same_register(office: Office) -> None:
    office.agree(measure("house"))
    change_propose(new=[measure("school")], reason="S", by=AIDA, at=office.now())
    with KEEPER.reading() as node:
        before = (node.register.head, node.changes.open(), [*node.register.state.records()])
    KEEPER.forget()
    with KEEPER.reading() as node:
        after = (node.register.head, node.changes.open(), [*node.register.state.records()])
    assert after == before


def test_solo_one_office_enters_at_once_with_both_keys(found: Callable[..., Office]) -> None:
    office = found("solo")
    change_enter_alone(new=[measure("house")], reason="First run", by=[ALES, AIDA], at=at(1))
    assert office.door("KGZ").get("commitments", "house").place == 1


def test_two_does_not_let_one_office_enter_alone(office: Office) -> None:
    with pytest.raises(Refused):
        change_enter_alone(new=[measure("house")], reason="?", by=[ALES, AIDA], at=office.now())


def test_the_outbox_leaves_out_what_the_other_side_has_confirmed(office: Office) -> None:
    office.agree(measure("house"))
    assert len(outbox(side="KGZ")) == 1
    assert checkpoint(by=AIDA, at=office.now()) == 1
    KEEPER.forget()
    office.agree(measure("school"))
    lines = outbox(side="KGZ")
    assert len(lines) == 2  # the second entry, and the checkpoint itself
    assert message_receive(line=lines[0]).code == "known"


def test_without_a_register_the_office_says_how_to_found_one(db: None) -> None:
    with pytest.raises(NotFounded, match="bilat-office init"):
        change_propose(new=[measure("house")], reason="S", by=ALES, at=at(1))


def test_a_second_register_is_not_founded_over_the_first(office: Office) -> None:
    from tests.core.register.secretaries import founding

    office.agree(measure("house"))
    with pytest.raises(OfficeRefused, match="already"), KEEPER.writing(founding("solo")):
        pass
    assert office.door("BLR").get("commitments", "house")
