"""Between two offices: lines that the other side may lack, and lines that it sends.

The other office's program calls with a token of scope ``exchange``, of a person of its own side.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from bilat.language import say
from bilat_office.api.asking import asking
from bilat_office.api.guard import LARGEST_LINES, NDJSON
from bilat_office.api.language import words_for
from bilat_office.api.problems import TOO_LARGE
from bilat_office.api.shapes import PageNumber, linked
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.services.messages import messages_receive, outbox

router = Router(tags=["exchange"])
MOST = 5000
"""Lines of one request or answer."""
_LINES = {"content": {NDJSON: {"schema": {"type": "string"}}}}
_SENT: dict[str, Any] = {
    "responses": {200: {"description": "One message a line.", **_LINES}},
}
_RECEIVED: dict[str, Any] = {"requestBody": {"required": True, **_LINES}}


class Lines(Schema):
    page: PageNumber = 1
    size: int = Field(1000, ge=1, le=MOST, description="Lines in a page.")


class Outcome(Schema):
    """What became of one line."""

    line: int = Field(description="From 1.")
    code: str
    accepted: bool
    id: str
    detail: str


class Outcomes(Schema):
    accepted: int
    outcomes: list[Outcome]


@router.get("/outbox", summary="Lines that the own side may lack", openapi_extra=_SENT)
def sent(request: HttpRequest, asked: Query[Lines]) -> HttpResponse:
    """Entries first. Receiving a line twice does no harm; a checkpoint shortens the list."""
    asks = asking(request)
    asks.demand("exchange")
    lines = outbox(side=asks.side)
    first = (asked.page - 1) * asked.size
    body = b"".join(line + b"\n" for line in lines[first : first + asked.size])
    answer = HttpResponse(body, content_type=NDJSON)
    return linked(request, answer, asked.page, asked.size, len(lines))


@router.post(
    "/messages",
    response=Outcomes,
    summary="Take lines from another office",
    openapi_extra=_RECEIVED,
)
def received(request: HttpRequest) -> Outcomes:
    """NDJSON; one outcome for each line, whatever it holds."""
    asks = asking(request)
    asks.demand("exchange")
    if request.content_type != NDJSON:
        raise OfficeRefused("media_type", say("Send lines of JSON, as {type}.", type=NDJSON))
    body = request.read(LARGEST_LINES + 1)
    if len(body) > LARGEST_LINES:
        raise OfficeRefused("too_large", TOO_LARGE)
    lines = [line for line in body.split(b"\n") if line.strip()]
    if len(lines) > MOST:
        raise OfficeRefused("too_large", TOO_LARGE)
    done = messages_receive(lines=lines)
    words = words_for(request)
    shown = [
        Outcome(
            line=number,
            code=item.code,
            accepted=item.accepted,
            id=item.id,
            detail=words(item.message),
        )
        for number, item in enumerate(done, 1)
    ]
    return Outcomes(accepted=sum(item.accepted for item in done), outcomes=shown)
