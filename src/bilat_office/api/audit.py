"""Who looked at records that only the own side may see, and when."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from bilat_office.api.asking import asking
from bilat_office.api.shapes import Paging, json_answer, linked
from bilat_office.people.models import AuditLine

router = Router(tags=["audit"])


class AuditShown(Schema):
    """One access: to which private records of the own side."""

    at: datetime
    person: str
    action: str
    records: list[str]
    address: str


class AuditPage(Schema):
    total: int
    page: int
    size: int
    rows: list[AuditShown]


class AuditAsked(Paging):
    person: str | None = Field(None, max_length=60)
    action: str | None = Field(None, max_length=40)


@router.get("/audit", response=AuditPage, summary="Accesses to the own side’s private records")
def audit(request: HttpRequest, asked: Query[AuditAsked]) -> HttpResponse:
    """The latest first."""
    asks = asking(request)
    asks.demand("audit")
    lines = AuditLine.objects.filter(side=asks.side)
    if asked.person is not None:
        lines = lines.filter(person=asked.person)
    if asked.action is not None:
        lines = lines.filter(action=asked.action)
    total = lines.count()
    first = (asked.page - 1) * asked.size
    rows = [
        {
            "at": line.at.isoformat(),
            "person": line.person,
            "action": line.action,
            "records": line.records,
            "address": line.address,
        }
        for line in lines[first : first + asked.size]
    ]
    body = {"total": total, "page": asked.page, "size": asked.size, "rows": rows}
    return linked(request, json_answer(body), asked.page, asked.size, total)
