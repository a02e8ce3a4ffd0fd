"""Links of regions, cities and companies: a list with what came of each, and as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.facts.links import LinksFact
from bilat.language import say
from bilat_office.pages.addresses import address_of_reference
from bilat_office.pages.codes import LINK_KIND
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import columns_of, leaves, page_number, part_of
from bilat_office.pages.reckoning import programme_of
from bilat_office.pages.regions.listing import CAME, Row, asked_of, chosen, rows_of
from bilat_office.pages.regions.standing import links_unshown, matches_unshown
from bilat_office.pages.visit import Visit, page, visit_of

CRUMB = (say("Regions and companies"), "/regions")
HEADINGS = (
    (say("Link"), "title"),
    (say("Kind"), "kind"),
    (say("Both ends"), ""),
    (say("Since"), "since"),
    (say("What came of it"), "came"),
)


@require_safe
@page
def links(request: HttpRequest) -> HttpResponse:
    """Everything that the filters leave: as a list, or a file."""
    visit = visit_of(request)
    asked = asked_of(request.GET)
    programme_of(visit)  # what is private of it is written into the audit
    facts = links_unshown(visit)
    every = rows_of(facts.links)
    found = chosen(every, asked, visit.words)
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        rows = (_cells(visit, row) for row in found)
        return table_file("links", "xlsx" if kind == "xlsx" else "csv", _heading(visit), rows)
    shown, number, pages = part_of(found, page_number(request.GET))
    context = {
        "asked": asked,
        "rows": [(row, _came(row)) for row in shown],
        "total": len(found),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "columns": columns_of(HEADINGS, asked.sort, descending=asked.descending),
        "kinds": LINK_KIND.items(),
        "came": CAME.items(),
        **_choices(visit, facts),
        "funnel": facts.funnel,
        "match_count": len(matches_unshown(visit)),
        "is_empty": not every,
        "is_filtered": bool(set(request.GET) - {"sort", "order", "page"}),
    }
    return render(request, "regions/links.html", context)


def _choices(visit: Visit, facts: LinksFact) -> dict[str, Any]:
    show = visit.words.show
    return {
        "regions": sorted(
            ((one.id, show(one.name)) for one in facts.regions), key=lambda pair: pair[1]
        ),
        "sectors": sorted({sector for link in facts.links for sector in link.sectors}),
        "forums": sorted(
            ((one.ref, show(one.title)) for one in facts.forums), key=lambda pair: pair[1]
        ),
    }


def _came(row: Row) -> list[tuple[Any, str]]:
    """Title and address of everything that came of a link."""
    item = row.fact
    every = (*item.meetings, *item.contracts, *item.projects, *item.deals)
    return [(one.title, address_of_reference(one.ref)) for one in every]


def _heading(visit: Visit) -> list[str]:
    labels = (
        say("Id"), say("Link"), say("Kind"), say("Both ends"), say("Since"), say("Forum"),
        say("Requests"), say("Offers"), say("HS codes"), say("Sectors"), say("Brings together"),
        say("Meetings"), say("Contracts"), say("Projects"), say("Deals"), say("Next step"),
    )  # fmt: skip
    return [visit.words(label) for label in labels]


def _cells(visit: Visit, row: Row) -> list[str]:
    show, item = visit.words.show, row.fact
    came = (item.meetings, item.contracts, item.projects, item.deals)
    return [
        item.id, show(item.title), visit.words(row.kind),
        "; ".join(show(end.name) for end in item.ends), str(item.since or ""),
        show(item.forum.title) if item.forum else "", str(item.requests), str(item.offers),
        ", ".join(item.codes), ", ".join(item.sectors), ", ".join(item.introduces),
        *("; ".join(show(one.title) for one in each) for each in came),
        show(item.next_step) if item.next_step else "",
    ]  # fmt: skip
