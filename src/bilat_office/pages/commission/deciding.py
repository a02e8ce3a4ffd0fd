"""One more decision of a session: a commitment that names it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bilat.brief.facts.sessions import protocol_of
from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.programme import Programme
from bilat_office.pages.commission.decision import (
    DecisionWrong,
    Errors,
    decision_typed,
    errors_shown,
    next_ids,
    row_of,
)
from bilat_office.pages.commission.facts import session_record
from bilat_office.pages.commission.saving import demand_of, filing_context, saved
from bilat_office.pages.commission.typed import Typed
from bilat_office.pages.commission.views import CRUMB
from bilat_office.pages.reckoning import joint_programme, programme_unshown, saw_private
from bilat_office.pages.refusing import status_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.listing import Listed
from bilat_office.records.viewer import JOINT

NAME = "decision-0"


@require_http_methods(["GET", "HEAD", "POST"])
@page
def decide(request: HttpRequest, record_id: str) -> HttpResponse:
    visit = visit_of(request)
    session_record(visit, record_id)
    stands = visit.door.get("contacts", record_id)
    demand_of(visit, stands)
    if request.method != "POST":
        return _shown(visit, stands, None, {}, None, 200)
    typed = request.POST.dict()
    programme = programme_for(visit, stands)
    try:
        paper = protocol_of(programme, session_record(visit, record_id))
        content = decision_typed(
            typed,
            NAME,
            programme,
            session=record_id,
            document=paper.id if paper else None,
            visibility=stands.visibility,
        )
        done, address = saved(visit, "commitments", content, None)
    except DecisionWrong as wrong:
        return _shown(visit, stands, typed, wrong.errors, None, 400)
    except BilatError as error:
        return _shown(visit, stands, typed, {}, error.message, status_of(error))
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(address)


def programme_for(visit: Visit, stands: Listed) -> Programme:
    """A joint session names joint records alone; one’s own may name anything that one sees."""
    if stands.visibility == JOINT:
        return joint_programme(visit)
    saw_private(visit, (("bodies", body.id) for body in programme_unshown(visit).bodies))
    return programme_unshown(visit)


def _shown(
    visit: Visit,
    stands: Listed,
    typed: Typed | None,
    errors: Errors,
    wrong: Message | None,
    status: int,
) -> HttpResponse:
    record, programme = session_record(visit, stands.id), programme_for(visit, stands)
    saw_private(visit, [("contacts", stands.id)])
    is_joint = stands.visibility == JOINT
    fresh = {"id": next_ids(programme, stands.id, 1)[0]}
    reason = visit.words(say("Decision: {title}", title=record.title))
    context = {
        "record": record,
        "item": row_of(NAME, programme, content=fresh, typed=typed, errors=errors),
        "bodies": programme.bodies,
        "sides": programme.sides,
        "is_joint": is_joint,
        "errors": errors_shown(errors),
        "wrong": wrong,
        **(filing_context(visit, ("commitments",), reason) if is_joint else {}),
        "breadcrumbs": [CRUMB, (record.title, reverse("commission_session", args=[stands.id]))],
    }
    return render(visit.request, "commission/decide.html", context, status=status)
