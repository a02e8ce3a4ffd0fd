"""A calendar under a secret address: her side's matters, until she revokes it."""

from __future__ import annotations

import pytest
from django.test import Client
from icalendar import Calendar
from tests.core.register.secretaries import START

from bilat_office.jobs.models import Feed
from bilat_office.jobs.refusals import JobRefused
from bilat_office.jobs.services.feeds import feed_create, feed_revoke, feeds_of
from bilat_office.people.models import AuditLine, Person
from bilat_office.people.services.persons import person_shut_out

SECRET = "s" * 43


def titles(client: Client, path: str) -> set[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return {str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_her_calendar_holds_her_sides_days_and_nothing_of_the_other(
    irina: Person, bakyt: Person, client: Client
) -> None:
    hers = titles(client, feed_create(person=irina, secret=SECRET, at=START))
    assert {"Due: BELARUSONLY fall back", "Due: Open a trade house", "Visit to Bishkek"} <= hers
    theirs = titles(client, feed_create(person=bakyt, secret="t" * 43, at=START))
    assert not any("KYRGYZONLY" in title for title in hers)
    assert not any("BELARUSONLY" in title for title in theirs)
    assert any("KYRGYZONLY" in title for title in theirs)
    line = AuditLine.objects.filter(person=irina.handle).get()
    assert line.records == ["commitments/line"]


def test_the_calendar_of_a_body_holds_what_concerns_it(irina: Person, client: Client) -> None:
    path = feed_create(person=irina, secret=SECRET, at=START, body="min-economy")
    assert titles(client, path) == {"Due: Hold a fair"}
    with pytest.raises(JobRefused, match="no record bodies/none"):
        feed_create(person=irina, secret="u" * 43, at=START, body="none")


def test_an_address_that_is_revoked_or_of_somebody_shut_out_is_nothing(
    irina: Person, client: Client
) -> None:
    path = feed_create(person=irina, secret=SECRET, at=START)
    assert SECRET not in Feed.objects.get().digest
    assert client.get("/feeds/" + "x" * 43 + ".ics").status_code == 404
    (feed,) = feeds_of(irina)
    feed_revoke(feed=feed, at=START)
    assert client.get(path).status_code == 404
    second = feed_create(person=irina, secret="v" * 43, at=START)
    person_shut_out(person=irina, at=START)
    assert client.get(second).status_code == 404
