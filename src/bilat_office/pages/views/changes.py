"""Changes: what the other side proposes, and this side's answer with its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bilat.errors import BilatError
from bilat.language import Message, say, say_many
from bilat.register.change import Item
from bilat.register.verify import Break
from bilat_office.pages.differing import records_shown
from bilat_office.pages.reckoning import called_by
from bilat_office.pages.refusing import status_of
from bilat_office.pages.sections import section_name
from bilat_office.pages.signing import keys_asked, own_actor
from bilat_office.pages.statuses import CHANGE, CHANGE_TONE, VERDICT
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.records.desk import Proposed
from bilat_office.records.inspecting import office_verify
from bilat_office.records.services.changes import (
    change_countersign,
    change_reject,
    change_withdraw,
    seal,
)

LATEST = 20
CRUMB = (say("Changes"), "/changes")


@require_safe
@page
def changes(request: HttpRequest) -> HttpResponse:
    """Everything that waits, for whom it waits, and what was entered last."""
    visit = visit_of(request)
    with visit.desk() as desk:
        every = sorted(desk.all(), key=lambda item: (item.change.time, item.id), reverse=True)
    under_way = [item for item in every if item.status in ("open", "countersigned", "ahead")]
    context = {
        "mine": [_row(visit, item) for item in visit.office.awaiting],
        "to_enter": [_row(visit, i) for i in under_way if i.status == "countersigned"],
        "theirs": [
            _row(visit, item)
            for item in under_way
            if item.status == "open" and (item.change.side == visit.side or not visit.of_a_side)
        ],
        "closed": [_row(visit, item) for item in every if item not in under_way],
        "drafts": visit.door.drafts() if visit.of_a_side else (),
        "latest": [
            (item, section_name(item.section))
            for item in visit.door.list(sort="changed", descending=True, size=LATEST).rows
        ],
    }
    return render(request, "pages/changes.html", context)


@require_safe
@page
def change(request: HttpRequest, change: str) -> HttpResponse:
    """One change, before and after, side by side; with what one may do about it."""
    return _shown(request, change, None, 200)


@require_POST
@page
def countersign(request: HttpRequest, change: str) -> HttpResponse:
    """Agree to exactly this text."""

    def order(visit: Visit) -> Message:
        status = change_countersign(change=change, by=own_actor(visit), at=visit.at)
        if status == "entered":
            return say("Countersigned and entered.")
        return say(
            "Countersigned. {side} enters it as depositary.",
            side=visit.office.side_name(visit.office.depositary),
        )

    return _ordered(request, change, order)


@require_POST
@page
def reject(request: HttpRequest, change: str) -> HttpResponse:
    """Refuse it, with a reason that the other side reads."""

    def order(visit: Visit) -> Message:
        reason = request.POST.get("reason", "").strip()
        change_reject(change=change, reason=_reason(reason), by=own_actor(visit), at=visit.at)
        return say("Rejected. The other side reads your reason.")

    return _ordered(request, change, order)


@require_POST
@page
def withdraw(request: HttpRequest, change: str) -> HttpResponse:
    """Take one's own proposal back."""

    def order(visit: Visit) -> Message:
        reason = request.POST.get("reason", "").strip() or None
        change_withdraw(change=change, reason=reason, by=own_actor(visit), at=visit.at)
        return say("Withdrawn.")

    return _ordered(request, change, order)


@require_POST
@page
def enter(request: HttpRequest, change: str) -> HttpResponse:
    """As depositary, enter everything that both sides have signed."""

    def order(visit: Visit) -> Message:
        entered = seal(by=own_actor(visit), at=visit.at)
        return say_many("{n} change entered.", "{n} changes entered.", n=len(entered))

    return _ordered(request, change, order)


@require_POST
@page
def verify(request: HttpRequest) -> HttpResponse:
    """Recompute every signature and the whole chain."""
    visit = visit_of(request)
    demand(visit.viewer, "audit")
    found, disagreeing = office_verify()
    context = {
        "broken": found.problem if isinstance(found, Break) else None,
        "whole": None if isinstance(found, Break) else found,
        "disagreeing": len(disagreeing),
        "breadcrumbs": [CRUMB],
    }
    return render(request, "pages/verified.html", context)


class ReasonMissing(BilatError):
    """The other side is owed a reason."""

    def __init__(self) -> None:
        super().__init__(say("Write the reason: the other side reads it."))


def _reason(text: str) -> str:
    if not text:
        raise ReasonMissing
    return text


def _ordered(request: HttpRequest, change: str, order: Callable[[Visit], Message]) -> HttpResponse:
    """Done, or the page again with what is wrong; nothing typed is lost but the passphrase."""
    visit = visit_of(request)
    try:
        done = order(visit)
    except BilatError as error:
        status = status_of(error)
        if status == 404:
            raise
        return _shown(request, change, error.message, status)
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(reverse("change", args=[change]))


def _shown(request: HttpRequest, change: str, wrong: Message | None, status: int) -> HttpResponse:
    visit = visit_of(request)
    with visit.desk() as desk:
        found = desk.get(change)
    theirs = found.change.side != visit.side
    may_sign = visit.may("sign")
    context = {
        **_row(visit, found),
        "answers": [_answer(visit, item) for item in found.answers],
        "records": records_shown(found.differences, visit.words, called_by(visit)),
        "items": [_item(visit, item) for item in found.change.items],
        "may_answer": may_sign and theirs and found.status == "open",
        "may_withdraw": may_sign and not theirs and found.status == "open",
        "may_enter": may_sign
        and found.status == "countersigned"
        and visit.office.depositary == visit.side,
        "may_counter": visit.may("draft") and theirs and found.status == "open",
        "keys": keys_asked(visit, both=False) if may_sign else [],
        "wrong": wrong,
        "reason_typed": request.POST.get("reason", ""),
        "breadcrumbs": [CRUMB],
    }
    return render(request, "pages/change.html", context, status=status)


def _item(visit: Visit, item: Item) -> dict[str, Any]:
    """A record of the change; one that it deletes goes by its id."""
    content = item.content or {}
    return {
        "section": item.section,
        "id": item.id,
        "kind": section_name(item.section),
        "title": content.get("title") or content.get("name") or item.id,
        "stays": item.content is not None,
    }


def _row(visit: Visit, item: Proposed) -> dict[str, Any]:
    return {
        "id": item.id,
        "reason": item.change.reason,
        "person": item.change.person,
        "side": visit.office.side_name(item.change.side),
        "time": item.change.time,
        "count": len(item.change.items),
        "counter_of": item.change.answers,
        "status": CHANGE[item.status],
        "tone": CHANGE_TONE.get(item.status, "quiet"),
        "is_entered": item.status == "entered",
    }


def _answer(visit: Visit, answer: Any) -> dict[str, Any]:
    return {
        "side": visit.office.side_name(answer.side),
        "person": answer.person,
        "verdict": VERDICT[answer.verdict],
        "reason": answer.reason,
        "time": answer.time,
    }
