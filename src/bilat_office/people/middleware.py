"""Who asks, in which language; and their door."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from bilat.register.kinds import Name
from bilat_office.people.doorway import Watched, viewer_of
from bilat_office.people.models import Person
from bilat_office.people.services.audit import Looked, audit_write
from bilat_office.records.viewer import Viewer

Answer = Callable[[HttpRequest], HttpResponseBase]


def person_of(request: HttpRequest) -> Person | None:
    """Who has signed in, if anybody has."""
    user = request.user
    return user if isinstance(user, Person) and user.is_authenticated else None


def viewer_for(request: HttpRequest) -> Viewer:
    return viewer_of(person_of(request))


def door_for(request: HttpRequest) -> Watched:
    """The door of whoever asks; what it shows of private records is written into the audit."""
    return watched(viewer_for(request), request)


def watched(viewer: Viewer, request: HttpRequest) -> Watched:
    """The same for a viewer who has been recognised otherwise: by a token, by a feed's address."""

    def watch(action: Looked, names: Collection[Name]) -> None:
        audit_write(
            viewer=viewer,
            action=action,
            names=names,
            at=timezone.now(),
            address=request.META.get("REMOTE_ADDR", ""),
        )

    return Watched(viewer, watch)


def own_language(get_response: Answer) -> Answer:
    """Whoever has signed in reads their own language, unless they have just chosen another."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        person = person_of(request)
        if person is not None:
            translation.activate(person.language)
            request.LANGUAGE_CODE = person.language
        return get_response(request)

    return middleware
