"""What a side's key signs: proposals, answers, entries, checkpoints. Each needs a ticket.

A proposal may bear an Idempotency-Key; one of a single record may bear If-Match.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Schema, Status
from pydantic import Field

from bilat_office.api.asking import Asking, asking
from bilat_office.api.changes import router
from bilat_office.api.proposals import Item, Proposal, Reason, bases_of, check_if_match, new_of
from bilat_office.api.repeating import answered_once
from bilat_office.api.services.proposing import change_enter_on, change_propose_on
from bilat_office.api.shapes import Document
from bilat_office.api.signing import actor, both_actors
from bilat_office.api.versions import version_listed
from bilat_office.records.refusals import NotSeen
from bilat_office.records.services.changes import (
    change_countersign,
    change_reject,
    change_withdraw,
    checkpoint,
    seal,
)

ChangeId = Annotated[str, Path(description="Id of a change.")]
_MAY_REPEAT: Mapping[str, Any] = {
    "parameters": [
        {
            "name": "X-Bilat-Ticket",
            "in": "header",
            "schema": {"type": "string"},
            "description": "Of an open key: see `/sittings`.",
        },
        {
            "name": "Idempotency-Key",
            "in": "header",
            "schema": {"type": "string", "maxLength": 200},
            "description": "The same key and request get the same answer, and are done once.",
        },
        {
            "name": "If-Match",
            "in": "header",
            "schema": {"type": "string"},
            "description": "Version of the one record that is proposed.",
        },
    ]
}
_SIGNED: Mapping[str, Any] = {"parameters": _MAY_REPEAT["parameters"][:1]}


class Told(Schema):
    """A change, and where it stands now."""

    id: str
    status: str


class MaybeReason(Schema):
    reason: str | None = Field(None, max_length=5000)


class Entered(Schema):
    """Ids of the changes that were entered."""

    entered: list[str]


class Confirmed(Schema):
    """The entry up to which the chain is confirmed."""

    place: int


@router.post(
    "/changes",
    response={201: Told},
    summary="Propose a change of one record or of many",
    openapi_extra=dict(_MAY_REPEAT),
)
def propose(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """All of it is proposed, or nothing; each record on the version that it names as `base`."""
    return _proposed(request, proposal, None)


@router.post(
    "/changes/{change}/counter",
    response={201: Told},
    summary="Propose another text instead",
    openapi_extra=dict(_MAY_REPEAT),
)
def counter(request: HttpRequest, change: ChangeId, proposal: Proposal) -> HttpResponse:
    """Instead of the other side's change, which is closed by that."""
    return _proposed(request, proposal, change)


def _proposed(request: HttpRequest, proposal: Proposal, answers: str | None) -> HttpResponse:
    asks = asking(request)
    by = actor(asks)

    def work() -> Document:
        check_if_match(request, _standing(asks, proposal.items))
        change = change_propose_on(
            new=new_of(proposal.items),
            bases=bases_of(proposal.items),
            reason=proposal.reason,
            by=by,
            at=asks.at,
            answers=answers,
        )
        return _told(asks, change)

    return answered_once(request, work)


def _standing(asks: Asking, items: Sequence[Item]) -> list[str | None]:
    """Versions that stand, for If-Match; it is about one record, so that of more none is read."""
    if len(items) != 1 or asks.request.headers.get("If-Match") is None:
        return [None] * len(items)
    try:
        return [version_listed(asks.door().get(items[0].section, items[0].id))]
    except NotSeen:
        return [None]


@router.post(
    "/entries/alone",
    response={201: Told},
    summary="Solo: propose, countersign and enter at once",
    openapi_extra=dict(_MAY_REPEAT),
)
def enter_alone(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """With the tickets of both sides' keys, where one office holds both."""
    asks = asking(request)
    by = both_actors(asks)

    def work() -> Document:
        check_if_match(request, _standing(asks, proposal.items))
        change = change_enter_on(
            new=new_of(proposal.items),
            bases=bases_of(proposal.items),
            reason=proposal.reason,
            by=by,
            at=asks.at,
        )
        return _told(asks, change)

    return answered_once(request, work)


@router.post(
    "/changes/{change}/countersign",
    response=Told,
    summary="Agree to exactly this text",
    openapi_extra=dict(_SIGNED),
)
def countersign(request: HttpRequest, change: ChangeId) -> Document:
    """It is entered at once where this side is the depositary."""
    asks = asking(request)
    change_countersign(change=change, by=actor(asks), at=asks.at)
    return _told(asks, change)


@router.post(
    "/changes/{change}/reject",
    response=Told,
    summary="Refuse it, with a reason",
    openapi_extra=dict(_SIGNED),
)
def reject(request: HttpRequest, change: ChangeId, why: Reason) -> Document:
    """A change of the other side."""
    asks = asking(request)
    change_reject(change=change, reason=why.reason, by=actor(asks), at=asks.at)
    return _told(asks, change)


@router.post(
    "/changes/{change}/withdraw",
    response=Told,
    summary="Take the own change back",
    openapi_extra=dict(_SIGNED),
)
def withdraw(request: HttpRequest, change: ChangeId, why: MaybeReason) -> Document:
    """Before the other side has answered it."""
    asks = asking(request)
    change_withdraw(change=change, reason=why.reason, by=actor(asks), at=asks.at)
    return _told(asks, change)


@router.post(
    "/entries",
    response=Entered,
    summary="As depositary, enter what both have signed",
    openapi_extra=dict(_SIGNED),
)
def seal_all(request: HttpRequest) -> Entered:
    """In the order of the countersignatures; what no longer fits stays out."""
    asks = asking(request)
    return Entered(entered=seal(by=actor(asks), at=asks.at))


@router.post(
    "/checkpoints",
    response={201: Confirmed},
    summary="Confirm the chain as it stands",
    openapi_extra=dict(_SIGNED),
)
def confirm(request: HttpRequest) -> Status[Confirmed]:
    """From then on this side cannot show another history."""
    asks = asking(request)
    return Status(201, Confirmed(place=checkpoint(by=actor(asks), at=asks.at)))


def _told(asks: Asking, change: str) -> Document:
    with asks.door().desk() as desk:
        return {"id": change, "status": desk.get(change).status}
