"""The roadmap: what was promised, by whom, by when; how far it has come; what is late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bilat.brief.facts.roadmap import RoadmapFact, roadmap_facts
from bilat.brief.story.names import STATE
from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.programme.names import COMPLETION
from bilat.register.history import Edit
from bilat_office.api.versions import version_listed
from bilat_office.pages.differing import FieldShown, record_shown
from bilat_office.pages.exports import table_file
from bilat_office.pages.filing import Written, filed, how_of, kept_private, ways
from bilat_office.pages.forms.progress import Progress, ProgressWrong, progressed
from bilat_office.pages.lists import Column, columns_of, leaves, page_number, part_of
from bilat_office.pages.measures import (
    RULE,
    STEPS,
    Asked,
    Row,
    asked_of,
    chapters_of,
    chosen,
    grouped,
    rows_of,
)
from bilat_office.pages.reckoning import programme_of, programme_unshown, saw_private
from bilat_office.pages.refusing import status_of
from bilat_office.pages.showing import names_in, shown_fields
from bilat_office.pages.signing import keys_asked
from bilat_office.pages.views.records import row_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.records.listing import Listed
from bilat_office.records.refusals import NotSeen
from bilat_office.records.viewer import JOINT

CRUMB = (say("Roadmap"), "/roadmap")
HEADINGS = (
    (say("Measure"), "title"),
    (say("State"), "urgency"),
    (say("Completion"), "completion"),
    (say("Due"), "due"),
    (say("Owners"), ""),
)
APART = ("title", "owners", "due", "due_changes", "evidence", "milestones")
"""Fields that a measure's page shows in a part of their own."""


@require_safe
@page
def roadmap(request: HttpRequest) -> HttpResponse:
    """The list, or the whole of it as a file."""
    visit = visit_of(request)
    words = visit.words
    asked = asked_of(request.GET)
    programme = programme_of(visit)
    every = rows_of(programme, roadmap_facts(programme, visit.today))
    found = chosen(every, asked, words)
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        heading, cells = _heading(visit), (_cells(visit, row) for row in found)
        return table_file("roadmap", "xlsx" if kind == "xlsx" else "csv", heading, cells)
    shown, number, pages = part_of(found, page_number(request.GET))
    owners = {owner.id: owner.name for row in every for owner in row.fact.owners}
    context = {
        "asked": asked,
        "groups": grouped(shown, asked.by, words),
        "total": len(found),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "columns": _columns(asked),
        "states": [("open", say("open")), *STATE.items()],
        "owners": sorted(owners.items(), key=lambda pair: words.show(pair[1])),
        "sides": [(side, visit.office.side_name(side)) for side in visit.office.sides],
        "chapters": chapters_of(every, words),
        "rule": RULE,
        "is_empty": not every,
        "is_filtered": bool(set(request.GET) - {"sort", "order", "page", "by"}),
    }
    return render(request, "pages/roadmap.html", context)


@require_safe
@page
def scorecard(request: HttpRequest) -> HttpResponse:
    """How each body stands with everything that it owns."""
    visit = visit_of(request)
    facts = roadmap_facts(programme_of(visit), visit.today)
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        return _scorecard_file(visit, facts, "xlsx" if kind == "xlsx" else "csv")
    context = {
        "rows": facts.owners,
        "total": sum(row.owner is not None for row in facts.owners),
        "breadcrumbs": [CRUMB],
    }
    return render(request, "pages/scorecard.html", context)


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
        done, address = _filed(visit, stands, content)
    except ProgressWrong as wrong:
        return _shown(visit, record_id, typed, wrong.errors, None, 400)
    except NotSeen:
        raise
    except BilatError as error:
        return _shown(visit, record_id, typed, {}, error.message, status_of(error))
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(address)


