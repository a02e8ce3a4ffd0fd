"""One contact: agenda, decisions, who took part, what follows; and news of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bilat.brief.facts.contacts import follow_ups
from bilat.brief.facts.roadmap import CommitmentFact
from bilat.brief.formats.ics import contacts_ics
from bilat.brief.story.names import STATE, STATE_TONE
from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.programme import Cadence, Contact, Programme
from bilat.programme.names import COMPLETION
from bilat.vocabulary import Period
from bilat_office.pages.contacts.listing import known_of
from bilat_office.pages.contacts.views import CRUMB, calendar_file
from bilat_office.pages.contacts.writing import LABELS, News, TypedWrong, with_news
from bilat_office.pages.filing import filed_over
from bilat_office.pages.quick import quick_form
from bilat_office.pages.reckoning import programme_unshown, saw_private
from bilat_office.pages.refusing import status_of
from bilat_office.pages.showing import names_in, shown_fields
from bilat_office.pages.views.records import links_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.records.listing import Listed
from bilat_office.records.refusals import NotSeen
from bilat_office.records.viewer import JOINT

APART = (
    "title", "kind", "cadence", "number", "platform", "planned", "held", "starts", "cancelled",
    "place", "host", "bodies", "participants", "agenda", "outcome", "follow_up",
)  # fmt: skip
"""Fields that the page shows in a part of their own."""


@dataclass(frozen=True)
class Follow:
    """A measure or decision that follows from the contact."""

    fact: CommitmentFact

    @property
    def state(self) -> Message:
        return STATE[self.fact.state]

    @property
    def tone(self) -> str:
        return STATE_TONE.get(self.fact.state) or "plain"

    @property
    def completion(self) -> Message:
        return COMPLETION[self.fact.completion]


@dataclass(frozen=True)
class Moved:
    """A planned date that became another, with the reason that both sides hold."""

    before: Period
    after: Period
    reason: str
    day: str


@require_safe
@page
def contact(request: HttpRequest, record_id: str) -> HttpResponse:
    """The page, or the contact as a calendar of its own."""
    visit = visit_of(request)
    if request.GET.get("format") == "ics":
        visit.door.get("contacts", record_id)
        programme = programme_unshown(visit)
        rows = known_of(visit, programme).rows
        facts = [row.fact for row in rows if row.fact.id == record_id]
        return calendar_file(contacts_ics(programme, facts, visit.today, visit.words), record_id)
    return _shown(visit, record_id, News(), {}, None, 200)


@require_http_methods(["POST"])
@page
def contact_news(request: HttpRequest, record_id: str) -> HttpResponse:
    """It was held, moved or cancelled: a draft, a proposal, an entry, a private record."""
    visit = visit_of(request)
    typed = News.of(request.POST)
    try:
        stands = visit.door.get("contacts", record_id)
        content = with_news(stands.content, typed, visit.words, visit.today)
        done, address = filed_over(visit, stands, content)
    except TypedWrong as wrong:
        return _shown(visit, record_id, typed, wrong.errors, None, 400)
    except NotSeen:
        raise
    except BilatError as error:
        return _shown(visit, record_id, typed, {}, error.message, status_of(error))
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(address)


def _shown(
    visit: Visit,
    record_id: str,
    typed: News,
    errors: Mapping[str, Message],
    wrong: Message | None,
    status: int,
) -> HttpResponse:
    found = visit.door.get("contacts", record_id)
    programme = programme_unshown(visit)
    rows = known_of(visit, programme).rows
    row = next((row for row in rows if row.fact.id == record_id), None)
    if row is None or not isinstance(found.record, Contact):
        raise NotSeen("contacts", record_id)
    record = found.record
    fields = shown_fields(record, "contacts", programme, visit.words.lang)
    following = follow_ups(programme, row.fact.follow_up, visit.today)
    saw_private(visit, [*names_in(fields), *(("commitments", item.id) for item in following)])
    context = {
        **quick_form(visit, found, typed, errors, wrong, LABELS),
        "row": row,
        "record": record,
        "found": found,
        "starts": f"{record.starts:%H:%M}" if record.starts else "",
        "series": programme.find(Cadence, record.cadence),
        "host": programme.side_name(record.host) if record.host else None,
        "people": list(_people(programme, record)),
        "decisions": [Follow(item) for item in following if item.kind == "decision"],
        "follow": [Follow(item) for item in following if item.kind != "decision"],
        "moved": list(_moved(visit, found)),
        "fields": [each for each in fields if each.name not in APART],
        **links_of(visit, "contacts", record_id),
        "breadcrumbs": [CRUMB],
    }
    return render(visit.request, "contacts/contact.html", context, status=status)


def _people(programme: Programme, record: Contact) -> Iterator[tuple[Any, Sequence[Any]]]:
    """Those who took part, by side; those of neither last."""
    for side in (*programme.sides, None):
        found = [person for person in record.participants if person.side == side]
        if found:
            yield (programme.side_name(side) if side else say("others")), found


def _moved(visit: Visit, found: Listed) -> Iterator[Moved]:
    """From the entries that changed the planned date; a private record has no reasons."""
    if found.visibility != JOINT:
        return
    for edit in visit.door.history("contacts", found.id):
        before, after = ((each or {}).get("planned") for each in (edit.before, edit.after))
        if before and after and before != after:
            yield Moved(Period.parse(before), Period.parse(after), edit.reason, edit.time)
