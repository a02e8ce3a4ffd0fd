"""Requests and offers that fit, with the reason; one click brings the two together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bilat import LANGUAGES
from bilat.errors import BilatError
from bilat.language import Message, Words, say
from bilat.programme import Programme
from bilat.programme.matching import Match, introduction, introduction_id
from bilat.register.canonical import document
from bilat.register.kinds import Name
from bilat_office.pages.exports import table_file
from bilat_office.pages.filing import How, Written, filed, kept_private, ways
from bilat_office.pages.lists import leaves, page_number, part_of
from bilat_office.pages.reckoning import programme_of, saw_private
from bilat_office.pages.refusing import status_of
from bilat_office.pages.regions.standing import matches_unshown
from bilat_office.pages.regions.views import CRUMB
from bilat_office.pages.signing import keys_asked
from bilat_office.pages.sought import same_goods, texts_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.records.refusals import NotSeen, OfficeRefused
from bilat_office.records.viewer import JOINT

NEXT_STEP = say("Arrange the first meeting")
FIT: Mapping[str, Message] = {
    "6": say("the same subheading (6 digits)"),
    "4": say("the same heading (4 digits) at least"),
    "2": say("the same chapter (2 digits) at least"),
    "0": say("the sector alone"),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    q: str = ""
    hs: str = ""
    sector: str = ""
    fit: str = ""
    side: str = ""
    """Whose requests."""


@dataclass(frozen=True)
class Row:
    """One match. under_way: a draft or a proposal introduces the two already."""

    match: Match
    requested: Any
    offered: Any
    under_way: bool


@require_safe
@page
def matches(request: HttpRequest) -> HttpResponse:
    """What fits and is not introduced yet, the best first; or the whole of it as a file."""
    return _shown(visit_of(request), None, 200)


@require_POST
@page
def introduce(request: HttpRequest) -> HttpResponse:
    """The most direct way that needs nothing further of the person: see `_how`."""
    visit = visit_of(request)
    pair = (request.POST.get("request", ""), request.POST.get("offer", ""))
    try:
        done, address = _introduced(visit, *pair)
    except NotSeen:
        raise
    except BilatError as error:
        return _shown(visit, error.message, status_of(error))
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(address)


def _introduced(visit: Visit, request: str, offer: str) -> tuple[Message, str]:
    match = next(
        (one for one in matches_unshown(visit) if _ids(one) == (request, offer)),
        None,
    )
    if match is None:
        raise OfficeRefused(
            "no_match",
            say("These two do not fit any more, or have been introduced. Choose another pair."),
        )
    saw_private(visit, [("links", request), ("links", offer)])
    if _name(match) in _under_way(visit):
        raise OfficeRefused(
            "under_way", say("A draft or a proposal introduces these two already: see Changes.")
        )
    step = {code: Words(code)(NEXT_STEP) for code in LANGUAGES}
    made = introduction(match, visit.today, step)
    content = document(made)
    if made.visibility != JOINT:
        return kept_private(visit, "links", content)
    demand(visit.viewer, "draft")
    name: Name = ("links", made.id)
    written = Written(new=[(name, content)], reason=_reason(visit, match), bases={name: None})
    return filed(visit, _how(visit), written)


def _how(visit: Visit) -> How:
    """With the key where it is open in this browser; else a draft, which its page goes on from."""
    first = ways(visit, ["links"])[:1]
    if first in ((), ("draft",)):
        return "draft"
    keys = keys_asked(visit, both=visit.office.solo)
    return first[0] if all(key.is_open for key in keys) else "draft"


def _reason(visit: Visit, match: Match) -> str:
    why = "; ".join(visit.words(each) for each in match.why)
    return visit.words(say("Request and offer fit: {why}.", why=why))


def _ids(match: Match) -> tuple[str, str]:
    return match.request.link.id, match.offer.link.id


def _name(match: Match) -> Name:
    return "links", introduction_id(*_ids(match))


def _under_way(visit: Visit) -> set[Name]:
    """Records that drafts of the own side, and changes that are not entered yet, would write."""
    with visit.desk() as desk:
        proposed = {(item.section, item.id) for each in desk.open() for item in each.change.items}
    drafted = {name for draft in visit.door.drafts() for name, _content in draft.new}
    return proposed | drafted


def _shown(visit: Visit, wrong: Message | None, status: int) -> HttpResponse:
    query = visit.request.GET
    asked = _asked(query)
    programme = programme_of(visit)
    every = matches_unshown(visit)
    found = [one for one in every if _fits(one, asked)]
    kind = query.get("format")
    if kind in ("csv", "xlsx"):
        return _file(visit, programme, found, "xlsx" if kind == "xlsx" else "csv")
    shown, number, pages = part_of(found, page_number(query))
    under_way = _under_way(visit) if shown else set()
    context = {
        "asked": asked,
        "rows": [_row(programme, one, under_way) for one in shown],
        "total": len(found),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "fits": FIT.items(),
        "sectors": _sectors(every),
        "sides": [(side, visit.office.side_name(side)) for side in visit.office.sides],
        "may_introduce": visit.may("draft") or visit.may("write_private"),
        "has_wishes": any(link.interests for link in programme.links),
        "is_filtered": any(query.get(name) for name in Asked.__dataclass_fields__),
        "wrong": wrong,
        "breadcrumbs": [CRUMB],
    }
    return render(visit.request, "regions/matches.html", context, status=status)


def _sectors(every: Iterable[Match]) -> list[str]:
    ends = (end for one in every for end in (one.request, one.offer))
    return sorted({end.interest.sector for end in ends if end.interest.sector})


def _row(programme: Programme, match: Match, under_way: Iterable[Name]) -> Row:
    return Row(
        match,
        programme.side_name(match.request.interest.side),
        programme.side_name(match.offer.interest.side),
        _name(match) in under_way,
    )


def _asked(query: QueryDict) -> Asked:
    given = {name: query.get(name, "").strip()[:300] for name in Asked.__dataclass_fields__}
    return Asked(**given | {"fit": given["fit"] if given["fit"] in FIT else ""})


def _fits(match: Match, asked: Asked) -> bool:
    ends = (match.request, match.offer)
    codes = [code for end in ends for code in end.interest.products]
    return (
        (not asked.hs or any(same_goods(code, asked.hs) for code in codes))
        and (not asked.sector or asked.sector in {end.interest.sector for end in ends})
        and (not asked.side or match.request.interest.side == asked.side)
        and (not asked.fit or _fits_goods(match, int(asked.fit)))
        and _has_words(match, asked.q)
    )


def _fits_goods(match: Match, digits: int) -> bool:
    return match.digits >= digits if digits else match.digits == 0


def _has_words(match: Match, q: str) -> bool:
    if not q:
        return True
    ends = (match.request, match.offer)
    said = [text for end in ends for text in texts_of(end.interest.text)]
    said += [text for end in ends for text in (end.link.id, *texts_of(end.link.title))]
    whole = "\n".join(said).lower()
    return all(word in whole for word in q.lower().split())


def _file(visit: Visit, programme: Programme, found: Iterable[Match], kind: Any) -> HttpResponse:
    words, show = visit.words, visit.words.show
    labels = (
        say("Request"), say("Who requests"), say("What is requested"), say("Offer"),
        say("Who offers"), say("What is offered"), say("HS digits that agree"), say("HS code"),
        say("Same sector"), say("Points"), say("Why"),
    )  # fmt: skip
    rows = (
        [
            one.request.link.id, show(programme.side_name(one.request.interest.side)),
            show(one.request.interest.text), one.offer.link.id,
            show(programme.side_name(one.offer.interest.side)), show(one.offer.interest.text),
            str(one.digits), one.code, words(say("yes")) if one.same_sector else words(say("no")),
            str(one.points), "; ".join(words(why) for why in one.why),
        ]
        for one in found
    )  # fmt: skip
    return table_file("matches", kind, [words(label) for label in labels], rows)