def _filed(visit: Visit, stands: Listed, content: dict[str, Any]) -> tuple[Message, str]:
    if stands.visibility != JOINT:
        kept_private(visit, "commitments", content)
        return say("Saved for your side alone."), reverse("measure", args=[stands.id])
    demand(visit.viewer, "draft")
    name = ("commitments", stands.id)
    post = visit.request.POST
    written = Written(
        new=[(name, content)],
        reason=post.get("reason", "").strip(),
        bases={name: post.get("base") or None},
    )
    return filed(visit, how_of(post.get("how", "")), written)


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
    rows = rows_of(programme, roadmap_facts(programme, visit.today))
    row = next((row for row in rows if row.fact.id == record_id), None)
    if row is None:
        raise NotSeen("commitments", record_id)
    record: Any = found.record
    fields = shown_fields(record, "commitments", programme, visit.words.lang)
    saw_private(visit, names_in(fields))
    may_update = visit.may("draft" if found.visibility == JOINT else "write_private")
    is_joint = found.visibility == JOINT
    found_ways = ways(visit, ["commitments"]) if may_update and is_joint else ()
    context = {
        "row": row,
        "record": record,
        "found": found,
        "is_joint": is_joint,
        "fields": [field for field in fields if field.name not in APART],
        "evidence": [
            (item, COMPLETION[item.grade]) for item in sorted(record.evidence, key=_on)[::-1]
        ],
        "links": [
            (_link(item, visit), field)
            for item, field in visit.door.back_links("commitments", record_id)
        ],
        "may_update": may_update,
        "grades": [(grade, COMPLETION[grade]) for grade in STEPS],
        "typed": typed,
        "errors": [
            {"anchor": name, "label": LABELS[name], "what": what} for name, what in errors.items()
        ],
        "wrong_at": errors,
        "wrong": wrong,
        "ways": found_ways,
        "keys": keys_asked(visit, both=visit.office.solo)
        if is_joint and found_ways[:1] not in ((), ("draft",))
        else [],
        "base": visit.request.POST.get("base") or version_listed(found),
        "reason": visit.request.POST.get("reason", ""),
        "is_open": bool(errors or wrong),
        "breadcrumbs": [CRUMB],
    }
    return render(visit.request, "pages/measure.html", context, status=status)


LABELS = {
    "grade": say("Completion"),
    "evidence": say("Evidence"),
    "on": say("On"),
    "due": say("New date"),
    "due_reason": say("Reason for the new date"),
}


def _on(item: Any) -> Any:
    return item.on


def _link(item: Listed, visit: Visit) -> dict[str, Any]:
    return row_of(item, visit.words.lang)


def _field_history(visit: Visit, record_id: str) -> Iterator[tuple[FieldShown, Edit]]:
    """Each field with the entries that changed it, field by field, the latest first."""
    name = ("commitments", record_id)
    found = [
        (field, edit)
        for edit in reversed(visit.door.history(*name))
        if edit.before is not None
        for field in record_shown(name, edit.before, edit.after, visit.words).fields
    ]
    yield from sorted(found, key=lambda pair: visit.words(pair[0].label))


def _columns(asked: Asked) -> list[Column]:
    return columns_of(HEADINGS, asked.sort, descending=asked.descending)


def _heading(visit: Visit) -> list[str]:
    labels = (
        say("Id"), say("Measure"), say("Chapter"), say("Owners"), say("Sides"), say("Due"),
        say("First date"), say("Reason for the new date"), say("Completion"), say("State"),
        say("Last evidence"),
    )  # fmt: skip
    return [visit.words(label) for label in labels]


def _cells(visit: Visit, row: Row) -> list[str]:
    words, fact = visit.words, row.fact
    return [
        fact.id,
        words.show(fact.title),
        words.show(row.chapter) if row.chapter else "",
        "; ".join(words.show(owner.name) for owner in fact.owners),
        "; ".join(dict.fromkeys(owner.side or "" for owner in fact.owners)),
        str(fact.due or ""),
        str(fact.first_due or ""),
        words.show(fact.due_reason) if fact.due_reason else "",
        words(row.completion),
        words(row.state),
        fact.updated.isoformat() if fact.updated else "",
    ]


def _scorecard_file(visit: Visit, facts: RoadmapFact, kind: Any) -> HttpResponse:
    words = visit.words
    labels = (
        say("Body"), say("Side"), say("All"), say("Complete"), say("Late"),
        say("Due within 90 days"), say("No evidence"), say("Last evidence"),
    )  # fmt: skip
    rows = (
        [
            words.show(row.owner.name) if row.owner else "",
            (row.owner.side or "") if row.owner else "",
            str(row.total), str(row.complete), str(row.late), str(row.due_soon),
            str(row.no_evidence), row.last_update.isoformat() if row.last_update else "",
        ]
        for row in facts.owners
    )  # fmt: skip
    return table_file("scorecard", kind, [words(label) for label in labels], rows)
