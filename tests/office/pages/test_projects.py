"""A ministry follows its projects: where each stands, what holds it, what it makes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from tests.office.api.world import PASSPHRASE, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

from bilat.programme import KINDS
from bilat.register.canonical import Document, document
from bilat.register.kinds import Name

pytestmark = pytest.mark.django_db
New = tuple[Name, Document]


def record(section: str, id_: str, **fields: Any) -> New:
    """In the form in which a register keeps it."""
    return (section, id_), document(KINDS[section].model_validate({"id": id_, **fields}))


@pytest.fixture
def desk(office: Desk) -> Desk:
    year = timezone.localdate().year
    before = (timezone.localdate() - timedelta(days=400)).isoformat()
    office.world.agree(
        record("bodies", "plant", name="Elevator plant", party="BLR", kind="company"),
        record("bodies", "osh-works", name="Osh works", party="KGZ", kind="company"),
        measure("late", "Open the works", due="2024"),
        record("indicators", "exports", title="Exports", measures="exports", unit="million USD",
               exporter="BLR"),
        record("targets", "more", title="More exports", indicator="exports", value="100",
               unit="million USD", statements=[
                   {"side": "BLR", "announced": "2025", "by": str(year + 2)}]),
        record("facilities", "line", title="Leasing line", kind="leasing",
               limit={"amount": "1000000", "currency": "USD"},
               available=f"2024/{year + 9}"),
        record("projects", "lifts", title={"en": "Elevators", "ru": "Лифты"}, stage="operating",
               sector="machines", products=["842810"], place="Osh", jobs=30, local_content="40",
               partners=["plant", "osh-works"], commitments=["late"], facility="line",
               years=[{"year": year - 1, "planned_units": "200", "units": "150"},
                      {"year": year - 1, "side": "KGZ", "units": "140"}],
               effect={"indicator": "exports", "likely": "100", "unit": "units",
                       "unit_price": {"amount": "20000", "currency": "USD"},
                       "start": str(year + 1), "chance": "50",
                       "finance": {"amount": "3000000", "currency": "USD"}}),
        record("projects", "mill", title="Flour mill", stage="idea", since=before,
               products=["1101"], partners=["osh-works"]),
        record("projects", "buses", title="=Buses", stage="agreed", products=["8702"]),
        record("deals", "deal", title="First elevators", facility="line", project="lifts",
               amount={"amount": "400000", "currency": "USD"}, stage="signed", signed="2025"),
    )  # fmt: skip
    return office


def titles(answer: Any) -> Sequence[str]:
    rows = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    return [row.split("</a>")[0].split(">")[-1] for row in rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Flour mill", "=Buses", "Elevators"]),
        ("stage=operating", ["Elevators"]),
        ("sector=machines", ["Elevators"]),
        ("hs=8428", ["Elevators"]),
        ("hs=110100", ["Flour mill"]),
        ("place=osh", ["Elevators"]),
        ("side=BLR", ["Elevators"]),
        ("body=osh-works&sort=title", ["Elevators", "Flour mill"]),
        ("held=no", ["=Buses"]),
        ("held=late_measure", ["Elevators"]),
        ("held=no_movement", ["Flour mill"]),
        ("q=лифты", ["Elevators"]),
        ("sort=jobs&order=desc", ["Elevators", "Flour mill", "=Buses"]),
    ],
)
def test_filters_find_what_they_say(desk: Desk, query: str, found: list[str]) -> None:
    assert titles(desk.browser().get(f"/projects?{query}")) == found


def test_the_list_says_what_holds_a_project(desk: Desk) -> None:
    shown = text_of(desk.browser().get("/projects"))
    assert "3 records" in shown
    assert "2 of them are held up by something." in shown
    assert "late since 2024: Open the works" in shown
    assert "150 of 200" in shown


def test_the_board_has_a_column_for_each_stage(desk: Desk) -> None:
    answer = desk.browser().get("/projects?view=board&side=KGZ")
    shown = text_of(answer)
    assert "idea (1) Flour mill" in shown
    assert "operating (1) Elevators Osh held up" in shown
    assert "agreed (0)" in shown
    assert "=Buses" not in shown
    assert faults_of(answer) == []


def test_a_long_column_leads_to_the_rest(desk: Desk) -> None:
    desk.world.agree(*(record("projects", f"p{n}", title=f"Plan {n}") for n in range(20)))
    page = desk.browser().get("/projects?view=board").content.decode()
    assert page.count("office-projects-card") == 12 + 2
    assert 'href="?stage=idea">9 more' in page


def test_the_file_has_the_rows_of_the_list_and_no_formula(desk: Desk) -> None:
    irina = desk.browser()
    text = irina.get("/projects?held=no&format=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[:2] for row in rows[1:]] == [["buses", "'=Buses"]]
    book = load_workbook(io.BytesIO(irina.get("/projects?format=xlsx").content))
    assert len(list(book["projects"].iter_rows())) == 4


def test_a_project_shows_its_years_side_by_side_and_its_finance(desk: Desk) -> None:
    answer = desk.browser().get("/projects/lifts")
    shown = text_of(answer)
    assert "both sides 200 150 75" in shown
    assert "KGZ – 140" in shown
    assert "600,000" in shown  # of the million 400,000 are taken by the deal
    assert "First elevators" in shown
    assert "Open the works" in shown
    assert "of 2,600,000 USD that it needs 2,600,000 USD are missing" in shown
    assert "<svg" in answer.content.decode()
    assert faults_of(answer) == []


def test_a_project_in_russian(desk: Desk) -> None:
    aida = desk.world.people["KGZ", "secretary"]
    aida.language = "ru"
    aida.save()
    answer = desk.browser("KGZ").get("/projects/lifts")
    assert "Лифты" in text_of(answer)
    assert '<html lang="ru"' in answer.content.decode()


def test_scale_up_says_from_how_many_to_how_many(desk: Desk) -> None:
    answer = desk.browser().get("/projects/_scale-up")
    shown = text_of(answer)
    year = timezone.localdate().year
    assert f"from 140 ({year - 1}) to 240" in shown  # the smaller count promises less
    assert "needs 3,000,000 USD" in shown
    assert "2,600,000 USD missing" in shown
    assert "Open the works" in shown
    assert "All projects, by chance 0.0 1.0 1.0" in shown  # 100 × 20,000 USD × 50 %
    assert "All projects, if each comes about 0.0 2.0 2.0" in shown
    assert "Flour mill" not in shown
    rows = desk.browser().get("/projects/_scale-up?format=csv").content.decode("utf-8-sig")
    assert "1000000" in rows.splitlines()[1]


def base_of(desk: Desk, path: str, side: str = "BLR") -> str:
    page = desk.browser(side).get(path).content.decode()
    return page.split('name="base" value="')[1].split('"')[0]


def test_a_year_is_reported_and_the_other_count_stays(desk: Desk) -> None:
    year = str(timezone.localdate().year - 1)
    answer = desk.browser().post(
        "/projects/lifts/update",
        {"base": base_of(desk, "/projects/lifts"), "year": year, "count": "KGZ",
         "units": "1 145,5", "value": "2900000", "currency": "USD", "stage": "scaled_up",
         "since": "2026-06", "reason": "Report of the plant", "how": "propose",
         "passphrase_BLR": PASSPHRASE},
    )  # fmt: skip
    assert answer.status_code == 302
    shown = text_of(desk.browser("KGZ").get(answer["Location"]))
    assert "1145.5" in shown
    assert "scaled up" in shown
    assert "2900000" in shown.replace(",", "")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, "Choose another stage, or give numbers of a year."),
        ({"stage": "operating"}, "Choose another stage, or give numbers of a year."),
        ({"stage": "stopped", "since": "soon"}, "is no day, month, quarter or year"),
        ({"stage": "brilliant"}, "Stage:"),
        ({"units": "5"}, "is no year: write it as 2027"),
        ({"units": "many", "year": "2026"}, "“many” is no number"),
        ({"units": "-5", "year": "2026"}, "“-5” is no number"),
        ({"value": "5", "year": "2026", "currency": "dollars"}, "“dollars” is no currency"),
        ({"units": "5", "year": "1066"}, "Year:"),
        ({"units": "5", "year": "2026"}, "Write why: both sides read the reason."),
    ],
)
def test_what_is_typed_wrongly_stays_and_is_explained(
    desk: Desk, typed: dict[str, str], wrong: str
) -> None:
    answer = desk.browser().post("/projects/lifts/update", typed)
    assert answer.status_code == 400
    assert wrong in text_of(answer)
    for name in ("units", "since"):
        if name in typed:
            assert f'value="{typed[name]}"' in answer.content.decode()


def test_an_observer_is_told_that_they_may_not(desk: Desk) -> None:
    reader = desk.browser("joint", "observer")
    assert "Report a new stage" not in text_of(reader.get("/projects/lifts"))
    answer = reader.post("/projects/lifts/update", {"stage": "stopped", "reason": "x"})
    assert answer.status_code == 403


def test_a_private_project_is_seen_and_updated_by_its_side_alone(desk: Desk) -> None:
    secret = {"id": "secret", "title": "Secret plant", "visibility": "BLR", "place": "Gomel"}
    desk.world.keep("BLR", "projects", secret)
    own, other = desk.browser("BLR"), desk.browser("KGZ")
    for address in ("/projects", "/projects?view=board", "/projects?format=csv"):
        assert "Secret plant" in own.get(address).content.decode()
        assert "Secret plant" not in other.get(address).content.decode()
    assert "your side alone sees it" in text_of(own.get("/projects/secret"))
    assert other.get("/projects/secret").status_code == 404
    assert other.post("/projects/secret/update", {"stage": "agreed"}).status_code == 404
    answer = own.post("/projects/secret/update", {"stage": "agreed", "since": "2026-01"})
    assert answer["Location"] == "/projects/secret"
    assert "agreed since January 2026" in text_of(own.get("/projects/secret"))


def test_an_empty_office_says_what_to_do(office: Desk) -> None:
    assert "No project is recorded yet. Add the first one" in text_of(
        office.browser().get("/projects")
    )
    assert "No project says what it should add." in text_of(
        office.browser().get("/projects/_scale-up")
    )


def test_the_pages_ask_the_database_little(desk: Desk) -> None:
    irina = desk.browser()
    for address in ("/projects/lifts", "/projects?view=board", "/projects?held=yes"):
        irina.get(address)
        with CaptureQueriesContext(connection) as asked:
            irina.get(address)
        assert len(asked) <= 15, address
