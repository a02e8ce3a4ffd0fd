"""A secretary finds what is late; a ministry reports; the list leaves as a file."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from tests.office.api.world import measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import text_of

pytestmark = pytest.mark.django_db
BODIES = [
    (("bodies", id_), {"id": id_, "name": name, "party": side, "kind": "ministry"})
    for id_, name, side in (
        ("min-trade", "Ministry of Trade", "BLR"),
        ("min-roads", "Ministry of Roads", "KGZ"),
    )
]


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def desk(office: Desk) -> Desk:
    soon = (today() + timedelta(days=30)).isoformat()
    office.world.agree(
        *BODIES,
        measure("late", "Open a trade house", due="2024", owners=["min-trade"], chapter="Trade"),
        measure("soon", "Pave the road", due=soon, owners=["min-roads"], chapter="Roads"),
        measure("formula", "=cmd|' /C calc'!A0", due="2099"),
        measure("done", "Sign the plan", evidence=[
            {"on": "2025-02-01", "grade": "complete", "text": "Signed in Minsk"}]),
    )  # fmt: skip
    return office


def titles(answer: Any) -> list[str]:
    rows = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    return [row.split("</a>")[0].split(">")[-1] for row in rows]


def test_what_is_late_comes_first_and_says_so(desk: Desk) -> None:
    answer = desk.browser().get("/roadmap")
    assert titles(answer)[:2] == ["Open a trade house", "Pave the road"]
    assert "4 records" in text_of(answer)
    assert "office-state--bad" in answer.content.decode()
    assert "Red: its date has passed and it is not complete." in text_of(answer)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=late", ["Open a trade house"]),
        ("owner=min-roads", ["Pave the road"]),
        ("side=BLR", ["Open a trade house"]),
        ("chapter=Roads", ["Pave the road"]),
        ("q=signed+minsk", ["Sign the plan"]),
        ("state=open&sort=title&order=desc&q=the", ["Pave the road"]),
    ],
)
def test_filters_together_find_what_they_say(desk: Desk, query: str, found: list[str]) -> None:
    assert titles(desk.browser().get(f"/roadmap?{query}")) == found


def test_a_filter_survives_a_sort_and_can_be_taken_away(desk: Desk) -> None:
    page = desk.browser().get("/roadmap?state=open&sort=title&order=asc").content.decode()
    assert 'href="?state=open&amp;sort=due&amp;order=asc"' in page
    assert 'href="?state=open&amp;sort=title&amp;order=desc"' in page
    assert 'aria-sort="ascending"' in page
    assert "Show all" in page


def test_nothing_found_says_what_to_do(desk: Desk) -> None:
    assert "Nothing fits these filters." in text_of(desk.browser().get("/roadmap?q=submarine"))


@pytest.mark.parametrize("by", ["chapter", "owner", "time"])
def test_groups_have_headings_with_counts(desk: Desk, by: str) -> None:
    shown = text_of(desk.browser().get(f"/roadmap?by={by}"))
    heading = {"chapter": "Roads (1)", "owner": "Ministry of Roads (1)", "time": "2024 (1)"}[by]
    assert heading in shown


def test_what_has_none_of_it_stands_last_and_says_so(desk: Desk) -> None:
    for by, heading in (
        ("chapter", "outside the chapters (2)"),
        ("owner", "nobody yet (2)"),
        ("time", "without a date (1)"),
    ):
        groups = desk.browser().get(f"/roadmap?by={by}").context["groups"]
        name, rows = groups[-1]
        assert f"{name} ({len(rows)})" == heading


def test_the_file_has_exactly_the_rows_of_the_list(desk: Desk) -> None:
    irina = desk.browser()
    query = "state=open&sort=title"
    answer = irina.get(f"/roadmap?{query}&format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[1].lstrip("'") for row in rows[1:]] == [
        title.replace("&#x27;", "'") for title in titles(irina.get(f"/roadmap?{query}"))
    ]
    assert rows[0][:3] == ["Id", "Measure", "Chapter"]


def test_no_cell_is_a_formula(desk: Desk) -> None:
    irina = desk.browser()
    text = irina.get("/roadmap?format=csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
    book = load_workbook(io.BytesIO(irina.get("/roadmap?format=xlsx").content))
    sheet = book["roadmap"]
    found = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in found if cell.value is not None} == {"s"}
    assert len(list(sheet.iter_rows())) == 5


def test_the_scorecard_counts_by_ministry(desk: Desk) -> None:
    answer = desk.browser().get("/roadmap/_scorecard?format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][:6] == ["Ministry of Trade", "BLR", "1", "0", "1", "0"]
    shown = text_of(desk.browser().get("/roadmap/_scorecard"))
    assert "2 bodies" in shown  # what nobody owns is a row, but no body
    assert "nobody" in shown


def test_home_shows_who_is_late(desk: Desk) -> None:
    shown = text_of(desk.browser("BLR", "co_chair").get("/"))
    assert "Ministry of Trade (BLR) 1 1" in shown
    assert "Ministry of Roads" not in shown.split("Late, by ministry")[1]


def test_an_editor_writes_for_the_own_ministry_alone(desk: Desk) -> None:
    desk.world.add("BLR", "ministry_editor", body="min-trade")
    editor = desk.browser("BLR", "ministry_editor")
    news = {"grade": "limited", "evidence_en": "Begun", "reason": "Report", "how": "draft"}
    assert "propose" not in editor.get("/roadmap/late").content.decode().split("<form")[-1]
    assert 'name="grade"' not in editor.get("/roadmap/soon").content.decode()
    answers = {}
    for id_ in ("late", "soon"):
        page = desk.browser().get(f"/roadmap/{id_}").content.decode()
        base = page.split('name="base" value="')[1].split('"')[0]
        answers[id_] = editor.post(f"/roadmap/{id_}/update", {"base": base, **news})
    assert answers["late"].status_code == 302
    assert answers["soon"].status_code == 403
    assert "You may write only for your own body" in text_of(answers["soon"])


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, "Choose how far it has come, or give a new date."),
        ({"grade": "limited"}, "Say what shows it"),
        ({"due": "2027"}, "A changed date has a reason."),
        ({"due": "soon", "due_reason_en": "x"}, "is no day, month, quarter or year"),
        ({"grade": "limited", "evidence_en": "x", "on": "yesterday"}, "is no day"),
        ({"grade": "limited", "evidence_en": "x"}, "Write why: both sides read the reason."),
    ],
)
def test_a_report_that_lacks_something_says_what(
    desk: Desk, typed: dict[str, str], wrong: str
) -> None:
    answer = desk.browser().post("/roadmap/late/update", typed)
    assert answer.status_code == 400
    assert wrong in text_of(answer)


def test_a_grade_that_there_is_not_is_refused(desk: Desk) -> None:
    typed = {"grade": "brilliant", "evidence_en": "x", "reason": "y"}
    assert desk.browser().post("/roadmap/late/update", typed).status_code == 400
