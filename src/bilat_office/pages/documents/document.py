"""One document: its life with dates, those before and after it, its measures and its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bilat.brief.facts.documents import LifeFact, lives_facts
from bilat.brief.story.names import STATE, STATE_TONE
from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.programme.names import COMPLETION
from bilat_office.files.cabinet import Cabinet
from bilat_office.files.extracting import LEFT_OUT
from bilat_office.pages.addresses import address_of_carrying
from bilat_office.pages.documents.listing import reader_address
from bilat_office.pages.documents.lives import Row
from bilat_office.pages.documents.stating import CHANGES, Stated, StateWrong, stated
from bilat_office.pages.filing import filed_over
from bilat_office.pages.lists import part_of
from bilat_office.pages.quick import quick_form
from bilat_office.pages.reckoning import facts_of, programme_unshown, saw_private
from bilat_office.pages.refusing import status_of
from bilat_office.pages.showing import names_in, shown_fields
from bilat_office.pages.views.records import links_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.refusals import NotSeen
from bilat_office.records.viewer import JOINT

CRUMB = (say("Documents"), "/documents")
APART = (
    "title", "kind", "negotiated", "agreed", "signed", "in_force", "expires", "replaced",
    "succeeds", "carries_over", "next_step",
)  # fmt: skip
"""Fields that the page shows in a part of their own."""
MEASURES = 100
"""Shown on the page of a document; the roadmap has all of them."""
ELSEWHERE = (("documents", ""), ("commitments", "document"))
"""Those before and after it, and its measures: the page shows them in parts of their own."""
NO_ERRORS: Mapping[str, Message] = {}


@require_safe
@page
def document(request: HttpRequest, record_id: str) -> HttpResponse:
    return shown(visit_of(request), record_id)


@require_http_methods(["POST"])
@page
def state(request: HttpRequest, record_id: str) -> HttpResponse:
    """Signed on, in force since: a draft, a proposal, or an entry."""
    visit = visit_of(request)
    typed = Stated.of(request.POST)
    stands = visit.door.get("documents", record_id)
    try:
        content = stated(stands.content, typed)
        done, address = filed_over(visit, stands, content)
    except StateWrong as wrong:
        return shown(visit, record_id, typed=typed, errors=wrong.errors, status=400)
    except NotSeen:
        raise
    except BilatError as error:
        return shown(visit, record_id, typed=typed, wrong=error.message, status=status_of(error))
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(address)


def shown(
    visit: Visit,
    record_id: str,
    *,
    typed: Stated | None = None,
    errors: Mapping[str, Message] = NO_ERRORS,
    wrong: Message | None = None,
    file_wrong: Message | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with what is wrong where a form was sent."""
    found = visit.door.get("documents", record_id)
    programme = programme_unshown(visit)
    lives = facts_of(visit, lives_facts)
    fact = lives.find(record_id)
    if fact is None or fact.visibility != found.visibility:
        raise NotSeen("documents", record_id)
    record: Any = found.record
    fields = shown_fields(record, "documents", programme, visit.words.lang)
    chain = lives.chain(record_id)
    measures, _number, _pages = part_of(lives.measures.get(record_id, ()), 1, MEASURES)
    files = Cabinet(visit.door).of(record_id)
    saw_private(
        visit,
        [
            *names_in(fields),
            *(("documents", item.id) for item in chain),
            *(("commitments", item.id) for item in measures),
        ],
    )
    context = {
        **quick_form(visit, found, typed or Stated(), errors, wrong, LABELS),
        "changes": CHANGES.items(),
        "row": Row(fact),
        "fact": fact,
        "found": found,
        "record": record,
        "chain": [Row(item) for item in chain] if len(chain) > 1 else [],
        "carry": _carry(visit, chain, fact),
        "measures": [
            (item, STATE[item.state], STATE_TONE.get(item.state) or "plain",
             COMPLETION[item.completion])
            for item in measures
        ],
        "files": [(file, LEFT_OUT.get(file.left_out)) for file in files],
        "file_wrong": file_wrong,
        "may_bring_joint": found.visibility == JOINT and visit.may("draft"),
        "may_bring_own": visit.may("write_private"),
        "fields": [field for field in fields if field.name not in APART],
        **links_of(visit, "documents", record_id, ELSEWHERE),
        "reader_address": reader_address(),
        "breadcrumbs": [CRUMB],
    }  # fmt: skip
    return render(visit.request, "documents/document.html", context, status=status)


def _carry(visit: Visit, chain: Sequence[LifeFact], fact: LifeFact) -> str:
    """Where its open measures go on under its successor, or those of the one before under it."""
    joint = [one for one in chain if one.visibility == JOINT]
    at = next((place for place, one in enumerate(joint) if one.id == fact.id), None)
    if at is None or len(joint) < 2 or not visit.may("draft"):
        return ""
    at = min(at, len(joint) - 2)
    return address_of_carrying(joint[at].id, joint[at + 1].id)


LABELS = {"what": say("What has happened"), "when": say("When")}
