"""The filtered list as a file: exactly the records that the list shows, of all its pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from bilat.language import say
from bilat_office.api import tables
from bilat_office.api.asking import asking
from bilat_office.api.listing import Asked, check_section, page_of
from bilat_office.api.shapes import JSON, Section
from bilat_office.records.door import Door
from bilat_office.records.listing import LARGEST_PAGE, Listed
from bilat_office.records.refusals import OfficeRefused

router = Router(tags=["records"])
MOST = 200_000
"""Records in one file."""
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": JSON,
}
_ANSWER = {
    "responses": {
        200: {
            "description": "The file.",
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                _TYPES["xlsx"]: {"schema": {"type": "string", "format": "binary"}},
                "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
            },
        }
    }
}


class Exported(Asked):
    """The filters and the order of a list; its pages are not asked."""

    format: Literal["csv", "xlsx", "json"] = Field("csv", description="Kind of file.")


@router.get("/export/{section}", summary="The filtered list as a file", openapi_extra=_ANSWER)
def export(request: HttpRequest, section: Section, asked: Query[Exported]) -> HttpResponse:
    """Every page of the list at once; what would be a formula in a spreadsheet is made harmless."""
    check_section(section)
    items = list(_all(asking(request).door(), section, asked))
    if asked.format == "json":
        body = tables.as_json(items)
    elif asked.format == "xlsx":
        body = tables.as_xlsx(section, items)
    else:
        body = tables.as_csv(section, items)
    answer = HttpResponse(body, content_type=_TYPES[asked.format])
    answer["Content-Disposition"] = f'attachment; filename="{section}.{asked.format}"'
    answer["X-Total-Count"] = str(len(items))
    return answer


def _all(door: Door, section: str, asked: Asked) -> Iterator[Listed]:
    """Raises OfficeRefused where there are more than one file should hold."""
    asked.page, asked.size = 1, LARGEST_PAGE
    while True:
        found = page_of(door, section, asked)
        if found.total > MOST:
            raise OfficeRefused(
                "too_many_records",
                say("The list has {n} records; a file holds {most}. Filter it.",
                    n=found.total, most=MOST),
            )  # fmt: skip
        yield from found.rows
        if asked.page >= found.pages:
            return
        asked.page += 1
