"""What goes wrong, as application/problem+json (RFC 9457): a code for programs, a sentence for
people in their language, never anything of a traceback.
"""

from __future__ import annotations

import errno
import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import HttpError, ValidationError

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.register.route import NotAllowed
from bilat_office.api.asking import CsrfMissing, NotSignedIn, ScopeMissing
from bilat_office.api.language import words_for
from bilat_office.api.throttle import TooMany
from bilat_office.people.permissions import NotOwned, NotPermitted
from bilat_office.records.refusals import NotFounded, NotOpen, NotSeen

MEDIA_TYPE = "application/problem+json"
RETRY = 5
"""Seconds after which to try again, where the cause may pass by itself."""
_log = logging.getLogger("bilat_office.api")

_BY_CLASS: Sequence[tuple[type[BilatError], HTTPStatus]] = (
    (NotSeen, HTTPStatus.NOT_FOUND),
    (NotFounded, HTTPStatus.SERVICE_UNAVAILABLE),
    (NotSignedIn, HTTPStatus.UNAUTHORIZED),
    (NotOpen, HTTPStatus.FORBIDDEN),
    (NotPermitted, HTTPStatus.FORBIDDEN),
    (NotOwned, HTTPStatus.FORBIDDEN),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (ScopeMissing, HTTPStatus.FORBIDDEN),
    (CsrfMissing, HTTPStatus.FORBIDDEN),
)
_CONFLICT, _FORBIDDEN = HTTPStatus.CONFLICT, HTTPStatus.FORBIDDEN
_BY_CODE: Mapping[str, HTTPStatus] = MappingProxyType(
    {
        **dict.fromkeys(("stale", "not_open", "entered", "fork", "other_history"), _CONFLICT),
        **dict.fromkeys(("settled", "clock_back", "still_named", "broken_chain"), _CONFLICT),
        **dict.fromkeys(("draft_closed", "clash", "founded", "known", "base"), _CONFLICT),
        **dict.fromkeys(("same_at_once", "under_way"), _CONFLICT),
        **dict.fromkeys(("wrong_side", "not_depositary", "officer_only", "no_key"), _FORBIDDEN),
        **dict.fromkeys(("key_of_other", "passphrase", "not_public", "revoked_key"), _FORBIDDEN),
        **dict.fromkeys(("not_known", "key_not_kept", "not_found"), HTTPStatus.NOT_FOUND),
        "if_match": HTTPStatus.PRECONDITION_FAILED,
        "too_many": HTTPStatus.TOO_MANY_REQUESTS,
        "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "media_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "unreadable_body": HTTPStatus.BAD_REQUEST,
        "extra_missing": HTTPStatus.SERVICE_UNAVAILABLE,
    }
)
"""Code of a refusal → status; any other is about what was sent: 422."""
TOO_LARGE = say("The request is too large. Send it in parts.")
_SENTENCES: Mapping[int, Message] = MappingProxyType(
    {
        400: say("The request cannot be read. Send it as the documentation says."),
        403: say("This is not allowed."),
        404: say("There is nothing at this address."),
        405: say("This address does not take such a request."),
        409: say("This contradicts what is stored. Read it again, then try again."),
        413: TOO_LARGE,
        422: say("Some of what was sent cannot be taken."),
        500: say("The office has made a mistake; it is written down on the server."),
        503: say("The office’s storage does not answer, or is full. Try again in a moment."),
    }
)


def problem(
    request: HttpRequest,
    status: int,
    code: str,
    detail: Message,
    errors: Sequence[Mapping[str, str]] = (),
) -> HttpResponse:
    """One problem as an answer."""
    body: dict[str, Any] = {
        "type": f"urn:bilat:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "code": code,
        "detail": words_for(request)(detail),
        "instance": request.path,
    }
    if errors:
        body["errors"] = list(errors)
    answer = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA_TYPE
    )
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = 'Bearer realm="bilat"'
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer["Retry-After"] = str(RETRY)
    return answer


def plain(request: HttpRequest, status: int) -> HttpResponse:
    """A problem of which nothing is known but its status."""
    known = status if status in _SENTENCES else 400 if status < HTTPStatus(500) else 500
    code = HTTPStatus(known).phrase.lower().replace(" ", "_")
    return problem(request, status, code, _SENTENCES[known])


def of_exception(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Any exception as a problem; what nobody has foreseen goes to the log, and is a 500."""
    if isinstance(error, HttpError) and isinstance(error.__cause__, BilatError):
        error = error.__cause__
    if isinstance(error, BilatError):
        status = _status_of(error)
        answer = problem(request, status, getattr(error, "code", "no_answer"), error.message)
        if isinstance(error, TooMany):
            answer["Retry-After"] = str(error.retry_after)
        return answer
    if isinstance(error, ValidationError):
        return problem(request, 422, "content", _SENTENCES[422], _fields(error))
    status = _status_of_other(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s %s", request.method, request.path, exc_info=error)
    return plain(request, status)


def _status_of(error: BilatError) -> int:
    for kind, status in _BY_CLASS:
        if isinstance(error, kind):
            return status
    return _BY_CODE.get(getattr(error, "code", ""), HTTPStatus.UNPROCESSABLE_ENTITY)


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_OTHERS: Sequence[tuple[tuple[type[BaseException], ...], HTTPStatus]] = (
    ((Http404,), HTTPStatus.NOT_FOUND),
    ((PermissionDenied,), HTTPStatus.FORBIDDEN),
    ((RequestDataTooBig,), HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ((SuspiciousOperation, BadRequest), HTTPStatus.BAD_REQUEST),
    ((DataError,), HTTPStatus.UNPROCESSABLE_ENTITY),
    ((IntegrityError,), HTTPStatus.CONFLICT),
    ((OperationalError, InterfaceError, DatabaseError), HTTPStatus.SERVICE_UNAVAILABLE),
)


def _status_of_other(error: BaseException) -> int:
    if isinstance(error, HttpError):
        return error.status_code
    if isinstance(error, OSError) and error.errno in _FULL:
        return HTTPStatus.SERVICE_UNAVAILABLE
    for kinds, status in _OTHERS:
        if isinstance(error, kinds):
            return status
    return HTTPStatus.INTERNAL_SERVER_ERROR


def _fields(error: ValidationError) -> list[dict[str, str]]:
    """Where and what, without the value: that is the asker's own already."""
    return [
        {
            "where": ".".join(str(step) for step in item.get("loc", ())),
            "what": str(item.get("msg", "")),
        }
        for item in error.errors
    ]
