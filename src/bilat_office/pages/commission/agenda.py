"""The agenda of a session: its points in order, and those that the record proposes for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bilat.brief.agenda import as_text
from bilat.brief.facts.decision import DecisionFact
from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.register.canonical import digest
from bilat_office.api.versions import version_listed
from bilat_office.pages.commission.facts import session_record
from bilat_office.pages.commission.saving import checked, demand_of, filing_context, saved
from bilat_office.pages.commission.session import waiting
from bilat_office.pages.commission.typed import (
    Box,
    Typed,
    boxes_of,
    count_typed,
    one_line,
    text_typed,
)
from bilat_office.pages.commission.views import CRUMB
from bilat_office.pages.plans.raising import plan_raised
from bilat_office.pages.reckoning import saw_private
from bilat_office.pages.refusing import status_of
from bilat_office.pages.sides.raising import raised
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.listing import Listed
from bilat_office.records.viewer import JOINT

SPARE, MOST = 2, 100
"""Empty rows below the points; most points of one agenda."""


@dataclass(frozen=True)
class Point:
    """One row of the form."""

    number: int
    place: str
    boxes: list[Box]
    wrong: Message | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@page
def agenda(request: HttpRequest, record_id: str) -> HttpResponse:
    visit = visit_of(request)
    session_record(visit, record_id)  # other contacts have no agenda of a commission
    stands = visit.door.get("contacts", record_id)
    demand_of(visit, stands)
    if request.method != "POST":
        return _shown(visit, stands, None, {}, None, 200, _raised(visit, stands))
    typed = request.POST.dict()
    if "more" in request.POST:
        return _shown(visit, stands, typed, {}, None, 200)
    wrong = _wrong_places(typed)
    if wrong:
        return _shown(visit, stands, typed, wrong, None, 400)
    try:
        content = checked("contacts", {**stands.content, "agenda": _agenda(visit, stands, typed)})
        done, address = saved(visit, "contacts", content, typed.get("base") or None)
    except BilatError as error:
        return _shown(visit, stands, typed, {}, error.message, status_of(error))
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(address)


@dataclass(frozen=True)
class Raised:
    """What somebody wants on the agenda from another page: its text, or why there is none."""

    text: dict[str, str] | None
    said: Message


def _raised(visit: Visit, stands: Listed) -> Raised | None:
    """``raise``: a difference between the sides; ``plan``: the question of a plan."""
    query = visit.request.GET
    if difference := query.get("raise"):
        text, said = raised(visit, difference), say("What the two sides state")
        none = say("The two sides no longer state this differently.")
    elif plan := query.get("plan"):
        text, said = plan_raised(visit, plan), say("What the plan takes")
        none = say("This plan is no longer at hand: make it again.")
    else:
        return None
    if text is None:
        return Raised(None, none)
    if text in stands.content.get("agenda", []):
        return Raised(None, say("This is on the agenda already."))
    return Raised(text, say(
        "{what} is filled in below as the last point, in both languages. Change its words and its "
        "place, then file the agenda: nothing is saved before.", what=said))  # fmt: skip


def point_key(point: DecisionFact) -> str:
    """The same as long as the point says the same."""
    return digest(str(point.title).encode())[:12]


def _agenda(visit: Visit, stands: Listed, typed: Typed) -> list[Any]:
    """The points that are left, in the order that was typed, then those that were taken."""
    before = stands.content.get("agenda", [])
    rows = []
    for number in range(_rows(typed, len(before))):
        text = text_typed(typed, f"point-{number}", _at(before, number))
        if text is not None:
            rows.append((_place(typed, number), number, text))
    taken = set(visit.request.POST.getlist("take"))
    record = session_record(visit, stands.id)
    added = [as_text(point) for point in waiting(visit, record) if point_key(point) in taken]
    return [*(text for _place_, _number, text in sorted(rows, key=lambda row: row[:2])), *added]


def _at(items: list[Any], number: int) -> Any:
    return items[number] if number < len(items) else None


def _rows(typed: Typed, there: int) -> int:
    return count_typed(typed, "rows", there, MOST)


def _place(typed: Typed, number: int) -> int:
    text = one_line(typed, f"place-{number}")
    return int(text) if text else MOST + number


def _wrong_places(typed: Typed) -> dict[int, Message]:
    return {
        number: say("“{text}” is no place in the order: write 1, 2, 3 …", text=text)
        for number in range(_rows(typed, 0))
        if (text := one_line(typed, f"place-{number}"))
        and not (text.isascii() and text.isdecimal() and len(text) < 4)
    }


def _points(
    stands: Listed, typed: Typed | None, wrong: dict[int, Message], text: dict[str, str] | None
) -> list[Point]:
    before = [*stands.content.get("agenda", []), *([text] if text else [])]
    count = len(before) + SPARE
    if typed is not None:
        count = _rows(typed, len(before)) + (SPARE if "more" in typed else 0)
    return [
        Point(
            number,
            (str(number + 1) if number < len(before) else "")
            if typed is None
            else one_line(typed, f"place-{number}"),
            boxes_of(f"point-{number}", _at(before, number), typed),
            wrong.get(number),
        )
        for number in range(min(count, MOST))
    ]


def _shown(
    visit: Visit,
    stands: Listed,
    typed: Typed | None,
    wrong_at: dict[int, Message],
    wrong: Message | None,
    status: int,
    asked: Raised | None = None,
) -> HttpResponse:
    record = session_record(visit, stands.id)
    saw_private(visit, [("contacts", stands.id)])
    points = _points(stands, typed, wrong_at, asked.text if asked else None)
    is_joint = stands.visibility == JOINT
    taken = visit.request.POST.getlist("take") if typed else visit.request.GET.getlist("take")
    offered = [(point_key(point), point) for point in waiting(visit, record)]
    reason = visit.words(say("Agenda: {title}", title=record.title))
    context = {
        "record": record,
        "points": points,
        "asked": asked,
        "raised_at": len(stands.content.get("agenda", [])) if asked and asked.text else None,
        "count": len(points),
        "offered": offered,
        "taken": taken,
        "is_joint": is_joint,
        "base": typed.get("base", "") if typed else version_listed(stands),
        "wrong": wrong,
        "errors": [
            {"anchor": f"place-{number}", "label": say("Place"), "what": what}
            for number, what in wrong_at.items()
        ],
        **(filing_context(visit, ("contacts",), reason) if is_joint else {}),
        "breadcrumbs": [CRUMB, (record.title, reverse("commission_session", args=[stands.id]))],
    }
    return render(visit.request, "commission/agenda.html", context, status=status)
