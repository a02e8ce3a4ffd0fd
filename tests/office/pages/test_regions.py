"""Requests and offers are matched and introduced; regions stand on a map."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of
from tests.office.pages.test_projects import New, record, titles

pytestmark = pytest.mark.django_db
COMPANIES = [
    record("bodies", "gomel", name="Gomel region", party="BLR", kind="region",
           at={"lat": "52.43", "lon": "30.98"}),
    record("bodies", "osh", name="Osh region", party="KGZ", kind="region",
           at={"lat": "40.51", "lon": "72.8"}),
    record("bodies", "rigs", name="Rig works", party="BLR", kind="company", parent="gomel"),
    record("bodies", "wells", name="Wells of Osh", party="KGZ", kind="company", parent="osh"),
    record("contacts", "forum", title="Forum in Osh", kind="forum", held="2025-05-01"),
]  # fmt: skip


def wish(id_: str, side: str, wants: str, *codes: str, sector: str = "", **fields: Any) -> New:
    title = fields.pop("title", id_.capitalize())
    interest = {"side": side, "wants": wants, "text": f"{wants} of {id_}", "products": codes}
    if sector:
        interest["sector"] = sector
    return record("links", id_, title=title, kind="demand", interests=[interest], **fields)


@pytest.fixture
def desk(office: Desk) -> Desk:
    office.world.agree(
        *COMPANIES,
        wish("drills", "KGZ", "requests", "843041", bodies=["wells"], contact="forum",
             title={"en": "Drills", "ru": "Буровые"}),
        wish("rigs", "BLR", "offers", "843041", bodies=["rigs"], contact="forum"),
        wish("cranes", "BLR", "offers", "842620"),
        wish("milk", "KGZ", "requests", "0402", sector="food"),
        wish("juice", "BLR", "offers", "2009", sector="Food"),
        wish("own-milk", "KGZ", "offers", "0402", sector="food"),
        record("links", "twins", title="Gomel with Osh", kind="regions", bodies=["gomel", "osh"],
               since="2019"),
    )  # fmt: skip
    return office


def test_what_fits_says_why_and_the_best_comes_first(desk: Desk) -> None:
    answer = desk.browser().get("/regions/_matches")
    shown = text_of(answer)
    assert titles(answer) == ["Drills", "Drills", "Milk"]  # the cranes are of the same chapter
    assert "same subheading, HS 843041" in shown
    assert "both ends are named" in shown
    assert "same sector, food" in shown
    assert "Own-milk" not in shown  # both are of one side
    assert faults_of(answer) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("fit=6", ["Drills"]),
        ("fit=0", ["Milk"]),
        ("hs=8430", ["Drills", "Drills"]),
        ("sector=food", ["Milk"]),
        ("side=KGZ&q=juice", ["Milk"]),
    ],
)
def test_matches_are_filtered(desk: Desk, query: str, found: list[str]) -> None:
    assert titles(desk.browser().get(f"/regions/_matches?{query}")) == found


def test_matches_leave_as_a_file(desk: Desk) -> None:
    text = desk.browser().get("/regions/_matches?fit=6&format=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [(row[0], row[3], row[6], row[9]) for row in rows[1:]] == [("drills", "rigs", "6", "70")]


def introduce(desk: Desk, request: str = "drills", offer: str = "rigs", **who: str) -> Any:
    return desk.browser(**who).post("/regions/_introduce", {"request": request, "offer": offer})


def test_one_click_drafts_the_introduction(desk: Desk) -> None:
    answer = introduce(desk)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/changes/drafts/")
    shown = text_of(desk.browser().get(answer["Location"]))
    assert "Drills – Rigs" in shown
    assert "same subheading" in shown
    again = introduce(desk)
    assert again.status_code == 400
    assert "introduces these two already" in text_of(again)
    assert "under way" in text_of(desk.browser().get("/regions/_matches?fit=6"))


def test_with_an_open_key_it_is_proposed_at_once(desk: Desk) -> None:
    irina = desk.browser()
    person = desk.world.people["BLR", "secretary"]
    irina.cookies[f"bilat_key_{person.pk}_BLR"] = desk.world.ticket()
    answer = irina.post("/regions/_introduce", {"request": "drills", "offer": "rigs"})
    assert answer["Location"].startswith("/changes/")
    assert "drafts" not in answer["Location"]
    assert "Drills – Rigs" in text_of(desk.browser("KGZ").get(answer["Location"]))
    assert introduce(desk, side="KGZ").status_code == 400  # the other side sees it under way


def test_what_is_introduced_is_a_match_no_more_and_the_funnel_counts(desk: Desk) -> None:
    link = record("links", "intro.drills.rigs", title="Drills – Rigs", kind="companies",
                  bodies=["wells", "rigs"], introduces=["drills", "rigs"])  # fmt: skip
    desk.world.agree(
        link,
        record("contacts", "visit", title="Visit to the works", kind="visit", held="2025-06-01",
               link="intro.drills.rigs"),
        record("documents", "contract", title="Contract on rigs", kind="agreement",
               signed="2025-07-01"),
        record("projects", "joint-rigs", title="Joint rigs", link="intro.drills.rigs",
               document="contract"),
        record("facilities", "line", title="Line", kind="credit"),
        record("deals", "deal", title="Two rigs", facility="line", project="joint-rigs",
               amount={"amount": "5", "currency": "USD"}, stage="signed"),
    )  # fmt: skip
    shown = text_of(desk.browser().get("/regions"))
    for step in ("requests 2", "offers 4", "introduced 1", "met 1", "contract 1", "deal 1"):
        assert step in shown, step
    for came in ("Visit to the works", "Contract on rigs", "Joint rigs", "Two rigs"):
        assert came in shown
    assert titles(desk.browser().get("/regions?came=deal")) == ["Drills – Rigs"]
    assert titles(desk.browser().get("/regions/_matches")) == ["Drills", "Milk"]  # cranes stay
    refused = introduce(desk)
    assert refused.status_code == 400
    assert "have been introduced" in text_of(refused)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=regions", ["Gomel with Osh"]),
        ("only=pairs", ["Gomel with Osh"]),
        ("region=osh", ["Drills", "Gomel with Osh"]),
        ("sector=Food", ["Juice"]),
        ("hs=8430", ["Drills", "Rigs"]),
        ("forum=contacts/forum&sort=title&order=desc", ["Rigs", "Drills"]),
        ("q=wells", ["Drills"]),
        ("only=introduced", []),
    ],
)
def test_links_are_filtered(desk: Desk, query: str, found: list[str]) -> None:
    answer = desk.browser().get(f"/regions?{query}")
    if found:
        assert titles(answer) == found
    else:
        assert "Nothing fits these filters." in text_of(answer)


def test_the_file_has_the_rows_of_the_list(desk: Desk) -> None:
    book = load_workbook(io.BytesIO(desk.browser().get("/regions?only=wishes&format=xlsx").content))
    ids = [row[0].value for row in list(book["links"].iter_rows())[1:]]
    assert ids == ["cranes", "drills", "juice", "milk", "own-milk", "rigs"]


def test_the_map_has_points_lines_and_tables(desk: Desk) -> None:
    answer = desk.browser().get("/regions/_map")
    page, shown = answer.content.decode(), text_of(answer)
    assert "<svg" in page
    assert "Gomel region – Osh region: 1 link" in shown
    assert "52.43°, 30.98°" in shown
    assert faults_of(answer) == []
    text = desk.browser().get("/regions/_map?format=csv").content.decode("utf-8-sig")
    assert text.splitlines()[1] == "gomel,Gomel region,BLR,52.43,30.98,2,0"


def test_in_russian(desk: Desk) -> None:
    aida = desk.world.people["KGZ", "secretary"]
    aida.language = "ru"
    aida.save()
    answer = desk.browser("KGZ").get("/regions/_matches")
    assert "Буровые" in text_of(answer)
    assert '<html lang="ru"' in answer.content.decode()


def test_a_private_offer_is_matched_for_its_side_alone(desk: Desk) -> None:
    name, content = wish("hidden-1", "BLR", "offers", "843041", title="Hidden rigs")
    desk.world.keep("BLR", name[0], {**content, "visibility": "BLR"})
    own, other = desk.browser("BLR"), desk.browser("KGZ")
    for address in ("/regions", "/regions/_matches", "/regions/_matches?format=csv"):
        assert "hidden-1" in said(own, address)
        assert "hidden-1" not in said(other, address)
    assert introduce(desk, "drills", "hidden-1", side="KGZ").status_code == 400
    kept = introduce(desk, "drills", "hidden-1")
    assert kept["Location"] == "/records/links/intro.drills.hidden-1"
    assert "your side alone" in text_of(own.get("/regions?only=introduced"))
    assert other.get(kept["Location"]).status_code == 404


def said(client: Any, address: str) -> str:
    return str(client.get(address).content.decode()).lower()


def test_an_observer_introduces_nobody(desk: Desk) -> None:
    reader = desk.browser("joint", "observer")
    assert 'action="/regions/_introduce"' not in reader.get("/regions/_matches").content.decode()
    answer = reader.post("/regions/_introduce", {"request": "drills", "offer": "rigs"})
    assert answer.status_code == 403


def test_an_empty_office_says_what_to_do(office: Desk) -> None:
    irina = office.browser()
    assert "No link is recorded yet." in text_of(irina.get("/regions"))
    assert "No request and no offer is recorded yet." in text_of(irina.get("/regions/_matches"))
    assert "No region says where it is." in text_of(irina.get("/regions/_map"))
