"""What this office is: its programme, the schemas of its records, who is asking."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from bilat.programme.schema import DIALECT
from bilat.register.kinds import SECTIONS
from bilat_office.api.asking import asking
from bilat_office.api.listing import check_section
from bilat_office.api.shapes import Document, Section, json_answer
from bilat_office.people.permissions import ACTION_NAMES, may
from bilat_office.records.door import Door
from bilat_office.records.refusals import NotSeen

router = Router(tags=["programme"])


class Register(Schema):
    """The chain that both sides sign."""

    id: str
    mode: str = Field(description="`solo`: one office holds both keys; `two`: each side its own.")
    depositary: str
    sides: list[str]
    place: int = Field(description="Number of the last entry.")
    head: str
    confirmed: dict[str, int] = Field(description="Side → the last entry it has confirmed.")
    forks: int


class Programme(Schema):
    """The programme's head; `chain` is null for the public."""

    heading: Document | None
    sections: dict[str, int] = Field(description="Section → records that the viewer may see.")
    chain: Register | None


class Me(Schema):
    """Who asks, and what they may do; all null and empty for the public."""

    person: str | None
    name: str | None
    side: str | None
    body: str | None
    roles: list[str]
    scopes: list[str]
    actions: list[str]
    language: str | None


@router.get("/programme", response=Programme, summary="The programme's head")
def programme(request: HttpRequest) -> Programme:
    """What it is called, how many records there are, and how far the register has come."""
    door = asking(request).door()
    return Programme(heading=_heading(door), sections=dict(door.sections()), chain=_register(door))


def _heading(door: Door) -> Document | None:
    try:
        return door.get("heading", "heading").content
    except NotSeen:
        return None


def _register(door: Door) -> Register | None:
    if door.viewer.is_public:
        return None
    with door.desk() as desk:
        return Register(
            id=desk.register,
            mode=desk.mode,
            depositary=desk.depositary,
            sides=list(desk.sides),
            place=desk.place,
            head=desk.head,
            confirmed={side: desk.confirmed(side) for side in desk.sides},
            forks=len(desk.forks),
        )


@router.get("/schemas/{section}", response=Document, summary="JSON Schema of one kind of record")
def schema(request: HttpRequest, section: Section) -> HttpResponse:
    """Of its document, as it is stored and proposed."""
    check_section(section)
    return json_answer(_schema(section))


@lru_cache(maxsize=64)
def _schema(section: str) -> Document:
    made = SECTIONS[section].model_json_schema(mode="validation")
    return {"$schema": DIALECT, **made, "title": f"Bilat: {section}"}


@router.get("/me", response=Me, summary="Who is asking")
def me(request: HttpRequest) -> Me:
    """The person behind a session or a token, with roles, scopes, and what follows from them."""
    asks = asking(request)
    viewer, person = asks.viewer, asks.known
    return Me(
        person=viewer.person,
        name=person.name if person else None,
        side=viewer.side,
        body=viewer.body,
        roles=sorted(viewer.roles),
        scopes=sorted(asks.scopes),
        actions=sorted(action for action in ACTION_NAMES if may(viewer, action)),
        language=person.language if person else None,
    )
