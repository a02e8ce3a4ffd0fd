"""What stands around an amount and may tell what it is: lists, papers, the trade that is known."""

from __future__ import annotations

import re

from bilat.reading.countries import country_of
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.place import Place
from bilat.reading.scene import Sentence, is_question
from bilat.reading.targets import deadline_within

_NEAR = 30  # times: a flow is seldom further from the trade of the two
_REMEMBERED = 3  # sentences after which a paper is no longer spoken of
_ALIEN = (
    "instrument", "contract", "bank", "measure", "unit/power", "unit/length", "lending",
)  # fmt: skip
_WORKS = ("activity/construction", "activity/modernisation", "activity/joint venture")
_ITEM = re.compile(r"\s*(?:[-–—•*·▪]|\(?[a-zа-я0-9]{1,2}[).])\s", re.IGNORECASE)
_GAP = 40  # characters between an item and the mark before it
_FLOWS = ("indicator/turnover", "indicator/exports", "indicator/imports")


def surroundings(place: Place, discourse: Discourse) -> set[str]:
    """Features: listed, of-paper, points-ahead, verbless, year-ahead, above-whole, alien …"""
    s, a = place.sentence, place.amount
    year = discourse.now
    named = {t.value for t in s.terms if t.group in ("country", "people")}
    named |= {country_of(t.value) or "" for t in s.terms if t.group == "city"}
    known = named & set(discourse.parties)
    holds = {
        "listed": discourse.listing,
        "of-paper": discourse.paper > 0 and not s.has("event", "contact"),
        "points-ahead": _points_ahead(place),
        "verbless": _is_verbless(place),
        "of-both": s.has("both", "ours"),
        "both-named": len(known) > 1,
        "party-named": bool(known),
        "year-ahead": year is not None and any(_is_ahead(w.year, year) for w in s.whens),
        "told-time": any(w.sort in ("year", "part", "fiscal", "month") for w in s.whens),
        "speaks-of-trade": discourse.indicator is not None,
        "goods": s.has("goods") or any(t.lower in words("wares") for t in s.tokens),
        "alien": s.has(*_ALIEN),
        "works": s.has("works") or (s.has("product") and s.has(*_WORKS) and not s.has("goods")),
        "question": is_question(s),
    }
    return {name for name, it_holds in holds.items() if it_holds} | _size(a.value, place, discourse)


def wishes(found: set[str]) -> set[str]:
    """«чтобы объем торговли: … утроился»: in a list of goals, what has the form of the past."""
    return found if found & {"measured", "over"} else found - {"past", "reached"}


def _is_ahead(year: int | None, now: int) -> bool:
    return year is not None and year > now


def _size(value: float, place: Place, discourse: Discourse) -> set[str]:
    whole = discourse.whole
    if place.amount.sort != "money" or whole is None or whole[1] != place.amount.currency:
        return set()
    out = {"near-whole"} if whole[0] / _NEAR <= value <= whole[0] * _NEAR else set()
    if value > whole[0]:
        out.add("above-whole")
    return out | ({"below-whole"} if value < whole[0] else set())


def _points_ahead(place: Place) -> bool:
    """“$100 million: this much they have undertaken to trade”, «… — таков ориентир»."""
    s, last = place.sentence, place.amount.last
    goals = [t for t in s.terms if t.group == "goal" and t.first > last]
    return bool(goals) and any(t.lower in words("points_back") for t in s.tokens[last + 1 :])


def _is_verbless(place: Place) -> bool:
    """“mutual trade – no less than 8 billion”: a level that nothing says was reached."""
    s, clause = place.sentence, place.clause
    first = s.clauses[clause.number - 1].first if clause.number else clause.first
    first = max(first, place.previous_end + 1)
    return not s.within(first, clause.last, "change", "level", "speech")


def keep_list(sentence: Sentence, discourse: Discourse) -> None:
    """“The Parties set themselves these tasks:” – what follows in the list is of that kind."""
    text = sentence.text[sentence.start : sentence.end].rstrip()
    discourse.paper = max(0, discourse.paper - 1)
    if _opens_list(sentence, text):
        discourse.listing = True
        discourse.list_deadline = deadline_within(sentence, 0, len(sentence.tokens), discourse)
        return
    if discourse.listing and not _is_item(sentence, text):
        discourse.listing = False
    by, _ = deadline_within(sentence, 0, len(sentence.tokens), discourse)
    if (
        by is not None
        and sentence.has("paper")
        and not any(a.sort in ("money", "multiple") for a in sentence.amounts)
    ):
        discourse.paper, discourse.paper_year = _REMEMBERED, by


def _opens_list(sentence: Sentence, text: str) -> bool:
    """It ends with a colon, or is a heading, and names goals, but no number."""
    if any(a.sort != "count" or a.bare for a in sentence.amounts):
        return False
    heads = text.endswith(":") or not text.endswith((".", "!", "?", "…", "»", "”", ";"))
    return heads and sentence.has("goal", "list_of_goals") and not sentence.has("past_goal")


def _is_item(sentence: Sentence, text: str) -> bool:
    begins = sentence.text[sentence.text.rfind("\n", 0, sentence.start) + 1 : sentence.end]
    if _ITEM.match(begins) or text.endswith(";"):
        return True
    before = sentence.text[max(0, sentence.start - _GAP) : sentence.start]
    return before.rstrip().endswith((";", ":"))
