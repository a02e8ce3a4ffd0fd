"""Calendars under a secret address: made, found, revoked."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from bilat.language import say
from bilat_office.jobs.models import Feed, usual_reminders
from bilat_office.jobs.refusals import JobRefused
from bilat_office.people.doorway import viewer_of
from bilat_office.people.models import Person
from bilat_office.records.door import Door
from bilat_office.records.refusals import NotSeen

REMINDERS = (1, 3, 7, 14, 30)
"""Days before, from which people choose."""


def feed_create(
    *,
    person: Person,
    secret: str,
    at: datetime,
    body: str = "",
    reminders: Collection[int] | None = None,
) -> str:
    """The path of a new calendar; it is shown once. body: of one body alone.

    secret: of ``secrets.token_urlsafe(32)``. reminders: of `REMINDERS`; None for the usual ones.
    Raises JobRefused for a body that is not seen, or for somebody who is of neither side.
    """
    viewer = viewer_of(person)
    if viewer.is_public:
        raise JobRefused("person", say("Only people of the programme have calendars."))
    if body:
        try:
            Door(viewer).get("bodies", body)
        except NotSeen as refusal:
            raise JobRefused("body", refusal.message) from None
    days = usual_reminders() if reminders is None else _days(reminders)
    Feed.objects.create(
        person=person, body=body, digest=_digest(secret), reminders=days, created_at=at
    )
    return f"/feeds/{secret}.ics"


def feeds_of(person: Person) -> QuerySet[Feed]:
    """Those that still answer, the latest first."""
    return Feed.objects.filter(person=person, revoked_at=None).order_by("-pk")


def feed_found(secret: str) -> Feed | None:
    """None for one that is unknown, revoked, or of somebody who was shut out."""
    found = Feed.objects.filter(digest=_digest(secret), revoked_at=None)
    return found.filter(person__is_active=True).select_related("person").first()


def feed_remind(*, feed: Feed, reminders: Collection[int]) -> None:
    """Under the same address, from the next time that it is asked for."""
    Feed.objects.filter(pk=feed.pk).update(reminders=_days(reminders))


def feed_revoke(*, feed: Feed, at: datetime) -> None:
    """At once, and for good."""
    Feed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=at)


def _days(reminders: Collection[int]) -> list[int]:
    return [days for days in REMINDERS if days in reminders]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
