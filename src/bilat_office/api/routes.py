"""A side's stops before its key, and who stands in for whom; for its administrator."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router, Schema, Status
from pydantic import Field

from bilat_office.api.asking import asking
from bilat_office.api.people import NoSuchPerson, one
from bilat_office.people.models import Deputy, Stop
from bilat_office.people.services.routes import deputy_end, deputy_set, stops_set

router = Router(tags=["people"])
Number = Annotated[int, Path(ge=1, le=2**62)]


class StopShown(Schema):
    """Who has `role` may pass it; with `body`, only people of that body."""

    name: str = Field(min_length=1, max_length=80)
    role: str = Field(max_length=40)
    body: str = Field("", max_length=80)


class Stops(Schema):
    """The stops of one kind of record, in their order; `section` empty: of every kind."""

    section: str = Field("", max_length=40)
    stops: list[StopShown] = Field(max_length=20)


class DeputyAsked(Schema):
    """`by` stands in for `of` on these days, both included."""

    of: str = Field(max_length=60)
    by: str = Field(max_length=60)
    start: date
    end: date


class DeputyShown(DeputyAsked):
    number: int


@router.get("/stops", response=list[Stops], summary="The own side's stops")
def stops(request: HttpRequest) -> list[Stops]:
    """One list for each kind that has a way of its own; for everybody of the side."""
    asks = asking(request)
    asks.demand_scope("read")
    found: dict[str, list[StopShown]] = {}
    for stop in Stop.objects.filter(side=asks.side):
        shown = StopShown(name=stop.name, role=stop.role, body=stop.body)
        found.setdefault(stop.section, []).append(shown)
    return [Stops(section=section, stops=items) for section, items in sorted(found.items())]


@router.put("/stops", response=Stops, summary="Set the stops of one kind of record")
def set_stops(request: HttpRequest, asked: Stops) -> Stops:
    """In place of those that it had; none at all: the key's holder decides alone."""
    asks = asking(request)
    asks.demand("people")
    stops_set(
        side=asks.side,
        section=asked.section,
        stops=[(stop.name, stop.role, stop.body) for stop in asked.stops],
    )
    return asked


@router.get("/deputies", response=list[DeputyShown], summary="Who stands in for whom")
def deputies(request: HttpRequest) -> list[DeputyShown]:
    """On the own side."""
    asks = asking(request)
    asks.demand("people")
    found = Deputy.objects.filter(of__side=asks.side, by__side=asks.side).order_by("pk")
    return [_shown(deputy) for deputy in found.select_related("of", "by")]


@router.post("/deputies", response={201: DeputyShown}, summary="Name a deputy")
def name_deputy(request: HttpRequest, asked: DeputyAsked) -> Status[DeputyShown]:
    """Of the same side."""
    asks = asking(request)
    asks.demand("people")
    of, by = one(asks, asked.of), one(asks, asked.by)
    deputy_set(of=of, by=by, start=asked.start, end=asked.end)
    return Status(201, _shown(Deputy.objects.filter(of=of, by=by).latest("pk")))


@router.delete("/deputies/{number}", response={204: None}, summary="End a deputy’s time")
def end_deputy(request: HttpRequest, number: Number) -> Status[None]:
    """At once."""
    asks = asking(request)
    asks.demand("people")
    if not deputy_end(side=asks.side, number=number):
        raise NoSuchPerson(str(number))
    return Status(204, None)


def _shown(deputy: Deputy) -> DeputyShown:
    return DeputyShown(
        number=deputy.pk,
        of=deputy.of.handle,
        by=deputy.by.handle,
        start=deputy.start,
        end=deputy.end,
    )
