"""The two addresses that need no sign-in: a calendar, and the way out of letters."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bilat.language import Words, say
from bilat_office.jobs.calendars import calendar_of
from bilat_office.jobs.letters.leaving import letters_stop, person_leaving
from bilat_office.jobs.services.feeds import feed_found
from bilat_office.people.doorway import viewer_of
from bilat_office.people.middleware import watched


@require_safe
@cache_control(private=True, max_age=900)
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A calendar for whoever has its address; nothing at all for anybody else."""
    found = feed_found(secret)
    if found is None:
        return HttpResponse(status=404)
    viewer = viewer_of(found.person)
    body = calendar_of(
        watched(viewer, request).programme(),
        side=str(viewer.side),
        body=found.body,
        lang=found.person.language,
        today=timezone.localdate(),
        reminders=found.reminders,
    )
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@csrf_exempt  # the signed link is the right to do it, also for a mail program (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, since programs look at links; the button does."""
    person = person_leaving(token)
    if person is None:
        return HttpResponse(status=404)
    words = Words(person.language)
    left = request.method == "POST"
    if left:
        letters_stop(person=person)
    told = (
        say("You will get no more letters. Who wants them again says so in the office.")
        if left
        else say("Letters to {email} will stop.", email=person.email)
    )
    context = {
        "lang": words.lang,
        "heading": words(say("No more letters")),
        "text": words(told),
        "button": "" if left else words(say("Stop them")),
    }
    return render(request, "jobs/leaving.html", context)
