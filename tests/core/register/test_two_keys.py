"""Ales in Minsk and Aida in Bishkek change one record, each with their own key."""

from __future__ import annotations

import pytest
from tests.core.register.secretaries import AIDA, ALES, Table, gone, measure

from bilat.register.history import field_history, history
from bilat.register.orders import compared, countersign, propose, reject, seal, withdraw
from bilat.register.outcome import Refused

HOUSE = ("commitments", "house")


def test_a_change_counts_only_when_both_have_signed_the_same_text() -> None:
    table = Table()
    change = propose(table.minsk, [measure("house")], "Session 12", ALES, table.now())
    assert table.minsk.register.state.content(HOUSE) is None
    table.post([change], table.bishkek)
    assert table.bishkek.changes.status(change.id) == "open"
    answer = countersign(table.bishkek, change.id, AIDA, table.now())
    assert table.bishkek.register.state.content(HOUSE) is None
    table.post([answer], table.minsk)
    table.post(seal(table.minsk, ALES, table.now()), table.bishkek)
    for node in (table.minsk, table.bishkek):
        assert node.register.state.content(HOUSE) == measure("house")[1]
        assert node.changes.status(change.id) == "entered"


def test_aida_rejects_with_a_reason_and_ales_reads_it() -> None:
    table = Table()
    change = propose(table.minsk, [measure("house")], "Session 12", ALES, table.now())
    table.post([change], table.bishkek)
    answer = reject(table.bishkek, change.id, "No budget in 2026", AIDA, table.now())
    table.post([answer], table.minsk)
    assert table.minsk.changes.status(change.id) == "rejected"
    (read,) = table.minsk.changes.answers(change.id)
    assert read.said.reason == "No budget in 2026"
    with pytest.raises(Refused, match="rejected"):
        countersign(table.bishkek, change.id, AIDA, table.now())


def test_aida_proposes_another_text_instead_and_ales_countersigns_that_one() -> None:
    table = Table()
    first = propose(table.minsk, [measure("house")], "Session 12", ALES, table.now())
    table.post([first], table.bishkek)
    other = [measure("house", "Open two trade houses")]
    second = propose(table.bishkek, other, "Both capitals", AIDA, table.now(), answers=first.id)
    table.post([second], table.minsk)
    assert table.minsk.changes.status(first.id) == "countered"
    countersign(table.minsk, second.id, ALES, table.now())
    seal(table.minsk, ALES, table.now())
    content = table.minsk.register.state.content(HOUSE)
    assert content is not None
    assert content["title"] == "Open two trade houses"


def test_ales_withdraws_before_the_answer_but_not_after_it() -> None:
    table = Table()
    first = propose(table.minsk, [measure("house")], "Session 12", ALES, table.now())
    table.post([first], table.bishkek)
    table.post([withdraw(table.minsk, first.id, None, ALES, table.now())], table.bishkek)
    assert table.bishkek.changes.status(first.id) == "withdrawn"
    with pytest.raises(Refused, match="withdrawn"):
        countersign(table.bishkek, first.id, AIDA, table.now())
    entered = table.agree(measure("house"))
    with pytest.raises(Refused, match="entered"):
        withdraw(table.minsk, entered, None, ALES, table.now())


def test_nobody_answers_a_change_of_their_own() -> None:
    table = Table()
    change = propose(table.minsk, [measure("house")], "Session 12", ALES, table.now())
    with pytest.raises(Refused) as refusal:
        countersign(table.minsk, change.id, ALES, table.now())
    assert refusal.value.code == "wrong_side"
    with pytest.raises(Refused) as refusal:
        reject(table.minsk, change.id, "No", ALES, table.now())
    assert refusal.value.code == "wrong_side"
    table.post([change], table.bishkek)
    with pytest.raises(Refused) as refusal:
        withdraw(table.bishkek, change.id, None, AIDA, table.now())
    assert refusal.value.code == "wrong_side"


def test_a_change_on_an_old_version_is_shown_as_three_versions_and_proposed_afresh() -> None:
    table = Table()
    table.agree(measure("house", due="2027", sector="trade"))
    late = propose(
        table.bishkek, [measure("house", due="2028", sector="trade")], "Later", AIDA, table.now()
    )
    table.agree(measure("house", "Open two trade houses", due="2027", sector="trade"))
    table.post([late], table.minsk)
    assert table.minsk.changes.status(late.id) == "stale"
    with pytest.raises(Refused) as refusal:
        countersign(table.minsk, late.id, ALES, table.now())
    assert refusal.value.code == "stale"
    (three,) = compared(table.minsk, late.id)
    kinds = {item.field: item.kind for item in three.fields}
    assert kinds == {"title": "current", "due": "proposed"}
    assert three.merged == measure("house", "Open two trade houses", due="2028", sector="trade")[1]
    assert three.merged is not None
    table.agree((HOUSE, three.merged))
    assert table.minsk.register.state.content(HOUSE) == three.merged


def test_two_different_dates_are_a_conflict_that_a_person_decides() -> None:
    table = Table()
    table.agree(measure("house", due="2027"))
    late = propose(table.bishkek, [measure("house", due="2028")], "Later", AIDA, table.now())
    table.agree(measure("house", due="2029"))
    table.post([late], table.minsk)
    (three,) = compared(table.minsk, late.id)
    assert three.conflicts == ("due",)
    assert three.merged is None
    (due,) = three.fields
    assert (due.base, due.current, due.proposed) == ("2027", "2029", "2028")


