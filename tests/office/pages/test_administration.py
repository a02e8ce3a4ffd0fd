"""An administrator keeps an office running: people, stops, tokens, statistics, jobs, audit."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.office.api.planting import MARKERS, own_id, plant
from tests.office.api.world import measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

import bilat_office.pages.urls
from bilat.language import Words
from bilat.programme import Body, Commitment, open_programme
from bilat.programme.labels import plain
from bilat_office.jobs.kinds import KINDS
from bilat_office.jobs.models import CANCELLED, DONE, FAILED, RUNNING, Job
from bilat_office.jobs.services.asking import job_ask
from bilat_office.jobs.worker import work_once
from bilat_office.pages.administration.audited import told
from bilat_office.pages.administration.jobs import KIND_NAMES
from bilat_office.pages.demo import busiest, examples
from bilat_office.people.models import AuditLine, Deputy, Person, Stop, Token
from bilat_office.people.services.audit import Looked
from bilat_office.records.door import Door
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db
ROOT = "/administration"
EXAMPLE = Path(__file__).parents[3] / "examples" / "blr-kgz"


@pytest.fixture
def desk(office: Desk, settings: Any, tmp_path: Path) -> Desk:
    settings.DATA_FOLDER = tmp_path
    office.world.agree(
        (("bodies", "min-trade"),
         {"id": "min-trade", "name": "Ministry of Trade", "party": "BLR", "kind": "ministry"}),
        measure("house", "Open a trade house"),
    )  # fmt: skip
    return office


def admin(desk: Desk, side: str = "BLR") -> Client:
    return desk.browser(side, "administrator")


def plain_routes() -> list[str]:
    every = [str(each.pattern) for each in bilat_office.pages.urls.urlpatterns]
    return [each for each in every if "<" not in each and each.startswith(ROOT[1:])]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_an_administrators_pages_are_well_formed_and_ask_little(desk: Desk, lang: str) -> None:
    plant(desk.world)
    Person.objects.filter(roles=["administrator"]).update(language=lang)
    client = admin(desk)
    key = Door(Viewer("BLR"))
    with key.desk() as under_way:
        first = under_way.keys()[0].key.id
    more = [f"{ROOT}/people/blr-analyst", f"{ROOT}/stops/_every", f"{ROOT}/stops/links",
            f"{ROOT}/keys/{first}"]  # fmt: skip
    for address in [*(f"/{each}" for each in plain_routes()), *more]:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        if answer.status_code == 405 or not answer["Content-Type"].startswith("text/html"):
            continue
        assert answer.status_code == 200, address
        assert faults_of(answer) == [], address
        assert f'<html lang="{lang}"' in answer.content.decode(), address
        assert len(asked) <= 15, (address, [each["sql"][:90] for each in asked])


def test_someone_is_invited_and_the_link_works_once(desk: Desk) -> None:
    client = admin(desk)
    asked = {"name": "Vera Novik", "email": "vera@example.org", "roles": ["analyst", "approver"],
             "body": "min-trade", "language": "ru", "send": "1"}  # fmt: skip
    answer = client.post(f"{ROOT}/people/_invite", asked)
    assert "A link for Vera Novik" in text_of(answer)
    link = re.search(r"/people/invitation/\S+?(?=<)", answer.content.decode())
    assert link is not None
    vera = Person.objects.get(email="vera@example.org")
    assert (vera.side, vera.roles, vera.body) == ("BLR", ["analyst", "approver"], "min-trade")
    (letter,) = mail.outbox
    assert letter.to == ["vera@example.org"]
    assert link[0] in letter.body
    assert "This invitation is over" not in text_of(Client().get(link[0], follow=True))
    listed = text_of(client.get(f"{ROOT}/people?q=novik"))
    assert "1 line" in listed
    assert "invited, no password yet" in listed
    assert "Ministry of Trade" in listed


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("commission", "its editor would write for both sides"),
        ("", "Choose the body for which the editor writes."),
        ("min-trade", "A link for Vera"),
    ],
)
def test_an_editor_writes_for_a_body_of_the_own_side(desk: Desk, body: str, says: str) -> None:
    commission = {"id": "commission", "name": "The commission", "kind": "commission"}
    desk.world.agree((("bodies", "commission"), commission))
    asked = {"name": "Vera", "email": "vera@example.org", "language": "en", "body": body}
    answer = admin(desk).post(f"{ROOT}/people/_invite", {**asked, "roles": "ministry_editor"})
    assert says in text_of(answer)
    assert answer.status_code == (200 if body == "min-trade" else 400)
    if body == "commission":  # its secretary may well be of it
        asked["email"] = "second@example.org"
        again = admin(desk).post(f"{ROOT}/people/_invite", {**asked, "roles": "secretary"})
        assert "A link for Vera" in text_of(again)


def test_the_demos_editor_has_a_measure_to_report_on(desk: Desk) -> None:
    """Of a side whose bodies own none, a measure is made up that says so."""
    programme = open_programme(EXAMPLE)
    added = {id_: content or {} for (_section, id_), content in examples(programme)}
    for side in programme.sides:
        body = programme.find(Body, busiest(programme, side))
        assert body is not None
        assert (body.party, body.kind != "commission") == (side, True)
        owned = [item.id for item in programme.commitments if body.id in item.owners]
        made_up = added.get(f"example-{side.lower()}", {})
        assert owned or made_up["owners"] == [body.id]
        assert not made_up or made_up["assumption"] is True
    ours = Commitment(id="road", title="Road", owners=("minsk",))
    kept = programme.with_fields(commitments=(*programme.commitments, ours))
    assert busiest(kept, "BLR") == "minsk"
    assert [id_ for (_section, id_), _content in examples(kept)] == ["example-kgz"]


def test_a_letter_that_cannot_be_sent_says_so(
    desk: Desk, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: Any, **_more: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    asked = {"name": "Vera", "email": "vera@example.org", "language": "en", "send": "1"}
    answer = admin(desk).post(f"{ROOT}/people/_invite", asked)
    assert "hand the link over yourself" in text_of(answer)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", " ", "Write the person’s name."),
        ("email", "no address", "cannot be used"),
        ("roles", "emperor", "There is no role emperor"),
        ("body", "min-roads", "There is no body min-roads of your side."),
        ("language", "tlh", "Write one of these languages"),
    ],
)
def test_a_bad_invitation_keeps_what_was_typed(
    desk: Desk, field: str, value: str, says: str
) -> None:
    asked = {"name": "Vera", "email": "vera@example.org", "language": "en", "roles": "analyst"}
    answer = admin(desk).post(f"{ROOT}/people/_invite", {**asked, field: value})
    assert answer.status_code == 400
    assert says in text_of(answer)
    assert f'href="#{field}"' in answer.content.decode()
    assert faults_of(answer) == []
    if field != "email":
        assert 'value="vera@example.org"' in answer.content.decode()


def test_an_address_of_the_other_side_is_refused_in_the_words_for_a_bad_one(desk: Desk) -> None:
    theirs = desk.world.people["KGZ", "analyst"].email
    asked = {"name": "Vera", "language": "en", "email": theirs}
    answer = admin(desk).post(f"{ROOT}/people/_invite", asked)
    assert "cannot be used" in text_of(answer)


def test_roles_are_given_and_taken(desk: Desk) -> None:
    client, person = admin(desk), desk.world.people["BLR", "analyst"]
    address = f"{ROOT}/people/{person.handle}"
    asked = {"name": person.name, "language": "ru", "roles": ["finance_officer"], "body": ""}
    assert client.post(address, asked).status_code == 302
    person.refresh_from_db()
    assert (person.roles, person.language, person.reminders) == (["finance_officer"], "ru", False)
    bad = client.post(address, {**asked, "roles": ["emperor"]})
    assert bad.status_code == 400
    assert "There is no role emperor" in text_of(bad)


def test_the_last_administrator_stays(desk: Desk) -> None:
    client, oneself = admin(desk), desk.world.people["BLR", "administrator"]
    address = f"{ROOT}/people/{oneself.handle}"
    asked = {"name": oneself.name, "language": "en", "roles": ["analyst"]}
    assert "ask another administrator" in text_of(client.post(address, asked))
    assert client.post(f"{address}/shut-out").status_code == 400
    oneself.refresh_from_db()
    assert (oneself.is_active, oneself.roles) == (True, ["administrator"])


def test_someone_is_shut_out_and_let_in(desk: Desk) -> None:
    client, person = admin(desk), desk.world.people["BLR", "analyst"]
    theirs = desk.browser("BLR", "analyst")
    address = f"{ROOT}/people/{person.handle}"
    assert "cannot sign in any more" in text_of(client.post(f"{address}/shut-out", follow=True))
    assert theirs.get("/").status_code == 302
    assert Token.objects.get(person=person).revoked_at is not None
    assert "can sign in again" in text_of(client.post(f"{address}/let-in", follow=True))
    assert Person.objects.get(pk=person.pk).is_active


def test_a_lost_second_factor_is_taken_away(desk: Desk) -> None:
    person = desk.world.people["BLR", "analyst"]
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client, address = admin(desk), f"{ROOT}/people/{person.handle}"
    assert "Take the second factor away" in text_of(client.get(address))
    client.post(f"{address}/second-factor")
    assert not Authenticator.objects.filter(user=person).exists()
    assert "Take the second factor away" not in text_of(client.get(address))


def test_nobody_of_the_other_side_is_found(desk: Desk) -> None:
    client, theirs = admin(desk), desk.world.people["KGZ", "analyst"]
    for end in ("", "/shut-out", "/let-in", "/invitation", "/second-factor"):
        address = f"{ROOT}/people/{theirs.handle}{end}"
        answer = client.post(address)
        assert answer.status_code == 404
        nobody = client.post(address.replace(theirs.handle, "kgz-nobody"))
        assert text_of(answer).replace(theirs.handle, "") == text_of(nobody).replace(
            "kgz-nobody", ""
        )
    theirs.refresh_from_db()
    assert theirs.is_active
    assert theirs.email not in text_of(client.get(f"{ROOT}/people"))


def test_the_list_of_people_is_a_file_with_the_same_rows(desk: Desk) -> None:
    text = admin(desk).get(f"{ROOT}/people?role=analyst&format=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[1] for row in rows[1:]] == ["blr-analyst"]


@pytest.mark.parametrize("role", ["secretary", "observer", "co_chair"])
@pytest.mark.parametrize(
    "path",
    [
        "/people",
        "/people/_invite",
        "/people/blr-analyst",
        "/deputies",
        "/stops/links",
        "/keys/_new",
    ],
)
def test_who_may_not_gets_the_sentence(desk: Desk, role: str, path: str) -> None:
    answer = desk.browser("BLR", role).get(ROOT + path)
    assert answer.status_code == 403
    assert "It is open to: administrator." in text_of(answer)


def test_an_observer_sees_what_is_for_others(desk: Desk) -> None:
    shown = text_of(desk.browser("BLR", "observer").get(ROOT))
    assert "People: open to administrator." in shown
    assert "Audit: open to co-chair, secretary of the commission" in shown
    assert "Entries of the register 1" in shown
    assert desk.browser("BLR", "observer").get(f"{ROOT}/audit").status_code == 403
    assert desk.browser("BLR", "observer").get(f"{ROOT}/exchange").status_code == 403


def test_stops_are_set_for_one_kind_and_drafts_go_by_them(desk: Desk) -> None:
    client = admin(desk)
    lines = {"name": ["Legal", "", "Deputy minister"], "role": ["approver", "approver", "co_chair"],
             "body": ["", "", "min-trade"]}  # fmt: skip
    answer = client.post(f"{ROOT}/stops/commitments", lines, follow=True)
    assert "Legal – approver" in text_of(answer)
    assert "Deputy minister – co-chair, Ministry of Trade" in text_of(answer)
    found = Stop.objects.filter(side="BLR", section="commitments")
    assert [(stop.position, stop.name) for stop in found] == [(1, "Legal"), (2, "Deputy minister")]
    secretary = desk.browser()
    assert "Legal" in text_of(secretary.get(f"{ROOT}/stops"))
    assert "Change these stops" not in text_of(secretary.get(f"{ROOT}/stops"))
    assert "Legal" not in text_of(admin(desk, "KGZ").get(f"{ROOT}/stops"))
    client.post(f"{ROOT}/stops/commitments", {"name": [""], "role": ["approver"], "body": [""]})
    assert not Stop.objects.filter(side="BLR").exists()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("", "approver", "min-trade"), "Stop 1 needs a name."),
        (("Legal", "emperor", ""), "Choose who may pass stop 1."),
        (("Legal", "approver", "min-roads"), "There is no body min-roads"),
    ],
)
def test_a_bad_stop_is_said_at_its_line(desk: Desk, line: tuple[str, ...], says: str) -> None:
    asked = dict(zip(("name", "role", "body"), line, strict=True))
    answer = admin(desk).post(f"{ROOT}/stops/_every", asked)
    assert answer.status_code == 400
    assert says in text_of(answer)
    assert faults_of(answer) == []
    assert admin(desk).get(f"{ROOT}/stops/nothing").status_code == 404


def test_a_deputy_is_named_and_ended(desk: Desk) -> None:
    client, today = admin(desk), timezone.localdate()
    asked = {"of": "blr-secretary", "by": "blr-approver", "start": today, "end": today}
    shown = text_of(client.post(f"{ROOT}/deputies", asked, follow=True))
    assert "BLR approver stands in for BLR secretary." in shown
    number = Deputy.objects.get().pk
    assert admin(desk, "KGZ").post(f"{ROOT}/deputies/{number}/end").status_code == 404
    client.post(f"{ROOT}/deputies/{number}/end")
    assert not Deputy.objects.exists()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"of": ""}, "Choose a person."),
        ({"by": "blr-secretary"}, "Nobody stands in for themselves."),
        ({"end": "soon"}, "“soon” is no day"),
        ({"end": "2020-01-01"}, "The last day comes before the first."),
    ],
)
def test_a_bad_deputy_is_refused(desk: Desk, changed: dict[str, str], says: str) -> None:
    asked = {"of": "blr-secretary", "by": "blr-approver", "start": "2026-01-01",
             "end": "2026-02-01"}  # fmt: skip
    answer = admin(desk).post(f"{ROOT}/deputies", {**asked, **changed})
    assert answer.status_code == 400
    assert says in text_of(answer)
    assert not Deputy.objects.exists()


def test_a_token_is_shown_once_and_works_until_it_is_revoked(desk: Desk) -> None:
    client = desk.browser()
    asked = {"name": "nightly", "scopes": ["read"], "days": "30"}
    page = client.post(f"{ROOT}/tokens", asked).content.decode()
    made = re.search(r"bilat_[\w-]+", page)
    assert made is not None
    headers = {"authorization": f"Bearer {made[0]}"}
    assert Client().get("/api/v1/me", headers=headers).status_code == 200
    again = client.get(f"{ROOT}/tokens").content.decode()
    assert made[0] not in again
    assert "nightly" in again
    token = Token.objects.get(name="nightly")
    assert admin(desk, "KGZ").post(f"{ROOT}/tokens/{token.pk}/revoke").status_code == 404
    client.post(f"{ROOT}/tokens/{token.pk}/revoke")
    assert Client().get("/api/v1/me", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Write what it is for."),
        ({"days": "9999"}, "A token lasts from 1 to 366 days."),
        ({"days": "many"}, "A token lasts from 1 to 366 days."),
        ({"scopes": "everything"}, "There is no scope everything."),
    ],
)
def test_a_bad_token_is_not_made(desk: Desk, changed: dict[str, str], says: str) -> None:
    before = Token.objects.count()
    asked = {"name": "x", "scopes": "read", "days": "9"}
    answer = desk.browser().post(f"{ROOT}/tokens", {**asked, **changed})
    assert answer.status_code == 400
    assert says in text_of(answer)
    assert faults_of(answer) == []
    assert Token.objects.count() == before


def test_an_administrator_revokes_tokens_of_the_side(desk: Desk) -> None:
    token = Token.objects.get(person=desk.world.people["BLR", "analyst"])
    assert "BLR analyst" in text_of(admin(desk).get(f"{ROOT}/tokens"))
    assert "BLR analyst" not in text_of(desk.browser().get(f"{ROOT}/tokens"))
    assert "KGZ analyst" not in text_of(admin(desk).get(f"{ROOT}/tokens"))
    assert desk.browser().post(f"{ROOT}/tokens/{token.pk}/revoke").status_code == 404
    admin(desk).post(f"{ROOT}/tokens/{token.pk}/revoke")
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_a_calendar_is_made_and_revoked(desk: Desk) -> None:
    client = desk.browser()
    page = client.post(f"{ROOT}/calendars", {"body": "min-trade"}).content.decode()
    path = re.search(r"/feeds/[\w-]+\.ics", page)
    assert path is not None
    assert Client().get(path[0]).status_code == 200
    assert path[0] not in client.get(f"{ROOT}/tokens").content.decode()
    wrong = client.post(f"{ROOT}/calendars", {"body": "min-roads"})
    assert wrong.status_code == 400
    person = desk.world.people["BLR", "secretary"]
    number = person.feeds.get().pk
    desk.browser("KGZ").post(f"{ROOT}/calendars/{number}/revoke")
    assert Client().get(path[0]).status_code == 200
    client.post(f"{ROOT}/calendars/{number}/revoke")
    assert Client().get(path[0]).status_code == 404


def test_a_file_of_statistics_becomes_a_job(desk: Desk, settings: Any) -> None:
    file = SimpleUploadedFile("flows.csv", b"nothing that a reader knows\n")
    asked = {"dataset": "comtrade", "vintage": "2026-02-01", "file": file}
    client = desk.browser()
    page = text_of(client.get(f"{ROOT}/statistics"))
    assert "Nothing is loaded yet." in page
    answer = client.post(f"{ROOT}/statistics", asked)
    job = Job.objects.get()
    assert answer["Location"] == f"{ROOT}/jobs/{job.pk}"
    assert (job.kind, job.arguments["dataset"]) == ("statistics", "comtrade")
    assert (settings.DATA_FOLDER / job.arguments["file"]).exists()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"dataset": "guesses"}, "Choose the dataset"),
        ({"vintage": "lately"}, "“lately” is no day"),
        ({"vintage": "2999-01-01"}, "on a day that is past"),
        ({"file": ""}, "Choose a file."),
    ],
)
def test_a_load_that_lacks_something_is_no_job(
    desk: Desk, changed: dict[str, str], says: str
) -> None:
    file = SimpleUploadedFile("flows.csv", b"x\n")
    asked: dict[str, Any] = {"dataset": "comtrade", "vintage": "2026-02-01", "file": file}
    answer = desk.browser().post(f"{ROOT}/statistics", {**asked, **changed})
    assert answer.status_code == 400
    assert says in text_of(answer)
    assert not Job.objects.exists()
    assert desk.browser("BLR", "observer").post(f"{ROOT}/statistics", asked).status_code == 403


def test_an_export_is_asked_for_followed_and_fetched(desk: Desk) -> None:
    client = desk.browser()
    address = client.post(f"{ROOT}/jobs/_new", {"kind": "export"})["Location"]
    waiting = client.get(address)
    assert "queued" in text_of(waiting)
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert "Look again" in text_of(waiting)
    assert work_once(now=timezone.now)
    done = client.get(address)
    assert "hx-get" not in done.content.decode()
    name = Job.objects.get().result["files"][0]
    sent: Any = client.get(f"{address}/files/{name}")
    assert b"".join(sent.streaming_content)[:2] == b"PK"
    assert client.get(f"{address}/files/other.zip").status_code == 404
    for path in (address, f"{address}/files/{name}"):
        assert desk.browser("KGZ").get(path).status_code == 404


def test_progress_is_a_bar_and_a_part_comes_alone(desk: Desk) -> None:
    job = job_ask(kind="export", arguments={}, person=desk.world.people["BLR", "secretary"],
                  at=timezone.now())  # fmt: skip
    until = timezone.now() + timedelta(minutes=1)
    Job.objects.filter(pk=job.pk).update(
        state=RUNNING, progress=0.4, said="Packing", lease_until=until
    )
    client = desk.browser()
    page = client.get(f"{ROOT}/jobs/{job.pk}").content.decode()
    assert '<progress id="progress" max="100" value="40">' in page
    assert "Packing" in page
    for path in (f"{ROOT}/jobs", f"{ROOT}/jobs/{job.pk}"):
        part = client.get(path, headers={"hx-request": "true"}).content.decode()
        assert 'value="40"' in part
        assert "<html" not in part


def test_a_failed_job_says_why_and_is_asked_for_again(desk: Desk) -> None:
    client = desk.browser()
    address = client.post(f"{ROOT}/jobs/_new", {"kind": "checkpoint"})["Location"]
    assert work_once(now=timezone.now)
    shown = text_of(client.get(address))
    assert "failed" in shown
    assert "The worker does not know the passphrase" in shown
    assert "Set the worker’s passphrase, then ask for it again." in shown
    again = client.post(f"{address}/again")["Location"]
    assert again != address
    assert client.post(f"{again}/again").status_code == 400
    client.post(f"{again}/cancel")
    states = list(Job.objects.order_by("pk").values_list("state", flat=True))
    assert states == [FAILED, CANCELLED]
    assert desk.browser("BLR", "analyst").post(f"{address}/again").status_code == 403
    assert desk.browser("KGZ").post(f"{address}/cancel").status_code == 404
    assert client.post(f"{ROOT}/jobs/_new", {"kind": "reminders"}).status_code == 400


def test_jobs_are_filtered_and_leave_as_a_file(desk: Desk) -> None:
    client = desk.browser()
    for kind in ("export", "checkpoint"):
        client.post(f"{ROOT}/jobs/_new", {"kind": kind})
    assert "1 line" in text_of(client.get(f"{ROOT}/jobs?kind=export"))
    assert "Nothing fits" in text_of(client.get(f"{ROOT}/jobs?state={DONE}"))
    text = client.get(f"{ROOT}/jobs?kind=export&format=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[1] for row in rows[1:]] == ["Pack an export of your side"]
    assert "No job has been asked for" in text_of(desk.browser("KGZ").get(f"{ROOT}/jobs"))


def test_a_worker_that_is_not_there_is_told_of(desk: Desk) -> None:
    client = desk.browser()
    client.post(f"{ROOT}/jobs/_new", {"kind": "export"})
    assert "start the worker" not in text_of(client.get(ROOT))
    long_ago = timezone.now() - timedelta(minutes=10)
    Job.objects.update(not_before=long_ago, asked_at=long_ago)
    assert "start the worker" in text_of(client.get(ROOT))
    job = Job.objects.get()
    assert "No worker has taken it yet." in text_of(client.get(f"{ROOT}/jobs/{job.pk}"))


def test_the_audit_tells_who_looked_at_what_of_the_own_side(desk: Desk) -> None:
    plant(desk.world)
    analyst = desk.browser("BLR", "analyst")
    analyst.get(f"/records/commitments/{own_id('BLR', 'commitments')}")
    client = admin(desk)
    found = client.get(f"{ROOT}/audit?person=blr-analyst&action=get")
    assert own_id("BLR", "commitments") in text_of(found)
    assert faults_of(found) == []
    theirs = text_of(admin(desk, "KGZ").get(f"{ROOT}/audit"))
    assert own_id("BLR", "commitments") not in theirs
    assert MARKERS["BLR"] not in theirs
    text = client.get(f"{ROOT}/audit?person=blr-analyst&action=get&format=csv").content
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    lines = AuditLine.objects.filter(side="BLR", person="blr-analyst", action="get")
    assert len(rows) - 1 == lines.count() > 0
    day = timezone.now().date() + timedelta(days=1)
    assert "Nothing fits" in text_of(client.get(f"{ROOT}/audit?since={day}"))
    assert client.get(f"{ROOT}/audit?since=lately").status_code == 400
    assert "Nothing fits" in text_of(client.get(f"{ROOT}/audit?record=no-such-record"))


UPLOADS = [("exchange/in", "analyst"), ("statistics", "observer")]


@pytest.mark.parametrize(("address", "role"), UPLOADS)
def test_a_strangers_file_is_not_even_read(
    desk: Desk, address: str, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of who has not signed in, or may not bring one; nor is one that is far too long."""
    desk.browser("BLR", role).get("/")

    def read(*_given: Any) -> None:
        raise AssertionError("the body was read")

    monkeypatch.setattr("django.http.multipartparser.MultiPartParser.parse", read)
    file = SimpleUploadedFile("lines.ndjson", b"x" * 100)
    strict: Any = {"enforce_csrf_checks": True}
    assert Client(**strict).post(f"{ROOT}/{address}", {"file": file}).status_code == 302
    answer = desk.browser("BLR", role, **strict).post(f"{ROOT}/{address}", {"file": file})
    assert answer.status_code == 403
    assert "Your role does not allow you" in text_of(answer)
    long = desk.browser(**strict).post(
        f"{ROOT}/{address}", b"x", content_type="multipart/form-data; boundary=x",
        headers={"content-length": str(2**30)},
    )  # fmt: skip
    assert long.status_code == 400
    assert "MB" in text_of(long) or "too" in text_of(long)


