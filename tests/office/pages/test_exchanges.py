"""How many students, visitors, events: what was planned, what each side states, what follows."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.office.api.planting import MARKERS, own_id, plant
from tests.office.api.world import measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

pytestmark = pytest.mark.django_db


def observed(side: str, year: int, value: int) -> tuple[tuple[str, str], dict[str, Any]]:
    id_ = f"students-{side.lower()}-{year}"
    return ("observations", id_), {
        "id": id_, "indicator": "students", "period": str(year), "reporter": side,
        "value": str(value), "unit": "students", "sources": ["office"],
    }  # fmt: skip


@pytest.fixture
def desk(office: Desk) -> Desk:
    office.world.agree(
        (("sources", "office"), {
            "id": "office", "title": "Yearbook of education", "publisher": "Statistics office"}),
        (("bodies", "min-edu"), {
            "id": "min-edu", "name": "Ministry of Education", "party": "KGZ", "kind": "ministry"}),
        (("indicators", "students"), {
            "id": "students", "title": {"en": "Students", "ru": "Студенты"}, "measures": "count",
            "unit": "students"}),
        *(observed("BLR", year, 600 + 100 * (year - 2020)) for year in (2022, 2023)),
        observed("KGZ", 2023, 850),
        (("targets", "students-2000"), {
            "id": "students-2000", "title": "2,000 students", "indicator": "students",
            "value": "2000", "unit": "students",
            "statements": [{"side": "BLR", "announced": "2023", "by": "2030"}]}),
        (("documents", "plan"), {
            "id": "plan", "title": "Plan of culture", "kind": "programme", "signed": "2025-09"}),
        (("contacts", "rectors"), {
            "id": "rectors", "title": "Forum of rectors", "kind": "forum", "held": "2025-05-20",
            "follow_up": ["grants"]}),
        measure("grants", "Give 100 grants", due="2024", owners=["min-edu"],
                indicators=["students"], document="plan"),
        measure("days", "Days of culture", evidence=[
            {"on": "2025-02-01", "grade": "complete", "text": "Held"}]),
        (("exchanges", "education"), {
            "id": "education", "title": {"en": "Students in Belarus", "ru": "Студенты в Беларуси"},
            "area": "education", "indicators": ["students"], "next_step": "Count them"}),
        (("exchanges", "culture"), {
            "id": "culture", "title": "Days of each culture", "area": "culture",
            "commitments": ["days"], "document": "plan"}),
        (("exchanges", "sport"), {"id": "sport", "title": "Wrestling", "area": "sport"}),
    )  # fmt: skip
    return office


def titles(answer: Any) -> list[str]:
    rows = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    return [row.split("</a>")[0].split(">")[-1] for row in rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Days of each culture", "Students in Belarus", "Wrestling"]),
        ("area=sport", ["Wrestling"]),
        ("side=BLR", ["Students in Belarus"]),
        ("q=студенты", ["Students in Belarus"]),
        ("sort=late&order=desc", ["Students in Belarus"]),
    ],
)
def test_the_list_finds_by_area_side_and_words(desk: Desk, query: str, found: list[str]) -> None:
    assert titles(desk.browser().get(f"/exchanges?{query}"))[: len(found)] == found


def test_both_sides_numbers_stand_side_by_side_with_the_plan(desk: Desk) -> None:
    shown = text_of(desk.browser().get("/exchanges"))
    assert "Belarus: 900 students (2023)" in shown
    assert "Kyrgyzstan: 850 students (2023)" in shown
    assert "2,000 students (2030, Belarus)" in shown
    assert "1 of 1" in shown
    assert "Nothing fits" in text_of(desk.browser().get("/exchanges?q=chess"))


def test_an_area_shows_chart_table_measures_contacts_and_documents(desk: Desk) -> None:
    answer = desk.browser().get("/exchanges?area=education")
    shown = text_of(answer)
    page = answer.content.decode()
    assert "900 students in 2023 by Belarus, planned 2,000 students in 2030" in shown
    assert page.count("<svg") == 1
    for part in ("800 students (statistics)", "Yearbook of education", "Give 100 grants",
                 "Forum of rectors", "Plan of culture"):  # fmt: skip
        assert part in shown, part
    assert faults_of(answer) == []
    culture = text_of(desk.browser().get("/exchanges?area=culture"))
    assert "Days of culture" in culture
    assert "Give 100 grants" not in culture
    assert "It follows no indicator yet." in culture


def test_a_page_of_one_exchange_leads_to_its_record(desk: Desk) -> None:
    answer = desk.browser("KGZ").get("/exchanges/education")
    page = answer.content.decode()
    for address in ("/records/exchanges/education", "/records/exchanges/education/history",
                    "/records/exchanges/education/edit", "/roadmap/grants",
                    "/contacts/rectors"):  # fmt: skip
        assert f'href="{address}"' in page, address
    assert "Change it" not in text_of(desk.browser("BLR", "observer").get("/exchanges/education"))
    assert desk.browser().get("/exchanges/none").status_code == 404


def test_the_files_hold_what_the_pages_show(desk: Desk) -> None:
    irina = desk.browser()
    text = irina.get("/exchanges?area=education&format=csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["Numbers"] == "Students: BLR 900 students (2023), KGZ 850 students (2023)"
    assert (row["Measures"], row["Late"], row["Next step"]) == ("1", "1", "Count them")
    text = irina.get("/exchanges/education?format=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1] == ["Students", "2023", "students", "900", "statistics", "850", "statistics",
                       "office"]  # fmt: skip
    assert rows[2][3:7] == ["800", "statistics", "", ""]
    book: Any = load_workbook(io.BytesIO(irina.get("/exchanges/education?format=xlsx").content))
    assert len(list(book.active.iter_rows())) == 3


def test_a_russian_reader_gets_the_same_in_russian(desk: Desk) -> None:
    person = desk.world.people["KGZ", "secretary"]
    person.language = "ru"
    person.save()
    kanat = desk.browser("KGZ")
    assert "Студенты в Беларуси" in text_of(kanat.get("/exchanges"))
    assert "Студенты" in text_of(kanat.get("/exchanges/education"))


def test_neither_side_finds_the_other_sides_exchanges(desk: Desk) -> None:
    plant(desk.world)
    for side, other in (("BLR", "KGZ"), ("KGZ", "BLR")):
        client = desk.browser(side)
        own, hidden = own_id(side, "exchanges"), own_id(other, "exchanges")
        assert MARKERS[side] in client.get(f"/exchanges/{own}").content.decode().lower()
        assert MARKERS[side] in client.get("/exchanges?format=csv").content.decode().lower()
        for address in ("/exchanges", "/exchanges?area=education", "/exchanges?format=csv",
                        "/exchanges/education"):  # fmt: skip
            assert MARKERS[other] not in client.get(address).content.decode().lower(), address
        assert client.get(f"/exchanges/{hidden}").status_code == 404
        assert client.get(f"/exchanges/{hidden}?format=csv").status_code == 404


def test_an_own_estimate_is_in_ones_own_chart_alone(desk: Desk) -> None:
    """A private observation of a joint indicator."""
    private = {**observed("BLR", 2024, 4321)[1], "visibility": "BLR"}
    desk.world.keep("BLR", "observations", private)
    assert "4,321 students" in text_of(desk.browser().get("/exchanges/education"))
    for address in ("/exchanges/education", "/exchanges", "/exchanges?area=education"):
        assert "4,321" not in text_of(desk.browser("KGZ").get(address))


def test_an_office_without_exchanges_says_what_to_do(office: Desk) -> None:
    shown = text_of(office.browser().get("/exchanges"))
    assert "No exchange is recorded yet." in shown
    assert "Add the first one" in shown
