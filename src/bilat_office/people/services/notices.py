"""What a person has seen of what waits for them; nobody else reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bilat_office.people.models import NoticeSeen, Person


def notices_see(*, person: Person, keys: Iterable[str], at: datetime) -> None:
    """Mark as seen; twice does no harm."""
    fresh = [NoticeSeen(person=person, key=key, at=at) for key in dict.fromkeys(keys)]
    NoticeSeen.objects.bulk_create(fresh, ignore_conflicts=True)


def notice_unsee(*, person: Person, key: str) -> None:
    """It counts as new again."""
    NoticeSeen.objects.filter(person=person, key=key).delete()


def notices_seen(person: Person) -> frozenset[str]:
    return frozenset(NoticeSeen.objects.filter(person=person).values_list("key", flat=True))
