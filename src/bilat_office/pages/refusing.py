"""What the office refuses, as a page: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bilat.errors import BilatError
from bilat.register.route import NotAllowed
from bilat_office.api.throttle import TooMany
from bilat_office.people.permissions import NotOwned, NotPermitted
from bilat_office.records.refusals import NotFounded, NotOpen, NotSeen, OfficeRefused

STATUSES: Sequence[tuple[type[BilatError], int]] = (
    (NotSeen, 404),
    (NotFounded, 503),
    (NotPermitted, 403),
    (NotOwned, 403),
    (NotAllowed, 403),
    (NotOpen, 403),
    (TooMany, 429),
)
_MISSING = ("not_known", "not_found")


def status_of(error: BilatError) -> int:
    """The status of a refusal: what was not foreseen above is about what was sent."""
    for kind, status in STATUSES:
        if isinstance(error, kind):
            return status
    code = error.code if isinstance(error, OfficeRefused) else getattr(error, "code", "")
    return 404 if code in _MISSING else 400


def refused(request: HttpRequest, error: BilatError) -> HttpResponse:
    """The page of a refusal."""
    status = status_of(error)
    template = {404: "404.html", 403: "403.html", 503: "503.html"}.get(status, "400.html")
    return render(request, template, {"why": error.message}, status=status)
