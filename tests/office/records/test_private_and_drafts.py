"""Irina writes what only Minsk may see, and takes a draft from its first words to the key."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.core.register.secretaries import AIDA, ALES, gone, measure
from tests.office.records.office import BAKYT, IRINA, Office

from bilat.register.outcome import Refused
from bilat.register.route import Deputy, NotAllowed, Person, Route, Routes, Staff, Step
from bilat_office.records.refusals import NotSeen, OfficeRefused
from bilat_office.records.services.drafts import (
    draft_create,
    draft_drop,
    draft_edit,
    draft_pass,
    draft_send_back,
    draft_sign,
)
from bilat_office.records.services.private import (
    private_delete,
    private_save,
    private_save_all,
)

PAVEL = Person("pavel", "BLR", frozenset({"editor"}), "min-farming")
OLGA = Person("olga", "BLR", frozenset({"secretary"}))
STAFF = Staff((IRINA, PAVEL, OLGA))
ROUTES = Routes({"commitments": Route((Step("checked", "editor"),))})
DAY = date(2026, 3, 2)


def test_every_version_of_a_private_record_stays(office: Office) -> None:
    for title in ("Ask 700", "Ask 600"):
        content = {"id": "line", "title": title}
        private_save(section="commitments", content=content, by=IRINA, at=office.now())
    private_delete(name=("commitments", "line"), by=IRINA, at=office.now())
    door = office.door("BLR")
    with pytest.raises(NotSeen):
        door.get("commitments", "line")
    edits = door.private_history("commitments", "line")
    assert [edit.content and edit.content["title"] for edit in edits] == [
        "Ask 700",
        "Ask 600",
        None,
    ]
    private_save(
        section="commitments", content={"id": "line", "title": "Again"}, by=IRINA, at=office.now()
    )
    assert len(door.private_history("commitments", "line")) == 4


def test_both_sides_may_use_one_id_without_learning_of_each_other(office: Office) -> None:
    for person, title in ((IRINA, "Of Minsk"), (BAKYT, "Of Bishkek")):
        content = {"id": "line", "title": title}
        private_save(section="commitments", content=content, by=person, at=office.now())
    assert office.door("BLR").get("commitments", "line").title("en") == "Of Minsk"
    assert office.door("KGZ").get("commitments", "line").title("en") == "Of Bishkek"


@pytest.mark.parametrize(
    ("section", "content", "code"),
    [
        ("commitments", {"id": "house", "title": "x"}, "joint_name"),
        ("commitments", {"id": "a", "title": "x", "document": "nowhere"}, "dangling"),
        ("commitments", {"id": "a", "title": "x", "visibility": "KGZ"}, "other_side"),
        ("commitments", {"id": "a", "title": "x", "visibility": "joint"}, "other_side"),
        ("commitments", {"id": "a", "colour": "red"}, "content"),
        ("commitments", {}, "content"),
        ("keys", {"id": "a"}, "content"),
    ],
)
def test_a_private_record_that_cannot_be_is_refused(
    office: Office, section: str, content: dict[str, str], code: str
) -> None:
    office.agree(measure("house"))
    with pytest.raises(OfficeRefused) as refusal:
        private_save(section=section, content=content, by=IRINA, at=office.now())
    assert refusal.value.code == code


@pytest.mark.parametrize("side", ["joint", "", "KAZ"])
def test_who_is_of_no_side_has_nothing_private(office: Office, side: str) -> None:
    nobody = Person("x", side, frozenset())
    content = {"id": "a", "title": "x"}
    with pytest.raises(Refused):
        private_save(section="commitments", content=content, by=nobody, at=office.now())
    with pytest.raises(Refused):
        draft_create(new=[measure("a")], reason="?", by=nobody, at=office.now())


def test_private_records_may_name_one_another_and_then_stay_together(office: Office) -> None:
    both: list[tuple[str, dict[str, Any]]] = [
        ("commitments", {"id": "a", "title": "A", "depends_on": ["b"]}),
        ("commitments", {"id": "b", "title": "B"}),
    ]
    private_save_all(new=both, by=IRINA, at=office.now())
    with pytest.raises(OfficeRefused) as refusal:
        private_delete(name=("commitments", "b"), by=IRINA, at=office.now())
    assert refusal.value.code == "still_named"
    with pytest.raises(NotSeen):
        private_delete(name=("commitments", "a"), by=BAKYT, at=office.now())


def test_a_private_record_does_not_hold_a_joint_one_fast(office: Office) -> None:
    """Else the other side would learn of it from the refusal."""
    office.agree(measure("house"))
    content = {"id": "line", "title": "x", "depends_on": ["house"]}
    private_save(section="commitments", content=content, by=IRINA, at=office.now())
    office.agree(gone("house"))
    assert office.door("BLR").get("commitments", "line")


def test_a_draft_goes_from_its_author_over_a_second_pair_of_eyes_to_the_key(
    office: Office,
) -> None:
    draft = draft_create(new=[measure("house")], reason="S 13", by=IRINA, at=office.now())
    with pytest.raises(NotAllowed):
        draft_pass(draft=draft, by=IRINA, routes=ROUTES, staff=STAFF, on=DAY)
    with pytest.raises(NotAllowed, match="checked"):
        draft_sign(draft=draft, by=ALES, person=OLGA, routes=ROUTES, staff=STAFF, at=office.now())
    draft_pass(draft=draft, by=PAVEL, routes=ROUTES, staff=STAFF, on=DAY)
    with pytest.raises(NotAllowed, match="Only the key"):
        draft_pass(draft=draft, by=OLGA, routes=ROUTES, staff=STAFF, on=DAY)
    change = draft_sign(
        draft=draft, by=ALES, person=OLGA, routes=ROUTES, staff=STAFF, at=office.now()
    )
    with office.door("KGZ").desk() as desk:
        assert [item.id for item in desk.awaiting_my_key()] == [change]
    (signed,) = office.door("BLR").drafts(state="signed")
    assert signed.change == change
    assert [item.by for item in signed.route.passed] == ["pavel", "olga"]
    with pytest.raises(OfficeRefused, match="signed already"):
        draft_edit(draft=draft, new=[measure("x")], reason="?", by=IRINA, at=office.now())


def test_an_edited_draft_and_one_sent_back_begin_again(office: Office) -> None:
    draft = draft_create(new=[measure("house")], reason="S 13", by=IRINA, at=office.now())
    draft_pass(draft=draft, by=PAVEL, routes=ROUTES, staff=STAFF, on=DAY)
    draft_send_back(draft=draft, by=OLGA, routes=ROUTES, staff=STAFF, on=DAY)
    (back,) = office.door("BLR").drafts()
    assert back.route.passed == ()
    draft_pass(draft=draft, by=PAVEL, routes=ROUTES, staff=STAFF, on=DAY)
    new = [measure("house", "Two trade houses")]
    draft_edit(draft=draft, new=new, reason="S 13", by=IRINA, at=office.now())
    (edited,) = office.door("BLR").drafts()
    assert (edited.route.passed, edited.new[0][1]) == ((), new[0][1])


def test_a_deputy_passes_for_someone_on_leave_and_it_says_so(office: Office) -> None:
    routes = Routes({"commitments": Route((Step("checked", "editor", "min-farming"),))})
    leave = Deputy("pavel", "olga", DAY, DAY)
    staff = Staff((IRINA, PAVEL, OLGA), (leave,))
    draft = draft_create(new=[measure("house")], reason="S 13", by=IRINA, at=office.now())
    draft_pass(draft=draft, by=OLGA, routes=routes, staff=staff, on=DAY)
    (passed,) = office.door("BLR").drafts()[0].route.passed
    assert (passed.by, passed.instead_of) == ("olga", "pavel")


def test_a_draft_that_the_register_refuses_stays_as_it_was(office: Office) -> None:
    routes = Routes({})
    new = [measure("house", document="nowhere")]
    draft = draft_create(new=new, reason="S 13", by=IRINA, at=office.now())
    with pytest.raises(Refused):
        draft_sign(draft=draft, by=ALES, person=OLGA, routes=routes, staff=STAFF, at=office.now())
    (stored,) = office.door("BLR").drafts()
    assert (stored.state, stored.route.passed) == ("open", ())
    with pytest.raises(Refused) as refusal:
        draft_sign(draft=draft, by=AIDA, person=OLGA, routes=routes, staff=STAFF, at=office.now())
    assert refusal.value.code == "wrong_side"


def test_only_its_own_side_can_touch_a_draft_and_only_its_author_drops_it(
    office: Office,
) -> None:
    draft = draft_create(new=[measure("house")], reason="S 13", by=IRINA, at=office.now())
    with pytest.raises(NotSeen):
        draft_edit(draft=draft, new=[measure("x")], reason="?", by=BAKYT, at=office.now())
    with pytest.raises(NotAllowed, match="irina"):
        draft_drop(draft=draft, by=PAVEL)
    draft_drop(draft=draft, by=IRINA)
    assert office.door("BLR").drafts() == ()


def test_a_draft_of_nothing_or_of_nonsense_is_refused(office: Office) -> None:
    for new in ([], [(("commitments", "x"), {"id": "x", "colour": "red"})]):
        with pytest.raises(Refused):
            draft_create(new=new, reason="?", by=IRINA, at=office.now())


def test_a_save_that_is_based_on_an_older_text_is_stopped_where_it_is_written(
    office: Office,
) -> None:
    name = ("commitments", "line")
    seen: list[Any] = []

    def note_then(stop: bool) -> Any:
        def check(standing: Any) -> None:
            seen.append(standing[name] and standing[name]["title"])
            if stop:
                raise NotSeen(*name)

        return check

    for title, stop in (("Ask 700", False), ("Ask 600", True), ("Ask 500", False)):
        new = [("commitments", {"id": "line", "title": title})]
        try:
            private_save_all(new=new, by=IRINA, at=office.now(), provided=note_then(stop))
        except NotSeen:
            assert stop
    with pytest.raises(NotSeen):
        private_delete(name=name, by=IRINA, at=office.now(), provided=note_then(stop=True))
    private_delete(name=name, by=IRINA, at=office.now(), provided=note_then(stop=False))
    assert seen == [None, "Ask 700", "Ask 700", "Ask 500", "Ask 500"]
    titles = [
        edit.content and edit.content["title"] for edit in office.door("BLR").private_history(*name)
    ]
    assert titles == ["Ask 700", "Ask 500", None]


def test_one_draft_is_seen_in_whatever_state_by_its_own_side_alone(office: Office) -> None:
    number = draft_create(new=[measure("a")], reason="Soon", by=IRINA, at=office.now())
    assert office.door("BLR").draft(number).state == "open"
    draft_drop(draft=number, by=IRINA)
    assert office.door("BLR").draft(number).state == "dropped"
    for side in ("KGZ", "joint", None):
        with pytest.raises(NotSeen):
            office.door(side).draft(number)
    with pytest.raises(NotSeen):
        office.door("BLR").draft(number + 1)
