"""What was accepted goes on together: a draft, a proposal, an entry, or records of the own side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.http import require_http_methods

from bilat.errors import BilatError, Problem, ProgrammeInvalid
from bilat.language import Message, say
from bilat.programme import Record
from bilat.programme.agreements import DocumentKind
from bilat.reading.bundle import Bundle, bundle_of
from bilat.register.canonical import canonical, digest, document
from bilat.register.kinds import Name
from bilat_office.api.services.proposing import BaseMoved
from bilat_office.api.versions import version_listed
from bilat_office.pages.differing import RecordShown, record_shown
from bilat_office.pages.filing import Written, filed, how_of, ways
from bilat_office.pages.reader.considering import case_of, chosen_of, find
from bilat_office.pages.reader.views.deciding import by_of
from bilat_office.pages.reader.views.listing import CRUMB, demand_side
from bilat_office.pages.reckoning import joint_programme, programme_unshown
from bilat_office.pages.refusing import status_of
from bilat_office.pages.signing import keys_asked
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.readings.models import CHOSEN, Finding
from bilat_office.readings.refusals import NothingChosen
from bilat_office.readings.selectors import text_seen
from bilat_office.readings.services.deciding import FiledWith, findings_file
from bilat_office.readings.stored import Text
from bilat_office.records.refusals import NotSeen, OfficeRefused
from bilat_office.records.services.private import private_save_all
from bilat_office.records.viewer import JOINT

PRIVATE = "private"


@dataclass(frozen=True)
class Ready:
    """The accepted proposals of a text, and the records that they lead to together."""

    text: Text
    findings: Sequence[Finding]
    bundle: Bundle


@require_http_methods(["GET", "HEAD", "POST"])
@page
def bundle(request: HttpRequest, number: int) -> HttpResponse:
    """Every record that would be new or change; sent, they go on together."""
    visit = visit_of(request)
    demand_side(visit)
    demand(visit.viewer, "draft")
    text = text_seen(visit.viewer, number)
    if request.method != "POST":
        return _shown(visit, text, None, 200)
    try:
        done, address = _sent(visit, text)
    except BilatError as error:
        return _shown(visit, text, error, status_of(error))
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(address)


def _ready(visit: Visit, text: Text, visibility: str = JOINT, *, is_checked: bool = True) -> Ready:
    """Raises NothingChosen, AnswersNeeded, NotDecidable, ProgrammeInvalid."""
    findings = [each for each in text.findings if each.state == CHOSEN]
    if not findings:
        raise NothingChosen
    programme = joint_programme(visit) if visibility == JOINT else programme_unshown(visit)
    kind = cast("DocumentKind", text.reading.kind) if text.reading.kind else None
    made = bundle_of(
        text.kept,
        [chosen_of(each) for each in findings],
        programme,
        kind=kind,
        visibility=visibility,
        is_checked=is_checked,
    )
    return Ready(text, findings, made)


def _sent(visit: Visit, text: Text) -> tuple[Message, str]:
    if visit.request.POST.get("how") == PRIVATE:
        return _kept_private(visit, text)
    ready = _ready(visit, text)
    if visit.request.POST.get("seen") != _digest(ready.bundle):
        raise OfficeRefused(
            "moved", say("Something has changed since you looked. Read it again, then send it.")
        )
    names = [_name(record) for record in ready.bundle.records]
    written = Written(
        new=[(_name(record), document(record)) for record in ready.bundle.records],
        reason=visit.request.POST.get("reason", "").strip(),
        bases=_bases(visit, ready, names),
    )
    if not names:
        _note(visit, ready, FiledWith(ready.bundle.source.id, _names(ready.bundle)))
        return (
            say("All of it is recorded already, with this source. Nothing had to change."),
            reverse("reading", args=[text.reading.pk]),
        )
    done, address = filed(visit, how_of(visit.request.POST.get("how", "")), written)
    went = resolve(address).kwargs
    _note(
        visit,
        ready,
        FiledWith(
            source=ready.bundle.source.id,
            names=_names(ready.bundle),
            draft=went.get("number"),
            change=went.get("change", ""),
            asking=_asking(visit, ready),
        ),
    )
    return done, address


def _kept_private(visit: Visit, text: Text) -> tuple[Message, str]:
    """Records of the own side alone, all of them or none."""
    demand(visit.viewer, "write_private")
    ready = _ready(visit, text, visit.side)
    new = [(record.section, document(record)) for record in ready.bundle.records]
    if new:
        private_save_all(new=new, by=visit.by, at=visit.at)
    _note(visit, ready, FiledWith(text.reading.source, _names(ready.bundle)))
    return say("Saved for your side alone."), reverse("reading", args=[text.reading.pk])


def _note(visit: Visit, ready: Ready, filed_with: FiledWith) -> None:
    findings_file(reading=ready.text.reading, filed=filed_with, by=by_of(visit))


def _names(made: Bundle) -> dict[str, str]:
    return {key: f"{section}/{id_}" for key, (section, id_) in made.came_of.items()}


def _asking(visit: Visit, ready: Ready) -> frozenset[str]:
    """Those that contradict what is recorded: their questions stay open."""
    return frozenset(
        each.key
        for each in ready.findings
        if case_of(visit, ready.text, each, {}).relation.kind == "contradicts"
    )


def _bases(visit: Visit, ready: Ready, names: Sequence[Name]) -> dict[Name, str | None]:
    """The version of each record now; of a corrected one, it is still that of the correction."""
    now = {name: _version(visit, name) for name in names}
    for finding in ready.findings:
        if finding.record and finding.record["base"]:
            name = ready.bundle.came_of[finding.key]
            if name in now and now[name] != finding.record["base"]:
                raise BaseMoved(name)
    return now


def _version(visit: Visit, name: Name) -> str | None:
    try:
        found = visit.door.get(*name)
    except NotSeen:
        return None
    return version_listed(found) if found.visibility == JOINT else None


def _name(record: Record) -> Name:
    return record.section, record.id


def _digest(made: Bundle) -> str:
    contents: list[Any] = [[*_name(record), document(record)] for record in made.records]
    return digest(canonical(contents))


def _shown(visit: Visit, text: Text, error: BilatError | None, status: int) -> HttpResponse:
    """What would go, and how; where that cannot be said, why not."""
    ready = None
    try:
        ready = _ready(visit, text, is_checked=False)
    except BilatError as refusal:
        error, status = error or refusal, 200 if error is None else status
    sections = [record.section for record in ready.bundle.records] if ready else []
    found = ways(visit, sections) if sections else ()
    reading = text.reading
    context: dict[str, Any] = {
        "reading": reading,
        "ready": ready,
        "records": _records(visit, ready) if ready else [],
        "seen": _digest(ready.bundle) if ready else "",
        "wrong": error.message if error else None,
        "problems": _problems(error),
        "ways": found,
        "keys": keys_asked(visit, both=visit.office.solo)
        if found[:1] not in ((), ("draft",))
        else [],
        "reason": visit.request.POST.get("reason", _reason(visit, text)),
        "may_be_private": visit.may("write_private"),
        "count": len(ready.findings) if ready else 0,
        "breadcrumbs": [
            CRUMB,
            (reading.title or reading.name, reverse("reading", args=[reading.pk])),
        ],
    }
    return render(visit.request, "reader/file.html", context, status=status)


def _problems(error: BilatError | None) -> Sequence[Problem]:
    return error.problems if isinstance(error, ProgrammeInvalid) else ()


def _records(visit: Visit, ready: Ready) -> list[RecordShown]:
    programme = joint_programme(visit)
    shown = []
    for record in ready.bundle.records:
        before = find(programme, _name(record))
        stands = document(before) if before else None
        shown.append(record_shown(_name(record), stands, document(record), visit.words))
    return shown


def _reason(visit: Visit, text: Text) -> str:
    reading = text.reading
    said = (reading.title or reading.name, reading.publisher, reading.published)
    told = ", ".join(visit.words.show(each) for each in said if each)
    return visit.words(say("Read in: {source}", source=told))
