"""Requests and offers that fit: by HS code and sector, of opposite sides, not yet introduced.

A match is worth points; each of them is said in words:

- the goods: 60 for the same subheading (6 digits), 40 for the same heading (4), 20 for the same
  chapter (2). The finest agreement counts, so that 850421 and 850422 agree in their heading;
- 15 for the same sector, in the same words (capitals do not matter);
- 5 for each end whose body is named: they can be introduced at once.

Without a common chapter or sector there is no match. Of one request the `MOST` best are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from zlib import crc32

from bilat.language import Message, Text, pick, say
from bilat.programme.exchanges import Interest, Link
from bilat.programme.programme import Programme
from bilat.vocabulary import Period

GOODS: Mapping[int, int] = {6: 60, 4: 40, 2: 20}
"""Digits that agree → points."""
SECTOR, NAMED = 15, 5
MOST = 20
LONGEST_ID = 80
BOTH = 2
SAME_GOODS: Mapping[int, Message] = {
    6: say("same subheading"),
    4: say("same heading"),
    2: say("same chapter"),
}


@dataclass(frozen=True)
class Wish:
    """One request or offer, and the link that it stands in. sector: without capitals."""

    link: Link
    interest: Interest
    sector: str
    is_named: bool
    """Whether the body at its end is named."""


@dataclass(frozen=True)
class Match:
    """A request and an offer that fit. digits: of the HS code that agree, 0 for none."""

    request: Wish
    offer: Wish
    points: int
    digits: int
    code: str
    """The digits that agree."""
    same_sector: bool
    why: tuple[Message, ...]


def wishes(programme: Programme) -> Iterator[Wish]:
    """Every request and offer, in the order of the folder."""
    for link in programme.links:
        for interest in link.interests:
            sector = (interest.sector or "").strip().casefold()
            yield Wish(link, interest, sector, bool(link.bodies))


def introduced(programme: Programme) -> Mapping[str, frozenset[str]]:
    """Link → the links that another one has brought together with it."""
    found: dict[str, set[str]] = defaultdict(set)
    for link in programme.links:
        for one in link.introduces:
            found[one].update(link.introduces)
    return {name: frozenset(others - {name}) for name, others in found.items()}


def matches(programme: Programme) -> tuple[Match, ...]:
    """The best first. Of two links the best pair of their requests and offers is kept."""
    done = introduced(programme)
    every = tuple(wishes(programme))
    offers = _Shelf([wish for wish in every if wish.interest.wants == "offers"])
    best: dict[tuple[str, str], Match] = {}
    for request in (wish for wish in every if wish.interest.wants == "requests"):
        for match in _of_request(request, offers, done):
            key = (match.request.link.id, match.offer.link.id)
            if key not in best or best[key].points < match.points:
                best[key] = match
    return tuple(sorted(best.values(), key=_order))


def _of_request(
    request: Wish, offers: _Shelf, done: Mapping[str, frozenset[str]]
) -> Iterator[Match]:
    """The best are found by their points alone, and only these get their reasons."""
    met = done.get(request.link.id, frozenset()) | {request.link.id}
    side = request.interest.side
    fitting = (
        (-_points(request, offer, digits), offer.link.id, place, offer, digits, code)
        for place, (offer, digits, code) in enumerate(offers.fitting(request))
        if offer.interest.side != side and offer.link.id not in met
    )
    for _points_lost, _id, _place, offer, digits, code in nsmallest(MOST, fitting):
        yield _match(request, offer, digits, code)


def _points(request: Wish, offer: Wish, digits: int) -> int:
    named = request.is_named + offer.is_named
    same_sector = request.sector != "" and request.sector == offer.sector
    return GOODS.get(digits, 0) + SECTOR * same_sector + NAMED * named


def _order(match: Match) -> tuple[int, str, str]:
    return -match.points, match.request.link.id, match.offer.link.id


class _Shelf:
    """Offers by each beginning of their codes and by sector, so that no request meets them all."""

    def __init__(self, offers: Iterable[Wish]) -> None:
        self._by_code: dict[str, list[Wish]] = defaultdict(list)
        self._by_sector: dict[str, list[Wish]] = defaultdict(list)
        for offer in offers:
            for beginning in _beginnings(offer.interest.products):
                self._by_code[beginning].append(offer)
            if offer.sector:
                self._by_sector[offer.sector].append(offer)

    def fitting(self, request: Wish) -> Iterator[tuple[Wish, int, str]]:
        """Each offer once, with the most digits that agree; coarse ones while few are found."""
        seen: set[int] = set()
        wanted = _beginnings(request.interest.products)
        for digits in GOODS:
            for code in (each for each in wanted if len(each) == digits):
                for offer in self._by_code.get(code, ()):
                    if id(offer) not in seen:
                        seen.add(id(offer))
                        yield offer, digits, code
            if len(seen) >= 2 * MOST:
                return
        for offer in self._by_sector.get(request.sector, ()) if request.sector else ():
            if id(offer) not in seen:
                seen.add(id(offer))
                yield offer, 0, ""


def _beginnings(codes: Iterable[str]) -> tuple[str, ...]:
    """What codes begin with: of 850421 also 8504 and 85."""
    found = (code[:digits] for code in codes for digits in GOODS if len(code) >= digits)
    return tuple(dict.fromkeys(found))


def _match(request: Wish, offer: Wish, digits: int, code: str) -> Match:
    same_sector = bool(request.sector) and request.sector == offer.sector
    named = request.is_named + offer.is_named
    why = []
    if digits:
        why.append(say("{same}, HS {code}", same=SAME_GOODS[digits], code=code))
    if same_sector:
        why.append(say("same sector, {sector}", sector=request.interest.sector))
    if named == BOTH:
        why.append(say("both ends are named"))
    elif named:
        why.append(say("one end is named"))
    else:
        why.append(say("neither end is named yet"))
    return Match(
        request, offer, _points(request, offer, digits), digits, code, same_sector, tuple(why)
    )


def introduction(match: Match, on: date, next_step: Mapping[str, str]) -> Link:
    """The link that brings a request and an offer together.

    Who may see both may see it. Its kind is that of both ends where they are alike, else it is one
    of companies.
    """
    ends = (match.request.link, match.offer.link)
    kinds = {link.kind for link in ends}
    kind = kinds.pop() if len(kinds) == 1 else "companies"
    forums = {link.contact for link in ends}
    hidden = {link.visibility for link in ends} - {"joint"}
    return Link.model_validate(
        {
            "id": introduction_id(*(link.id for link in ends)),
            "title": _together(ends[0].title, ends[1].title),
            "kind": "companies" if kind == "demand" else kind,
            "bodies": tuple(dict.fromkeys(body for link in ends for body in link.bodies)),
            "since": Period(on, on),
            "contact": forums.pop() if len(forums) == 1 else None,
            "introduces": tuple(link.id for link in ends),
            "next_step": next_step,
            "visibility": hidden.pop() if hidden else "joint",
            "sources": tuple(dict.fromkeys(name for link in ends for name in link.sources)),
        }
    )


def introduction_id(request: str, offer: str) -> str:
    """The same for the same two, so that nobody introduces them twice."""
    whole = f"intro.{request}.{offer}"
    if len(whole) <= LONGEST_ID:
        return whole
    return f"{whole[: LONGEST_ID - 9]}.{crc32(whole.encode()):08x}"


def _together(request: Text, offer: Text) -> str | dict[str, str]:
    """Both titles in each language that either has."""
    languages = [*dict.fromkeys(code for text in (request, offer) for code in _languages_of(text))]
    if not languages:
        return f"{request} – {offer}"
    return {code: f"{pick(request, code)} – {pick(offer, code)}" for code in languages}


def _languages_of(text: Text) -> tuple[str, ...]:
    return () if isinstance(text, str) else tuple(text)
