"""A proposal is corrected: the form of the record that it would become, filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.register.canonical import Document, document
from bilat_office.api.versions import version_listed
from bilat_office.pages.forms.pressing import pressed
from bilat_office.pages.forms.reading import Errors, FormWrong, document_of
from bilat_office.pages.forms.shown import shown_form
from bilat_office.pages.reader.considering import Case, case_of
from bilat_office.pages.reader.views.deciding import address_at, by_of
from bilat_office.pages.reader.views.listing import CRUMB
from bilat_office.pages.reckoning import joint_programme
from bilat_office.pages.refusing import status_of
from bilat_office.pages.sections import section_name
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.readings.models import CHOSEN, WAITING, Finding
from bilat_office.readings.refusals import DecidedBefore
from bilat_office.readings.selectors import finding_seen, text_seen
from bilat_office.readings.services.deciding import finding_choose
from bilat_office.readings.stored import Text
from bilat_office.records.refusals import NotSeen, OfficeRefused


@dataclass(frozen=True)
class Subject:
    """What the form writes. base: version of the record that stands; None for a new one."""

    text: Text
    finding: Finding
    section: str
    id: str
    content: Document
    is_new: bool
    base: str | None


@require_http_methods(["GET", "HEAD", "POST"])
@page
def correct(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """The form; sent, the corrected record waits with the accepted ones."""
    visit = visit_of(request)
    demand(visit.viewer, "draft")
    text = text_seen(visit.viewer, number)
    finding = finding_seen(text, key)
    if finding.state not in (WAITING, CHOSEN):
        raise DecidedBefore
    if not text.kept.publisher:
        raise OfficeRefused(
            "publisher", say("Say first who published the text, under “Source” on its page.")
        )
    subject = _subject(visit, text, finding)
    if request.method != "POST":
        return _shown(visit, subject, None, {}, None, 200)
    typed = request.POST.dict()
    try:
        grown = pressed(subject.section, typed)
        if grown is not None:
            return _shown(visit, subject, grown, {}, None, 200)
        _kept(visit, subject, typed)
    except FormWrong as wrong:
        return _shown(visit, subject, typed, wrong.at, None, 400)
    except BilatError as error:
        return _shown(visit, subject, typed, {}, error.message, status_of(error))
    return HttpResponseRedirect(address_at(text, finding))


def _subject(visit: Visit, text: Text, finding: Finding) -> Subject:
    case = case_of(visit, text, finding, {})
    section, content = _content(case)
    id_ = str(content.get("id", ""))
    is_new = case.record is None or case.before is None
    base = None if is_new else _base(visit, section, id_)
    return Subject(text, finding, section, id_, content, is_new, base)


def _content(case: Case) -> tuple[str, Document]:
    """Of the record; or as much of it as the text says."""
    if case.record is not None:
        return case.record.section, document(case.record)
    mapped = case.considered.mapped
    known: Document = json.loads(json.dumps(dict(mapped.fields), default=str))
    return mapped.section, known


def _base(visit: Visit, section: str, id_: str) -> str | None:
    try:
        return version_listed(visit.door.get(section, id_))
    except NotSeen:
        return None


def _kept(visit: Visit, subject: Subject, typed: Mapping[str, str]) -> None:
    """Raises FormWrong, DecidedBefore."""
    id_ = typed.get("id", "").strip() if subject.is_new else subject.id
    content = document_of(subject.section, typed, {"id": id_})
    record: dict[str, Any] = {"section": subject.section, "content": content, "base": subject.base}
    taken = any(item.id == id_ for item in joint_programme(visit).section(subject.section))
    if subject.is_new and taken:
        raise FormWrong({"id": (say("There is a record of this id. Choose another one."),)})
    finding_choose(
        finding=subject.finding, answers=subject.finding.answers, record=record, by=by_of(visit)
    )


def _shown(
    visit: Visit,
    subject: Subject,
    typed: Mapping[str, str] | None,
    at: Errors,
    wrong: Message | None,
    status: int,
) -> HttpResponse:
    title = subject.text.reading.title or subject.text.reading.name
    context: dict[str, Any] = {
        "subject": subject,
        "quote": subject.finding.content["quote"]["text"],
        "language": subject.text.reading.language,
        "name": section_name(subject.section),
        "id": subject.id if typed is None else typed.get("id", subject.id),
        **shown_form(
            subject.section, subject.content, joint_programme(visit), visit.words, typed, at
        ),
        "wrong": wrong,
        "breadcrumbs": [CRUMB, (title, reverse("reading", args=[subject.text.reading.pk]))],
    }
    return render(visit.request, "reader/correct.html", context, status=status)
