"""When the storage does not answer, or is full: a clear 503, with a time to try again.

Nothing is lost by it: an order is one transaction, and what was not answered has not happened, or
stands whole.
"""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Iterator

from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language

import bilat
from bilat.language import Message, Words, say
from bilat_office.api import guard

RETRY = 5
"""Seconds after which it is worth trying again."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL = say("The office’s storage is full. Nothing was changed. Tell whoever runs the office.")
_BUSY = say("The office is busy writing. Nothing was changed. Try again in a moment.")
_GONE = say("The office’s database does not answer. Nothing was changed. Try again in a moment.")
_PAGE = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>503</title></head>'
    "<body><h1>{title}</h1><p>{text}</p></body></html>"
)
_log = logging.getLogger("bilat_office.faults")


def storage_trouble(error: BaseException | None) -> Message | None:
    """What to say when the storage is the cause; None when it is not."""
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.errno in _NO_ROOM:
            return _FULL
        if isinstance(cause, OperationalError | InterfaceError):
            return _of_database(str(cause))
    return None


def _of_database(text: str) -> Message:
    """Both engines say it in words; PostgreSQL's “No space left on device” comes from the system.

    SQLite reports a file that may not grow (a quota) as “disk I/O error”.
    """
    lower = text.lower()
    if any(sign in lower for sign in ("is full", "no space left", "disk i/o error", "quota")):
        return _FULL
    return _BUSY if "locked" in lower or "lock timeout" in lower else _GONE


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None and not isinstance(error, IntegrityError):
        yield error
        error = error.__cause__


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Django's handler500: pages get a page, /api its problem."""
    error = sys.exc_info()[1]
    trouble = storage_trouble(error)
    if trouble is None or request.path.startswith(guard.ROOT):
        return guard.server_error(request)
    _log.error("%s %s: %s", request.method, request.path, error)
    lang = get_language() or "en"
    words = Words(lang if lang in bilat.LANGUAGES else "en")
    page = _PAGE.format(
        lang=words.lang, title=words(say("The office is out of order")), text=words(trouble)
    )
    answer = HttpResponse(page, status=503)
    answer["Retry-After"] = str(RETRY)
    answer["Cache-Control"] = "no-store"
    return answer
