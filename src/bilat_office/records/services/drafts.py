"""A side's own way to its key: a draft is written, passes its stops, and is signed.

Who may do what is `bilat.register.route`; routes and staff are arguments, since people are kept
elsewhere. Drafts are seen by their own side alone. To edit one takes back what it has passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from bilat.language import say
from bilat.register import orders, route
from bilat.register.canonical import canonical, digest, stamp
from bilat.register.kinds import read_content
from bilat.register.orders import Actor, New
from bilat.register.outcome import Refused
from bilat.register.route import NotAllowed, Person, Routes, Staff
from bilat_office.records.drafting import as_route, items_of
from bilat_office.records.keeper import KEEPER
from bilat_office.records.models import Draft
from bilat_office.records.refusals import NotSeen, OfficeRefused
from bilat_office.records.services.private import check_side
from bilat_office.records.vendor import EVERYTHING, reading_as


def draft_create(
    *, new: Sequence[New], reason: str, by: Person, at: datetime, answers: str | None = None
) -> int:
    """Write down what a side may propose later. Gives its number. Raises Refused: not valid."""
    items = _items(new)
    with KEEPER.reading() as node:
        check_side(node, by)
    with transaction.atomic(), reading_as(EVERYTHING):
        stored = Draft.objects.create(
            side=by.side,
            author=by.id,
            reason=reason,
            items=items,
            answers=answers or "",
            text=_text(items, reason, answers or ""),
            time=stamp(at),
        )
    return stored.pk


def draft_edit(*, draft: int, new: Sequence[New], reason: str, by: Person, at: datetime) -> None:
    """Another text: the stops that it has passed were those of another draft."""
    items = _items(new)
    with transaction.atomic(), reading_as(EVERYTHING):
        stored = _open(draft, by.side)
        edited = as_route(stored).edited(_text(items, reason, stored.answers), by.id)
        stored.items, stored.reason, stored.time = items, reason, stamp(at)
        _store(stored, edited)


def draft_pass(*, draft: int, by: Person, routes: Routes, staff: Staff, on: date) -> None:
    """One stop further. Raises NotAllowed, naming who may; the last stop is `draft_sign`."""
    with transaction.atomic(), reading_as(EVERYTHING):
        stored = _open(draft, by.side)
        if route.ready_for_key(as_route(stored), routes):
            raise NotAllowed(say("Only the key is left: sign the draft."))
        _store(stored, route.pass_step(as_route(stored), by.id, routes, staff, on))


def draft_send_back(*, draft: int, by: Person, routes: Routes, staff: Staff, on: date) -> None:
    """Back to its author, by whoever could have passed it. Raises NotAllowed."""
    with transaction.atomic(), reading_as(EVERYTHING):
        stored = _open(draft, by.side)
        _store(stored, route.send_back(as_route(stored), by.id, routes, staff, on))


def draft_drop(*, draft: int, by: Person) -> None:
    """Give it up; it stays on record. By its author."""
    with transaction.atomic(), reading_as(EVERYTHING):
        stored = _open(draft, by.side)
        if stored.author != by.id:
            raise NotAllowed(say("Only its author, {author}, may drop it.", author=stored.author))
        stored.state = "dropped"
        stored.save()


def draft_sign(
    *, draft: int, by: Actor, person: Person, routes: Routes, staff: Staff, at: datetime
) -> str:
    """The last stop: the side's key signs, and the draft becomes a change. Gives the change's id.

    Raises NotAllowed, and Refused as `change_propose` does; then the draft is as it was.
    """
    if by.signer.side != person.side:
        raise Refused("wrong_side", side=by.signer.side)
    with KEEPER.writing() as node:
        stored = _open(draft, person.side)
        before = as_route(stored)
        if not route.ready_for_key(before, routes):
            step = route.next_step(before, routes)
            raise NotAllowed(
                say("The draft has not passed “{step}” yet.", step=step.name if step else "")
            )
        passed = route.pass_step(before, person.id, routes, staff, at.date())
        answers = stored.answers or None
        message = orders.propose(node, items_of(stored), stored.reason, by, at, answers=answers)
        stored.state, stored.change = "signed", message.id
        _store(stored, passed)
    change: str = message.id
    return change


def _items(new: Sequence[New]) -> str:
    """Canonical JSON of what is proposed. Raises Refused for a text that could never be."""
    if not new:
        raise Refused("nothing")
    for name, content in new:
        if content is not None:
            read_content(*name, content)
    items: list[Any] = [
        {"section": name[0], "id": name[1], "content": content} for name, content in new
    ]
    return canonical(items).decode()


def _text(items: str, reason: str, answers: str) -> str:
    return digest(canonical([items, reason, answers]))


def _open(draft: int, side: str) -> Draft:
    stored = Draft.objects.select_for_update().filter(pk=draft, side=side).first()
    if stored is None:
        raise NotSeen("drafts", str(draft))
    if stored.state != "open":
        raise OfficeRefused(
            "draft_closed", say("This draft is {state} already.", state=stored.state)
        )
    return stored


def _store(stored: Draft, draft: route.Draft) -> None:
    stored.author, stored.text = draft.author, draft.text
    stored.passed = [{**asdict(item), "on": item.on.isoformat()} for item in draft.passed]
    stored.save()
