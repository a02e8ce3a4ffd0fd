"""At the gate of /api: what a request may weigh, and what every answer carries."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views import defaults

from bilat.language import say
from bilat_office.api import problems
from bilat_office.api.bodies import Unreadable, check_text
from bilat_office.records.refusals import OfficeRefused

ROOT = "/api/"
LARGEST = 2_500_000
"""Bytes of a JSON body."""
LARGEST_LINES = 33 * 1024 * 1024
"""Bytes of a body of messages: one of the longest (16 MiB) and others."""
LONGEST_QUERY = 8_000
NDJSON = "application/x-ndjson"
_TYPES = {"application/json": LARGEST, NDJSON: LARGEST_LINES}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Answer = Callable[[HttpRequest], HttpResponseBase]


def guarded(get_response: Answer) -> Answer:
    """Refuses what cannot be, makes problems of other errors, and adds the headers."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(ROOT):
            return get_response(request)
        try:
            _check(request)
        except OfficeRefused as refusal:
            return _sealed(problems.of_exception(request, refusal))
        answer = get_response(request)
        is_problem = answer.get("Content-Type", "").startswith(problems.MEDIA_TYPE)
        if answer.status_code >= 400 and not is_problem:
            allowed = answer.get("Allow")
            answer = problems.plain(request, answer.status_code)
            if allowed:
                answer["Allow"] = allowed
        return _sealed(answer)

    return middleware


def _sealed(answer: HttpResponseBase) -> HttpResponseBase:
    for name, value in _ALWAYS.items():
        answer[name] = value
    if not answer.has_header("Cache-Control"):
        answer["Cache-Control"] = "private, no-store"
    return answer


def _check(request: HttpRequest) -> None:
    check_text(request.path)
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        raise OfficeRefused("too_large", say("The address is too long."))
    for name, values in request.GET.lists():
        for text in (name, *values):
            check_text(text)
    length = _length(request)
    if not length:
        return
    largest = _TYPES.get(request.content_type or "")
    if largest is None:
        raise OfficeRefused("media_type", say("Send JSON, with its Content-Type."))
    if length > largest:
        raise OfficeRefused("too_large", problems.TOO_LARGE)


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    if not text.isdecimal():
        raise Unreadable(say("The length of the body cannot be read."))
    return int(text)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's own page, and a problem under /api."""
    if request.path.startswith(ROOT):
        return problems.plain(request, 404)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Django's own page, and a problem under /api that tells a lost database from a mistake."""
    error = sys.exc_info()[1]
    if request.path.startswith(ROOT) and error is not None:
        return problems.of_exception(request, error)
    answer: HttpResponse = defaults.server_error(request)
    return answer
