"""People of the own side, for its administrator: invited, changed, shut out."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router, Schema, Status
from pydantic import Field

from bilat.language import say
from bilat_office.api.asking import Asking, asking
from bilat_office.people.invitation import invitation_path
from bilat_office.people.models import Person
from bilat_office.people.services import persons as services
from bilat_office.people.services.persons import PersonRefused
from bilat_office.records.refusals import OfficeRefused

router = Router(tags=["people"])
Handle = Annotated[str, Path(max_length=60, description="How the register names a person.")]


class PersonShown(Schema):
    """Someone of the own side."""

    handle: str
    name: str
    email: str
    body: str
    roles: list[str]
    language: str
    is_active: bool
    reminders: bool


class Invited(Schema):
    """Someone who sets a password at `invitation`: once, within three days."""

    person: PersonShown
    invitation: str = Field(description="Path at this office.")


class Invitation(Schema):
    name: str = Field(max_length=200)
    email: str = Field(max_length=254)
    roles: list[str] = Field([], max_length=20)
    body: str = Field("", max_length=80)
    language: str = Field("en", max_length=5)


class Changed(Schema):
    """What is given changes; side, address and handle stay."""

    name: str | None = Field(None, min_length=1, max_length=200)
    roles: list[str] | None = Field(None, max_length=20)
    body: str | None = Field(None, max_length=80)
    language: str | None = Field(None, max_length=5)
    reminders: bool | None = None


class NoSuchPerson(OfficeRefused):
    """Says the same of who is not there and of who is of the other side."""

    def __init__(self, handle: str) -> None:
        super().__init__("not_found", say("There is no {person} here.", person=handle))


@router.get("/people", response=list[PersonShown], summary="People of the own side")
def people(request: HttpRequest) -> list[PersonShown]:
    """Also those who are shut out."""
    asks = asking(request)
    asks.demand("people")
    found = Person.objects.filter(side=asks.side).order_by("handle")
    return [shown(person) for person in found]


@router.post("/people", response={201: Invited}, summary="Invite someone to the own side")
def invite(request: HttpRequest, invitation: Invitation) -> Status[Invited]:
    """Gives the link under which they set a password."""
    asks = asking(request)
    asks.demand("people")
    person = services.person_add(
        name=invitation.name,
        email=invitation.email,
        side=asks.side,
        sides=[asks.side],
        at=asks.at,
        roles=invitation.roles,
        body=invitation.body,
        language=invitation.language,
    )
    return Status(201, Invited(person=shown(person), invitation=invitation_path(person)))


@router.patch("/people/{handle}", response=PersonShown, summary="Change roles and the like")
def change(request: HttpRequest, handle: Handle, changed: Changed) -> PersonShown:
    """Side, address and handle stay what they are."""
    asks = asking(request)
    asks.demand("people")
    person = one(asks, handle)
    given = changed.model_dump(exclude_none=True)
    services.person_change(person=person, sides=[asks.side], **given)
    return shown(person)


@router.post("/people/{handle}/shut-out", response=PersonShown, summary="Shut someone out")
def shut_out(request: HttpRequest, handle: Handle) -> PersonShown:
    """Their tokens end too; what they have signed stays."""
    asks = asking(request)
    asks.demand("people")
    person = one(asks, handle)
    if person == asks.person:
        raise PersonRefused("oneself", say("Nobody shuts themselves out: ask another."))
    services.person_shut_out(person=person, at=asks.at)
    return shown(person)


@router.post("/people/{handle}/let-in", response=PersonShown, summary="Let someone in again")
def let_in(request: HttpRequest, handle: Handle) -> PersonShown:
    """Their tokens stay revoked."""
    asks = asking(request)
    asks.demand("people")
    person = one(asks, handle)
    services.person_let_in(person=person)
    return shown(person)


@router.post("/people/{handle}/invitation", response=Invited, summary="A fresh invitation")
def invite_again(request: HttpRequest, handle: Handle) -> Invited:
    """For whoever has lost the link or the password."""
    asks = asking(request)
    asks.demand("people")
    person = one(asks, handle)
    return Invited(person=shown(person), invitation=invitation_path(person))


def one(asks: Asking, handle: str) -> Person:
    """Of the own side. Raises NoSuchPerson."""
    person = Person.objects.filter(side=asks.side, handle=handle).first()
    if person is None:
        raise NoSuchPerson(handle)
    return person


def shown(person: Person) -> PersonShown:
    return PersonShown(
        handle=person.handle,
        name=person.name,
        email=person.email,
        body=person.body,
        roles=list(person.roles),
        language=person.language,
        is_active=person.is_active,
        reminders=person.reminders,
    )
