"""Does a deal keep the rules of its line? Every refusal and every doubt with its reason.

What a record does not say is a doubt, never a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bilat.finance.lines.barred import Barred
from bilat.finance.lines.line import products_of
from bilat.language import Message, say
from bilat.programme import Body, Deal, Facility, Programme
from bilat.vocabulary import country_name

Verdict = Literal["eligible", "doubtful", "refused", "no_rules"]


@dataclass(frozen=True)
class Reason:
    """Why not, or what is not known. refuses: False for a doubt."""

    words: Message
    refuses: bool


@dataclass(frozen=True)
class Eligibility:
    """no_rules: the line states none, and no list names it."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


def eligibility_of(
    programme: Programme, deal: Deal, facility: Facility, barred: Sequence[Barred] = ()
) -> Eligibility:
    """The deal against rules, partners and availability of its line, and lists of barred goods."""
    listed = any(item.facility in (None, facility.id) for item in barred)
    reasons = (
        *_origin(deal, facility),
        *_resale(deal, facility),
        *goods_reasons(products_of(programme, deal), facility, barred),
        *_borrower(programme, deal, facility),
        *_way(programme, deal, facility),
        *_time(deal, facility),
    )
    if any(reason.refuses for reason in reasons):
        return Eligibility("refused", tuple(sorted(reasons, key=lambda item: not item.refuses)))
    if reasons:
        return Eligibility("doubtful", reasons)
    ruled = facility.eligibility or listed or facility.tied or facility.partners
    return Eligibility("eligible" if ruled else "no_rules")


def _no(words: Message) -> Reason:
    return Reason(words, refuses=True)


def _doubt(words: Message) -> Reason:
    return Reason(words, refuses=False)


def _origin(deal: Deal, facility: Facility) -> Iterator[Reason]:
    rules = facility.eligibility
    if rules is None or rules.origin_share is None:
        return
    if deal.origin_share is None:
        yield _doubt(
            say(
                "the origin share is not stated; the line asks for at least {least}%",
                least=rules.origin_share,
            )
        )
    elif deal.origin_share < rules.origin_share:
        yield _no(
            say(
                "the origin share is {share}%, the line asks for at least {least}%",
                share=deal.origin_share,
                least=rules.origin_share,
            )
        )


def _resale(deal: Deal, facility: Facility) -> Iterator[Reason]:
    if facility.eligibility is None or not facility.eligibility.no_reexport:
        return
    if deal.reexport is None:
        yield _doubt(say("it is not stated whether the goods are sold on; the line bars it"))
    elif deal.reexport:
        yield _no(say("the goods are sold on to a third country, which the line bars"))


def goods_reasons(
    products: Sequence[str], facility: Facility, lists: Sequence[Barred]
) -> Iterator[Reason]:
    """Of goods alone. lists: goods that are barred beyond the rules of the line."""
    rules = facility.eligibility
    barred = [Barred(code) for code in (rules.barred if rules else ())]
    barred += [item for item in lists if item.facility in (None, facility.id)]
    allowed = rules.products if rules else ()
    if not products and (barred or allowed):
        yield _doubt(say("its goods are not stated, and the line does not finance all goods"))
    for product in products:
        yield from _against(product, barred)
        if allowed and not any(product.startswith(code) for code in allowed):
            part = sorted(code for code in allowed if code.startswith(product))
            if part:
                yield _doubt(
                    say(
                        "of HS {code} the line finances {part} only; state more digits",
                        code=product,
                        part=", ".join(part),
                    )
                )
            else:
                yield _no(say("HS {code} is not among the goods of the line", code=product))


def _against(product: str, barred: Sequence[Barred]) -> Iterator[Reason]:
    for item in barred:
        if product.startswith(item.code):
            yield _no(
                say(
                    "HS {code} is barred by {list}: {reason}",
                    code=product,
                    list=item.file or say("the line’s rules"),
                    reason=item.reason or say("code {code}", code=item.code),
                )
            )
        elif item.code.startswith(product):
            yield _doubt(
                say(
                    "a part of HS {code}, {barred}, is barred by {list}; state more digits",
                    code=product,
                    barred=item.code,
                    list=item.file or say("the line’s rules"),
                )
            )


def _borrower(programme: Programme, deal: Deal, facility: Facility) -> Iterator[Reason]:
    if facility.eligibility is None or not facility.eligibility.countries:
        return
    countries = facility.eligibility.countries
    body = programme.find(Body, deal.lessee)
    if body is None or body.party is None:
        yield _doubt(say("the country of the borrower or lessee is not stated"))
    elif body.party not in countries:
        yield _no(
            say(
                "the borrower or lessee is of {country}; the line is for {countries}",
                country=programme.side_name(body.party),
                countries=[_country(programme, code) for code in countries],
            )
        )


def _country(programme: Programme, code: str) -> object:
    if code in programme.sides:
        return programme.side_name(code)
    return {"en": country_name(code, "en"), "ru": country_name(code, "ru")}


def _way(programme: Programme, deal: Deal, facility: Facility) -> Iterator[Reason]:
    """Through whom the money goes, and to whom."""
    body = programme.find(Body, deal.through)
    if body is not None and facility.partners and body.id not in facility.partners:
        yield _no(say("{body} is not among the partners of the line", body=body.name))
    if body is None and any(sub.body for sub in facility.sub_limits):
        yield _doubt(say("its bank or lessor is not stated; the line has a limit for each"))
    if facility.tied and deal.supplier is None:
        yield _doubt(say("its supplier is not stated; the line pays the supplier directly"))


def _time(deal: Deal, facility: Facility) -> Iterator[Reason]:
    if facility.available is None:
        return
    outside = [
        draw.on
        for draw in deal.draws
        if not facility.available.start <= draw.on <= facility.available.end
    ]
    if outside:
        yield _no(
            say(
                "drawn on {day}; the line can be drawn in {period} only",
                day=min(outside),
                period=facility.available,
            )
        )
    elif deal.signed is not None and deal.signed.start > facility.available.end:
        yield _no(
            say(
                "signed in {signed}; the line can be drawn in {period} only",
                signed=deal.signed,
                period=facility.available,
            )
        )
