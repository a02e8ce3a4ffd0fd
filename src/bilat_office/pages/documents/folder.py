"""The folder of a visit: one click, one PDF, with what this viewer may see and nothing else."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.facts.folder import folder_facts, next_contact
from bilat.language import say
from bilat.programme import Contact
from bilat_office.pages.reckoning import (
    KEPT_FOR,
    brief_of,
    programme_of,
    programme_unshown,
    standing,
)
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.refusals import NotSeen

CRUMB = (say("Documents"), "/documents")


@require_safe
@page
def next_folder(request: HttpRequest) -> HttpResponse:
    """For the contact that comes next; a page that says what to do where none is planned."""
    visit = visit_of(request)
    contact = next_contact(programme_unshown(visit), visit.today)
    if contact is None:
        return render(request, "documents/no_folder.html", {"breadcrumbs": [CRUMB]})
    return _answer(visit, contact)


@require_safe
@page
def contact_folder(request: HttpRequest, record_id: str) -> HttpResponse:
    visit = visit_of(request)
    contact = programme_unshown(visit).find(Contact, record_id)
    if contact is None:
        raise NotSeen("contacts", record_id)
    return _answer(visit, contact)


def _answer(visit: Visit, contact: Contact) -> HttpResponse:
    """What was made of the same records on the same day is not made again; it is audited again."""
    programme = programme_of(visit)
    lang = visit.words.lang
    key = f"pages:folder:{standing(visit).key}:{visit.today}:{contact.id}:{lang}"
    body = cache.get(key)
    if body is None:
        from bilat.brief.formats.folder import folder_output, folder_pdf

        facts = folder_facts(programme, contact, visit.today)
        body = folder_pdf(folder_output(programme, brief_of(visit), facts, visit.words))
        cache.set(key, body, timeout=KEPT_FOR)
    answer = HttpResponse(body, content_type="application/pdf")
    name = f"folder-{contact.id}-{visit.today}-{lang}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
