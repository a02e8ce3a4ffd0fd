"""Two offers side by side: calculations, or deals of the programme for whoever has signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast, get_args

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bilat.brief.facts.deal_schedule import schedule_of_deal
from bilat.brief.facts.offers import SIDES, Asked, Offer, OffersFact, Party, offers_facts
from bilat.brief.formats.offers import OffersOutput
from bilat.brief.story.offers import PARTIES, tell_offers
from bilat.errors import BilatError
from bilat.finance.deal import Schedule
from bilat.finance.support import Case, RuleBook, rule_books
from bilat.language import Message, Words, say
from bilat.programme import Deal
from bilat.register.canonical import digest
from bilat_office.pages.finance.calculator import DRAWN, OTHER_NAMES, inputs, wrongs
from bilat_office.pages.finance.deals import CRUMB
from bilat_office.pages.finance.fields import FIELDS, FURTHER, typed_in
from bilat_office.pages.finance.opening import bound, for_everybody, visit_if_any
from bilat_office.pages.finance.outcome import Outcome, offers, outcome_of
from bilat_office.pages.reckoning import programme_unshown, saw_private
from bilat_office.pages.story.documents import asked_kind, document, offered, words_asked
from bilat_office.pages.story.fields import share
from bilat_office.pages.story.telling import Teller
from bilat_office.pages.templatetags.says import reader
from bilat_office.pages.visit import Visit

DOCUMENTS = ("xlsx", "docx", "pdf", "json")
NAMES: Mapping[str, Message] = {"a": say("First offer"), "b": say("Second offer")}
DISCOUNT = "5"
CATEGORIES = ("I", "II")


@dataclass(frozen=True)
class Side:
    """One offer: of terms that were typed, or a deal of the programme."""

    prefix: str
    outcome: Outcome
    schedule: Schedule | None
    name: Any
    deal: str = ""
    fault: Message | None = None


@require_safe
@for_everybody
def comparison(request: HttpRequest) -> HttpResponse:
    """The two forms; with two offers in the address their figures, or a document of them."""
    visit, words = visit_if_any(request), reader()
    query = request.GET
    if not set(query) - OTHER_NAMES:
        empty = Outcome(typed_in(QueryDict()))
        sides = [Side(f"{name}_", empty, None, NAMES[name]) for name in NAMES]
        return _page(request, visit, sides, None, {}, words)
    kind = asked_kind(query, DOCUMENTS)
    bound(request, visit, document=kind is not None)
    sides = [_side(name, query, visit) for name in NAMES]
    facts, errors = _facts(sides, query)
    if kind is not None and facts is not None:
        return document(lambda one: OffersOutput(facts, one), words_asked(query, words), kind)
    return _page(request, visit, sides, facts, errors, words)


def _side(name: str, query: QueryDict, visit: Visit | None) -> Side:
    prefix = f"{name}_"
    deal = query.get(f"{prefix}deal", "")[:200]
    typed = typed_in(query, prefix)
    if deal:
        return _of_deal(prefix, deal, Outcome(typed), visit)
    outcome = outcome_of(typed, query.get(f"{prefix}preset", ""))
    title = typed["title"] or (outcome.preset.title if outcome.preset else NAMES[name])
    return Side(prefix, outcome, outcome.schedule, title)


def _of_deal(prefix: str, deal: str, outcome: Outcome, visit: Visit | None) -> Side:
    name = NAMES[prefix[0]]
    if visit is None:
        fault = say("Sign in to compare deals of the programme.")
        return Side(prefix, outcome, None, name, deal, fault)
    found = programme_unshown(visit).find(Deal, deal)
    if found is None:
        fault = say("There is no such deal, or you may not see it.")
        return Side(prefix, outcome, None, name, deal, fault)
    saw_private(visit, [("deals", found.id)])
    try:
        return Side(prefix, outcome, schedule_of_deal(found), found.title, deal)
    except BilatError as error:
        return Side(prefix, outcome, None, found.title, deal, error.message)


def _facts(sides: list[Side], query: QueryDict) -> tuple[OffersFact | None, dict[str, Message]]:
    """The comparison as the core makes it; or what is wrong with how it is asked for."""
    errors: dict[str, Message] = {}
    discount = _percent(query, "discount", DISCOUNT, errors)
    first, second = (side.schedule for side in sides)
    if first is None or second is None or discount is None:
        return None, errors
    worth = Decimal(1)
    if first.currency != second.currency:
        worth = _worth(query, first.currency, second.currency, errors)
    if errors:
        return None, errors
    made = [Offer(sides[0].name, "1", first), Offer(_other_name(sides), "2", second, worth)]
    party = cast("Party", query.get("party") if query.get("party") in SIDES else "borrower")
    asked = Asked(timezone.localdate(), party, first.currency, discount / 100)
    books = _books(query)
    category: Any = query.get("category") if query.get("category") in CATEGORIES else None
    cases = [Case(offer.schedule, category) for offer in made] if books else []
    try:
        return offers_facts(made, asked, cases, books), errors
    except BilatError as error:
        return None, {"": error.message}


def _other_name(sides: list[Side]) -> Any:
    """Of the second offer: not that of the first, or nobody could tell their tables apart."""
    first, second = (side.name for side in sides)
    return say("{name}, the second offer", name=second) if first == second else second


def _percent(query: QueryDict, name: str, usual: str, errors: dict[str, Message]) -> Decimal | None:
    text = query.get(name, "").strip()[:40] or usual
    number = share(text)
    if isinstance(number, Decimal) and 0 <= number <= 100:
        return number
    errors[name] = say("“{text}” is no rate: write it in per cent, such as 5.", text=text)
    return None


def _worth(query: QueryDict, own: str, other: str, errors: dict[str, Message]) -> Decimal:
    """What one unit of the second offer's currency is worth in that of the first."""
    number = share(query.get("worth", "").strip()[:40])
    if isinstance(number, Decimal) and 0 < number < 10**9:
        return number
    errors["worth"] = say(
        "The offers are in {own} and {other}: say what 1 {other} is worth in {own}.",
        own=own,
        other=other,
    )
    return Decimal(1)


