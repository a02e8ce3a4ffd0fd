"""Totals and stamps: as right as a count, after whatever is written in between."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.core.register.secretaries import gone, measure
from tests.office.records.office import BAKYT, IRINA, Office

from bilat_office.records.keeper import KEEPER
from bilat_office.records.listing import Filters
from bilat_office.records.services.drafts import draft_create
from bilat_office.records.services.private import private_delete, private_save


def note(office: Office, id_: str, by: object = IRINA) -> None:
    content = {"id": id_, "title": "Ask 700"}
    private_save(section="commitments", content=content, by=by, at=office.now())  # type: ignore[arg-type]


def totals(office: Office) -> list[int]:
    """Of pages of one record, so that each total is counted and not seen."""
    doors = [office.door(side) for side in ("BLR", "KGZ", "joint", None)]
    return [door.list("commitments", size=1).total for door in doors]


def test_totals_follow_every_entry_and_every_private_version(office: Office) -> None:
    office.agree(*(measure(id_) for id_ in ("a", "b", "c")))
    assert totals(office) == [3, 3, 3, 0]
    note(office, "own")
    note(office, "other")
    assert totals(office) == [5, 3, 3, 0]
    note(office, "theirs", BAKYT)
    assert totals(office) == [5, 4, 3, 0]
    private_delete(name=("commitments", "own"), by=IRINA, at=office.now())
    office.agree(gone("a"), *(measure(id_) for id_ in ("d", "e")))
    assert totals(office) == [5, 5, 4, 0]
    shown = [
        (("published", f"commitments.{id_}"),
         {"id": f"commitments.{id_}", "of": "commitments", "record": id_})
        for id_ in ("b", "c")
    ]  # fmt: skip
    office.agree(*shown)
    assert totals(office) == [5, 5, 4, 2]
    assert office.door("BLR").list("commitments", Filters(visibility="BLR"), size=1).total == 1


def test_a_total_is_counted_once_while_nothing_is_written(office: Office) -> None:
    office.agree(*(measure(id_) for id_ in ("a", "b", "c")))
    door = office.door("BLR")
    door.list("commitments", size=1)
    with CaptureQueriesContext(connection) as asked:
        assert door.list("commitments", page=2, size=1).total == 3
    assert not [query for query in asked if "COUNT" in query["sql"].upper()]


@pytest.mark.parametrize(("page", "total"), [(1, 3), (2, 3), (9, 3)])
def test_a_page_past_the_end_is_empty_and_knows_the_total(
    office: Office, page: int, total: int
) -> None:
    office.agree(*(measure(id_, "Open a house") for id_ in ("a", "b", "c")))
    door = office.door("BLR")
    assert door.list("commitments", page=page, size=2).total == total
    assert door.search("house", page=page, size=2).total == total


def test_the_order_turned_round_is_the_same_order_backwards(office: Office) -> None:
    office.agree(*(measure(id_, "Same", due="2027") for id_ in ("a", "b", "c")))
    door = office.door("BLR")
    for sort in ("title", "due", "state", "kind", "id"):
        there = [row.id for row in door.list("commitments", sort=sort).rows]
        back = [row.id for row in door.list("commitments", sort=sort, descending=True).rows]
        assert there == back[::-1] == ["a", "b", "c"]


def test_a_stamp_changes_with_what_the_viewer_sees_and_with_nothing_else(office: Office) -> None:
    stamps = {side: office.door(side).stamp() for side in ("BLR", "KGZ", None)}
    note(office, "own")
    now = {side: office.door(side).stamp() for side in stamps}
    assert [now[side] != stamps[side] for side in stamps] == [True, False, False]
    office.agree(measure("a"))
    assert all(office.door(side).stamp() != now[side] for side in stamps)
    now = {side: office.door(side).stamp() for side in stamps}
    KEEPER.forget()
    assert {side: office.door(side).stamp() for side in stamps} == now


def test_drafts_come_in_pages(office: Office) -> None:
    numbers = [
        draft_create(new=[measure(id_)], reason="Soon", by=IRINA, at=office.now())
        for id_ in ("a", "b", "c")
    ]
    door = office.door("BLR")
    pages = [door.draft_page(page=page, size=2) for page in (1, 2)]
    assert [[item.number for item in page.rows] for page in pages] == [
        [numbers[2], numbers[1]],
        [numbers[0]],
    ]
    assert [page.total for page in pages] == [3, 3]
    for side in ("KGZ", "joint", None):
        assert office.door(side).draft_page().total == 0
