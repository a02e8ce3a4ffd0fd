"""The protocol of a session as files: of what stands, of a draft, or of a proposed change."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bilat import LANGUAGES
from bilat.brief.facts.protocol import protocol_day, protocol_facts
from bilat.brief.formats import renderer
from bilat.brief.formats.protocol import ProtocolOutput
from bilat.programme import KINDS, Contact, Programme
from bilat.programme.record import Record
from bilat.register.canonical import Document
from bilat.register.kinds import Name
from bilat_office.pages.commission.bundles import contents_of
from bilat_office.pages.commission.facts import session_record
from bilat_office.pages.reckoning import joint_programme
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.refusals import NotSeen

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_safe
@page
def docx(request: HttpRequest, record_id: str) -> HttpResponse:
    return _file(visit_of(request), record_id, "docx")


@require_safe
@page
def pdf(request: HttpRequest, record_id: str) -> HttpResponse:
    return _file(visit_of(request), record_id, "pdf")


def _file(visit: Visit, record_id: str, kind: str) -> HttpResponse:
    session_record(visit, record_id)
    query = visit.request.GET
    bundle = contents_of(visit, draft=query.get("draft", ""), change=query.get("change", ""))
    programme = with_bundle(joint_programme(visit), bundle)
    contact = programme.find(Contact, record_id)
    if contact is None:  # the own side's session: it has no protocol
        raise NotSeen("contacts", record_id)
    facts = protocol_facts(
        programme, record_id, as_of=protocol_day(contact, visit.today), first=visit.side
    )
    output = ProtocolOutput(facts, _languages(query.get("lang", "")))
    body = renderer(kind, output.own_formats)(output)
    answer = HttpResponse(body, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{output.stem}.{kind}"'
    return answer


def _languages(asked: str) -> tuple[str, ...]:
    """Both beside each other, unless one is asked for."""
    return (asked,) if asked in LANGUAGES else tuple(LANGUAGES)


def with_bundle(programme: Programme, bundle: Mapping[Name, Document | None]) -> Programme:
    """The joint programme as it will be when the bundle is entered."""
    sections: dict[str, dict[str, Record]] = {}
    for (section, record_id), content in bundle.items():
        if section not in KINDS:  # keys and rules are none of the programme's
            continue
        records = sections.setdefault(
            section, {item.id: item for item in programme.section(section)}
        )
        if content is None:
            records.pop(record_id, None)
        else:
            records[record_id] = KINDS[section].model_validate(content)
    return programme.with_fields(
        **{section: tuple(records.values()) for section, records in sections.items()}
    )
