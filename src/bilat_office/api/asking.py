"""Who asks: a person by their session, a program by its token, or the public.

A session must also show its CSRF token when it writes; a token of a program need not, since no
browser sends it by itself. A token's scope narrows what its person's roles allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.utils import check_csrf

from bilat.language import say
from bilat.register import route
from bilat_office.people.doorway import PUBLIC, Watched, viewer_of
from bilat_office.people.middleware import person_of, watched
from bilat_office.people.models import Person
from bilat_office.people.permissions import Action, demand
from bilat_office.people.services.routes import as_route
from bilat_office.people.services.tokens import SCOPES, Scope, token_person
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.viewer import Viewer

SCOPE_OF: Mapping[Action, Scope] = MappingProxyType(
    {
        "draft": "draft",
        "draft_any_body": "draft",
        "pass": "draft",
        "write_private": "draft",
        "sign": "sign",
        "load": "load",
        "exchange": "exchange",
        "keys": "manage",
        "people": "manage",
        "audit": "manage",
    }
)
"""Which scope a token needs for what its person may do."""


class NotSignedIn(OfficeRefused):
    def __init__(self, code: str = "not_signed_in") -> None:
        super().__init__(code, say("Sign in, or send a token that is still valid."))


class ScopeMissing(OfficeRefused):
    def __init__(self, scope: Scope) -> None:
        super().__init__(
            "scope", say("This token has no scope “{scope}”. Make one that has.", scope=scope)
        )


class CsrfMissing(OfficeRefused):
    def __init__(self) -> None:
        super().__init__(
            "csrf", say("The request does not show the page's CSRF token. Load the page again.")
        )


@dataclass(frozen=True)
class Asking:
    """``scopes``: all of them for a session. The public has no person, and may only read."""

    viewer: Viewer
    scopes: frozenset[str]
    request: HttpRequest = field(repr=False)
    at: datetime
    known: Person | None = None

    @property
    def person(self) -> Person:
        """Raises NotSignedIn."""
        if self.known is None:
            raise NotSignedIn
        return self.known

    @property
    def by(self) -> route.Person:
        """The person as the rules of a side's route know them."""
        return as_route(self.person)

    @property
    def side(self) -> str:
        """Of whoever may do something: callers have made a `demand` before."""
        return str(self.viewer.side)

    def door(self) -> Watched:
        """What they may see. Raises ScopeMissing."""
        self.demand_scope("read")
        return watched(self.viewer, self.request)

    def demand(self, action: Action) -> None:
        """Raises NotSignedIn, NotPermitted, ScopeMissing."""
        demand(viewer_of(self.person), action)
        self.demand_scope(SCOPE_OF[action])

    def demand_scope(self, scope: Scope) -> None:
        if scope not in self.scopes:
            raise ScopeMissing(scope)


def asking(request: HttpRequest) -> Asking:
    """Of a request that has come through `anybody` or `signed_in`."""
    return cast("Asking", request.auth)  # type: ignore[attr-defined]


class Token:
    """Recognises who asks; ``signed_in`` refuses the public."""

    openapi_security_schema: ClassVar[dict[str, str]] = {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of a program: bilat_…",
    }

    def __init__(self, *, signed_in: bool) -> None:
        self.signed_in = signed_in

    def __call__(self, request: HttpRequest) -> Asking:
        found = recognised(request)
        if self.signed_in and found.known is None:
            raise NotSignedIn
        return found


def recognised(request: HttpRequest) -> Asking:
    """Raises NotSignedIn for a token that is not valid, CsrfMissing for a page's forgery."""
    at = timezone.now()
    header = request.headers.get("Authorization", "")
    if header:
        return _by_token(request, header, at)
    person = person_of(request)
    if person is None or not person.is_active:
        return Asking(PUBLIC, frozenset(("read",)), request, at)
    if check_csrf(request) is not None:
        raise CsrfMissing
    return Asking(viewer_of(person), frozenset(SCOPES), request, at, person)


def _by_token(request: HttpRequest, header: str, at: datetime) -> Asking:
    kind, _space, text = header.partition(" ")
    found = None
    if kind.lower() == "bearer" and text.isascii() and text.isprintable():
        found = token_person(text=text.strip(), at=at)
    if found is None:
        raise NotSignedIn("token")
    person, scopes = found
    return Asking(viewer_of(person), scopes, request, at, person)


class MaybeToken(Token):
    """The public may ask too; the API's document says so."""


anybody = MaybeToken(signed_in=False)
signed_in = Token(signed_in=True)
