"""A key that another office has saved is kept here: its file, and the passphrase that opens it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from bilat.language import Message, say
from bilat.register.outcome import Refused
from bilat_office.api.signing import TRIES, WITHIN
from bilat_office.api.throttle import check_tries, count_try
from bilat_office.pages.administration.frame import FormWrong, Wrong, crumb, crumbs, ordered
from bilat_office.pages.administration.keys_shown import HERE, own_sides
from bilat_office.pages.uploading import is_too_long
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.records.services.keys import key_import

LONGEST = 16 * 1024
"""Bytes of a key's file; one is a few hundred."""
_TOO_LONG = say("This is no file of a key: it is far too long.")


@csrf_exempt  # only until it is known who sends how much: `_brought` asks for the token
@require_http_methods(["GET", "HEAD", "POST"])
@page
def key_bring(request: HttpRequest) -> HttpResponse:
    """For an office that was begun from an export, or for a key that was saved elsewhere."""
    visit = visit_of(request)
    demand(visit.viewer, "keys")
    if request.method != "POST":
        return _shown(visit, None)
    if is_too_long(request, LONGEST):
        return _shown(visit, Wrong(_TOO_LONG, "file"))
    return _brought(request)


@csrf_protect
def _brought(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)

    def order() -> tuple[Message, str]:
        pem = _file(visit)
        tries = f"passphrase:{visit.person.handle}"
        check_tries(tries, TRIES, WITHIN)
        try:
            key = key_import(
                pem=pem, passphrase=request.POST.get("passphrase", ""), at=visit.at,
                sides=own_sides(visit),
            )  # fmt: skip
        except Refused as refusal:
            if refusal.code == "passphrase":
                count_try(tries, WITHIN)
            raise
        return say("The key is kept here now, and can sign."), reverse("side_key", args=[key.id])

    return ordered(visit, order, lambda wrong: _shown(visit, wrong))


def _file(visit: Visit) -> bytes:
    sent = visit.request.FILES.get("file")
    if sent is None:
        raise FormWrong("file", say("Choose a file."))
    if (sent.size or 0) > LONGEST:
        raise FormWrong("file", _TOO_LONG)
    return bytes(sent.read())


def _shown(visit: Visit, wrong: Wrong | None) -> HttpResponse:
    context = {
        "wrong_field": wrong.field if wrong else "",
        "wrong_what": wrong.what if wrong else None,
        "breadcrumbs": crumbs(crumb(HERE, "side_keys")),
    }
    status = wrong.status if wrong else 200
    return render(visit.request, "administration/key_bring.html", context, status=status)
