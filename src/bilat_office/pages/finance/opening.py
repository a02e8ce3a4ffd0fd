"""Pages for everybody: they show nothing of the register, and bound what a stranger may cost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from bilat.errors import BilatError
from bilat_office.api.throttle import check_tries, count_try
from bilat_office.pages.refusing import refused
from bilat_office.pages.visit import Visit, visit_of
from bilat_office.people.middleware import person_of
from bilat_office.people.models import Person
from bilat_office.records.refusals import NotFounded

P = ParamSpec("P")
SPAN = 600
"""Seconds in which are counted what one address asks for."""
CALCULATIONS, DOCUMENTS = 300, 40
"""So many of each in that time, for whoever has not signed in."""


def for_everybody(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """What is refused becomes a page that says so; no sign-in is asked for."""

    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except BilatError as error:
            answer = refused(request, error)
        answer["Cache-Control"] = "private, no-store"
        return answer

    return opened


def visit_if_any(request: HttpRequest) -> Visit | None:
    """None for whoever has not signed in, and before a register is founded."""
    person = person_of(request)
    if not isinstance(person, Person) or not person.is_active:
        return None
    visit = visit_of(request)
    try:
        _ = visit.office
    except NotFounded:
        return None
    return visit


def bound(request: HttpRequest, visit: Visit | None, *, document: bool) -> None:
    """Raises TooMany for a stranger who asks for too much. Who has signed in is known by name."""
    if visit is not None:
        return
    kind, most = ("document", DOCUMENTS) if document else ("calculation", CALCULATIONS)
    subject = f"calculator:{kind}:{request.META.get('REMOTE_ADDR', '')}"
    check_tries(subject, most, SPAN)
    count_try(subject, SPAN)