def _books(query: QueryDict) -> list[RuleBook]:
    return [book for book in rule_books() if book.id in query.getlist("rules")]


def _page(
    request: HttpRequest,
    visit: Visit | None,
    sides: list[Side],
    facts: OffersFact | None,
    errors: dict[str, Message],
    words: Words,
) -> HttpResponse:
    query = request.GET
    faults = [
        {"anchor": f"{side.prefix}deal" if visit else "", "label": side.name, "what": side.fault}
        for side in sides
        if side.fault
    ]
    named = {"discount": say("Discount rate"), "worth": say("Rate of exchange")}
    own = [{"anchor": n, "label": named.get(n, ""), "what": what} for n, what in errors.items()]
    context = {
        "sides": [_shown(side, query, words) for side in sides],
        "deals": _deals(visit),
        "offers": offers(),
        "parties": [(code, PARTIES[code]) for code in get_args(Party)],
        "party": query.get("party") or "borrower",
        "discount": query.get("discount") or DISCOUNT,
        "worth": query.get("worth", ""),
        "books": [
            (book.id, book.title, book.id in query.getlist("rules")) for book in rule_books()
        ],
        "categories": CATEGORIES,
        "category": query.get("category", ""),
        "own_errors": errors,
        "errors": [*(e for s in sides for e in wrongs(s.outcome, s.prefix)), *faults, *own],
        "result": facts and _result(facts, words),
        "breadcrumbs": [CRUMB] if visit else [],
    }
    wrong = any(side.outcome.is_wrong or side.fault for side in sides) or errors
    return render(request, "finance/comparison.html", context, status=400 if wrong else 200)


def _shown(side: Side, query: QueryDict, words: Words) -> dict[str, Any]:
    further = inputs(side.outcome, tuple(FURTHER), words, side.prefix)
    return {
        "name": NAMES[side.prefix[0]],
        "prefix": side.prefix,
        "deal": side.deal,
        "fault": side.fault,
        "preset_id": query.get(f"{side.prefix}preset", ""),
        "preset_errors": side.outcome.errors.get("preset", ()),
        "inputs": inputs(side.outcome, tuple(FIELDS), words, side.prefix),
        "further": further,
        "further_open": any(item["typed"] or item["errors"] for item in further),
    }


def _deals(visit: Visit | None) -> list[tuple[str, Any]]:
    """Deals whose terms are recorded; their titles are shown, so private ones go to the audit."""
    if visit is None:
        return []
    found = [deal for deal in programme_unshown(visit).deals if deal.terms is not None]
    saw_private(visit, [("deals", deal.id) for deal in found])
    return [(deal.id, deal.title) for deal in found]


def _result(facts: OffersFact, words: Words) -> dict[str, Any]:
    output = OffersOutput(facts, words)

    def draw(chart: Any) -> str:
        key = f"{digest(facts.to_json(words).encode())} {words.lang}"
        kept = DRAWN.get(key)
        if kept is None:
            kept = output.charts.svg(chart)
            DRAWN.put(key, kept)
        return kept

    story = tell_offers(facts)
    tell = Teller(words, draw, output.numbers)
    return {
        "subtitle": story.subtitle,
        "sections": tell.sections(story.sections),
        "documents": offered(DOCUMENTS),
    }
