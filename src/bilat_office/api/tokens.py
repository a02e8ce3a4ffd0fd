"""Tokens of programs: each person's own. A token makes none that may do more than itself."""

from __future__ import annotations

from datetime import datetime
from secrets import token_urlsafe
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router, Schema, Status
from pydantic import Field

from bilat.language import say
from bilat_office.api.asking import ScopeMissing, asking
from bilat_office.people.models import Token
from bilat_office.people.services.tokens import LONGEST, SCOPES, Scope, token_create, token_revoke
from bilat_office.records.refusals import OfficeRefused

router = Router(tags=["tokens"])
Number = Annotated[int, Path(ge=1, le=2**62)]
MOST = 50
"""Tokens of one person that are in force."""


class TokenShown(Schema):
    """A token without its secret, which is not kept."""

    number: int
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


class TokenAsked(Schema):
    """What the program may do, and for how many days."""

    name: str = Field(min_length=1, max_length=80)
    scopes: list[Scope] = Field(min_length=1, max_length=len(SCOPES))
    days: int = Field(ge=1, le=LONGEST)


class TokenMade(Schema):
    """The token as the program must send it. It is not shown again."""

    token: str


@router.get("/tokens", response=list[TokenShown], summary="One's own tokens")
def tokens(request: HttpRequest) -> list[TokenShown]:
    """Also those that are over or revoked."""
    asks = asking(request)
    asks.demand_scope("manage")
    found = Token.objects.filter(person=asks.person).order_by("pk")
    return [
        TokenShown(
            number=token.pk,
            name=token.name,
            scopes=list(token.scopes),
            created_at=token.created_at,
            expires_at=token.expires_at,
            used_at=token.used_at,
            revoked_at=token.revoked_at,
        )
        for token in found
    ]


@router.post("/tokens", response={201: TokenMade}, summary="Make a token")
def create(request: HttpRequest, asked: TokenAsked) -> Status[TokenMade]:
    """It is shown once. Whoever asks with a token gives no scope that it has not."""
    asks = asking(request)
    asks.demand_scope("manage")
    for scope in asked.scopes:
        if scope not in asks.scopes:
            raise ScopeMissing(scope)
    standing = Token.objects.filter(person=asks.person, revoked_at=None, expires_at__gt=asks.at)
    if standing.count() >= MOST:
        raise OfficeRefused(
            "too_many_tokens", say("You have {most} tokens. Revoke one first.", most=MOST)
        )
    made = token_create(
        person=asks.person,
        name=asked.name,
        scopes=asked.scopes,
        days=asked.days,
        secret=token_urlsafe(32),
        at=asks.at,
    )
    return Status(201, TokenMade(token=made))


@router.delete("/tokens/{number}", response={204: None}, summary="Revoke a token")
def revoke(request: HttpRequest, number: Number) -> Status[None]:
    """At once, and for good."""
    asks = asking(request)
    asks.demand_scope("manage")
    token = Token.objects.filter(person=asks.person, pk=number).first()
    if token is None:
        raise OfficeRefused("not_found", say("You have no token {number}.", number=number))
    token_revoke(token=token, at=asks.at)
    return Status(204, None)
