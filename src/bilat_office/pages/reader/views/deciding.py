"""One proposal is accepted, rejected, taken back, or the question that it opened is answered."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from bilat.errors import BilatError, NoAnswer
from bilat.language import Message, say
from bilat.reading.pieces import parts_of
from bilat_office.pages.reader.cards import Outcomes
from bilat_office.pages.reader.considering import case_of
from bilat_office.pages.reader.views.reading import PART, Trouble, part_with, shown
from bilat_office.pages.refusing import status_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.readings.models import WAITING, Finding
from bilat_office.readings.selectors import finding_seen, text_seen
from bilat_office.readings.services import deciding as services
from bilat_office.readings.services.deciding import By
from bilat_office.readings.stored import Text

ANSWER = "a_"
"""How the names of answers begin in a form."""


class NotYet(NoAnswer):
    """Something is missing before a proposal can be decided."""


@require_POST
@page
def accept(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """As it was read, with what the text does not say."""

    def order(visit: Visit, text: Text, finding: Finding) -> None:
        given = {
            name.removeprefix(ANSWER): value.strip()
            for name, value in request.POST.dict().items()
            if name.startswith(ANSWER) and value.strip()
        }
        case = case_of(visit, text, finding, given)
        if case.questions:
            raise NotYet(_missing(text, [question.text for question in case.questions]))
        if case.refusal:
            raise case.refusal
        answers = {**finding.answers, **given}
        services.finding_choose(finding=finding, answers=answers, by=by_of(visit))

    return _ordered(request, number, key, order)


def _missing(text: Text, questions: list[Message]) -> Message:
    if not text.kept.publisher:
        return say("Say first who published the text, under “Source” above.")
    return say("Answer first: {questions}", questions=questions)


@require_POST
@page
def reject(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """With a reason, so that nobody asks again."""

    def order(visit: Visit, text: Text, finding: Finding) -> None:
        why = request.POST.get("why", "").strip()
        if not why:
            raise NotYet(
                say("Write why you reject it: whoever reads the text again wants to know.")
            )
        services.finding_reject(finding=finding, why=why[:2000], by=by_of(visit))

    return _ordered(request, number, key, order)


@require_POST
@page
def take_back(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """It waits again."""

    def order(visit: Visit, text: Text, finding: Finding) -> None:
        went = Outcomes(visit).of(finding)
        nothing = bool(went and went.is_nothing)
        services.finding_take_back(finding=finding, came_to_nothing=nothing, by=by_of(visit))

    return _ordered(request, number, key, order, stays=True)


@require_POST
@page
def answer(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Close the question that a contradiction has opened."""

    def order(visit: Visit, text: Text, finding: Finding) -> None:
        said = request.POST.get("answer", "").strip()
        if not said:
            raise NotYet(say("Write what the answer is, and where it comes from."))
        services.finding_answer(finding=finding, answer=said[:2000], by=by_of(visit))

    return _ordered(request, number, key, order, stays=True)


def by_of(visit: Visit) -> By:
    return By(visit.person, visit.viewer, visit.at)


Order = Callable[[Visit, Text, Finding], None]


def _ordered(
    request: HttpRequest, number: int, key: str, order: Order, *, stays: bool = False
) -> HttpResponse:
    """Done, the next one that waits; refused, the page with what is wrong and what was typed."""
    visit = visit_of(request)
    text = text_seen(visit.viewer, number)
    finding = finding_seen(text, key)
    demand(visit.viewer, "draft")
    try:
        order(visit, text, finding)
    except BilatError as error:
        typed = {name.removeprefix(ANSWER): value for name, value in request.POST.dict().items()}
        trouble = Trouble(error.message, key, typed, status=status_of(error))
        return shown(visit, text_seen(visit.viewer, number), trouble)
    return HttpResponseRedirect(address_at(text, finding, stays=stays))


def address_at(text: Text, finding: Finding, *, stays: bool = False) -> str:
    """Of the next proposal that waits, in the order of the text; else of this one."""
    after = [*text.findings]
    at = after.index(finding)
    later = [each for each in (*after[at + 1 :], *after[:at]) if each.state == WAITING]
    target = finding if stays or not later else later[0]
    parts = parts_of(text.reading.text, PART)
    query = f"?page={part_with(target.start, parts)}" if len(parts) > 1 else ""
    here = reverse("reading", args=[text.reading.pk])
    return f"{here}{query}#p{after.index(target) + 1}"
