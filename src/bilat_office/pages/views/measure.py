"""One measure: how far it has come, its dates with reasons, its history; its owner reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.programme.names import COMPLETION
from bilat.register.history import Edit
from bilat_office.pages.differing import FieldShown, record_shown
from bilat_office.pages.filing import filed_over
from bilat_office.pages.forms.progress import Progress, ProgressWrong, progressed
from bilat_office.pages.measures import (
    STEPS,
    measures_of,
)
from bilat_office.pages.quick import quick_form
from bilat_office.pages.reckoning import called_by, facts_of, programme_unshown, saw_private
from bilat_office.pages.refusing import status_of
from bilat_office.pages.showing import names_in, shown_fields
from bilat_office.pages.views.records import links_of
from bilat_office.pages.views.roadmap import CRUMB
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.refusals import NotSeen

APART = ("title", "owners", "due", "due_changes", "evidence", "milestones", "depends_on")
"""Fields that a measure's page shows in a part of their own."""


@require_safe
@page
def measure(request: HttpRequest, record_id: str) -> HttpResponse:
    """One measure, with the history of each of its fields, and what names it."""
    return _shown(visit_of(request), record_id, Progress(), {}, None, 200)


@require_safe
@page
def measure_fields(request: HttpRequest, record_id: str) -> HttpResponse:
    """What each entry changed, field by field."""
    visit = visit_of(request)
    found = visit.door.get("commitments", record_id)
    context = {
        "title": found.title(visit.words.lang),
        "history": list(_field_history(visit, record_id)),
        "breadcrumbs": [CRUMB, (record_id, reverse("measure", args=[record_id]))],
    }
    return render(request, "pages/measure_fields.html", context)


@require_http_methods(["POST"])
@page
def update(request: HttpRequest, record_id: str) -> HttpResponse:
    """How far it has come, or another date with its reason: a draft, a proposal, or an entry."""
    visit = visit_of(request)
    typed = Progress.of(request.POST)
    try:
        stands = visit.door.get("commitments", record_id)
        content = progressed(stands.content, typed, visit.today, visit.person.body)
        done, address = filed_over(visit, stands, content)
    except ProgressWrong as wrong:
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
    typed: Progress,
    errors: dict[str, Message],
    wrong: Message | None,
    status: int,
) -> HttpResponse:
    found = visit.door.get("commitments", record_id)
    programme = programme_unshown(visit)
    by_id = facts_of(visit, measures_of).by_id
    row = by_id.get(record_id)
    if row is None:
        raise NotSeen("commitments", record_id)
    record: Any = found.record
    fields = shown_fields(record, "commitments", programme, visit.words.lang)
    saw_private(visit, names_in(fields))
    context = {
        "waits_for": [by_id[id_] for id_ in record.depends_on if id_ in by_id],
        "awaited_by": [
            by_id[item.id]
            for item in programme.commitments
            if record_id in item.depends_on and item.id in by_id
        ],
        **quick_form(visit, found, typed, errors, wrong, LABELS),
        "grades": [(grade, COMPLETION[grade]) for grade in STEPS],
        "row": row,
        "record": record,
        "found": found,
        "fields": [field for field in fields if field.name not in APART],
        "evidence": [
            (item, COMPLETION[item.grade]) for item in sorted(record.evidence, key=_on)[::-1]
        ],
        **links_of(visit, "commitments", record_id),
        "breadcrumbs": [CRUMB],
    }
    return render(visit.request, "pages/measure.html", context, status=status)


LABELS = {
    "grade": say("Completion"),
    "evidence": say("Evidence"),
    "on": say("Day"),
    "due": say("New date"),
    "due_reason": say("Reason for the new date"),
}


def _on(item: Any) -> Any:
    return item.on


def _field_history(visit: Visit, record_id: str) -> Iterator[tuple[FieldShown, Edit]]:
    """Each field with the entries that changed it, field by field, the latest first."""
    name, called = ("commitments", record_id), called_by(visit)
    found = [
        (field, edit)
        for edit in reversed(visit.door.history(*name))
        if edit.before is not None
        for field in record_shown(name, edit.before, edit.after, visit.words, called=called).fields
    ]
    yield from sorted(found, key=lambda pair: visit.words(pair[0].label))
