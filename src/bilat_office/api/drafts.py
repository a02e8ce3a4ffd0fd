"""A side's own way to its key: drafts, seen by their own side alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field

from bilat.register import route
from bilat.register.kinds import SECTIONS, Name
from bilat.register.orders import New
from bilat_office.api.asking import Asking, asking
from bilat_office.api.orders import Told
from bilat_office.api.proposals import normal
from bilat_office.api.repeating import answered_once
from bilat_office.api.shapes import Document, PageNumber, PageSize, json_answer, linked
from bilat_office.api.signing import actor
from bilat_office.people.permissions import Action, demand_draft
from bilat_office.people.services.routes import routes_of, staff_of
from bilat_office.records.desk import Drafted
from bilat_office.records.projection import project
from bilat_office.records.refusals import NotSeen
from bilat_office.records.services import drafts as services

router = Router(tags=["drafts"])
Number = Annotated[int, Path(ge=1, le=2**62, description="Number of a draft.")]
State = Literal["open", "signed", "dropped"]


class DraftItem(Schema):
    """A record as it may be proposed later; without `content` it is to be deleted."""

    section: str = Field(max_length=80)
    id: str = Field(max_length=80)
    content: Document | None


class Drafting(Schema):
    """What a draft says. `answers`: the change of the other side that it would replace."""

    items: list[DraftItem] = Field(min_length=1, max_length=2000)
    reason: str = Field(min_length=1, max_length=5000)
    answers: str | None = Field(None, max_length=64)


class Draft(Schema):
    """A draft, how far it has come, and who may take it further."""

    number: int
    state: str
    author: str
    reason: str
    time: str
    answers: str | None
    change: str | None
    items: list[DraftItem]
    passed: list[Document]
    next: str | None = Field(description="The stop at which it waits; null when it is signed.")
    may_pass: list[str]


@router.get("/drafts", response=list[Draft], summary="Drafts of the own side")
def drafts(
    request: HttpRequest, state: State = "open", page: PageNumber = 1, size: PageSize = 50
) -> HttpResponse:
    """The latest first; empty for anybody who is of neither side."""
    asks = asking(request)
    found = asks.door().draft_page(state=state, page=page, size=size)
    answer = json_answer([_shown(asks, item) for item in found.rows])
    return linked(request, answer, page, size, found.total)


@router.get("/drafts/{number}", response=Draft, summary="One draft of the own side")
def draft(request: HttpRequest, number: Number) -> HttpResponse:
    """In whatever state it is."""
    asks = asking(request)
    return json_answer(_shown(asks, _found(asks, number)))


@router.post("/drafts", response={201: Draft}, summary="Write a draft")
def create(request: HttpRequest, drafting: Drafting) -> HttpResponse:
    """A ministry's editor writes for the own body. Takes an Idempotency-Key."""
    asks = asking(request)
    _demand(asks, "draft")
    new = _new(drafting.items)
    _demand_each(asks, new)

    def work() -> Document:
        number = services.draft_create(
            new=new, reason=drafting.reason, by=asks.by, at=asks.at, answers=drafting.answers
        )
        return _shown(asks, _found(asks, number))

    return answered_once(request, work)


@router.put("/drafts/{number}", response=Draft, summary="Write another text")
def edit(request: HttpRequest, number: Number, drafting: Drafting) -> HttpResponse:
    """What it has passed was another draft: it begins its way again."""
    asks = asking(request)
    _demand(asks, "draft")
    new = _new(drafting.items)
    _demand_each(asks, [*new, *_found(asks, number).new])
    services.draft_edit(draft=number, new=new, reason=drafting.reason, by=asks.by, at=asks.at)
    return json_answer(_shown(asks, _found(asks, number)))


@router.post("/drafts/{number}/pass", response=Draft, summary="Pass the next stop")
def pass_stop(request: HttpRequest, number: Number) -> HttpResponse:
    """By whoever the side's route names, or their deputy."""
    asks = asking(request)
    _demand(asks, "pass")
    services.draft_pass(draft=number, **_route(asks))
    return json_answer(_shown(asks, _found(asks, number)))


@router.post("/drafts/{number}/send-back", response=Draft, summary="Send it back to its author")
def send_back(request: HttpRequest, number: Number) -> HttpResponse:
    """By whoever could have passed it."""
    asks = asking(request)
    _demand(asks, "pass")
    services.draft_send_back(draft=number, **_route(asks))
    return json_answer(_shown(asks, _found(asks, number)))


@router.post("/drafts/{number}/drop", response=Draft, summary="Give it up")
def drop(request: HttpRequest, number: Number) -> HttpResponse:
    """By its author; it stays on record."""
    asks = asking(request)
    _demand(asks, "draft")
    services.draft_drop(draft=number, by=asks.by)
    return json_answer(_shown(asks, _found(asks, number)))


@router.post("/drafts/{number}/sign", response=Told, summary="Sign it: it becomes a change")
def sign(request: HttpRequest, number: Number) -> Document:
    """The last stop, with a ticket of the side's key."""
    asks = asking(request)
    change = services.draft_sign(
        draft=number,
        by=actor(asks),
        person=asks.by,
        routes=routes_of(asks.side),
        staff=staff_of(asks.side),
        at=asks.at,
    )
    with asks.door().desk() as desk:
        return {"id": change, "status": desk.get(change).status}


def _demand(asks: Asking, action: Action) -> None:
    """The answer shows the draft, so reading is asked for before anything is done."""
    asks.demand(action)
    asks.demand_scope("read")


def _route(asks: Asking) -> dict[str, Any]:
    return {
        "by": asks.by,
        "routes": routes_of(asks.side),
        "staff": staff_of(asks.side),
        "on": asks.at.date(),
    }


def _new(items: Iterable[DraftItem]) -> list[New]:
    return [
        ((item.section, item.id), normal(item.section, item.id, item.content)) for item in items
    ]


def _demand_each(asks: Asking, new: Sequence[New]) -> None:
    """Of each record its owners, as it is and as it would be: an editor may write those alone."""
    for name, content in new:
        if content is not None:
            demand_draft(asks.viewer, owners_of(name, content))
        try:
            before = asks.door().get(*name)
        except NotSeen:
            continue
        demand_draft(asks.viewer, before.owners)


def owners_of(name: Name, content: Document) -> tuple[str, ...]:
    return project(SECTIONS[name[0]].model_validate(content), name[0]).owners


def _found(asks: Asking, number: int) -> Drafted:
    """Raises NotSeen, also for a draft of the other side."""
    return asks.door().draft(number)


def _shown(asks: Asking, item: Drafted) -> Document:
    """As `Draft`."""
    routes, staff, on = routes_of(asks.side), staff_of(asks.side), asks.at.date()
    is_open = item.state == "open"
    step = route.next_step(item.route, routes) if is_open else None
    allowed = route.may_pass(item.route, routes, staff, on) if is_open else ()
    return {
        "number": item.number,
        "state": item.state,
        "author": item.route.author,
        "reason": item.reason,
        "time": item.time,
        "answers": item.answers,
        "change": item.change,
        "items": [
            {"section": name[0], "id": name[1], "content": content} for name, content in item.new
        ],
        "passed": [{**asdict(each), "on": each.on.isoformat()} for each in item.route.passed],
        "next": step and step.name,
        "may_pass": [each.person for each in allowed],
    }
