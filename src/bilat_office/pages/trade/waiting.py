"""A page whose numbers take a moment: it says so at once, and brings them with a second request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from bilat.language import Message
from bilat_office.pages.visit import Visit

WAIT = "wait"
"""In the address: whoever asks without a script waits for the answer."""


def may_wait(visit: Visit) -> bool:
    """The second request, a file, or a form that was sent."""
    request = visit.request
    return (
        request.headers.get("HX-Request") == "true"
        or WAIT in request.GET
        or "format" in request.GET
        or request.method == "POST"
    )


def waiting(visit: Visit, title: Message, breadcrumbs: Sequence[Any] = ()) -> HttpResponse:
    context = {"title": title, "breadcrumbs": breadcrumbs}
    return render(visit.request, "trade/waiting.html", context)


def arrived(visit: Visit) -> HttpResponse | None:
    """To the same address without `WAIT`, once the answer is there: so that links stay short."""
    query = visit.request.GET.copy()
    if WAIT not in query or visit.request.method != "GET":
        return None
    del query[WAIT]
    tail = f"?{query.urlencode()}" if query else ""
    return HttpResponseRedirect(f"{visit.request.path}{tail}")
