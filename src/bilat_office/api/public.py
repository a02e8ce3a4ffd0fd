"""What both sides have published, as anybody sees it: also for those who are signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from bilat_office.api.listing import Asked, check_section, page_of
from bilat_office.api.records import record_answer
from bilat_office.api.shapes import Record, RecordId, RecordPage, Section, page_answer
from bilat_office.people.doorway import PUBLIC
from bilat_office.records.door import Door

router = Router(tags=["public"])
SHARED = "public, max-age=60"
"""Anybody may keep it for a minute: it is the same for all."""


@router.get("/public", response=RecordPage, summary="Everything that is published")
def published(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """Of every section. No sign-in."""
    return _shared(page_answer(request, page_of(Door(PUBLIC), None, asked)))


@router.get("/public/{section}", response=RecordPage, summary="What is published of one section")
def published_section(request: HttpRequest, section: Section, asked: Query[Asked]) -> HttpResponse:
    """No sign-in."""
    check_section(section)
    return _shared(page_answer(request, page_of(Door(PUBLIC), section, asked)))


@router.get(
    "/public/{section}/{record_id}",
    response={200: Record, 304: None},
    summary="One published record",
)
def published_record(request: HttpRequest, section: Section, record_id: RecordId) -> HttpResponse:
    """No sign-in."""
    check_section(section, record_id)
    return _shared(record_answer(request, Door(PUBLIC).get(section, record_id)))


def _shared(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = SHARED
    return answer
