"""A side's key in the hand of a program: opened by its passphrase, then named by a ticket.

The ticket is in the answer alone. It goes in the header X-Bilat-Ticket of whatever signs; solo, two
tickets with a comma between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from secrets import token_bytes

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from bilat.register.canonical import stamp
from bilat.register.orders import Actor
from bilat.register.outcome import Refused
from bilat_office.api.asking import Asking, asking
from bilat_office.api.throttle import check_tries, count_try
from bilat_office.records.refusals import NotOpen, OfficeRefused
from bilat_office.records.services.keys import keys_kept
from bilat_office.records.services.sittings import sitting_close, sitting_open, sitting_signer

router = Router(tags=["keys"])
HEADER = "X-Bilat-Ticket"
TRIES, WITHIN = 5, 15 * 60
"""Wrong passphrases of one key, and in how many seconds."""


class KeyShown(Schema):
    """A key of the own side that is kept at this office; its public half."""

    id: str
    side: str
    role: str
    holder: str
    revoked: bool


class Opening(Schema):
    """Which key, and what opens it."""

    key: str = Field(max_length=80)
    passphrase: str = Field(max_length=1000)
    minutes: int = Field(15, ge=1, le=60)


class Sitting(Schema):
    """An open key. The ticket is not shown again."""

    ticket: str
    until: str


@router.get("/keys-kept", response=list[KeyShown], summary="Keys that can be opened here")
def kept(request: HttpRequest) -> list[KeyShown]:
    """Those of the own side; solo, of both."""
    asks = asking(request)
    asks.demand("sign")
    return [
        KeyShown(id=key.id, side=key.side, role=key.role, holder=key.holder, revoked=key.revoked)
        for side in _sides(asks)
        for key in keys_kept(side=side)
    ]


@router.post("/sittings", response={201: Sitting}, summary="Open a key for some minutes")
def open_key(request: HttpRequest, opening: Opening) -> Status[Sitting]:
    """Five wrong passphrases lock a key for a quarter of an hour."""
    asks = asking(request)
    asks.demand("sign")
    if opening.key not in {key.id for side in _sides(asks) for key in keys_kept(side=side)}:
        raise Refused("no_key", side=asks.side)
    check_tries(f"passphrase:{opening.key}", TRIES, WITHIN)
    try:
        ticket = sitting_open(
            key=opening.key,
            passphrase=opening.passphrase,
            secret=token_bytes(32),
            at=asks.at,
            minutes=opening.minutes,
        )
    except Refused:
        count_try(f"passphrase:{opening.key}", WITHIN)
        raise
    until = stamp(asks.at + timedelta(minutes=opening.minutes))
    return Status(201, Sitting(ticket=ticket, until=until))


@router.delete("/sittings", response={204: None}, summary="Close the key at once")
def close_key(request: HttpRequest) -> Status[None]:
    """Of the tickets in the header. Closing what is closed does nothing."""
    asking(request).demand("sign")
    for ticket in _tickets(request):
        sitting_close(ticket=ticket)
    return Status(204, None)


def actor(asks: Asking) -> Actor:
    """The person with their side's open key. Raises NotOpen, NotPermitted, ScopeMissing."""
    found = [item for item in _actors(asks) if item.signer.side == asks.side]
    if not found:
        raise NotOpen
    return found[0]


def both_actors(asks: Asking) -> Sequence[Actor]:
    """Solo: with the keys of both sides, the own one first."""
    found = {item.signer.side: item for item in _actors(asks)}
    if len(found) != len(_sides(asks)):
        raise NotOpen
    return sorted(found.values(), key=lambda item: item.signer.side != asks.side)


def _actors(asks: Asking) -> list[Actor]:
    asks.demand("sign")
    person = asks.person
    allowed = _sides(asks)
    signers = [sitting_signer(ticket=item, at=asks.at) for item in _tickets(asks.request)]
    return [
        Actor(person.handle, signer, person.body or None)
        for signer in signers
        if signer.side in allowed
    ]


def _tickets(request: HttpRequest) -> list[str]:
    header = request.headers.get(HEADER, "")
    found = [ticket.strip() for ticket in header.split(",") if ticket.strip()]
    if len(found) > 2 or not header.isascii():
        raise OfficeRefused("not_open", NotOpen().message)
    return found


def _sides(asks: Asking) -> tuple[str, ...]:
    """Whose keys a person may open: their own side's; where one office holds both, both."""
    with asks.door().desk() as desk:
        return tuple(desk.sides) if desk.mode == "solo" else (asks.side,)
