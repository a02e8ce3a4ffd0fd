"""Any record of any section: lists, one record, its history."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bilat.language import Message, pick, say
from bilat.programme import KINDS
from bilat.register.canonical import Document
from bilat.register.kinds import SECTIONS
from bilat_office.api.listing import check_section
from bilat_office.pages.addresses import address_of
from bilat_office.pages.differing import record_shown
from bilat_office.pages.lists import (
    asked_of,
    columns_of,
    leaves,
    page_number,
    records_file,
    records_of,
)
from bilat_office.pages.reckoning import called_by, programme_of, programme_unshown, saw_private
from bilat_office.pages.sections import GROUP_NAMES, GROUPS, code_name, section_name
from bilat_office.pages.showing import codes_of, names_in, shown_fields
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.listing import Listed
from bilat_office.records.viewer import JOINT

CRUMB = (say("All records"), "/records")
READ_ONLY = ("keys", "rules")
"""Sections that no form writes: keys are changed by the page of keys."""


@require_safe
@page
def sections(request: HttpRequest) -> HttpResponse:
    """Every kind of record, with how many of it this person may see."""
    visit = visit_of(request)
    counts = visit.door.sections()
    grouped = {name for names in GROUPS.values() for name in names}
    others = tuple(name for name in SECTIONS if name not in grouped)
    groups = [
        (GROUP_NAMES[group], [(name, section_name(name), counts[name]) for name in names])
        for group, names in {**GROUPS, "other": others}.items()
        if names
    ]
    return render(request, "pages/sections.html", {"groups": groups})


@require_safe
@page
def record_list(request: HttpRequest, section: str) -> HttpResponse:
    """One section, filtered, ordered and paged; or the whole of it as a file."""
    check_section(section)
    visit = visit_of(request)
    asked = asked_of(request.GET)
    lang = visit.words.lang
    if asked.format:
        return records_file(visit.door, section, asked, lang)
    found = records_of(visit.door, section, asked, lang)
    programme = programme_of(visit)
    headings = [
        (say("Title"), "title"),
        (say("Kind"), "kind"),
        (say("State"), "state"),
        (say("Due or held"), "due"),
        (say("Who may see it"), ""),
    ]
    bodies = [(body.id, body.name) for body in programme.bodies]
    context = {
        "section": section,
        "name": section_name(section),
        "rows": [row_of(item, lang) for item in found.rows],
        "total": found.total,
        "leaves": leaves(found.number, found.pages),
        "number": found.number,
        "pages": found.pages,
        "columns": columns_of(headings, asked.sort, descending=asked.descending),
        "kinds": _kinds(section),
        "bodies": bodies if section not in ("bodies", "sources") else [],
        "asked": asked,
        "is_filtered": bool(set(request.GET) - {"sort", "order", "page"}),
        "may_write": _may_write(visit, section),
        "has_sheet": section in KINDS,
        "breadcrumbs": [CRUMB],
    }
    return render(request, "pages/record_list.html", context)


def links_of(
    visit: Visit, section: str, record_id: str, apart: Collection[tuple[str, str]] = ()
) -> dict[str, Any]:
    """A page of what names a record, for `pages/back_links.html`. apart: what is shown elsewhere.

    A source or a document may be named by thousands.
    """
    found = visit.door.named_by(
        section, record_id, apart=apart, page=page_number(visit.request.GET)
    )
    return {
        "links": [(row_of(item, visit.words.lang), field) for item, field in found.rows],
        "naming": found,
        "naming_leaves": leaves(found.number, found.pages),
    }


@require_safe
@page
def record(request: HttpRequest, section: str, record_id: str) -> HttpResponse:
    """One record with everything that it says, what it names, and what names it."""
    check_section(section, record_id)
    visit = visit_of(request)
    found = visit.door.get(section, record_id)
    lang = visit.words.lang
    fields = shown_fields(found.record, section, programme_unshown(visit), lang)
    saw_private(visit, names_in(fields))
    context = {
        "section": section,
        "name": section_name(section),
        "record": found,
        "title": found.title(lang),
        "fields": fields,
        **links_of(visit, section, record_id),
        "may_write": _may_write(visit, section),
        "is_joint": found.visibility == JOINT,
        "owner_side": visit.office.side_name(found.visibility),
        "breadcrumbs": crumbs(section),
    }
    return render(request, "pages/record.html", context)


@require_safe
@page
def record_history(request: HttpRequest, section: str, record_id: str) -> HttpResponse:
    """Every version, the latest first: who, when, why, and what became different."""
    check_section(section, record_id)
    visit = visit_of(request)
    edits = visit.door.history(section, record_id)
    private = visit.door.private_history(section, record_id)
    before = [None, *(version.content for version in private)]
    name, called = (section, record_id), called_by(visit)
    context = {
        "section": section,
        "id": record_id,
        "title": _title([*(e.after for e in edits), *before], record_id, visit.words.lang),
        "edits": [
            {
                "edit": edit,
                "side": visit.office.side_name(edit.side),
                "shown": record_shown(name, edit.before, edit.after, visit.words, called=called),
            }
            for edit in reversed(edits)
        ],
        "versions": [
            {
                "version": version,
                "shown": record_shown(name, old, version.content, visit.words, called=called),
            }
            for version, old in reversed(list(zip(private, before, strict=False)))
        ],
        "breadcrumbs": [*crumbs(section), (record_id, reverse("record", args=name))],
    }
    return render(request, "pages/record_history.html", context)


@require_safe
@page
def search(request: HttpRequest) -> HttpResponse:
    """Records that hold every word, in any language, the best first."""
    visit = visit_of(request)
    question = request.GET.get("q", "").strip()[:300]
    context: dict[str, Any] = {"question": question, "rows": [], "total": 0}
    if question:
        number = asked_of(request.GET).page
        found = visit.door.search(question, page=number)
        context |= {
            "rows": [row_of(item, visit.words.lang) for item in found.rows],
            "total": found.total,
            "leaves": leaves(found.number, found.pages),
            "number": found.number,
            "pages": found.pages,
        }
    return render(request, "pages/search.html", context)


def _title(contents: Sequence[Document | None], record_id: str, lang: str) -> str:
    """What its last version calls it; its id where that names it in no way."""
    for content in reversed(contents):
        if content is not None:
            label = content.get("title") or content.get("name") or record_id
            return pick(label, lang)
    return record_id


def crumbs(section: str) -> list[tuple[Message | str, str]]:
    return [CRUMB, (section_name(section), reverse("record_list", args=[section]))]


def _may_write(visit: Visit, section: str) -> bool:
    return section not in READ_ONLY and (visit.may("draft") or visit.may("write_private"))


def row_of(item: Listed, lang: str) -> dict[str, Any]:
    return {
        "address": address_of(item.section, item.id),
        "title": item.title(lang),
        "id": item.id,
        "section": section_name(item.section),
        "kind": code_name(item.section, "kind", item.kind) if item.kind else None,
        "state": code_name(item.section, _state_field(item.section), item.state)
        if item.state
        else None,
        "due": item.due,
        "visibility": item.visibility,
        "is_joint": item.visibility == JOINT,
    }


def _state_field(section: str) -> str:
    return "grade" if section == "commitments" else "stage"


def _kinds(section: str) -> list[tuple[str, Message]]:
    """The coded kinds of a section, for its filter."""
    if section not in KINDS:
        return []
    field = next((n for n in ("kind", "area") if n in SECTIONS[section].model_fields), None)
    if field is None:
        return []
    info = SECTIONS[section].model_fields[field]
    codes = codes_of((info.annotation, *info.metadata))
    return [(code, code_name(section, field, code)) for code in codes]
