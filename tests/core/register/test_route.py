"""Inside one side: a draft is checked and approved before the side's key is used."""

from __future__ import annotations

from datetime import date

import pytest

from bilat.register.route import (
    Deputy,
    Draft,
    NotAllowed,
    Person,
    Route,
    Routes,
    Staff,
    Step,
    may_pass,
    next_step,
    pass_step,
    ready_for_key,
    send_back,
)

DAY = date(2026, 3, 2)
CAREFUL = Route((Step("checked", "editor", "min-trade"), Step("approved", "approver")))
ROUTES = Routes({"targets": CAREFUL})
EDITOR = Person("irina", "BLR", frozenset({"editor"}), "min-trade")
FARMER = Person("pavel", "BLR", frozenset({"editor"}), "min-farming")
APPROVER = Person("oleg", "BLR", frozenset({"approver"}), "commission")
SECRETARY = Person("ales", "BLR", frozenset({"secretary", "approver"}), "commission")
OTHER = Person("aida", "KGZ", frozenset({"editor", "approver", "secretary"}), "commission")
PEOPLE = (EDITOR, FARMER, APPROVER, SECRETARY, OTHER)
STAFF = Staff(PEOPLE)


def draft(*sections: str, author: str = "writer") -> Draft:
    return Draft("BLR", sections or ("targets",), author, "a" * 64)


def names(item: Draft, staff: Staff = STAFF, on: date = DAY) -> list[str]:
    return [may.person for may in may_pass(item, ROUTES, staff, on)]


def test_a_target_is_checked_by_its_ministry_approved_and_only_then_signed() -> None:
    item = draft()
    assert names(item) == ["irina"]
    item = pass_step(item, "irina", ROUTES, STAFF, DAY)
    assert names(item) == ["oleg", "ales"]
    item = pass_step(item, "oleg", ROUTES, STAFF, DAY)
    assert ready_for_key(item, ROUTES)
    assert names(item) == ["ales"]
    item = pass_step(item, "ales", ROUTES, STAFF, DAY)
    assert next_step(item, ROUTES) is None
    assert names(item) == []


def test_a_kind_without_a_route_goes_straight_to_the_key() -> None:
    item = draft("figures")
    assert ready_for_key(item, ROUTES)
    assert names(item) == ["ales"]


def test_a_bundle_takes_the_longest_way_of_its_kinds() -> None:
    assert names(draft("figures", "targets")) == ["irina"]


def test_whoever_may_not_is_told_who_may() -> None:
    with pytest.raises(NotAllowed, match="“checked”, which irina may pass"):
        pass_step(draft(), "pavel", ROUTES, STAFF, DAY)
    with pytest.raises(NotAllowed):
        pass_step(draft(), "aida", ROUTES, STAFF, DAY)


def test_two_pairs_of_eyes_see_a_draft() -> None:
    assert names(draft(author="irina")) == []
    item = pass_step(draft(), "irina", ROUTES, STAFF, DAY)
    item = pass_step(item, "ales", ROUTES, STAFF, DAY)
    assert names(item) == [], "who approved does not also use the key"
    alone = Routes({"targets": Route(CAREFUL.steps, four_eyes=False)})
    assert [may.person for may in may_pass(item, alone, STAFF, DAY)] == ["ales"]


def test_a_deputy_stands_in_for_the_days_of_absence_and_it_is_kept_for_whom() -> None:
    leave = Deputy("irina", "pavel", date(2026, 3, 1), date(2026, 3, 14))
    staff = Staff(PEOPLE, (leave,))
    assert names(draft(), staff) == ["irina", "pavel"]
    assert names(draft(), staff, date(2026, 3, 15)) == ["irina"]
    item = pass_step(draft(), "pavel", ROUTES, staff, DAY)
    assert (item.passed[0].by, item.passed[0].instead_of) == ("pavel", "irina")


def test_a_deputys_deputy_and_a_deputy_of_the_other_side_do_not_count() -> None:
    days = (date(2026, 3, 1), date(2026, 3, 14))
    chain = Staff(PEOPLE, (Deputy("irina", "pavel", *days), Deputy("pavel", "oleg", *days)))
    assert names(draft(), chain) == ["irina", "pavel"]
    abroad = Staff(PEOPLE, (Deputy("irina", "aida", *days),))
    assert names(draft(), abroad) == ["irina"]


def test_a_deputy_does_not_lend_a_second_pair_of_eyes_to_the_same_person() -> None:
    days = (date(2026, 3, 1), date(2026, 3, 14))
    staff = Staff(PEOPLE, (Deputy("ales", "irina", *days),))
    item = pass_step(draft(), "irina", ROUTES, staff, DAY)
    assert "irina" not in names(item, staff)


def test_an_edited_draft_begins_again_and_a_draft_can_be_sent_back() -> None:
    item = pass_step(draft(), "irina", ROUTES, STAFF, DAY)
    assert item.edited(item.text, "writer") == item
    assert item.edited("b" * 64, "pavel").passed == ()
    assert send_back(item, "oleg", ROUTES, STAFF, DAY).passed == ()
    with pytest.raises(NotAllowed):
        send_back(item, "irina", ROUTES, STAFF, DAY)
