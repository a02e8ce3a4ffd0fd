"""A side's key in the hand of a person at a page: its passphrase, or a key that is open.

An open key's ticket is in a cookie of the browser alone, for as long as it is open; a page that
signs asks for nothing then. Five wrong passphrases lock a key for a quarter of an hour, whether
tried here or through the API.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_bytes
from typing import Any

from django.http import HttpResponseBase

from bilat.language import say
from bilat.register.keys import Signer
from bilat.register.orders import Actor
from bilat.register.outcome import Refused
from bilat_office.api.signing import TRIES, WITHIN
from bilat_office.api.throttle import check_tries, count_try
from bilat_office.pages.visit import TICKET_MINUTES, Visit
from bilat_office.people.permissions import Action, demand
from bilat_office.records.refusals import NotOpen, OfficeRefused
from bilat_office.records.services.keys import key_unlock, keys_kept
from bilat_office.records.services.sittings import sitting_close, sitting_open, sitting_signer


@dataclass(frozen=True)
class KeyAsked:
    """A key that a form needs: whose, and whether its passphrase has to be given."""

    side: str
    name: Any
    is_open: bool


def keys_asked(visit: Visit, *, both: bool) -> list[KeyAsked]:
    """Of the own side; ``both``: of each side, where one office holds the keys."""
    return [
        KeyAsked(side, visit.office.side_name(side), _open_signer(visit, side) is not None)
        for side in _sides(visit, both=both)
    ]


def own_actor(visit: Visit, action: Action = "sign") -> Actor:
    """The person with their side's key. Raises Refused, NotPermitted, NotOpen, TooMany.

    action: what the person's role must allow; who manages keys may not use them for records.
    """
    demand(visit.viewer, action)
    return _actor(visit, visit.side, _given(visit, visit.side))


def both_actors(visit: Visit, action: Action = "sign") -> Sequence[Actor]:
    """Solo: with both keys, the own side's first. One passphrase serves for both when alike."""
    demand(visit.viewer, action)
    sides = _sides(visit, both=True)
    first = _given(visit, sides[0])
    return [_actor(visit, side, _given(visit, side) or first) for side in sides]


def keys_close(visit: Visit, answer: HttpResponseBase) -> None:
    """At once, of every side."""
    for name, ticket in visit.request.COOKIES.items():
        if name.startswith(visit.ticket_cookie("")):
            with suppress(NotOpen):  # what was no ticket opens nothing
                sitting_close(ticket=ticket)
            answer.delete_cookie(name, samesite="Strict")


def _sides(visit: Visit, *, both: bool) -> list[str]:
    if not both:
        return [visit.side]
    return sorted(visit.office.sides, key=lambda side: side != visit.side)


def _given(visit: Visit, side: str) -> str:
    return visit.request.POST.get(f"passphrase_{side}", "")


def _actor(visit: Visit, side: str, passphrase: str) -> Actor:
    signer = _unlocked(visit, side, passphrase) if passphrase else _open_signer(visit, side)
    if signer is None:
        name = visit.office.side_name(side)
        raise OfficeRefused(
            "passphrase_missing", say("Give the passphrase of the key of {side}.", side=name)
        )
    return Actor(visit.person.handle, signer, visit.person.body or None)


def _unlocked(visit: Visit, side: str, passphrase: str) -> Signer:
    key = _key_of(visit, side)
    check_tries(f"passphrase:{key}", TRIES, WITHIN)
    try:
        if visit.request.POST.get("keep_open"):
            ticket = sitting_open(
                key=key,
                passphrase=passphrase,
                secret=token_bytes(32),
                at=visit.at,
                minutes=TICKET_MINUTES,
            )
            visit.tickets[side] = ticket
            return sitting_signer(ticket=ticket, at=visit.at)
        return key_unlock(key=key, passphrase=passphrase)
    except Refused:
        count_try(f"passphrase:{key}", WITHIN)
        raise


def _key_of(visit: Visit, side: str) -> str:
    """The side's newest key that is kept here and in force. Raises OfficeRefused."""
    in_force = set(visit.office.signing[side])
    kept = [key.id for key in keys_kept(side=side) if key.id in in_force]
    if not kept:
        raise OfficeRefused(
            "no_key",
            say(
                "No key of {side} that is in force is kept here.",
                side=visit.office.side_name(side),
            ),
        )
    return kept[-1]


def _open_signer(visit: Visit, side: str) -> Signer | None:
    """The signer of a key that this browser has opened; None when its time is over."""
    ticket = visit.request.COOKIES.get(visit.ticket_cookie(side))
    if ticket is None or not ticket.isascii():
        return None
    try:
        signer = sitting_signer(ticket=ticket, at=visit.at)
    except NotOpen:
        return None
    return (
        signer if signer.side == side and signer.record.id in visit.office.signing[side] else None
    )
