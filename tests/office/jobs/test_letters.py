"""People hear of what is due: once, in their language, never of the other side's records."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from tests.core.register.secretaries import AIDA, START, measure
from tests.office.records.office import Office

from bilat_office.jobs.letters.leaving import leaving_address
from bilat_office.jobs.letters.posting import letters_post
from bilat_office.jobs.letters.writing import DIGEST, REMINDER, digests_write, reminders_write
from bilat_office.jobs.models import Job, Letter, Occasion
from bilat_office.jobs.refusals import Later
from bilat_office.jobs.rounds import rounds_ask
from bilat_office.people.models import AuditLine, Person
from bilat_office.people.services.letters import letters_choose
from bilat_office.people.services.persons import person_shut_out
from bilat_office.records.services.changes import change_propose

MORNING = START.replace(hour=6)  # Monday, 2 March 2026
Invite = Callable[..., Person]


def post(kind: str = REMINDER, at: datetime = MORNING) -> tuple[int, int]:
    return letters_post(kind=kind, now=lambda: at, before_each=lambda: None)


def reminded(at: datetime = MORNING) -> list[Any]:
    """Who gets which letter of that morning."""
    before = len(mail.outbox)
    reminders_write(at=at)
    post(at=at)
    return mail.outbox[before:]


def parts(letter: Any) -> list[str]:
    return [letter.subject, letter.body, *(str(part.content) for part in letter.alternatives)]


def test_she_is_told_once_what_is_due_and_of_her_own_private_matters(irina: Person) -> None:
    (letter,) = reminded()
    assert letter.to == ["irina@example.org"]
    assert letter.subject == "Belarus and Kyrgyzstan: 4 reminders"
    assert "- Due 16 March 2026: Open a trade house" in letter.body
    assert "- Due 16 March 2026: BELARUSONLY fall back" in letter.body
    assert "- Overdue since 28 February 2026: Hold a fair" in letter.body
    assert "- Contact, 4 March 2026: Visit to Bishkek" in letter.body
    assert "Build a plant" not in letter.body
    assert reminded() == []
    assert reminded(MORNING + timedelta(days=1)) == []
    line = AuditLine.objects.get(action="reminder")
    assert (line.person, line.records) == (irina.handle, ["commitments/line"])


def test_the_next_stage_of_a_deadline_is_told_again_and_a_new_date_is_another_matter(
    irina: Person, office: Office
) -> None:
    reminded()
    (three_days_before,) = reminded(MORNING + timedelta(days=11))
    assert "Open a trade house" in three_days_before.body
    office.minute += 20
    content = {"id": "house", "title": "Open a trade house", "owners": ["min-trade"],
               "due": "2026-03-20", "sources": ["s"]}  # fmt: skip
    office.agree((("commitments", "house"), content))
    (put_off,) = reminded(MORNING + timedelta(days=12))
    assert "Due 20 March 2026: Open a trade house" in put_off.body
    assert "BELARUSONLY" not in put_off.body


def test_the_other_sides_words_are_in_no_letter_and_each_reads_their_language(
    irina: Person, bakyt: Person
) -> None:
    for sent in (reminded(), digests()):
        assert sorted(letter.to[0] for letter in sent) == ["bakyt@example.org", "irina@example.org"]
        for letter in sent:
            mine, theirs = "BELARUSONLY", "KYRGYZONLY"
            if letter.to == ["bakyt@example.org"]:
                mine, theirs = theirs, mine
                assert "16 марта 2026" in letter.body
            assert all(theirs not in part for part in parts(letter))
            assert any(mine in part for part in parts(letter))


def digests(at: datetime = MORNING) -> list[Any]:
    before = len(mail.outbox)
    digests_write(at=at)
    post(DIGEST, at)
    return mail.outbox[before:]


def test_a_body_hears_weekly_what_concerns_it_and_once_a_week(invite: Invite) -> None:
    invite("Marat Orlov", roles=["ministry_editor"], body="min-trade")
    (letter,) = digests()
    assert "The next two weeks" in letter.body
    assert "Open a trade house" in letter.body
    assert "Hold a fair" not in letter.body, "another body answers for it"
    assert digests(MORNING + timedelta(days=3)) == []
    assert len(digests(MORNING + timedelta(days=7))) == 1


def test_who_holds_the_key_hears_of_what_awaits_it(
    irina: Person, invite: Invite, office: Office
) -> None:
    analyst = invite("Olga Analyst", roles=["analyst"])
    change_propose(new=[measure("rail")], reason="Open the railway", by=AIDA, at=office.now())
    letters = reminded(MORNING + timedelta(hours=6))
    told = {letter.to[0]: letter.body for letter in letters}
    assert "Awaits your key since 2 March 2026: Open the railway (1 record)" in told[irina.email]
    assert analyst.email not in told


def test_letters_load_nothing_from_outside_and_can_be_left_without_a_password(
    irina: Person, client: Client
) -> None:
    (letter,) = reminded()
    html = str(letter.alternatives[0].content)
    assert not re.search(r"<img|<link|<script|src=|url\(", html)
    link = leaving_address(irina)
    assert f"<{link}>" == letter.extra_headers["List-Unsubscribe"]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = link.removeprefix("http://127.0.0.1:8000")
    assert b"Stop them" in client.get(path).content
    irina.refresh_from_db()
    assert irina.reminders, "a program that only looks at the link changes nothing"
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    irina.refresh_from_db()
    assert not irina.reminders
    assert reminded(MORNING + timedelta(days=11)) == []
    assert client.get(path[:-1] + "x").status_code == 404
    assert client.get("/letters/stop/somebody:else").status_code == 404


def test_a_letter_cut_off_while_it_was_sent_goes_out_once_more_and_not_again(
    irina: Person, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "tests.office.jobs.test_letters.CutOff"
    reminders_write(at=MORNING)
    for _turn in range(2):
        with pytest.raises(KeyboardInterrupt):
            post()
    assert post() == (0, 0)
    assert reminded() == []
    assert Letter.objects.get().tries == 2


class CutOff:
    """The machine stops while it sends: the try is counted, its end is not written down."""

    def __init__(self, **_options: Any) -> None:
        pass

    def send_messages(self, _letters: list[Any]) -> int:
        raise KeyboardInterrupt


def test_a_mail_server_that_is_away_loses_no_letter(irina: Person, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    reminders_write(at=MORNING)
    for _turn in range(3):
        with pytest.raises(Later, match="mail server"):
            post()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert post() == (1, 0)
    sent = Letter.objects.get()
    assert (sent.text, sent.html) == ("", ""), "what was sent is not kept"


def test_an_address_that_is_refused_does_not_stop_the_others(
    irina: Person, invite: Invite, settings: Any
) -> None:
    invite("Pavel Orlov")
    settings.EMAIL_BACKEND = "tests.office.jobs.test_letters.Refusing"
    reminders_write(at=MORNING)
    assert post() == (1, 1)


class Refusing:
    """A mail server that does not know Irina."""

    def __init__(self, **_options: Any) -> None:
        pass

    def send_messages(self, letters: list[Any]) -> int:
        for letter in letters:
            if letter.to == ["irina@example.org"]:
                raise SMTPRecipientsRefused({"irina@example.org": (550, b"unknown")})
        return len(letters)


def test_what_was_written_for_somebody_shut_out_since_is_not_sent(irina: Person) -> None:
    reminders_write(at=MORNING)
    person_shut_out(person=irina, at=MORNING)
    assert post() == (0, 0)
    assert not Letter.objects.exists()


def test_rounds_are_asked_for_once_in_their_slot(office: Office) -> None:
    early = MORNING.replace(hour=4)
    assert rounds_ask(at=early) == []
    assert rounds_ask(at=MORNING) == ["reminders", "digest"]
    assert rounds_ask(at=MORNING + timedelta(hours=5)) == []
    assert rounds_ask(at=MORNING + timedelta(days=1)) == ["reminders"]
    assert Job.objects.count() == 3
    assert not Occasion.objects.exists()


def chosen(person: Person, **changed: Any) -> None:
    usual = {"wanted": True, "before": True, "after": True, "changes": True, "digest": True}
    letters_choose(person=person, **{**usual, "bodies": [], **changed})


def test_who_wants_no_reminders_before_a_date_hears_of_what_is_late(irina: Person) -> None:
    chosen(irina, before=False)
    (letter,) = reminded()
    assert "Overdue since 28 February 2026: Hold a fair" in letter.body
    assert "Due 16 March 2026" not in letter.body
    chosen(irina, after=False)
    (later,) = reminded()
    assert "Due 16 March 2026: Open a trade house" in later.body


def test_who_wants_no_word_of_changes_gets_none(irina: Person, office: Office) -> None:
    change_propose(new=[measure("house")], reason="A house", by=AIDA, at=office.now())
    chosen(irina, changes=False)
    assert not any("Awaits your key" in letter.body for letter in reminded())


def test_the_digest_tells_of_the_bodies_that_were_chosen_or_does_not_come(irina: Person) -> None:
    chosen(irina, digest=False)
    assert digests() == []
    chosen(irina, bodies=["no-such-body"])
    for letter in digests():
        assert "Open a trade house" not in letter.body
