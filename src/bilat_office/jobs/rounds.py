"""What comes by itself, and when. Each round is asked for once in its slot, by whichever worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from django.conf import settings
from django.db import IntegrityError, transaction

from bilat_office.jobs.models import CANCELLED, DONE, FAILED, Job, Round
from bilat_office.records.services.sittings import sittings_end

EXCHANGE_MINUTES = 15
KEPT = timedelta(days=60)
"""Ended rounds and their slots are forgotten after this; what people asked for stays."""


def _daily(at: datetime) -> str | None:
    """From the morning on; a server that was off then catches up later in the day."""
    return at.strftime("%Y-%m-%d") if at.hour >= settings.OFFICE_LETTERS_HOUR else None


def _weekly(at: datetime) -> str | None:
    """On Monday morning, or when the server is on again in that week."""
    year, week, day = at.isocalendar()
    early = day == 1 and at.hour < settings.OFFICE_LETTERS_HOUR
    return None if early else f"{year}-W{week:02}"


def _exchange(at: datetime) -> str | None:
    if not settings.OFFICE_PEER:
        return None
    minute = at.minute - at.minute % EXCHANGE_MINUTES
    return at.strftime(f"%Y-%m-%dT%H:{minute:02}")


SLOTS: Mapping[str, Callable[[datetime], str | None]] = MappingProxyType(
    {"reminders": _daily, "digest": _weekly, "exchange_round": _exchange}
)
"""Kind of job → the slot that a moment lies in; None: not now. Hours are those of UTC."""


def rounds_ask(*, at: datetime) -> list[str]:
    """Ask for every round whose slot has begun; which ones."""
    asked = [kind for kind, slot_of in SLOTS.items() if _asked(kind, slot_of(at), at)]
    if asked:
        _tidy(at)
    return asked


def _asked(kind: str, slot: str | None, at: datetime) -> bool:
    """The slot and its job come into being together."""
    if slot is None or Round.objects.filter(name=kind, slot=slot).exists():
        return False
    try:
        with transaction.atomic():
            Round.objects.create(name=kind, slot=slot)
            Job.objects.create(kind=kind, not_before=at, asked_at=at)
    except IntegrityError:  # another worker was first
        return False
    return True


def _tidy(at: datetime) -> None:
    sittings_end(at=at)
    ended = Job.objects.filter(person=None, state__in=(DONE, FAILED, CANCELLED))
    ended.filter(ended_at__lt=at - KEPT).delete()
    old = Round.objects.order_by("-pk").values_list("pk", flat=True)[10_000:10_001]
    for last in old:
        Round.objects.filter(pk__lte=last).delete()
