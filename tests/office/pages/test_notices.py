"""What waits for somebody stands in the page: it is new until they have seen it."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.core.register.secretaries import AIDA, MINSK
from tests.office.api.planting import MARKERS, plant
from tests.office.api.world import PASSPHRASE, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

from bilat.register.orders import Actor
from bilat_office.jobs.letters.leaving import leaving_address
from bilat_office.jobs.models import DONE, FAILED, Job
from bilat_office.pages.notices.waiting import COUNTS
from bilat_office.people.models import AuditLine, NoticeSeen, Person
from bilat_office.people.services.letters import choice_of
from bilat_office.people.services.routes import as_route, stops_set
from bilat_office.records.services.changes import change_propose
from bilat_office.records.services.drafts import draft_create

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
    soon = (today() + timedelta(days=10)).isoformat()
    later = (today() + timedelta(days=60)).isoformat()
    office.world.agree(
        *BODIES,
        measure("late", "Open a trade house", due="2024", owners=["min-trade"]),
        measure("soon", "Pave the road", due=soon, owners=["min-roads"]),
        measure("later", "Plant trees", due=later, owners=["min-trade"]),
    )
    return office


def number(client: Client) -> int:
    """What the head of a page says."""
    page = client.get("/roadmap").content.decode()
    return int(page.split('class="office-count">')[1].split("<")[0])


def keys(client: Client) -> list[str]:
    page = client.get("/notices").content.decode().split("Mark all as seen")[0]
    return [part.split('"')[0] for part in page.split('name="key" value="')[1:]]


def test_a_change_of_the_other_side_waits_for_whoever_has_the_key(desk: Desk) -> None:
    change = desk.world.offer(measure("house"), by=AIDA)
    secretary, analyst = desk.browser(), desk.browser("BLR", "analyst")
    page = secretary.get("/notices")
    assert faults_of(page) == []
    assert "Await your side’s key (1)" in text_of(page)
    assert f'href="/changes/{change}"' in page.content.decode()
    assert "Await your side’s key (" not in text_of(analyst.get("/notices"))
    assert "Await your side’s key (" not in text_of(desk.browser("KGZ").get("/notices"))


def test_measures_of_ones_own_side_or_body_are_named(desk: Desk) -> None:
    desk.world.add("KGZ", "ministry_editor", body="min-roads")
    secretary = text_of(desk.browser().get("/notices"))
    assert "Open a trade house" in secretary
    assert "Overdue since 31 December 2024" in secretary
    for other in ("Pave the road", "Plant trees"):
        assert other not in secretary
    editor = text_of(desk.browser("KGZ", "ministry_editor").get("/notices"))
    assert "Pave the road" in editor
    assert "Open a trade house" not in editor
    assert number(desk.browser("BLR", "observer")) == 0


def test_what_is_seen_is_new_no_more_for_this_person_alone(desk: Desk) -> None:
    client, chair = desk.browser(), desk.browser("BLR", "co_chair")
    assert (number(client), number(chair)) == (1, 1)
    (key, *_again) = keys(client)
    shown = client.post("/notices/seen", {"key": [key, "measure/made-up"]}, follow=True)
    assert "1 notice marked as seen." in text_of(shown)
    assert "Nothing new waits for you." in text_of(shown)
    assert "Seen, and waiting still (1)" in text_of(shown)
    assert (number(client), number(chair)) == (0, 1)
    assert NoticeSeen.objects.count() == 1
    client.post("/notices/unseen", {"key": key})
    assert number(client) == 1


def test_a_measure_whose_date_is_put_off_is_new_again(desk: Desk) -> None:
    client = desk.browser()
    client.post("/notices/seen", {"key": keys(client)})
    assert number(client) == 0
    base = {"title": "Open a trade house", "owners": ["min-trade"], "id": "late"}
    desk.world.agree((("commitments", "late"), {**base, "due": "2025"}))
    assert number(client) == 1


def test_a_draft_waits_for_whoever_may_pass_its_stop(desk: Desk) -> None:
    stops_set(side="BLR", section="", stops=[("Legal", "approver", "")])
    content = {"id": "fair", "title": "Hold a fair"}
    by = desk.world.people["BLR", "analyst"]
    made = draft_create(new=[(("commitments", "fair"), content)], reason="A fair in Gomel",
                        by=as_route(by), at=timezone.now())  # fmt: skip
    approver, secretary = desk.browser("BLR", "approver"), desk.browser()
    assert "A fair in Gomel, by blr-analyst" in text_of(approver.get("/notices"))
    assert "A fair in Gomel" not in text_of(secretary.get("/notices"))
    assert "A fair in Gomel" not in text_of(desk.browser("KGZ", "approver").get("/notices"))
    lines = AuditLine.objects.filter(person="blr-approver", action="drafts")
    assert [f"drafts/{made}"] in [line.records for line in lines]
    approver.post(f"/changes/drafts/{made}/pass")
    assert "A fair in Gomel" in text_of(secretary.get("/notices"))
    assert "A fair in Gomel" not in text_of(approver.get("/notices"))


def test_an_answer_to_ones_own_proposal_is_told(desk: Desk) -> None:
    client = desk.browser()
    change = change_propose(
        new=[measure("expo")], reason="An expo", by=Actor("blr-secretary", MINSK),
        at=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    assert "An expo" not in text_of(client.get("/notices"))
    theirs = {"passphrase_KGZ": PASSPHRASE, "reason": "Too early"}
    desk.browser("KGZ").post(f"/changes/{change}/reject", theirs)
    assert "An expo: rejected" in text_of(client.get("/notices"))
    assert "An expo" not in text_of(desk.browser("BLR", "co_chair").get("/notices"))


def test_ended_jobs_are_told_to_who_asked(desk: Desk) -> None:
    now, person = timezone.now(), desk.world.people["BLR", "analyst"]
    common = {"person": person, "side": "BLR", "not_before": now, "asked_at": now, "ended_at": now}
    Job.objects.create(kind="export", state=DONE, result={"said": "Files packed: 3"}, **common)
    Job.objects.create(kind="outlook", state=FAILED, error="There is no target", **common)
    shown = text_of(desk.browser("BLR", "analyst").get("/notices"))
    assert "Pack an export of your side is done: Files packed: 3" in shown
    assert "has failed: There is no target" in shown
    assert "Files packed" not in text_of(desk.browser().get("/notices"))


def test_an_overdue_contact_is_told_to_the_secretary(desk: Desk) -> None:
    contact = {"id": "visit", "title": "Visit to Osh", "kind": "visit", "planned": "2024-05"}
    desk.world.agree((("contacts", "visit"), contact))
    page = text_of(desk.browser().get("/notices?group=contact"))
    assert "was it held? Visit to Osh" in page
    assert "Open a trade house" not in page
    assert "Visit to Osh" not in text_of(desk.browser("BLR", "analyst").get("/notices"))


def test_a_private_measure_is_told_to_its_side_and_noted(desk: Desk) -> None:
    plant(desk.world)
    own = {"id": "quiet", "title": "A quiet matter", "due": "2024", "owners": ["min-trade"],
           "visibility": "BLR"}  # fmt: skip
    desk.world.keep("BLR", "commitments", own)
    assert "A quiet matter" in text_of(desk.browser().get("/notices"))
    lines = AuditLine.objects.filter(person="blr-secretary", action="named")
    assert any("commitments/quiet" in line.records for line in lines)
    theirs = text_of(desk.browser("KGZ").get("/notices")).lower()
    assert "quiet matter" not in theirs
    assert MARKERS["BLR"] not in theirs


def test_the_list_is_a_file_with_the_same_lines(desk: Desk) -> None:
    text = desk.browser().get("/notices?format=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[4] for row in rows[1:]] == ["http://testserver/roadmap/late"]
    assert rows[1][2] == "2024-12-31"


def test_a_number_that_is_known_asks_the_database_nothing(desk: Desk) -> None:
    client = desk.browser()
    client.get("/roadmap")
    with CaptureQueriesContext(connection) as warm:
        client.get("/roadmap")
    COUNTS.forget()
    with CaptureQueriesContext(connection) as cold:
        client.get("/roadmap")
    assert not any("noticeseen" in each["sql"] for each in warm)
    assert any("noticeseen" in each["sql"] for each in cold)
    assert len(cold) - len(warm) <= 7


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_letters_are_chosen(desk: Desk, lang: str) -> None:
    person = desk.world.people["BLR", "secretary"]
    Person.objects.filter(pk=person.pk).update(language=lang)
    client = desk.browser()
    page = client.get("/notices/letters")
    assert faults_of(page) == []
    assert page.content.decode().count(" checked") == 5
    asked = {"wanted": "1", "after": "1", "digest": "1", "bodies": ["min-trade", "min-nothing"]}
    assert client.post("/notices/letters", asked).status_code == 302
    choice = choice_of(Person.objects.get(pk=person.pk))
    assert (choice.before, choice.after, choice.changes, choice.digest) == (
        False,
        True,
        False,
        True,
    )
    assert choice.bodies == ["min-trade"]
    assert choice_of(desk.world.people["KGZ", "secretary"]).before


def test_who_left_by_the_link_of_a_letter_comes_back_here(desk: Desk) -> None:
    person = desk.world.people["BLR", "secretary"]
    path = "/letters/stop/" + leaving_address(person).split("/letters/stop/")[1]
    assert Client().post(path).status_code == 200
    client = desk.browser()
    assert 'name="wanted" value="1">' in client.get("/notices/letters").content.decode()
    everything: dict[str, Any] = dict.fromkeys(("wanted", "before", "after", "digest"), "1")
    client.post("/notices/letters", everything)
    person.refresh_from_db()
    assert person.reminders


def test_of_a_long_sort_the_page_shows_the_first_and_a_link_to_the_others(office: Desk) -> None:
    due = (timezone.localdate() - timedelta(days=40)).isoformat()
    office.world.agree(
        *(
            measure(f"road-{n:02}", f"Mend road {n:02}", owners=["min-roads"], due=due)
            for n in range(35)
        ),
        (("bodies", "min-roads"), {"id": "min-roads", "name": "Roads", "party": "BLR",
                                   "kind": "ministry"}),
    )  # fmt: skip
    client = office.browser()
    page = client.get("/notices").content.decode()
    assert page.count("Mend road") == 60, "thirty, each with its button"
    assert 'href="?group=measure">5 more' in page
    assert page.count('name="key" value="measure/road-') == 30 + 35, "all can be marked"
    every = client.get("/notices?group=measure").content.decode()
    assert every.count("Mend road") == 70
    assert "5 more" not in every
