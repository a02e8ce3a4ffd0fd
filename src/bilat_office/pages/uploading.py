"""A form with a file is taken apart only for whoever may send it, and only up to a length.

    @csrf_exempt  # only until it is known who sends how much: `_taken` asks for the token
    @page
    def take(request: HttpRequest) -> HttpResponse:
        demand(visit_of(request).viewer, "load")
        if is_too_long(request, MOST):
            return ...
        return _taken(request)  # under `csrf_protect`

The check of the token reads the whole form, and with it the file, onto the disk: so it comes last.
"""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

FORM = 64 * 1024
"""Bytes of a form around its file."""


def length_of(request: HttpRequest) -> int:
    """Bytes of the body as its head announces them; more are never read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def is_too_long(request: HttpRequest, most: int) -> bool:
    """Whether the body is longer than a file of ``most`` bytes in a form; then it stays unread."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) <= most + FORM:
        return False
    request.POST = QueryDict()
    return True
