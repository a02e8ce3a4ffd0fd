"""Forms of records: a new one, another text of one that stands, of a draft, of a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bilat.errors import BilatError
from bilat.language import Message
from bilat.programme import KINDS
from bilat.register.canonical import Document
from bilat_office.api.listing import check_section
from bilat_office.api.versions import version_listed
from bilat_office.pages.addresses import address_of
from bilat_office.pages.filing import Written, filed, how_of, kept_private, ways
from bilat_office.pages.forms.pressing import pressed
from bilat_office.pages.forms.reading import Errors, FormWrong, document_of
from bilat_office.pages.forms.shown import shown_form
from bilat_office.pages.reckoning import programme_of
from bilat_office.pages.refusing import status_of
from bilat_office.pages.sections import section_name
from bilat_office.pages.signing import keys_asked
from bilat_office.pages.views.drafts import draft_of
from bilat_office.pages.views.records import READ_ONLY, crumbs
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.records.refusals import NotSeen
from bilat_office.records.viewer import JOINT


@dataclass(frozen=True)
class Subject:
    """What a form writes. base: its version as it is read; None for what is not there yet."""

    section: str
    id: str
    content: Document
    visibility: str
    base: str | None
    is_new: bool
    reason: str = ""
    draft: int | None = None
    answers: str | None = None
    found_in: tuple[tuple[Any, str], ...] = ()
    """Pages that lead here, where it is not the list of its section."""

    @property
    def is_joint(self) -> bool:
        return self.visibility == JOINT

    @property
    def label(self) -> Any:
        """What people call the record."""
        return self.content.get("title") or self.content.get("name") or self.id


@require_http_methods(["GET", "HEAD", "POST"])
@page
def record_new(request: HttpRequest, section: str) -> HttpResponse:
    """An empty form."""
    check_writable(section, "")
    visit = visit_of(request)
    demand_writing(visit)
    visibility = request.POST.get("visibility", JOINT)
    id_ = request.POST.get("id", "").strip()
    seen = visibility if visibility == visit.side else JOINT
    return record_form(visit, Subject(section, id_, {}, seen, None, is_new=True))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def record_edit(request: HttpRequest, section: str, record_id: str) -> HttpResponse:
    """The form of a record; with the text of a draft, or of a proposal of the other side."""
    check_writable(section, record_id)
    visit = visit_of(request)
    demand_writing(visit)
    return record_form(visit, _subject(visit, section, record_id))


def _subject(visit: Visit, section: str, record_id: str) -> Subject:
    """Raises NotSeen where neither a record nor a text of it is there."""
    query = visit.request.GET
    name = (section, record_id)
    content, reason, draft, answers = None, "", None, None
    if query.get("draft", "").isdecimal():
        found = draft_of(visit, int(query["draft"]))
        content, reason, draft, answers = (
            dict(found.new).get(name), found.reason, found.number, found.answers,
        )  # fmt: skip
    elif query.get("instead_of"):
        with visit.desk() as desk:
            proposed = desk.get(query["instead_of"])
        content = next((i.content for i in proposed.change.items if i.name == name), None)
        answers = proposed.id
    try:
        stands = visit.door.get(*name)
    except NotSeen:
        if content is None:
            raise
        return Subject(section, record_id, content, JOINT, None, False, reason, draft, answers)
    base = version_listed(stands) if stands.visibility == JOINT else None
    shown = stands.content if content is None else content
    return Subject(
        section, record_id, shown, stands.visibility, base, False, reason, draft, answers
    )


def record_form(visit: Visit, subject: Subject) -> HttpResponse:
    """Empty or filled; with what is wrong when it was sent."""
    if visit.request.method != "POST":
        return _shown(visit, subject, None, {}, None, 200)
    typed = visit.request.POST.dict()
    try:
        grown = pressed(subject.section, typed)
        if grown is not None:
            return _shown(visit, subject, grown, {}, None, 200)
        done, address = _filed(visit, subject, typed)
    except FormWrong as wrong:
        return _shown(visit, subject, typed, wrong.at, None, 400)
    except BilatError as error:
        return _shown(visit, subject, typed, {}, error.message, status_of(error))
    messages.success(visit.request, visit.words(done))
    return HttpResponseRedirect(address)


def _filed(visit: Visit, subject: Subject, typed: Mapping[str, str]) -> tuple[Message, str]:
    fixed: Document = {"id": subject.id}
    if not subject.is_joint:
        fixed["visibility"] = subject.visibility
    content = document_of(subject.section, typed, fixed)
    if not subject.is_joint:
        return kept_private(visit, subject.section, content)
    name = (subject.section, subject.id)
    written = Written(
        new=[(name, content)],
        reason=typed.get("reason", "").strip(),
        bases={name: typed.get("base") or None},
        answers=subject.answers,
        draft=subject.draft,
    )
    how = how_of(typed.get("how", ""))
    return filed(visit, "draft" if subject.draft else how, written)


def _shown(
    visit: Visit,
    subject: Subject,
    typed: Mapping[str, str] | None,
    at: Errors,
    wrong: Message | None,
    status: int,
) -> HttpResponse:
    found = ways(visit, [subject.section])
    context: dict[str, Any] = {
        "subject": subject,
        "name": section_name(subject.section),
        **shown_form(subject.section, subject.content, programme_of(visit), visit.words, typed, at),
        "wrong": wrong,
        "ways": ("draft",) if subject.draft else found,
        "keys": keys_asked(visit, both=visit.office.solo) if found[:1] != ("draft",) else [],
        "reason": subject.reason if typed is None else typed.get("reason", ""),
        "base": subject.base or "" if typed is None else typed.get("base", ""),
        "may_be_private": subject.section in KINDS and visit.may("write_private"),
        "breadcrumbs": (list(subject.found_in) or crumbs(subject.section))
        + ([] if subject.is_new else [(subject.label, address_of(subject.section, subject.id))]),
    }
    return render(visit.request, "pages/record_form.html", context, status=status)


def check_writable(section: str, record_id: str) -> None:
    """Raises NotSeen for a section that there is not, or that no form writes."""
    check_section(section, record_id)
    if section in READ_ONLY:
        raise NotSeen(section, record_id)


def demand_writing(visit: Visit) -> None:
    """Raises NotPermitted where a person may write nothing at all."""
    if not visit.may("write_private"):
        demand(visit.viewer, "draft")
