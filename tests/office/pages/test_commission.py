"""A secretary prepares a session, writes its protocol, and has both sides sign all of it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from pypdf import PdfReader
from tests.office.api.world import PASSPHRASE, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
TWELFTH = {"en": "12th session", "ru": "12-е заседание"}
THIRTEENTH = {"en": "13th session", "ru": "13-е заседание"}
PEOPLE = [
    {"name": {"en": "Anna", "ru": "Анна"}, "office": {"en": "Deputy"}, "side": "BLR"},
    {"name": {"en": "Bakyt", "ru": "Бакыт"}, "office": {"en": "Minister"}, "side": "KGZ"},
]


def today() -> date:
    return timezone.localdate()


def contact(id_: str, title: Any, **fields: Any) -> Any:
    return ("contacts", id_), {"id": id_, "title": title, "kind": "session", **fields}


@pytest.fixture
def desk(office: Desk) -> Desk:
    soon = (today() + timedelta(days=30)).isoformat()
    office.world.agree(
        (("bodies", "min-trade"), {"id": "min-trade", "name": {"en": "Ministry of Trade"},
                                   "party": "BLR", "kind": "ministry"}),
        (("bodies", "min-roads"), {"id": "min-roads", "name": {"en": "Ministry of Roads"},
                                   "party": "KGZ", "kind": "ministry"}),
        contact("s12", TWELFTH, held="2024-11-28", place="Bishkek", follow_up=["visas"]),
        contact("s13", THIRTEENTH, planned=soon, place={"en": "Minsk", "ru": "Минск"},
                agenda=[{"en": "Visas", "ru": "Визы"}, "Roads"], participants=PEOPLE),
        contact("s11", "11th session", planned="2023-05"),
        (("documents", "protocol-12"), {"id": "protocol-12", "title": "Protocol of the 12th",
                                        "kind": "protocol", "contact": "s12"}),
        measure("flights", {"en": "Restore flights", "ru": "Восстановить рейсы"}, due="2025",
                kind="decision", document="protocol-12", owners=["min-trade"]),
        measure("visas", "Abolish visas", owners=["min-roads"], due="2099"),
        measure("fair", "Hold a fair", contact="s12", due="2024", evidence=[
            {"on": "2024-12-01", "grade": "complete", "text": "Held"}]),
        measure("apart", "Nothing of the commission", due="2024"),
    )  # fmt: skip
    return office


def hidden(page: str) -> dict[str, Any]:
    """What the hidden inputs and the boxes of a form hold."""
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(value)
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)<', page):
        found[name] = [text]
    for name, value in re.findall(r'<input class="[^"]*"[^>]*name="([^"]+)" value="([^"]*)"', page):
        if "checkbox" not in name and name != "take":
            found[name] = [value]
    for name, value in re.findall(r'name="([^"]+)">.*?<option value="(\w+)" selected', page):
        found[name] = [value]
    found.pop("csrfmiddlewaretoken", None)
    return found


def form(client: Client, address: str) -> dict[str, Any]:
    return hidden(client.get(address).content.decode())


def order_of(page: str) -> list[str]:
    rows = re.search(r'id="sessions".*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    return re.findall(r'href="/commission/(\w+)"', rows[1]) if rows else []


def test_the_next_session_comes_first_then_the_open_question_then_the_past(desk: Desk) -> None:
    page = desk.browser("BLR", "co_chair").get("/commission")
    assert order_of(page.content.decode()) == ["s13", "s11", "s12"]
    shown = text_of(page)
    assert "The next session 13th session" in shown
    assert "2 points on the agenda" in shown
    assert "was it held?" in shown
    assert faults_of(page) == []


def test_the_co_chair_sees_what_to_decide_and_which_decision_is_overdue(desk: Desk) -> None:
    shown = text_of(desk.browser("BLR", "co_chair").get("/commission"))
    assert "Complete 2 late commitments" in shown
    overdue = shown.split("Overdue decisions", 1)[1].split("Sessions")[0]
    assert "Restore flights" in overdue
    assert "Ministry of Trade (BLR)" in overdue
    assert "decisions 3" in shown
    assert "decisions open 2" in shown
    assert "decisions overdue 1" in shown
    assert "Nothing of the commission" not in overdue


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=held", ["s12"]),
        ("q=bishkek", ["s12"]),
        ("sort=title&order=desc", ["s13", "s12", "s11"]),
        ("sort=late&order=desc", ["s12", "s13", "s11"]),
    ],
)
def test_sessions_are_found_and_ordered_and_leave_as_the_same_file(
    desk: Desk, query: str, found: list[str]
) -> None:
    client = desk.browser()
    assert order_of(client.get(f"/commission?{query}").content.decode()) == found
    answer = client.get(f"/commission?{query}&format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == found


def test_no_session_found_says_what_to_do(desk: Desk) -> None:
    assert "Nothing fits these filters." in text_of(desk.browser().get("/commission?q=submarine"))


def test_an_office_without_sessions_says_how_to_begin(office: Desk) -> None:
    shown = text_of(office.browser().get("/commission"))
    assert "No session is recorded yet." in shown
    assert "No session is planned." in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["flights", "visas", "fair"]),
        ("state=late", ["flights"]),
        ("session=s12&owner=min-roads", ["visas"]),
        ("side=KGZ", ["visas"]),
        ("q=flights", ["flights"]),
        ("sort=title", ["visas", "fair", "flights"]),
        ("session=s13", []),
    ],
)
def test_decisions_of_sessions_and_protocols_are_listed(
    desk: Desk, query: str, found: list[str]
) -> None:
    answer = desk.browser().get(f"/commission/_decisions?{query}&format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == found
    page = desk.browser().get(f"/commission/_decisions?{query}").content.decode()
    assert re.findall(r'<a class="govuk-link" href="/roadmap/(\w+)"', page) == found


def test_a_session_shows_its_agenda_people_and_decisions(desk: Desk) -> None:
    client = desk.browser("KGZ")
    shown = text_of(client.get("/commission/s12"))
    assert "Restore flights" in shown
    assert "Decisions (3)" in shown
    shown = text_of(client.get("/commission/s13"))
    assert "Agenda (2) Visas Roads" in shown
    assert "Anna – Deputy (co-chair)" in shown
    assert "Awaits a decision, and is not on the agenda" in shown
    assert "Complete 2 late commitments" in shown
    assert "2 open decisions of other sessions" in shown


def test_what_is_no_session_is_not_found(desk: Desk) -> None:
    desk.world.agree((("contacts", "v"), {"id": "v", "title": "A visit", "kind": "visit"}))
    for end in ("", "/agenda", "/decide", "/protocol", "/protocol.docx", "/protocol.pdf"):
        assert desk.browser().get(f"/commission/v{end}").status_code == 404
        assert desk.browser().get(f"/commission/none{end}").status_code == 404


def test_open_changes_are_a_point_for_the_agenda(desk: Desk) -> None:
    desk.world.offer(measure("apart", "Another title", due="2024"))
    shown = text_of(desk.browser().get("/commission/s13"))
    assert "Answer 1 proposed change of the joint records A proposal" in shown


def test_a_secretary_builds_the_agenda_and_the_other_side_countersigns(desk: Desk) -> None:
    minsk, bishkek = desk.browser(), desk.browser("KGZ")
    page = minsk.get("/commission/s13/agenda").content.decode()
    typed = hidden(page)
    take = re.search(
        r'for="take-(\w+)">(Name owners for 2 commitments|Complete 2 late[^<]*)<', page
    )
    assert take
    typed |= {
        "place-0": "2", "place-1": "1", "point-2_ru": "Только по-русски", "take": take[1],
        "how": "propose", "passphrase_BLR": PASSPHRASE,
    }  # fmt: skip
    answer = minsk.post("/commission/s13/agenda", typed)
    assert answer.status_code == 302, text_of(answer)
    change = answer["Location"].rsplit("/", 1)[1]
    shown = text_of(bishkek.get(f"/changes/{change}"))
    assert "Только по-русски" in shown
    assert bishkek.post(
        f"/changes/{change}/countersign", {"passphrase_KGZ": PASSPHRASE}
    ).status_code == 302  # fmt: skip
    minsk.post(f"/changes/{change}/enter", {"passphrase_BLR": PASSPHRASE})
    shown = text_of(minsk.get("/commission/s13"))
    agenda = shown.split("Agenda (4)")[1].split("Edit the agenda")[0]
    assert agenda.index("Roads") < agenda.index("Visas") < agenda.index("Только по-русски")
    assert agenda.index("Только по-русски") < agenda.index(take[2])


def test_an_emptied_point_leaves_and_a_wrong_place_says_so(desk: Desk) -> None:
    client = desk.browser()
    typed = form(client, "/commission/s13/agenda")
    wrong = client.post("/commission/s13/agenda", typed | {"place-0": "first", "point-1_en": "X"})
    assert wrong.status_code == 400
    assert "“first” is no place in the order" in text_of(wrong)
    assert ">X</textarea>" in wrong.content.decode()
    more = client.post("/commission/s13/agenda", typed | {"more": "1"})
    assert more.content.decode().count("point-5_en") == 3
    answer = client.post(
        "/commission/s13/agenda", typed | {"point-0_en": "", "point-0_ru": "", "how": "draft"}
    )
    shown = text_of(client.get(answer["Location"]))
    assert "Визы" in shown
    draft = client.get(answer["Location"]).content.decode()
    assert "<del" in draft


def test_an_agenda_that_has_changed_since_is_not_overwritten(desk: Desk) -> None:
    client = desk.browser()
    typed = form(client, "/commission/s13/agenda")
    name, content = contact("s13", THIRTEENTH, planned="2099")
    desk.world.agree((name, content))
    answer = client.post(
        "/commission/s13/agenda", typed | {"how": "draft", "point-2_en": "Kept text"}
    )
    assert answer.status_code == 400
    assert "is not the version that you have read" in text_of(answer)
    assert "Kept text" in answer.content.decode()


def test_a_decision_names_its_session_and_its_protocol(desk: Desk) -> None:
    client = desk.browser()
    typed = form(client, "/commission/s12/decide")
    assert typed["decision-0-id"] == ["s12-1"]
    typed |= {
        "decision-0-title_en": "Open a road", "decision-0-owner-KGZ": "ministry of roads",
        "decision-0-owner-BLR": "min-trade", "decision-0-due": "2027-06", "how": "draft",
    }  # fmt: skip
    answer = client.post("/commission/s12/decide", typed)
    assert answer.status_code == 302, text_of(answer)
    number = int(answer["Location"].rsplit("/", 1)[1])
    from bilat_office.records.door import Door
    from bilat_office.records.viewer import Viewer

    ((name, content),) = Door(Viewer("BLR")).draft(number).new
    assert name == ("commitments", "s12-1")
    assert content == {
        "id": "s12-1", "title": {"en": "Open a road"}, "kind": "decision", "contact": "s12",
        "document": "protocol-12", "owners": ["min-trade", "min-roads"], "due": "2027-06",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, "Write what was decided, in one language at least."),
        ({"title_en": "x", "due": "soon"}, "“soon” is no day, month, quarter or year"),
        ({"title_en": "x", "owner-BLR": "Nobody"}, "“Nobody” is no body of the programme"),
        ({"title_en": "x", "id": "flights"}, "There is a record with this id already"),
        ({"title_en": "x", "id": "a b"}, "Id:"),
    ],
)
def test_a_decision_that_lacks_something_says_what(
    desk: Desk, typed: dict[str, str], wrong: str
) -> None:
    client = desk.browser()
    given = form(client, "/commission/s13/decide")
    given |= {f"decision-0-{name}": value for name, value in typed.items()}
    answer = client.post("/commission/s13/decide", given | {"how": "draft"})
    assert answer.status_code == 400
    assert wrong in text_of(answer)
    assert faults_of(answer) == []
    for name, value in typed.items():
        assert value in answer.content.decode(), name


BUNDLE = {
    "held": "2025-03-05", "signed": "2025-03-05", "outcome_en": "All was said.",
    "decision-0-title_en": "Build a bridge", "decision-0-title_ru": "Построить мост",
    "decision-0-owner-KGZ": "min-roads", "decision-0-due": "2028",
    "decision-1-title_ru": "Только по-русски", "person-2-name_en": "Clerk",
    "person-2-side": "KGZ",
}  # fmt: skip


def proposed(desk: Desk, **more: str) -> str:
    client = desk.browser()
    typed = form(client, "/commission/s13/protocol") | BUNDLE | more
    typed |= {"how": "propose", "passphrase_BLR": PASSPHRASE}
    answer = client.post("/commission/s13/protocol", typed)
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"].rsplit("/", 1)[1])


def test_session_protocol_and_decisions_are_countersigned_as_one(desk: Desk) -> None:
    desk.world.agree(measure("early", "Decided before the protocol", contact="s13"))
    minsk, bishkek = desk.browser(), desk.browser("KGZ")
    change = proposed(desk)
    shown = text_of(minsk.get("/commission/s13"))
    assert "awaits an answer Protocol and decisions: 13th session – 5 records" in shown
    assert "5 records" in text_of(bishkek.get(f"/changes/{change}"))
    answer = bishkek.post(f"/changes/{change}/countersign", {"passphrase_KGZ": PASSPHRASE})
    assert answer.status_code == 302
    minsk.post(f"/changes/{change}/enter", {"passphrase_BLR": PASSPHRASE})
    page = text_of(bishkek.get("/commission/s13"))
    assert "entered Protocol and decisions: 13th session" in page
    assert "held 5 March 2025" in page
    assert "Decisions (3)" in page
    assert "Protocol: 13th session – signed 5 March 2025" in page
    assert "Clerk" in page
    door = text_of(bishkek.get("/records/commitments/early"))
    assert "Protocol: 13th session" in door
    assert "Build a bridge" in text_of(minsk.get("/commission/_decisions?session=s13"))


def test_a_rejected_bundle_leaves_nothing_behind(desk: Desk) -> None:
    change = proposed(desk)
    desk.browser("KGZ").post(
        f"/changes/{change}/reject", {"reason": "Another date", "passphrase_KGZ": PASSPHRASE}
    )
    shown = text_of(desk.browser().get("/commission/s13"))
    assert "rejected Protocol and decisions" in shown
    assert "Decisions (0)" in shown
    assert "planned" in shown


def test_a_draft_of_the_protocol_is_gone_on_with_and_never_seen_by_the_other_side(
    desk: Desk,
) -> None:
    minsk = desk.browser()
    typed = form(minsk, "/commission/s13/protocol") | BUNDLE | {"how": "draft"}
    answer = minsk.post("/commission/s13/protocol", typed)
    number = answer["Location"].rsplit("/", 1)[1]
    assert "Go on with it" in text_of(minsk.get("/commission/s13"))
    theirs = desk.browser("KGZ")
    assert "Go on with it" not in text_of(theirs.get("/commission/s13"))
    for end in ("protocol", "protocol.docx"):
        assert theirs.get(f"/commission/s13/{end}?draft={number}").status_code == 404
    again = form(minsk, f"/commission/s13/protocol?draft={number}")
    assert again["decision-0-title_en"] == ["Build a bridge"]
    assert again["outcome_en"] == ["All was said."]
    again |= {"decision-0-title_en": "Build two bridges"}
    answer = minsk.post(f"/commission/s13/protocol?draft={number}", again)
    assert answer.status_code == 302, text_of(answer)
    assert answer["Location"].endswith(f"/changes/drafts/{number}")
    paper = minsk.get(f"/commission/s13/protocol.docx?lang=en&draft={number}")
    assert "Build two bridges" in words_of(paper)


def words_of(answer: Any) -> str:
    assert answer.status_code == 200
    document = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"held": ""}, "Write when the session was held."),
        ({"held": "yesterday"}, "“yesterday” is no day, month or year"),
        ({"paper-title_en": "", "paper-title_ru": ""}, "Write what the protocol is called"),
        ({"paper-id": "protocol-12"}, "There is a record with this id already"),
        ({"decision-1-id": "s13-1"}, "Two decisions have this id"),
        ({"reason": ""}, "Write why: both sides read the reason."),
        ({"decision-0-owner-KGZ": "min-x"}, "“min-x” is no body of the programme"),
    ],
)
def test_a_protocol_that_lacks_something_says_what_and_keeps_what_was_typed(
    desk: Desk, changed: dict[str, str], wrong: str
) -> None:
    client = desk.browser()
    typed = form(client, "/commission/s13/protocol") | BUNDLE | {"how": "draft"} | changed
    answer = client.post("/commission/s13/protocol", typed)
    assert answer.status_code == 400
    assert wrong in text_of(answer)
    page = answer.content.decode()
    assert "Build a bridge" in page
    assert "Clerk" in page
    assert faults_of(answer) == []


def test_the_protocol_can_be_signed_in_one_language_and_in_both(desk: Desk) -> None:
    change = proposed(desk)
    client = desk.browser("KGZ")
    english = words_of(client.get(f"/commission/s13/protocol.docx?lang=en&change={change}"))
    assert "5 March 2025" in english
    assert "Build a bridge" in english
    assert "Только по-русски [language of the text: Russian]" in english
    assert "Построить мост" not in english
    assert english.index("For the side: Kyrgyzstan") < english.index("For the side: Belarus")
    both = words_of(client.get(f"/commission/s13/protocol.docx?change={change}"))
    assert "Build a bridge" in both
    assert "Построить мост" in both
    answer = client.get(f"/commission/s13/protocol.pdf?lang=ru&change={change}")
    assert answer["Content-Disposition"] == 'attachment; filename="blr-kgz-protocol-s13-ru.pdf"'
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Построить мост" in text
    standing = words_of(client.get("/commission/s13/protocol.docx?lang=en"))
    assert "Build a bridge" not in standing


def test_more_rows_keep_what_was_typed(desk: Desk) -> None:
    client = desk.browser()
    typed = form(client, "/commission/s13/protocol") | BUNDLE | {"more": "1"}
    page = client.post("/commission/s13/protocol", typed).content.decode()
    assert "Build a bridge" in page
    assert 'id="decision-5-title_en"' in page


def test_who_may_not_write_a_session_is_told_who_may(desk: Desk) -> None:
    desk.world.add("BLR", "ministry_editor", body="min-trade")
    for role in ("ministry_editor", "observer", "administrator"):
        client = desk.browser("BLR", role)
        assert "Edit the agenda" not in text_of(client.get("/commission/s13"))
        for end in ("agenda", "decide", "protocol"):
            for answer in (
                client.get(f"/commission/s13/{end}"), client.post(f"/commission/s13/{end}", {}),
            ):  # fmt: skip
                assert answer.status_code == 403, (role, end)
                assert "It is open to: co-chair, secretary" in text_of(answer)


def test_a_sides_own_session_and_decision_stay_its_own(desk: Desk) -> None:
    desk.world.keep("BLR", "contacts", {
        "id": "own-s", "title": "Rehearsal of ours", "kind": "session", "planned": "2090",
        "visibility": "BLR", "agenda": ["Our position"]})  # fmt: skip
    ours, theirs = desk.browser(), desk.browser("KGZ")
    typed = form(ours, "/commission/own-s/decide")
    answer = ours.post(
        "/commission/own-s/decide", typed | {"decision-0-title_en": "Concede nothing"}
    )
    assert answer.status_code == 302, text_of(answer)
    agenda = form(ours, "/commission/own-s/agenda") | {"point-1_en": "Our second position"}
    assert ours.post("/commission/own-s/agenda", agenda).status_code == 302
    shown = text_of(ours.get("/commission/own-s"))
    assert "your side alone sees it" in shown
    assert "Concede nothing" in shown
    assert "Our second position" in shown
    assert ours.get("/commission/own-s/protocol").status_code == 400
    assert ours.get("/commission/own-s/protocol.docx").status_code == 404
    assert "Concede nothing" in text_of(ours.get("/commission/_decisions"))
    pages = ("/commission", "/commission/_decisions", "/commission/s13", "/commission?format=csv",
             "/commission/_decisions?format=csv")  # fmt: skip
    for address in pages:
        said = theirs.get(address).content.decode()
        for secret in ("Rehearsal", "Concede", "Our position", "own-s"):
            assert secret not in said, (address, secret)
    assert theirs.get("/commission/own-s").status_code == 404


def test_what_one_side_hides_is_not_built_into_a_joint_agenda(desk: Desk) -> None:
    desk.world.keep(
        "BLR",
        "commitments",
        {"id": "own-late", "title": "Our secret delay", "due": "2020", "visibility": "BLR"},
    )
    for end in ("", "/agenda"):
        shown = desk.browser().get(f"/commission/s13{end}").content.decode()
        assert "Complete 2 late commitments" in shown
        assert "Our secret delay" not in shown


def test_private_decisions_are_in_no_bundle_and_no_paper(desk: Desk) -> None:
    desk.world.keep(
        "BLR",
        "commitments",
        {"id": "own-d", "title": "Our own reading", "contact": "s13", "visibility": "BLR"},
    )
    client = desk.browser()
    assert "Our own reading" in text_of(client.get("/commission/s13"))
    assert "Our own reading" not in text_of(client.get("/commission/s13/protocol"))
    answer = client.get("/commission/s13/protocol.docx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert b"Our own reading" not in b"".join(map(file.read, file.namelist()))


def test_solo_one_form_enters_everything_with_both_keys(begin: Any) -> None:
    desk = begin("solo")
    desk.world.agree(contact("s13", THIRTEENTH, planned="2025-03-05"))
    client = desk.browser()
    typed = form(client, "/commission/s13/protocol")
    typed |= {"decision-0-title_en": "Build a bridge", "how": "enter"}
    typed |= {"passphrase_BLR": PASSPHRASE}
    answer = client.post("/commission/s13/protocol", typed)
    assert answer.status_code == 302, text_of(answer)
    assert "entered Protocol and decisions" in text_of(client.get("/commission/s13"))


def test_the_pages_speak_russian(desk: Desk) -> None:
    person = desk.world.people["BLR", "secretary"]
    person.language = "ru"
    person.save()
    page = desk.browser().get("/commission/s13").content.decode()
    assert "13-е заседание" in page
    assert '<html lang="ru"' in page


def test_each_page_asks_the_database_little(desk: Desk) -> None:
    proposed(desk)
    client = desk.browser("KGZ")
    for end in ("", "/_decisions", "/s13", "/s13/agenda", "/s13/decide", "/s13/protocol"):
        client.get(f"/commission{end}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/commission{end}").status_code == 200
        assert len(asked) <= 15, (end, [query["sql"][:90] for query in asked])
