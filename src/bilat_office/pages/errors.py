"""Handlers of errors that no view has foreseen, in the look of all pages."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string

from bilat_office.api import guard
from bilat_office.jobs.faults import server_error as office_error
from bilat_office.jobs.faults import storage_trouble


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Django's handler500: as the office answers it, and pages in their look.

    Their templates ask neither the database nor the session, which may be what is broken.
    """
    trouble = storage_trouble(sys.exc_info()[1])
    answer = office_error(request)
    if trouble is not None and not request.path.startswith(guard.ROOT):
        answer.content = render_to_string("503.html", {"why": trouble})  # type: ignore[attr-defined]
    return answer
