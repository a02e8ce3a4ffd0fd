"""One text: on the left its words with the quotes marked, on the right what is proposed of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe

from bilat.language import Message, say
from bilat.reading import telling
from bilat.reading.highlight import visible
from bilat.reading.pieces import Piece, Spot, marked_paragraphs, parts_of
from bilat.reading.proposal import Proposal
from bilat_office.jobs.models import DONE, FAILED
from bilat_office.jobs.selectors import jobs_seen
from bilat_office.pages.lists import leaves, page_number
from bilat_office.pages.reader.cards import Card, Outcomes, decided_card, open_card
from bilat_office.pages.reader.considering import case_of, with_publisher
from bilat_office.pages.reader.giving import NAMES, about_of
from bilat_office.pages.reader.views.listing import CRUMB, demand_side
from bilat_office.pages.reader.views.taking import source_form
from bilat_office.pages.reckoning import programme_unshown
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.readings.models import CHOSEN, READ, WAITING, Finding
from bilat_office.readings.models import FAILED as UNREADABLE
from bilat_office.readings.models import Reading as Stored
from bilat_office.readings.refusals import NoSuchReading
from bilat_office.readings.selectors import reading_seen, text_seen, text_with
from bilat_office.readings.services.taking import reading_describe, reading_drop
from bilat_office.readings.stored import Text, proposal_of
from bilat_office.records.refusals import OfficeRefused

PART = 12_000
"""Characters of a text on one page: a long protocol is read page by page."""
SHOWING = ("waiting", "chosen", "filed", "rejected")


@dataclass(frozen=True)
class Trouble:
    """What went wrong with one proposal, or with the source of the text, and what was typed."""

    wrong: Message
    key: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, Message] = field(default_factory=dict)
    status: int = 400


@dataclass(frozen=True)
class Marked:
    """A piece of the text as the page writes it, with the numbers of the proposals over it."""

    html: SafeString
    kind: str
    numbers: str
    ended: tuple[Spot, ...]
    is_left: bool


@require_safe
@page
def reading(request: HttpRequest, number: int) -> HttpResponse:
    """The text with its proposals; how far it is, as long as it is being read."""
    visit = visit_of(request)
    demand_side(visit)
    try:
        found = reading_seen(visit.viewer, number)
    except NoSuchReading:
        return HttpResponseRedirect(_elsewhere(visit, number))
    if found.state != READ:
        return _unread(visit, found)
    if request.headers.get("HX-Request"):
        answer = HttpResponse()
        answer["HX-Redirect"] = request.path
        return answer
    return shown(visit, text_with(visit.viewer, found), None)


def _elsewhere(visit: Visit, number: int) -> str:
    """A long text that turned out to be one read before. Raises NoSuchReading."""
    found = jobs_seen(visit.viewer).filter(kind="reading", state=DONE, arguments__reading=number)
    job = found.first()
    if job is None or job.result.get("reading") == number:
        raise NoSuchReading(number)
    return reverse("reading", args=[job.result["reading"]])


def _unread(visit: Visit, found: Stored) -> HttpResponse:
    job = jobs_seen(visit.viewer).filter(pk=found.job).first() if found.job else None
    error = found.error or (job.error if job and job.state == FAILED else "")
    context = {
        "reading": found,
        "job": job,
        "percent": round(100 * job.progress) if job else 0,
        "error": error,
        "is_over": bool(error) or found.state == UNREADABLE,
        "breadcrumbs": [CRUMB],
    }
    return render(visit.request, "reader/unread.html", context)


def shown(visit: Visit, text: Text, trouble: Trouble | None) -> HttpResponse:
    """The page of a text; with what is wrong where something was refused."""
    parts = parts_of(text.reading.text, PART)
    part = _part(visit, text, parts, trouble)
    begin, end = parts[part - 1]
    numbers = {each.key: at for at, each in enumerate(text.findings, 1)}
    here = [each for each in text.findings if begin <= each.start < end]
    cards = _cards(visit, text, here, numbers, trouble)
    query = visit.request.GET.get("show", "")
    show = query if query in SHOWING else ""
    at_source = trouble.errors if trouble and not trouble.key else {}
    context: dict[str, Any] = {
        "reading": text.reading,
        "paragraphs": _paragraphs(text, numbers, (begin, end)),
        "cards": [card for card in cards if not show or card.finding.state == show],
        "counts": _counts(text),
        "show": show,
        "left": _left(visit, text, (begin, end)),
        "notes": [note.get(visit.words.lang, note["en"]) for note in text.reading.notes],
        "parts": _part_links(text, parts),
        "number": part,
        "pages": len(parts),
        "leaves": leaves(part, len(parts)),
        "trouble": trouble,
        "wrong": trouble.wrong if trouble and not at_source else None,
        "needs_publisher": not text.reading.publisher,
        **source_form(visit, _said(text, trouble), at_source),
        "breadcrumbs": [CRUMB, (say("Texts read"), reverse("readings"))],
    }
    status = trouble.status if trouble else 200
    return render(visit.request, "reader/reading.html", context, status=status)


def _said(text: Text, trouble: Trouble | None) -> dict[str, str]:
    if trouble and trouble.errors:
        return {name: trouble.typed.get(name, "") for name in NAMES}
    return {name: str(getattr(text.reading, name) or "") for name in NAMES}


def _part(visit: Visit, text: Text, parts: list[tuple[int, int]], trouble: Trouble | None) -> int:
    """The part that the address asks for, or the one with the proposal that was refused."""
    key = trouble.key if trouble else ""
    start = next((each.start for each in text.findings if key and each.key == key), None)
    if start is not None:
        return part_with(start, parts)
    return min(page_number(visit.request.GET), len(parts))


def part_with(start: int, parts: list[tuple[int, int]]) -> int:
    return next(n for n, (begin, end) in enumerate(parts, 1) if begin <= start < end)


def _cards(
    visit: Visit,
    text: Text,
    here: list[Finding],
    numbers: Mapping[str, int],
    trouble: Trouble | None,
) -> list[Card]:
    outcomes, lookable = Outcomes(visit), with_publisher(text)
    cards = []
    for finding in here:
        number = numbers[finding.key]
        if finding.state not in (WAITING, CHOSEN):
            cards.append(decided_card(visit, number, finding, outcomes.of(finding)))
            continue
        typed = trouble.typed if trouble and trouble.key == finding.key else {}
        cards.append(
            open_card(visit, number, finding, case_of(visit, lookable, finding, {}), typed)
        )
    return cards


def _paragraphs(
    text: Text, numbers: Mapping[str, int], within: tuple[int, int]
) -> Iterator[list[Marked]]:
    spots = []
    for finding in text.findings:
        proposal = proposal_of(finding.content)
        if proposal.quote.start < within[1] and proposal.quote.end > within[0]:
            spots.append(Spot(numbers[finding.key], proposal.kind, proposal.quote))
    left = [proposal_of(each).quote for each in text.reading.left]
    for paragraph in marked_paragraphs(text.reading.text, spots, left, within):
        if any(piece.text.strip() for piece in paragraph):
            yield [_marked(piece) for piece in paragraph]


def _marked(piece: Piece) -> Marked:
    html = mark_safe(visible(piece.text))  # noqa: S308 (every character of the text is escaped)
    kind = piece.shortest.kind if piece.shortest else ""
    over = " ".join(str(spot.number) for spot in piece.over)
    return Marked(html, kind, over, piece.ended, piece.is_left)


def _left(visit: Visit, text: Text, within: tuple[int, int]) -> list[tuple[str, str]]:
    """What was recognised in this part and is not proposed."""
    found: list[Proposal] = [proposal_of(each) for each in text.reading.left]
    return [
        (telling.headline(each, visit.words), each.quote.text)
        for each in found
        if within[0] <= each.quote.start < within[1]
    ]


def _counts(text: Text) -> dict[str, int]:
    return {state: sum(finding.state == state for finding in text.findings) for state in SHOWING}


def _part_links(text: Text, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts of a long text in which proposals wait, and how many."""
    if len(parts) < 2:
        return []
    waiting = [each.start for each in text.findings if each.state == WAITING]
    counted = [
        (n, sum(begin <= start < end for start in waiting))
        for n, (begin, end) in enumerate(parts, 1)
    ]
    return [(n, count) for n, count in counted if count]


@require_POST
@page
def source(request: HttpRequest, number: int) -> HttpResponse:
    """Say who published the text, and what it is."""
    visit = visit_of(request)
    text = text_seen(visit.viewer, number)
    typed = request.POST.dict()
    errors: dict[str, Message] = {}
    about = about_of(typed, programme_unshown(visit).sides, errors)
    if not about.publisher:
        errors["publisher"] = say("Write who published it: the record of the source needs it.")
    if errors:
        wrong = say("The source is not saved yet.")
        return shown(visit, text, Trouble(wrong, typed=typed, errors=errors))
    reading_describe(number=number, about=about, viewer=visit.viewer)
    messages.success(request, visit.words(say("Saved.")))
    return HttpResponseRedirect(reverse("reading", args=[number]))


@require_POST
@page
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Take away what could not be read."""
    visit = visit_of(request)
    found = reading_seen(visit.viewer, number)
    if found.state == READ:
        raise OfficeRefused("read", say("It has been read: what was decided of it stays."))
    reading_drop(number=number, viewer=visit.viewer)
    return HttpResponseRedirect(reverse("reader_new"))
