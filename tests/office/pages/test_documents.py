"""A secretary follows a treaty through its life, sees what rests on it, and says what happened."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from tests.office.api.world import PASSPHRASE, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

pytestmark = pytest.mark.django_db


def record(section: str, id_: str, **fields: Any) -> Any:
    return (section, id_), {"id": id_, "title": fields.pop("title", id_), **fields}


@pytest.fixture
def desk(office: Desk) -> Desk:
    soon = (timezone.localdate() + timedelta(days=30)).isoformat()
    office.world.agree(
        (("bodies", "min-trade"), {"id": "min-trade", "name": "Ministry of Trade", "party": "BLR",
                                   "kind": "ministry"}),
        record("documents", "map-2027", title="Roadmap to 2027", kind="roadmap",
               in_force="2024", expires="2099"),
        record("documents", "map-2030", title={"en": "Roadmap to 2030", "ru": "Дорожная карта"},
               kind="roadmap", signed="2025-09-29", succeeds="map-2027", carries_over=True,
               note={"ru": "Сборка элеваторов и трансформаторов"}),
        record("documents", "treaty", title="Treaty of friendship", kind="treaty",
               negotiated="2024"),
        record("documents", "old", title="=Old agreement", kind="agreement", signed="1995",
               in_force="1996", expires="2001"),
        measure("carried", "Pave the road", due="2024", document="map-2027", owners=["min-trade"]),
        measure("done", "Sign the plan", document="map-2027", evidence=[
            {"on": "2025-02-01", "grade": "complete", "text": "Signed in Minsk"}]),
        record("contacts", "visit", title="Visit to Minsk", kind="visit", planned=soon,
               agenda=["Trade and elevators"], documents=["treaty"]),
    )  # fmt: skip
    return office


def titles(answer: Any) -> list[str]:
    rows = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    return [row.split("</a>")[0].split(">")[-1] for row in rows]


def test_what_is_on_its_way_comes_first_and_what_has_ended_last(desk: Desk) -> None:
    answer = desk.browser().get("/documents")
    assert titles(answer) == [
        "Treaty of friendship", "Roadmap to 2030", "Roadmap to 2027", "=Old agreement",
    ]  # fmt: skip
    shown = text_of(answer)
    assert "4 records" in shown
    assert "in negotiation" in shown
    assert "follows: Roadmap to 2027 (carries open measures over)" in shown


def test_a_carried_measure_counts_under_its_new_document(desk: Desk) -> None:
    answer = desk.browser().get("/documents?format=csv")
    rows = {row[0]: row for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))}
    assert rows["map-2030"][8:11] == ["1", "0", "1"]
    assert rows["map-2027"][8:11] == ["1", "1", "0"]
    assert rows["treaty"][12] == "1"
    assert rows["old"][1] == "'=Old agreement"
    shown = text_of(desk.browser().get("/documents/map-2030"))
    assert "1 open measure was carried over into it." in shown
    assert "Pave the road (carried over) late" in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=treaty", ["Treaty of friendship"]),
        ("state=expired", ["=Old agreement"]),
        ("side=BLR", ["Roadmap to 2030"]),
        ("body=min-trade&kind=roadmap", ["Roadmap to 2030"]),
        ("year=2025", ["Roadmap to 2030"]),
        ("q=friendship", ["Treaty of friendship"]),
        ("q=элеватор", ["Roadmap to 2030"]),
        ("q=элеватору+трансформатор", ["Roadmap to 2030"]),
        ("kind=roadmap&sort=title&order=desc", ["Roadmap to 2030", "Roadmap to 2027"]),
    ],
)
def test_filters_together_find_what_they_say(desk: Desk, query: str, found: list[str]) -> None:
    assert titles(desk.browser().get(f"/documents?{query}")) == found


def test_nothing_found_says_what_to_do(desk: Desk) -> None:
    assert "Nothing fits these filters." in text_of(desk.browser().get("/documents?q=submarine"))


def test_the_workbook_has_the_rows_of_the_list(desk: Desk) -> None:
    answer = desk.browser().get("/documents?kind=roadmap&format=xlsx")
    sheet = load_workbook(io.BytesIO(answer.content))["documents"]
    assert [row[0].value for row in sheet.iter_rows()] == ["Id", "map-2030", "map-2027"]


def test_a_life_shows_where_it_stands_and_what_follows(desk: Desk) -> None:
    answer = desk.browser().get("/documents/map-2027")
    page = answer.content.decode()
    assert faults_of(answer) == []
    assert page.count('aria-current="step"') == 1
    here = page.split('aria-current="step"')[1].split("</li>")[0]
    assert "In force" in here
    shown = text_of(answer)
    assert "date not recorded" in shown  # it was signed, and nobody says when
    assert "Roadmap to 2030 signed" in shown


def test_names_of_documents_lead_to_their_page(desk: Desk) -> None:
    assert 'href="/documents/map-2027"' in desk.browser().get("/roadmap/carried").content.decode()


def stated(client: Any, **given: str) -> Any:
    page = client.get("/documents/treaty").content.decode()
    base = page.split('name="base" value="')[1].split('"')[0]
    return client.post("/documents/treaty/state", {"base": base, **given})


def test_a_signature_is_proposed_and_stands_once_countersigned(desk: Desk) -> None:
    irina = desk.browser()
    told = {"what": "signed", "when": "2025-11-03", "reason": "Signed in Bishkek"}
    answer = stated(irina, **told, how="propose", passphrase_BLR=PASSPHRASE)
    assert answer.status_code == 302, text_of(answer)
    change = answer["Location"].rsplit("/", 1)[1]
    assert "signed" not in text_of(irina.get("/documents/treaty")).split("Its life")[0]
    aida = desk.browser("KGZ")
    aida.post(f"/changes/{change}/countersign", {"passphrase_KGZ": PASSPHRASE})
    irina.post(f"/changes/{change}/enter", {"passphrase_BLR": PASSPHRASE})
    assert "signed" in text_of(aida.get("/documents/treaty")).split("Its life")[0]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"when": "2025"}, "Choose what has happened."),
        ({"what": "signed"}, "Say when: a day, a month, a quarter or a year."),
        ({"what": "signed", "when": "soon"}, "“soon” is no day, month, quarter or year"),
        ({"what": "signed", "when": "2020"}, "It is recorded as in negotiation since 2024"),
        ({"what": "signed", "when": "2025"}, "Write why: both sides read the reason."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    desk: Desk, typed: dict[str, str], wrong: str
) -> None:
    answer = stated(desk.browser(), **typed, how="draft")
    assert answer.status_code == 400
    assert wrong in text_of(answer)
    assert f'value="{typed.get("when", "")}"' in answer.content.decode()


def test_who_may_not_say_so_gets_a_sentence(desk: Desk) -> None:
    observer = desk.browser("BLR", "observer")
    page = observer.get("/documents/treaty").content.decode()
    assert "document_state" not in page
    assert "Its state has changed" not in page
    answer = observer.post(
        "/documents/treaty/state", {"what": "signed", "when": "2025", "reason": "x"}
    )
    assert answer.status_code == 403
    assert "Your role does not allow you to write drafts" in text_of(answer)


def test_ones_own_document_is_seen_by_ones_own_side_alone(desk: Desk) -> None:
    own = {"id": "secret-draft", "title": "Draft of Minsk", "kind": "agreement",
           "negotiated": "2025", "visibility": "BLR"}  # fmt: skip
    desk.world.keep("BLR", "documents", own)
    irina, aida = desk.browser(), desk.browser("KGZ")
    assert "Draft of Minsk" in text_of(irina.get("/documents"))
    assert "your side alone sees it" in text_of(irina.get("/documents/secret-draft"))
    assert "Draft of Minsk" not in text_of(aida.get("/documents"))
    assert "secret-draft" not in aida.get("/documents?format=csv").content.decode()
    assert aida.get("/documents/secret-draft").status_code == 404
    answer = irina.post("/documents/secret-draft/state", {"what": "agreed", "when": "2025-12"})
    assert answer["Location"] == "/documents/secret-draft"
    assert "agreed, not signed" in text_of(irina.get("/documents/secret-draft"))


def test_the_pages_speak_russian(desk: Desk) -> None:
    irina = desk.world.people["BLR", "secretary"]
    irina.language = "ru"
    irina.save()
    client = desk.browser()
    assert "Дорожная карта" in text_of(client.get("/documents"))
    assert client.get("/documents/map-2030").status_code == 200


@pytest.mark.parametrize("question", ["элеватор", "элеваторами", "трансформатор сборке"])
def test_the_search_of_all_records_knows_forms_of_russian_words(desk: Desk, question: str) -> None:
    answer = desk.browser("KGZ").get("/search", {"q": question})
    assert "Roadmap to 2030" in text_of(answer)
    assert 'href="/documents?q=' in answer.content.decode()