def test_a_protocol_of_many_measures_is_entered_whole_or_not_at_all() -> None:
    table = Table()
    contact = ("contacts", "session-13"), {"id": "session-13", "title": "S", "kind": "session"}
    measures = [measure(f"m{n}", contact="session-13", kind="decision") for n in range(5)]
    protocol = propose(table.minsk, [*measures, contact], "Protocol", ALES, table.now())
    table.post([protocol], table.bishkek)
    table.agree(measure("m3", "Somebody was quicker"))
    with pytest.raises(Refused) as refusal:
        countersign(table.bishkek, protocol.id, AIDA, table.now())
    assert refusal.value.code == "stale"
    assert table.minsk.register.state.content(("commitments", "m0")) is None
    table.agree(*measures[:3], contact)
    assert table.minsk.register.state.content(("commitments", "m2")) == measures[2][1]


def test_a_record_that_is_named_must_be_there_and_stay_there() -> None:
    table = Table()
    with pytest.raises(Refused) as refusal:
        propose(table.minsk, [measure("house", document="roadmap")], "?", ALES, table.now())
    assert refusal.value.code == "dangling"
    roadmap = ("documents", "roadmap"), {"id": "roadmap", "title": "R", "kind": "roadmap"}
    table.agree(measure("house", document="roadmap"), roadmap)
    with pytest.raises(Refused) as refusal:
        propose(table.minsk, [gone("roadmap", "documents")], "Old", ALES, table.now())
    assert refusal.value.code == "still_named"
    table.agree(gone("roadmap", "documents"), measure("house"))
    assert table.minsk.register.state.content(("documents", "roadmap")) is None


def test_a_deleted_record_keeps_its_history_and_can_return() -> None:
    table = Table()
    table.agree(measure("house"), reason="Session 12")
    table.agree(gone("house"), reason="Given up")
    with pytest.raises(Refused):
        propose(table.minsk, [gone("house")], "Again", ALES, table.now())
    table.agree(measure("house", "A smaller one"), reason="Taken up again")
    edits = history(table.bishkek.register, HOUSE)
    assert [edit.reason for edit in edits] == ["Session 12", "Given up", "Taken up again"]
    assert [edit.after is None for edit in edits] == [False, True, False]
    assert {(edit.person, edit.countersigned_by) for edit in edits} == {("Ales", "Aida")}


def test_the_history_of_a_field_says_who_when_why_and_by_which_change() -> None:
    table = Table()
    table.agree(measure("house", due="2027"))
    table.agree(measure("house", "Two trade houses", due="2027"))
    moved = table.agree(measure("house", "Two trade houses", due="2028"), reason="Floods")
    first, last = field_history(table.minsk.register, HOUSE, "due")
    assert (first.before, first.after) == (None, "2027")
    assert (last.before, last.after) == ("2027", "2028")
    assert (last.edit.reason, last.edit.change, last.edit.side) == ("Floods", moved, "BLR")


def test_the_state_of_any_past_day_is_still_known() -> None:
    table = Table()
    table.agree(measure("house", due="2027"))
    first = table.now().date()
    table.minute += 24 * 60
    table.agree(measure("house", due="2028"))
    register = table.minsk.register
    assert HOUSE not in register.state_on(first.replace(day=1))
    assert register.state_on(first)[HOUSE]["due"] == "2027"
    assert register.state_on(table.now().date())[HOUSE]["due"] == "2028"


@pytest.mark.parametrize("visibility", ["BLR", "KGZ"])
def test_a_private_record_can_never_be_in_a_change(visibility: str) -> None:
    table = Table()
    secret = measure("house", "Our real position", visibility=visibility)
    with pytest.raises(Refused) as refusal:
        propose(table.minsk, [secret], "Oops", ALES, table.now())
    assert refusal.value.code == "private"
    assert not list(table.minsk.outbox("KGZ"))
    assert "real position" not in str(refusal.value)


def test_what_is_not_a_record_or_not_in_its_one_form_is_refused() -> None:
    table = Table()
    wrong = [
        (("commitments", "house"), {"id": "house"}),
        (("commitments", "house"), {"id": "other", "title": "T"}),
        (("commitments", "house"), {"id": "house", "title": "T", "kind": "measure"}),
        (("positions", "house"), {"id": "house", "title": "T"}),
    ]
    for new in wrong:
        with pytest.raises(Refused) as refusal:
            propose(table.minsk, [new], "?", ALES, table.now())
        assert refusal.value.code == "content"
    with pytest.raises(Refused) as refusal:
        propose(table.minsk, [], "?", ALES, table.now())
    assert refusal.value.code == "nothing"
    with pytest.raises(Refused) as refusal:
        propose(table.minsk, [measure("a"), measure("a", "B")], "?", ALES, table.now())
    assert refusal.value.code == "twice"


def test_what_the_public_sees_is_chosen_by_both_and_nothing_by_default() -> None:
    table = Table()
    shown = ("published", "commitments.house")
    content = {"id": "commitments.house", "of": "commitments", "record": "house"}
    with pytest.raises(Refused) as refusal:
        propose(table.minsk, [(shown, content)], "Show", ALES, table.now())
    assert refusal.value.code == "dangling"
    table.agree(measure("house"))
    assert [
        name for name, _ in table.minsk.register.state.records() if name[0] == "published"
    ] == []
    table.agree((shown, content))
    assert table.bishkek.register.state.content(shown) == content