@pytest.mark.parametrize(("address", "role"), UPLOADS)
def test_a_file_without_the_forms_token_is_refused(desk: Desk, address: str, role: str) -> None:
    file = SimpleUploadedFile("lines.ndjson", b"x")
    strict = desk.browser(enforce_csrf_checks=True)
    assert strict.post(f"{ROOT}/{address}", {"file": file}).status_code == 403
    assert not Job.objects.exists()


def test_messages_leave_and_come_as_files(desk: Desk) -> None:
    change = desk.world.offer(measure("road", "Pave the road"))
    client = desk.browser()
    page = text_of(client.get(f"{ROOT}/exchange"))
    assert "Кыргызстан" not in page
    assert "has not confirmed 1 entry" in page
    body = client.get(f"{ROOT}/exchange/out").content
    assert change.encode() not in body.split(b"\n")[0]
    assert len(body.splitlines()) >= 2
    file = SimpleUploadedFile("lines.ndjson", body + b"not a message\n")
    taken = client.post(f"{ROOT}/exchange/in", {"file": file})
    assert faults_of(taken) == []
    assert "This message has been received before; nothing changes." in text_of(taken)
    assert "Not a message of a register" in text_of(taken)
    empty = client.post(f"{ROOT}/exchange/in", {})
    assert empty.status_code == 400
    assert "Choose a file." in text_of(empty)
    for role in ("analyst", "observer"):
        assert desk.browser("BLR", role).get(f"{ROOT}/exchange/out").status_code == 403


def test_every_line_of_the_audit_is_a_sentence(desk: Desk) -> None:
    by_hand = [*get_args(Looked)]
    by_job = [f"{kind}: {looked}" for kind in KINDS for looked in by_hand]
    codes = {*by_hand, *KINDS, *(plain(code) for code in (*by_hand, *KINDS))}
    for action in (*by_hand, *by_job):
        words = Words("en")(told(action))
        assert not codes & {part.strip("“”") for part in words.split(": ")}, words
    plant(desk.world)
    desk.browser().get(f"/records/commitments/{own_id('BLR', 'commitments')}")
    shown = admin(desk).get(f"{ROOT}/audit")
    assert "Opened a record" in text_of(shown)
    assert '<option value="get">Opened a record</option>' in shown.content.decode()
    assert ">get<" not in shown.content.decode()


def test_every_kind_of_job_has_a_name(desk: Desk) -> None:
    assert set(KIND_NAMES) == set(KINDS)
    assert "0 lines" not in text_of(admin(desk).get(f"{ROOT}/jobs"))
