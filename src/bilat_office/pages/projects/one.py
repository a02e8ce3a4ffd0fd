"""One project: output, finance, partners, what holds it; a quick update of stage and year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bilat.brief.charts import picture
from bilat.brief.charts.output import output_chart
from bilat.brief.facts.projects import ProjectStanding
from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.programme import Document, Link
from bilat.programme.names import DEAL_STAGE, DOCUMENT_STATE, STAGE
from bilat_office.pages.addresses import address_of_reference
from bilat_office.pages.filing import filed_over
from bilat_office.pages.projects.listing import RULES, TONE
from bilat_office.pages.projects.standing import named_by, projects_unshown
from bilat_office.pages.projects.updating import Update, UpdateWrong, updated
from bilat_office.pages.projects.views import CRUMB
from bilat_office.pages.quick import quick_form
from bilat_office.pages.reckoning import chart_of, programme_unshown, saw_private
from bilat_office.pages.refusing import status_of
from bilat_office.pages.showing import names_in, shown_fields, title_of
from bilat_office.pages.views.records import links_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.refusals import NotSeen

APART = (
    "title", "stage", "since", "partners", "years", "place", "local_content", "jobs",
    "commitments", "document", "link", "next_step",
)  # fmt: skip
"""Fields that the page shows in a part of their own."""
LABELS = {
    "stage": say("Stage"),
    "since": say("At this stage since"),
    "year": say("Year"),
    "planned_units": say("Planned units"),
    "units": say("Units made"),
    "planned_value": say("Planned value"),
    "value": say("Value"),
    "currency": say("Currency"),
}


@require_safe
@page
def project(request: HttpRequest, record_id: str) -> HttpResponse:
    """One project, with everything that names it."""
    return _shown(visit_of(request), record_id, Update(), {}, None, 200)


@require_POST
@page
def update(request: HttpRequest, record_id: str) -> HttpResponse:
    """Another stage, or numbers of a year: a draft, a proposal, an entry, a private version."""
    visit = visit_of(request)
    typed = Update.of(request.POST.dict())
    stands = visit.door.get("projects", record_id)
    try:
        content = updated(stands.content, typed, visit.today)
        done, address = filed_over(visit, stands, content)
    except UpdateWrong as wrong:
        return _shown(visit, record_id, typed, wrong.errors, None, 400)
    except NotSeen:
        raise
    except BilatError as error:
        return _shown(visit, record_id, typed, {}, error.message, status_of(error))
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(address)


def _shown(
    visit: Visit,
    record_id: str,
    typed: Update,
    errors: dict[str, Message],
    wrong: Message | None,
    status: int,
) -> HttpResponse:
    found = visit.door.get("projects", record_id)
    item = next((one for one in projects_unshown(visit).projects if one.id == record_id), None)
    if item is None:
        raise NotSeen("projects", record_id)
    programme = programme_unshown(visit)
    record: Any = found.record
    fields = shown_fields(record, "projects", programme, visit.words.lang)
    saw_private(visit, [*names_in(fields), *named_by(item)])
    context = {
        **quick_form(visit, found, typed, errors, wrong, LABELS),
        "stages": STAGE.items(),
        "sides": [(side, visit.office.side_name(side)) for side in visit.office.sides],
        **_papers(visit, item),
        "item": item,
        "found": found,
        "stage": STAGE[item.stage],
        "tone": TONE[item.stage],
        "chart": _chart(visit, item),
        "holds": [
            (RULES[hold.rule], hold, address_of_reference(hold.ref or "")) for hold in item.holds
        ],
        "deals": [(deal, DEAL_STAGE[deal.stage]) for deal in item.deals],
        "fields": [field for field in fields if field.name not in APART],
        **links_of(visit, "projects", record_id),
        "breadcrumbs": [CRUMB],
    }
    return render(visit.request, "projects/project.html", context, status=status)


def _papers(visit: Visit, item: ProjectStanding) -> dict[str, Any]:
    """Its document with how far that has come, and the link that it came of."""
    programme = programme_unshown(visit)
    document = programme.find(Document, item.document)
    state = document.state(visit.today) if document else None
    link = programme.find(Link, item.link)
    return {
        "document": document,
        "document_state": DOCUMENT_STATE[state] if state else None,
        "link": link and (link.id, title_of(programme, "links", link.id, visit.words.lang)),
    }


def _chart(visit: Visit, item: ProjectStanding) -> str:
    drawn = output_chart(item.years, visit.words)
    if drawn is None:
        return ""
    name = f"output-{item.id}"
    return chart_of(visit, name, lambda words: picture(drawn, "svg", words.lang), of=item.years)
