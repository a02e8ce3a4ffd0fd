"""A request that comes twice under one idempotency key is done once, and answered alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from bilat.language import say
from bilat_office.api.models import Answered
from bilat_office.people.models import Person
from bilat_office.records.refusals import OfficeRefused

KEPT = timedelta(days=1)
LONGEST = 200
"""Characters of a key."""
Done = tuple[int, str]
"""HTTP status and body of an answer."""


def once(*, person: Person, key: str, digest: str, at: datetime, work: Callable[[], Done]) -> Done:
    """What ``work`` answers, or has answered before to the same request under this key.

    Raises OfficeRefused: ``other_request`` for another request under the key, ``under_way`` while
    the first has not been answered (or was cut off, so that nobody knows); and what ``work``
    raises, after which the key is free again.
    """
    if not 1 <= len(key) <= LONGEST:
        raise OfficeRefused(
            "key_length", say("An idempotency key has 1 to {most} characters.", most=LONGEST)
        )
    Answered.objects.filter(at__lt=at - KEPT).delete()
    if not _reserved(person, key, digest, at):
        return _before(Answered.objects.filter(person=person, key=key).first(), digest)
    mine = Answered.objects.filter(person=person, key=key)
    try:
        status, body = work()
    except BaseException:
        mine.delete()
        raise
    mine.update(status=status, body=body)
    return status, body


def _reserved(person: Person, key: str, digest: str, at: datetime) -> bool:
    try:
        with transaction.atomic():
            Answered.objects.create(person=person, key=key, digest=digest, at=at)
    except IntegrityError:
        return False
    return True


def _before(stored: Answered | None, digest: str) -> Done:
    """None: the first has just failed, and whoever sent it is told so."""
    if stored is not None and stored.digest != digest:
        raise OfficeRefused(
            "other_request",
            say("Another request has come under this idempotency key. Take a fresh key."),
        )
    if stored is None or not stored.status:
        raise OfficeRefused(
            "under_way",
            say("The same request is being answered. Look at what was done before you try again."),
        )
    return stored.status, stored.body
