"""A sheet that was looked at waits until its reader decides: an hour, for that person alone."""

from __future__ import annotations

from secrets import token_urlsafe

from django.core.cache import cache

from bilat.language import say
from bilat_office.pages.sheets.planning import Plan
from bilat_office.pages.visit import Visit
from bilat_office.records.refusals import OfficeRefused

KEPT_FOR = 3600
"""Seconds."""


def kept(visit: Visit, plan: Plan) -> str:
    """By which word it is found again."""
    word = token_urlsafe(18)
    cache.set(_key(visit, word), plan, timeout=KEPT_FOR)
    return word


def found(visit: Visit, word: str) -> Plan:
    """Raises OfficeRefused where it has waited too long, or is somebody else's."""
    plan = cache.get(_key(visit, word))
    if not isinstance(plan, Plan):
        raise OfficeRefused(
            "sheet_gone", say("The sheet is no longer at hand. Choose the file again.")
        )
    return plan


def forget(visit: Visit, word: str) -> None:
    cache.delete(_key(visit, word))


def _key(visit: Visit, word: str) -> str:
    return f"pages:sheet:{visit.person.pk}:{visit.side}:{word}"
