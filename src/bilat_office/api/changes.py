"""Joint changes: under way and entered, with their three versions. What signs is `orders`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from bilat.register.difference import Difference
from bilat_office.api.asking import asking
from bilat_office.api.shapes import Change, ChangeWhole, Paging, json_answer, linked
from bilat_office.records.desk import Proposed

router = Router(tags=["changes"])
Status = Literal[
    "open", "countersigned", "rejected", "withdrawn", "countered", "stale", "ahead", "lapsed"
]


class ChangePage(Schema):
    """One page of changes, the latest first."""

    total: int
    page: int
    size: int
    rows: list[Change]


class AskedChanges(Paging):
    """`awaiting`: those that wait for the own side's answer, or for the other side's."""

    status: list[Status] = Field([], max_length=20)
    awaiting: Literal["mine", "theirs"] | None = None


@router.get("/changes", response=ChangePage, summary="Changes that are not entered")
def changes(request: HttpRequest, asked: Query[AskedChanges]) -> HttpResponse:
    """What is entered is in the records' histories, and by its id under `/changes/{id}`."""
    with asking(request).door().desk() as desk:
        if asked.awaiting == "mine":
            found: Sequence[Proposed] = desk.awaiting_my_key()
        elif asked.awaiting == "theirs":
            found = desk.awaiting_theirs()
        else:
            found = desk.all()
    wanted = [item for item in found if not asked.status or item.status in asked.status]
    wanted.sort(key=lambda item: (item.change.time, item.id), reverse=True)
    first = (asked.page - 1) * asked.size
    rows = [in_short(item) for item in wanted[first : first + asked.size]]
    body = {"total": len(wanted), "page": asked.page, "size": asked.size, "rows": rows}
    return linked(request, json_answer(body), asked.page, asked.size, len(wanted))


@router.get("/changes/{change}", response=ChangeWhole, summary="One change, entered or not")
def change_one(request: HttpRequest, change: str) -> HttpResponse:
    """With each record as it was, as it is and as it is proposed (nothing once it is entered)."""
    with asking(request).door().desk() as desk:
        found = desk.get(change)
    return json_answer({**in_short(found), "differences": [_three(d) for d in found.differences]})


def in_short(item: Proposed) -> dict[str, Any]:
    """As `Change`."""
    said = item.change
    return {
        "id": item.id,
        "status": item.status,
        "side": said.side,
        "person": said.person,
        "body": said.body,
        "reason": said.reason,
        "time": said.time,
        "answers": said.answers,
        "items": [{"section": each.section, "id": each.id} for each in said.items],
        "answered": [
            {
                "side": answer.side,
                "person": answer.person,
                "verdict": answer.verdict,
                "reason": answer.reason,
                "time": answer.time,
            }
            for answer in item.answers
        ],
    }


def _three(item: Difference) -> dict[str, Any]:
    return {
        "section": item.name[0],
        "id": item.name[1],
        "base": item.base,
        "current": item.current,
        "proposed": item.proposed,
        "fields": [{"kind": field.kind, **asdict(field)} for field in item.fields],
        "merged": item.merged,
    }
