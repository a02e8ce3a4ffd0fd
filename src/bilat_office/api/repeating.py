"""Requests with an Idempotency-Key: done once, answered alike each time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from bilat.register.canonical import digest
from bilat_office.api.asking import asking
from bilat_office.api.services.once import once
from bilat_office.api.shapes import JSON, json_answer

HEADER = "Idempotency-Key"


def answered_once(request: HttpRequest, work: Callable[[], Any], status: int = 201) -> HttpResponse:
    """What ``work`` gives as JSON; under a key that has come before, the answer of then."""
    key = request.headers.get(HEADER)
    if key is None:
        return json_answer(work(), status)

    def done() -> tuple[int, str]:
        return status, json.dumps(work(), ensure_ascii=False)

    asks = asking(request)
    told, body = once(person=asks.person, key=key, digest=_digest(request), at=asks.at, work=done)
    return HttpResponse(body, status=told, content_type=JSON)


def _digest(request: HttpRequest) -> str:
    head = f"{request.method} {request.get_full_path()}\n{request.headers.get('If-Match', '')}\n"
    return digest(head.encode() + request.body)
