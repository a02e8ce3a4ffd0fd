"""The protocol of a session: reviewed, and proposed with all that it decides as one change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.register.kinds import Name
from bilat_office.api.versions import version_listed
from bilat_office.pages.commission.bundles import bundles_of, contents_of
from bilat_office.pages.commission.bundling import (
    SPARE_DECISIONS,
    SPARE_PEOPLE,
    BundleWrong,
    Ground,
    bundle_typed,
    decision_rows,
)
from bilat_office.pages.commission.decision import LABELS, Errors
from bilat_office.pages.commission.facts import session_record
from bilat_office.pages.commission.people import person_rows
from bilat_office.pages.commission.saving import demand_of, filing_context
from bilat_office.pages.commission.typed import Typed, boxes_of, one_line
from bilat_office.pages.commission.views import CRUMB
from bilat_office.pages.filing import Written, filed, how_of
from bilat_office.pages.reckoning import joint_programme
from bilat_office.pages.refusing import status_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.listing import Listed
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.viewer import JOINT

SECTIONS = ("contacts", "documents", "commitments")
FIELDS = {
    "held": say("Held"),
    "signed": say("Signed"),
    "paper-title": say("Protocol"),
    "paper-id": say("Id of the protocol"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@page
def protocol(request: HttpRequest, record_id: str) -> HttpResponse:
    visit = visit_of(request)
    session_record(visit, record_id)
    stands = visit.door.get("contacts", record_id)
    demand_of(visit, stands)
    if stands.visibility != JOINT:
        raise OfficeRefused("private", say("A session that your side alone sees has no protocol."))
    ground = _ground(visit, stands)
    if request.method != "POST":
        return _shown(visit, stands, ground, None, {}, None, 200)
    typed = request.POST.dict()
    if "more" in request.POST:
        return _shown(visit, stands, ground, typed, {}, None, 200)
    try:
        done, address = _filed(visit, ground, typed)
    except BundleWrong as wrong:
        return _shown(visit, stands, ground, typed, wrong.errors, None, 400)
    except BilatError as error:
        return _shown(visit, stands, ground, typed, {}, error.message, status_of(error))
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(address)


def _draft(visit: Visit) -> int | None:
    text = visit.request.POST.get("draft") or visit.request.GET.get("draft", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _ground(visit: Visit, stands: Listed) -> Ground:
    draft = _draft(visit)
    bundle = contents_of(visit, draft=str(draft), change="") if draft else {}
    programme = joint_programme(visit)
    record = session_record(visit, stands.id)
    return Ground(programme, record, stands.content, bundle)


def _filed(visit: Visit, ground: Ground, typed: Typed) -> tuple[Message, str]:
    new = bundle_typed(ground, typed)
    read = dict(_read(line) for line in visit.request.POST.getlist("base"))
    written = Written(
        new=new,
        reason=one_line(typed, "reason"),
        bases={name: read.get(name) for name, _content in new},
        draft=_draft(visit),
    )
    how = how_of(typed.get("how", ""))
    return filed(visit, "draft" if written.draft else how, written)


def _read(line: str) -> tuple[Name, str]:
    """``contacts/session-13 VERSION`` of a hidden input."""
    reference, _space, version = line.partition(" ")
    section, _slash, record_id = reference.partition("/")
    return (section, record_id), version


def _bases(visit: Visit, ground: Ground) -> list[str]:
    """What the form was filled from. Of a record deleted between two questions, no version."""
    wanted = {
        "contacts": [ground.session.id],
        "commitments": [item.id for item in ground.decided],
        "documents": [ground.paper.id] if ground.paper else [],
    }
    found = []
    for section, ids in wanted.items():
        stand = visit.door.several(section, ids) if ids else {}
        versions = {id_: version_listed(item) for id_, item in stand.items()}
        found += [f"{section}/{id_} {versions.get(id_, '')}" for id_ in ids]
    return found


def _shown(
    visit: Visit,
    stands: Listed,
    ground: Ground,
    typed: Typed | None,
    errors: Errors,
    wrong: Message | None,
    status: int,
) -> HttpResponse:
    record, post = ground.session, visit.request.POST
    decisions, people = ground.counts(typed)
    if typed is not None and "more" in typed:
        decisions, people = decisions + SPARE_DECISIONS, people + SPARE_PEOPLE
    reason = visit.words(say("Protocol and decisions: {title}", title=record.title))
    draft = _draft(visit)
    filing = filing_context(visit, SECTIONS, reason)
    context = {
        "record": record,
        **_fields(ground, typed),
        "people": person_rows(ground.people, people, typed),
        "decided": ground.decided,
        "items": decision_rows(ground, decisions, typed, errors),
        "counts": {"decisions": decisions, "people": people},
        "bodies": ground.programme.bodies,
        "sides": ground.programme.sides,
        "side_names": [(side, visit.office.side_name(side)) for side in ground.programme.sides],
        "wrong_at": errors,
        "errors": [_summed(name, what) for name, what in errors.items()],
        "wrong": wrong,
        "bases": post.getlist("base") if typed is not None else _bases(visit, ground),
        "draft": draft,
        "draft_query": f"&draft={draft}",
        "bundles": bundles_of(visit, stands.id) if not draft else [],
        "may_write": True,
        **filing,
        **({"ways": ("draft",), "keys": []} if draft else {}),
        "breadcrumbs": [CRUMB, (record.title, reverse("commission_session", args=[stands.id]))],
    }
    return render(visit.request, "commission/protocol.html", context, status=status)


def _fields(ground: Ground, typed: Typed | None) -> dict[str, Any]:
    """What the form asks of the session and of the document, filled or as it was typed."""
    contact, paper = ground.contact, ground.paper_content
    usual = {
        "held": contact.get("held") or contact.get("planned") or "",
        "signed": paper.get("signed") or contact.get("held") or contact.get("planned") or "",
        "paper_id": paper["id"],
    }
    if typed is not None:
        usual = {
            "held": one_line(typed, "held"),
            "signed": one_line(typed, "signed"),
            "paper_id": one_line(typed, "paper-id") or paper["id"],
        }
    return {
        **usual,
        "paper_is_new": ground.paper is None,
        "place_boxes": boxes_of("place", contact.get("place"), typed),
        "outcome_boxes": boxes_of("outcome", contact.get("outcome"), typed),
        "title_boxes": boxes_of("paper-title", paper.get("title"), typed),
    }


def _summed(name: str, what: Message) -> dict[str, Any]:
    """For the summary at the head: each leads to its input."""
    label = FIELDS.get(name) or LABELS[name.split("-")[2]]
    return {
        "anchor": f"{name}_en" if name.endswith("-title") else name,
        "label": label,
        "what": what,
    }
