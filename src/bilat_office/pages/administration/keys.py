"""Whose keys sign in the register; new ones, replaced ones, lost ones.

What a key signs is a change as any other: the other side countersigns it. Where the side's drafts
have stops before its key, a change of keys is a draft too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from secrets import token_bytes
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bilat.language import Message, say
from bilat.register.keyring import Held
from bilat.register.kinds import Key
from bilat.register.orders import Actor, New
from bilat.register.outcome import Refused
from bilat_office.api.signing import TRIES, WITHIN
from bilat_office.api.throttle import check_tries, count_try
from bilat_office.pages.administration.frame import (
    FormWrong,
    crumbs,
    ordered,
    typed,
)
from bilat_office.pages.administration.keys_shown import (
    SHORTEST,
    held_of,
    kept_of,
    key_page,
    new_page,
    own_sides,
    row_of,
)
from bilat_office.pages.signing import both_actors, own_actor
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.people.services.routes import routes_of
from bilat_office.records.refusals import NotSeen
from bilat_office.records.services.changes import change_enter_alone, change_propose
from bilat_office.records.services.drafts import draft_create
from bilat_office.records.services.keys import (
    entrance,
    key_create,
    key_relock,
    key_unlock,
    recover,
    revocation,
    rotation,
)
from bilat_office.records.services.sittings import sittings_close


@require_safe
@page
def side_keys(request: HttpRequest) -> HttpResponse:
    """Every key that the register has held, and which of the own side are kept here."""
    visit = visit_of(request)
    with visit.desk() as desk:
        every, place = desk.keys(), desk.place
        confirmed = {side: desk.confirmed(side) for side in desk.sides}
    kept = kept_of(visit)
    entered = {held.key.id for held in every}
    context = {
        "rows": [row_of(visit, held, kept) for held in every],
        "waiting": [key for id_, key in kept.items() if id_ not in entered],
        "confirmed": [
            (visit.office.side_name(side), upto, upto == place) for side, upto in confirmed.items()
        ],
        "place": place,
        "depositary": visit.office.side_name(visit.office.depositary),
        "breadcrumbs": crumbs(),
    }
    return render(request, "administration/keys.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def key_new(request: HttpRequest) -> HttpResponse:
    """A further key of the own side, or one of a recovery officer."""
    visit = visit_of(request)
    demand(visit.viewer, "keys")
    if request.method != "POST":
        return new_page(visit, None)

    def order() -> tuple[Message, str]:
        role: Literal["side", "officer"] = (
            "officer" if typed(visit, "role") == "officer" else "side"
        )
        holder = typed(visit, "holder", 200)
        if not holder:
            raise FormWrong("holder", say("Write who keeps it."))
        return _filed(visit, lambda: entrance(new=_made(visit, holder, role)))

    return ordered(visit, order, lambda wrong: new_page(visit, wrong))


@require_safe
@page
def side_key(request: HttpRequest, record_id: str) -> HttpResponse:
    """One key, and what may be done about it."""
    return key_page(visit_of(request), record_id, None)


@require_POST
@page
def key_rotated(request: HttpRequest, record_id: str) -> HttpResponse:
    """A new key in place of this one."""

    def order(visit: Visit, held: Held) -> tuple[Message, str]:
        return _filed(
            visit, lambda: rotation(old=record_id, new=_made(visit, held.key.holder, "side"))
        )

    return _ordered(request, record_id, order)


@require_POST
@page
def key_revoked(request: HttpRequest, record_id: str) -> HttpResponse:
    """For good."""
    return _ordered(
        request, record_id, lambda visit, _held: _filed(visit, lambda: revocation(key=record_id))
    )


@require_POST
@page
def key_recovered(request: HttpRequest, record_id: str) -> HttpResponse:
    """With this officer's key: a new key of the side in place of all that it has in force."""

    def order(visit: Visit, held: Held) -> tuple[Message, str]:
        reason = _reason(visit)
        with _counted(record_id):
            signer = key_unlock(key=record_id, passphrase=visit.request.POST.get("passphrase", ""))
        new = _made(visit, typed(visit, "holder", 200) or held.key.holder, "side")
        change = recover(
            lost=visit.office.signing[visit.side], new=new, reason=reason,
            by=Actor(visit.person.handle, signer), at=visit.at,
        )  # fmt: skip
        done = say("Proposed. The other side’s officer, or its secretary, has to countersign.")
        return done, reverse("change", args=[change])

    return _ordered(request, record_id, order)


