"""The reader's language, and the keys that are open in their browser, up to their signing out."""

from __future__ import annotations

from allauth.account.views import LogoutView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

import bilat
from bilat.language import say
from bilat_office.pages.signing import keys_close
from bilat_office.pages.visit import page, visit_of
from bilat_office.people.middleware import person_of
from bilat_office.people.services.persons import person_change


@require_POST
@page
def close(request: HttpRequest) -> HttpResponse:
    """Close every key at once."""
    visit = visit_of(request)
    answer = HttpResponseRedirect(back(request))
    keys_close(visit, answer)
    messages.success(request, visit.words(say("The key is closed.")))
    return answer


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Whoever signs out leaves no key open in the browser that others may use after them."""
    person = person_of(request)
    visit = visit_of(request) if person is not None else None
    answer: HttpResponseBase = LogoutView.as_view()(request)
    if visit is not None and request.method == "POST":
        keys_close(visit, answer)
    return answer


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """For good for whoever has signed in; on the way in, for this browser."""
    wanted = request.POST.get("language", "")
    answer = HttpResponseRedirect(back(request))
    if wanted not in bilat.LANGUAGES:
        return answer
    person = person_of(request)
    if person is not None:
        sides = (person.side, person.side)
        person_change(person=person, sides=sides, language=wanted)
    translation.activate(wanted)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, wanted, max_age=365 * 86_400, samesite="Lax", httponly=True
    )
    return answer


def back(request: HttpRequest) -> str:
    """Where the form says that it stands, when that is an address of this office."""
    wanted = request.POST.get("next", "")
    fits = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if fits and wanted.startswith("/") else "/"
