"""A secretary sees who meets when, writes a contact down, and says what became of it."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar
from openpyxl import load_workbook
from tests.office.api.planting import MARKERS, own_id, plant
from tests.office.api.world import PASSPHRASE, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

from bilat_office.records.door import Door
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


def day(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def waiting_changes() -> list[str]:
    with Door(Viewer("KGZ")).desk() as opened:
        return [item.id for item in opened.open() if item.status == "open"]


def contact(id_: str, title: Any, **fields: Any) -> tuple[tuple[str, str], dict[str, Any]]:
    return ("contacts", id_), {"id": id_, "title": title, "kind": "visit", **fields}


BODIES = [
    (("bodies", id_), {"id": id_, "name": name, "party": side, "kind": "ministry"})
    for id_, name, side in (
        ("min-trade", "Ministry of Trade", "BLR"),
        ("min-roads", "Ministry of Roads", "KGZ"),
    )
]


@pytest.fixture
def desk(office: Desk) -> Desk:
    office.world.agree(
        *BODIES,
        (("cadences", "sessions"), {
            "id": "sessions", "title": "Sessions", "kind": "session", "every_months": 12}),
        contact("session-12", {"en": "12th session", "ru": "12-е заседание"}, kind="session",
                cadence="sessions", number=12, held="2024-11-28", place="Bishkek", host="KGZ",
                agenda=["Roads", "Trade"], follow_up=["pave"],
                participants=[{"name": "Aida Bekova", "office": "Minister", "side": "KGZ"}]),
        contact("ahead", "Visit to Minsk", planned=day(20), bodies=["min-trade"],
                place={"en": "Minsk", "ru": "Минск"}, host="BLR"),
        contact("passed", "Talks on flights", kind="meeting", planned=day(-20),
                platform={"en": "EAEU", "ru": "ЕАЭС"}),
        contact("off", "Forum of banks", kind="forum", planned="2026-03", cancelled=True),
        contact("some-day", "=cmd|' /C calc'!A0"),
        measure("pave", "Pave the road", due="2024", owners=["min-roads"]),
        measure("decide", "Open the border", kind="decision", contact="session-12"),
    )  # fmt: skip
    return office


def titles(answer: Any) -> list[str]:
    rows = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    return [row.split("</a>")[0].split(">")[-1].replace("&#x27;", "'") for row in rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=overdue", ["Talks on flights"]),
        ("state=planned", ["Visit to Minsk"]),
        ("state=cancelled", ["Forum of banks"]),
        ("state=held", ["12th session"]),
        ("kind=session", ["12th session"]),
        ("platform=EAEU", ["Talks on flights"]),
        ("platform=-&state=planned", ["Visit to Minsk"]),
        ("body=min-trade", ["Visit to Minsk"]),
        ("side=KGZ", ["12th session"]),
        ("year=2024", ["12th session"]),
        ("cadence=sessions", ["12th session"]),
        ("q=aida+trade", ["12th session"]),
        ("q=заседание", ["12th session"]),
    ],
)
def test_each_filter_finds_what_it_says(desk: Desk, query: str, found: list[str]) -> None:
    assert titles(desk.browser().get(f"/contacts?{query}")) == found


def test_the_latest_come_first_and_what_is_past_is_asked_about(desk: Desk) -> None:
    answer = desk.browser().get("/contacts")
    assert titles(answer)[0] == "Visit to Minsk"
    assert titles(answer)[-1] == "=cmd|' /C calc'!A0"  # without a date
    assert "5 contacts" in text_of(answer)
    assert "was it held?" in text_of(answer)
    assert "2 open of 2" in text_of(answer)


def test_a_series_that_is_overdue_says_by_when_it_was_due(desk: Desk) -> None:
    irina = desk.browser()
    assert "Overdue: Sessions (due by 30 November 2025)" in text_of(irina.get("/contacts"))
    shown = text_of(irina.get("/contacts?view=series"))
    assert "every 12 months" in shown
    assert "28 November 2024 (no. 12)" in shown
    rows = irina.get("/contacts?view=series&format=csv").content.decode("utf-8-sig").splitlines()
    assert rows[1] == "sessions,Sessions,session,,12,2024-11-28,2025-11-30,overdue"


def test_a_month_has_its_days_its_vague_ones_and_a_way_to_the_next(desk: Desk) -> None:
    irina = desk.browser()
    november = irina.get("/contacts?view=month&month=2024-11")
    page = november.content.decode()
    cell = next(part for part in page.split("<td ")[1:] if "28 November 2024" in part)
    assert "12th session" in cell.split("</td>")[0]
    assert page.count('scope="col"') == 7
    assert faults_of(november) == []
    march = text_of(irina.get("/contacts?view=month&month=2026-03"))
    assert "Without a day" in march
    assert "Forum of banks" in march
    empty = irina.get("/contacts?view=month&month=2025-02")
    assert "No contact stands in this month." in text_of(empty)
    assert 'month=2024-11">The last one before: 28 November 2024' in empty.content.decode()
    for odd in ("nonsense", "2026-99", "0000-01", "9999-12", "0001-01"):
        assert irina.get(f"/contacts?view=month&month={odd}").status_code == 200, odd


def test_files_hold_exactly_what_is_shown(desk: Desk) -> None:
    irina = desk.browser()
    for query, names in (("state=held", {"12th session"}), ("view=month&month=2026-03",
                                                            {"Forum of banks"})):  # fmt: skip
        text = irina.get(f"/contacts?{query}&format=csv").content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert {row["Contact"] for row in rows} == names
        events = Calendar.from_ical(irina.get(f"/contacts?{query}&format=ics").content)
        assert {str(event["summary"]) for event in events.walk("VEVENT")} == names
    sheet = load_workbook(io.BytesIO(irina.get("/contacts?format=xlsx").content))["contacts"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert len(list(sheet.iter_rows())) == 6


def test_what_is_cancelled_says_so_in_a_calendar_and_what_is_planned_reminds(desk: Desk) -> None:
    events = Calendar.from_ical(desk.browser().get("/contacts?format=ics").content).walk("VEVENT")
    states = {str(event["summary"]): str(event["status"]) for event in events}
    assert states["Forum of banks"] == "CANCELLED"
    assert states["12th session"] == "CONFIRMED"
    reminded = {str(event["summary"]) for event in events if event.walk("VALARM")}
    assert reminded == {"Visit to Minsk"}


def test_a_contact_shows_agenda_decisions_people_and_what_follows(desk: Desk) -> None:
    answer = desk.browser("KGZ").get("/contacts/session-12")
    shown = text_of(answer)
    for part in ("Agenda (2)", "Decisions (1)", "late", "Open the border", "Follow-ups (1)",
                 "Pave the road", "Aida Bekova – Minister", "host: Kyrgyzstan"):  # fmt: skip
        assert part in shown, part
    assert "/records/contacts/session-12/history" in answer.content.decode()
    one = Calendar.from_ical(desk.browser().get("/contacts/ahead?format=ics").content)
    assert [str(event["location"]) for event in one.walk("VEVENT")] == ["Minsk"]


def test_a_russian_reader_gets_the_same_in_russian(desk: Desk) -> None:
    person = desk.world.people["KGZ", "secretary"]
    person.language = "ru"
    person.save()
    kanat = desk.browser("KGZ")
    assert "12-е заседание" in text_of(kanat.get("/contacts?platform=-"))
    assert titles(kanat.get("/contacts?platform=ЕАЭС")) == ["Talks on flights"]
    assert "Минск" in text_of(kanat.get("/contacts/ahead"))


SHORT = {
    "title": "13th session", "kind": "session", "done": "planned", "place": "minsk",
    "platform": "eaeu", "host": "BLR", "bodies": ["min-trade", "min-roads"],
    "cadence": "sessions", "agenda": "Trade\n\nFlights", "reason": "Agreed by letter",
}  # fmt: skip


def proposing(**fields: Any) -> dict[str, Any]:
    return {**SHORT, "how": "propose", "passphrase_BLR": PASSPHRASE, **fields}


def test_a_contact_is_written_down_and_proposed(desk: Desk) -> None:
    irina = desk.browser()
    assert 'value="Minsk"' in irina.get("/contacts/_new").content.decode()
    typed = proposing(**{"from": day(40), "to": day(41)})
    answer = irina.post("/contacts/_new", typed, follow=True)
    assert "Proposed. The other side has to countersign." in text_of(answer)
    (waiting,) = waiting_changes()
    change = desk.browser("KGZ").get(f"/changes/{waiting}")
    shown = text_of(change)
    assert "13th session" in shown
    assert "Минск" in shown  # the place as it is known already, in all its languages
    assert "ЕАЭС" in shown
    assert f"session-{day(40)}-{day(41)}" in change.content.decode()


def test_a_draft_and_a_private_contact_need_no_passphrase(desk: Desk) -> None:
    irina = desk.browser()
    answer = irina.post("/contacts/_new", {**SHORT, "from": day(9), "how": "draft"}, follow=True)
    assert "Saved as a draft of your side." in text_of(answer)
    own = {**SHORT, "title": "Quiet talk", "month": "2031-02", "visibility": "BLR"}
    answer = irina.post("/contacts/_new", own, follow=True)
    assert answer.redirect_chain[-1][0] == "/contacts/session-2031-02"
    assert "your side alone sees it" in text_of(answer)
    assert "Quiet talk" in text_of(irina.get("/contacts"))
    other = desk.browser("KGZ")
    for address in ("/contacts", "/contacts?format=csv", "/contacts?format=ics",
                    "/contacts?view=month&month=2031-02", "/contacts/session-2031-02"):  # fmt: skip
        assert b"Quiet talk" not in other.get(address).content
    assert other.get("/contacts/session-2031-02").status_code == 404


@pytest.mark.parametrize(
    ("typed", "wrong", "at"),
    [
        ({"title": ""}, "Say in a few words what it is", "title"),
        ({"kind": "party"}, "Choose the kind.", "kind"),
        ({"from": "30.06.2027"}, "is no day: write it as 2027-06-30.", "from"),
        ({"from": "2027-06-30", "to": "2027-06-01"}, "It ends before it begins.", "to"),
        ({"from": "2027-06-30", "to": "2072-07-01"}, "Is the year right?", "to"),
        ({"month": "June"}, "is no month, quarter or year", "month"),
        ({"from": "2027-06-30", "month": "2027-06"}, "not both", "month"),
        ({"done": "held"}, "Give the day on which it was held.", "from"),
        ({"done": "held", "from": "2099-01-01"}, "This day is still to come", "from"),
        ({"host": "FRA", "month": "2027"}, "FRA", ""),
        ({"bodies": ["nobody"], "month": "2027"}, "nobody", ""),
        ({"reason": " ", "month": "2027"}, "Write why", ""),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(
    desk: Desk, typed: dict[str, Any], wrong: str, at: str
) -> None:
    answer = desk.browser().post("/contacts/_new", proposing(**typed))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert wrong in text_of(answer)
    if at:
        assert f'href="#{at}"' in page
        assert f'id="{at}-wrong"' in page
    assert "Flights" in page
    assert faults_of(answer) == []
    assert waiting_changes() == []


def news(desk: Desk, id_: str, client: Any = None, **typed: Any) -> Any:
    irina = client or desk.browser()
    page = irina.get(f"/contacts/{id_}").content.decode()
    base = page.split('name="base" value="')[1].split('"')[0]
    sent = {"base": base, "reason": "By letter", "how": "propose", "passphrase_BLR": PASSPHRASE}
    return irina.post(f"/contacts/{id_}/news", {**sent, **typed}, follow=True)


def enter(desk: Desk) -> None:
    """The other side countersigns whatever waits."""
    from tests.core.register.secretaries import AIDA, ALES

    from bilat_office.records.services.changes import change_countersign, seal

    (waiting,) = waiting_changes()
    at = timezone.now()
    change_countersign(change=waiting, by=AIDA, at=at)
    seal(by=ALES, at=timezone.now())


def test_it_was_held_as_planned_with_its_outcome(desk: Desk) -> None:
    answer = news(desk, "passed", news="held", outcome="Two flights a week")
    assert "Proposed." in text_of(answer)
    enter(desk)
    shown = text_of(desk.browser("KGZ").get("/contacts/passed"))
    assert "Two flights a week" in shown
    record = Door(Viewer("BLR")).get("contacts", "passed")
    assert record.content["held"] == day(-20)
    assert titles(desk.browser().get("/contacts?state=held"))[0] == "Talks on flights"


def test_it_was_moved_and_its_page_keeps_the_reason(desk: Desk) -> None:
    answer = news(desk, "ahead", news="moved", month="2032-05", reason="The hall is being repaired")
    assert "Proposed." in text_of(answer)
    enter(desk)
    shown = text_of(desk.browser("KGZ").get("/contacts/ahead"))
    assert "to May 2032: The hall is being repaired" in shown


def test_it_was_cancelled_and_can_be_planned_again(desk: Desk) -> None:
    news(desk, "ahead", news="cancelled")
    enter(desk)
    assert "Visit to Minsk" in titles(desk.browser().get("/contacts?state=cancelled"))
    news(desk, "ahead", news="moved", **{"from": "2032-05-06"})
    enter(desk)
    assert titles(desk.browser().get("/contacts?state=planned")) == ["Visit to Minsk"]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, "Choose whether it was held, moved or cancelled."),
        ({"news": "held"}, "Give the day on which it was held."),
        ({"news": "held", "from": "2099-01-01"}, "This day is still to come."),
        ({"news": "moved"}, "Give the new date"),
        ({"news": "cancelled", "reason": ""}, "Write why"),
        ({"news": "cancelled", "passphrase_BLR": ""}, "Give the passphrase"),
        ({"news": "cancelled", "base": "0" * 64}, "changed"),
    ],
)
def test_news_that_cannot_be_is_refused_with_what_was_typed(
    desk: Desk, typed: dict[str, Any], wrong: str
) -> None:
    answer = news(desk, "ahead", outcome="Typed for long", **typed)
    assert answer.status_code in (400, 409)
    assert wrong in text_of(answer)
    assert "Typed for long" in text_of(answer)
    assert faults_of(answer) == []


def test_who_may_not_write_is_told_so(desk: Desk) -> None:
    observer = desk.browser("BLR", "observer")
    assert "Add a contact" not in text_of(observer.get("/contacts"))
    assert 'id="update"' not in observer.get("/contacts/ahead").content.decode()
    for answer in (observer.get("/contacts/_new"), observer.post("/contacts/_new", SHORT)):
        assert answer.status_code == 403
        assert "Your role does not allow you" in text_of(answer)
    answer = observer.post("/contacts/ahead/news", {"news": "cancelled", "reason": "No"})
    assert answer.status_code == 403
    desk.world.add("BLR", "ministry_editor", body="min-trade")
    editor = desk.browser("BLR", "ministry_editor")
    typed = {**SHORT, "month": "2031", "bodies": ["min-roads"], "how": "draft"}
    answer = editor.post("/contacts/_new", typed)
    assert answer.status_code == 403
    assert "You may write only for your own body" in text_of(answer)


def test_neither_side_finds_the_other_sides_contacts(desk: Desk) -> None:
    plant(desk.world)
    for side, other in (("BLR", "KGZ"), ("KGZ", "BLR")):
        client = desk.browser(side)
        own, hidden = own_id(side, "contacts"), own_id(other, "contacts")
        assert MARKERS[side] in client.get(f"/contacts/{own}").content.decode().lower()
        assert MARKERS[side] in client.get("/contacts?format=ics").content.decode().lower()
        for address in ("/contacts", "/contacts?view=month&month=2027-01", "/contacts?view=series",
                        "/contacts?format=ics", "/contacts?format=csv", "/contacts/_new",
                        "/contacts/_calendars"):  # fmt: skip
            assert MARKERS[other] not in client.get(address).content.decode().lower(), address
        assert client.get(f"/contacts/{hidden}").status_code == 404
        assert client.get(f"/contacts/{hidden}?format=ics").status_code == 404
        assert client.post(f"/contacts/{hidden}/news", {"news": "held"}).status_code == 404


def test_an_office_without_contacts_says_what_to_do(office: Desk) -> None:
    irina = office.browser()
    assert "No contact is recorded yet. Add the first one" in text_of(irina.get("/contacts"))
    assert "No contact is recorded yet." in text_of(irina.get("/contacts?view=month"))
    assert "No series is recorded yet." in text_of(irina.get("/contacts?view=series"))


def test_a_calendar_address_is_made_shown_once_and_revoked(desk: Desk) -> None:
    irina = desk.browser()
    made = irina.post("/contacts/_calendars", {"body": "min-trade", "reminders": ["1", "7", "8"]})
    address = made.content.decode().split('id="address" value="')[1].split('"')[0]
    assert address.startswith("http://testserver/feeds/")
    assert faults_of(made) == []
    again = irina.get("/contacts/_calendars").content.decode()
    assert address not in again
    assert "Ministry of Trade" in again
    events: list[Any] = Calendar.from_ical(irina.get(address).content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Visit to Minsk"]
    assert {alarm["trigger"].dt for alarm in events[0].walk("VALARM")} == {
        timedelta(days=-1), timedelta(days=-7)}  # fmt: skip

    number = again.split("/contacts/_calendars/")[1].split("/")[0]
    for action in ("reminders", "revoke"):  # nobody else's
        stranger = desk.browser("BLR", "co_chair")
        assert stranger.post(f"/contacts/_calendars/{number}/{action}").status_code == 404
    irina.post(f"/contacts/_calendars/{number}/reminders", {})
    assert b"VALARM" not in irina.get(address).content
    shown = irina.post(f"/contacts/_calendars/{number}/revoke", follow=True)
    assert "The address is revoked: it answers nobody." in text_of(shown)
    assert irina.get(address).status_code == 404


def test_no_calendar_of_a_body_that_is_not_there(desk: Desk) -> None:
    answer = desk.browser().post("/contacts/_calendars", {"body": "nobody"})
    assert answer.status_code == 400
    assert "There is a problem" in text_of(answer)