@require_POST
@page
def key_relocked(request: HttpRequest, record_id: str) -> HttpResponse:
    """Another passphrase."""

    def order(visit: Visit, _held: Held) -> tuple[Message, str]:
        fresh = _fresh(visit)
        with _counted(record_id):
            key_relock(
                key=record_id, passphrase=visit.request.POST.get("passphrase", ""), fresh=fresh
            )
        done = say("The key is locked by the new passphrase. Nobody can open it by the old one.")
        return done, reverse("side_key", args=[record_id])

    return _ordered(request, record_id, order)


@require_POST
@page
def key_shut(request: HttpRequest, record_id: str) -> HttpResponse:
    """Closed in every browser and program that has it open."""

    def order(_visit: Visit, _held: Held) -> tuple[Message, str]:
        sittings_close(key=record_id)
        return say("The key is closed everywhere."), reverse("side_key", args=[record_id])

    return _ordered(request, record_id, order)


def _ordered(
    request: HttpRequest, key: str, order: Callable[[Visit, Held], tuple[Message, str]]
) -> HttpResponse:
    visit = visit_of(request)
    demand(visit.viewer, "keys")
    held = held_of(visit, key)
    if held.key.side not in own_sides(visit):
        raise NotSeen("keys", key)
    return ordered(visit, lambda: order(visit, held), lambda wrong: key_page(visit, key, wrong))


def _filed(visit: Visit, items: Callable[[], list[New]]) -> tuple[Message, str]:
    """A draft where the side's stops come first, else a proposal; solo, an entry.

    items: made when the key is known to be at hand, so that no new key is left over.
    """
    reason = _reason(visit)
    if routes_of(visit.side).of(["keys"]).steps:
        number = draft_create(new=items(), reason=reason, by=visit.by, at=visit.at)
        done = (
            say("Saved as a draft: your side’s stops come first."),
            reverse("draft", args=[number]),
        )
    elif visit.office.solo:
        actors = both_actors(visit, "keys")
        change = change_enter_alone(new=items(), reason=reason, by=actors, at=visit.at)
        done = say("Entered with both keys."), reverse("change", args=[change])
    else:
        actor = own_actor(visit, "keys")
        change = change_propose(new=items(), reason=reason, by=actor, at=visit.at)
        done = say("Proposed. The other side has to countersign."), reverse("change", args=[change])
    return done


def _made(visit: Visit, holder: str, role: Literal["side", "officer"]) -> Key:
    return key_create(
        side=visit.side, holder=holder, passphrase=_fresh(visit), seed=token_bytes(32),
        at=visit.at, role=role,
    )  # fmt: skip


def _fresh(visit: Visit) -> str:
    """Raises FormWrong for a new passphrase that is short, or not the same twice."""
    fresh = visit.request.POST.get("fresh", "")
    if len(fresh) < SHORTEST:
        raise FormWrong(
            "fresh", say("A passphrase has at least {n} characters: take some words.", n=SHORTEST)
        )
    if fresh != visit.request.POST.get("again", ""):
        raise FormWrong("again", say("The two are not the same. Write it once more."))
    return fresh


def _reason(visit: Visit) -> str:
    reason = typed(visit, "reason", 5000)
    if not reason:
        raise FormWrong("reason", say("Write why: both sides read the reason."))
    return reason


@contextmanager
def _counted(key: str) -> Iterator[None]:
    """Five wrong passphrases lock a key for a quarter of an hour, wherever they are tried."""
    check_tries(f"passphrase:{key}", TRIES, WITHIN)
    try:
        yield
    except Refused as refusal:
        if refusal.code == "passphrase":
            count_try(f"passphrase:{key}", WITHIN)
        raise
