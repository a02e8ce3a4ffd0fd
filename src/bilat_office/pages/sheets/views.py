"""Records out as a workbook and in again; what an import would change is shown before it does."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.programme import KINDS
from bilat_office.pages.differing import record_shown
from bilat_office.pages.filing import Written, filed, how_of, ways
from bilat_office.pages.lists import as_file, asked_of
from bilat_office.pages.refusing import status_of
from bilat_office.pages.sections import section_name
from bilat_office.pages.sheets import keeping
from bilat_office.pages.sheets.columns import cells_of, columns_of, languages_in
from bilat_office.pages.sheets.planning import Plan, every, plan_of
from bilat_office.pages.sheets.workbook import sheet_of, workbook
from bilat_office.pages.signing import keys_asked
from bilat_office.pages.views.editing import demand_writing
from bilat_office.pages.views.records import crumbs
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.records.refusals import NotSeen, OfficeRefused
from bilat_office.records.services.private import private_save_all

SHOWN = 50
"""Records whose differences stand on the page; a longer sheet says how many more there are."""


@require_http_methods(["GET", "HEAD", "POST"])
@page
def sheet(request: HttpRequest, section: str) -> HttpResponse:
    """Take the workbook, or give it back changed."""
    visit = _visit_of(request, section)
    if request.method != "POST":
        return _asking(visit, section, None, 200)
    demand_writing(visit)
    try:
        file = request.FILES.get("sheet")
        if file is None:
            raise OfficeRefused("file", say("Choose a file first."))
        plan = plan_of(visit, section, sheet_of(file.read(), section))
    except BilatError as error:
        return _asking(visit, section, error.message, status_of(error))
    word = keeping.kept(visit, plan)
    return HttpResponseRedirect(reverse("sheet_plan", args=[section, word]))


@require_safe
@page
def sheet_file(request: HttpRequest, section: str) -> HttpResponse:
    """The workbook, with the records that the filters of the address leave."""
    visit = _visit_of(request, section)
    items = list(every(visit, section, asked_of(request.GET).filters))
    columns = columns_of(section, languages_in(item.content for item in items))
    labels = [visit.words(column.label) for column in columns]
    rows = (cells_of(item.content, item.visibility, columns) for item in items)
    return as_file(workbook(section, columns, labels, rows), section, "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def sheet_plan(request: HttpRequest, section: str, word: str) -> HttpResponse:
    """What the sheet would change; then it does."""
    visit = _visit_of(request, section)
    demand_writing(visit)
    plan = keeping.found(visit, word)
    if plan.section != section:
        raise NotSeen(section, word)
    if request.method != "POST":
        return _planned(visit, plan, None, 200)
    try:
        done, address = _filed(visit, plan)
    except BilatError as error:
        return _planned(visit, plan, error.message, status_of(error))
    keeping.forget(visit, word)
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(address)


def _visit_of(request: HttpRequest, section: str) -> Visit:
    """Raises NotSeen for a section that has no sheet."""
    if section not in KINDS:
        raise NotSeen(section, "")
    return visit_of(request)


def _asking(visit: Visit, section: str, wrong: Message | None, status: int) -> HttpResponse:
    context = {
        "section": section,
        "name": section_name(section),
        "wrong": wrong,
        "may_write": visit.may("draft") or visit.may("write_private"),
        "breadcrumbs": crumbs(section),
    }
    return render(visit.request, "sheets/sheet.html", context, status=status)


def _planned(visit: Visit, plan: Plan, wrong: Message | None, status: int) -> HttpResponse:
    found = ways(visit, [plan.section]) if plan.joint else ()
    signs = found[:1] not in ((), ("draft",))
    post = visit.request.POST
    context: dict[str, Any] = {
        "section": plan.section,
        "name": section_name(plan.section),
        "plan": plan,
        "new_count": sum(record.before is None for record in plan.records),
        "changed_count": sum(record.before is not None for record in plan.records),
        "records": [
            record_shown(record.name, record.before, record.after, visit.words)
            for record in plan.records[:SHOWN]
        ],
        "more": max(0, len(plan.records) - SHOWN),
        "wrong": wrong,
        "ways": found,
        "keys": keys_asked(visit, both=visit.office.solo) if signs else [],
        "reason": post.get("reason", ""),
        "breadcrumbs": [
            *crumbs(plan.section),
            (say("In a workbook"), reverse("sheet", args=[plan.section])),
        ],
    }
    return render(visit.request, "sheets/plan.html", context, status=status)


def _filed(visit: Visit, plan: Plan) -> tuple[Message, str]:
    """Those of the own side at once, all or none; then the joint ones as one change."""
    if not plan.records:
        raise OfficeRefused("sheet_same", say("The sheet changes nothing."))
    if plan.private:
        demand(visit.viewer, "write_private")
        own = [(plan.section, record.after) for record in plan.private]
        private_save_all(new=own, by=visit.by, at=visit.at)
    if not plan.joint:
        return say("Saved for your side alone."), reverse("record_list", args=[plan.section])
    post = visit.request.POST
    written = Written(
        new=[(record.name, record.after) for record in plan.joint],
        reason=post.get("reason", "").strip(),
        bases={record.name: record.base for record in plan.joint},
    )
    return filed(visit, how_of(post.get("how", "")), written)
