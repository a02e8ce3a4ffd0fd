"""Checks of lines and deals: limits that fit, draws in time and amount, payments after signing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bilat.language import say
from bilat.programme.complaints import Complaint, complain
from bilat.programme.deal_amounts import financed_of
from bilat.programme.deal_checks import deal_complaints
from bilat.programme.deals import Deal
from bilat.programme.facilities import Facility
from bilat.programme.programme import Programme
from bilat.programme.record import Record
from bilat.vocabulary import Money


def line_fits(programme: Programme, record: Record) -> Iterator[Complaint]:
    """The parts of a line against the whole."""
    if not isinstance(record, Facility):
        return
    if record.limit and record.currency and record.limit.currency != record.currency:
        yield complain(
            say(
                "the limit is in {limit}, the line in {currency}",
                limit=record.limit.currency,
                currency=record.currency,
            ),
            say("Use one currency; a deal in another states its “limit_rate”"),
            "currency",
        )
    for index, sub in enumerate(record.sub_limits):
        for complaint in _sub_limit(record.limit, sub.limit):
            yield complain(complaint.what, complaint.remedy, "sub_limits", index, *complaint.path)
        if sub.body is None and not sub.products:
            yield complain(
                say("a sub-limit that names neither a body nor products"),
                say("Add “body” or “products”: they say which deals it is for"),
                "sub_limits",
                index,
            )


def _sub_limit(whole: Money | None, part: Money) -> Iterator[Complaint]:
    if whole is None:
        return
    if part.currency != whole.currency:
        yield complain(
            say(
                "the sub-limit is in {currency}, the limit in {whole}",
                currency=part.currency,
                whole=whole.currency,
            ),
            say("State it in the currency of the limit"),
            "limit",
        )
    elif part.amount > whole.amount:
        yield complain(
            say("the sub-limit {part} is beyond the limit {whole}", part=part, whole=whole),
            say("Correct one of the two amounts"),
            "limit",
        )


def provisions_are_stated(programme: Programme, record: Record) -> Iterator[Complaint]:
    """Who sets money aside by a rule that nobody can look up invents the amount."""
    rule = record.provisions if isinstance(record, Facility) else None
    if rule is None:
        return
    if not (rule.sources or rule.assumption):
        yield complain(
            say("a rule of provisions without a source"),
            say("Add “sources” with the regulation, or mark it “assumption: true”"),
            "provisions",
        )
    days = [bucket.days for bucket in rule.buckets]
    if days != sorted(set(days)):
        yield complain(
            say("the buckets of the provisions do not rise: {days}", days=days),
            say("Give each bucket once, from the fewest days past due to the most"),
            "provisions",
            "buckets",
        )


def deal_is_in_the_currency(programme: Programme, record: Record) -> Iterator[Complaint]:
    """A deal in another currency counts against its line only at a rate that somebody states."""
    facility = programme.find(Facility, record.facility) if isinstance(record, Deal) else None
    if facility is None or not isinstance(record, Deal) or record.limit_rate is not None:
        return
    if facility.limit is not None and record.amount.currency != facility.limit.currency:
        yield complain(
            say(
                "the deal is in {currency}, the limit of its line in {limit}: without a rate it "
                "is not counted",
                currency=record.amount.currency,
                limit=facility.limit.currency,
            ),
            say(
                "Add “limit_rate”: what one {currency} is worth in {limit}; or give --rate to "
                "bilat finance",
                currency=record.amount.currency,
                limit=facility.limit.currency,
            ),
            "amount",
            "currency",
            severity="warning",
        )


def draws_fit(programme: Programme, record: Record) -> Iterator[Complaint]:
    """Draws within the availability of the line and the amount of the deal, none before it."""
    if not isinstance(record, Deal):
        return
    facility = programme.find(Facility, record.facility)
    available = facility.available if facility else None
    total = Decimal(0)
    for index, draw in enumerate(record.draws):
        if available and not available.start <= draw.on <= available.end:
            yield complain(
                say(
                    "drawn on {day}, when the line cannot be drawn ({period})",
                    day=draw.on,
                    period=available,
                ),
                say("Correct the day, or “available” of the line"),
                "draws",
                index,
                "on",
            )
        if record.signed and draw.on < record.signed.start:
            yield complain(
                say(
                    "drawn on {day}, before it was signed ({signed})",
                    day=draw.on,
                    signed=record.signed,
                ),
                say("Correct the day, or “signed”"),
                "draws",
                index,
                "on",
            )
        total += draw.amount
        if total > record.amount.amount >= total - draw.amount:
            yield complain(
                say(
                    "the draws come to {total}, beyond the amount {amount}",
                    total=Money(amount=total, currency=record.amount.currency),
                    amount=record.amount,
                ),
                say("Correct the draws, or the amount of the deal"),
                "draws",
                index,
                "amount",
            )


def payments_follow(programme: Programme, record: Record) -> Iterator[Complaint]:
    """Nobody pays before the deal is signed, or before it is agreed at all."""
    if not isinstance(record, Deal) or not record.payments:
        return
    if record.stage == "asked":
        yield complain(
            say("payments of a deal that is only asked for"),
            say("Correct “stage”, or take the payments out"),
            "payments",
        )
    for index, payment in enumerate(record.payments):
        if record.signed and payment.on < record.signed.start:
            yield complain(
                say(
                    "paid on {day}, before the deal was signed ({signed})",
                    day=payment.on,
                    signed=record.signed,
                ),
                say("Correct the day, or “signed”"),
                "payments",
                index,
                "on",
            )


def terms_fit(programme: Programme, record: Record) -> Iterator[Complaint]:
    """The terms can be followed, and finance no more than the deal, in its currency."""
    terms = record.terms if isinstance(record, Deal) else None
    if terms is None or not isinstance(record, Deal):
        return
    wrong = list(deal_complaints(terms))
    for complaint in wrong:
        yield complain(complaint.what, complaint.remedy, "terms", *complaint.path)
    if wrong:
        return  # what is financed cannot be told
    financed = Money(amount=financed_of(terms), currency=terms.currency)
    if financed.currency != record.amount.currency:
        yield complain(
            say(
                "the terms are in {terms}, the deal in {deal}",
                terms=financed.currency,
                deal=record.amount.currency,
            ),
            say("State both in the same currency"),
            "terms",
            "amount" if terms.amount else "price",
        )
    elif financed.amount > record.amount.amount:
        yield complain(
            say(
                "the terms finance {terms}, beyond the amount {amount}",
                terms=financed,
                amount=record.amount,
            ),
            say("Correct the terms, or the amount of the deal"),
            "terms",
            "amount" if terms.amount else "price",
        )


FINANCE_RULES = (
    line_fits,
    provisions_are_stated,
    deal_is_in_the_currency,
    draws_fit,
    payments_follow,
    terms_fit,
)
"""Each looks at one record and says what is wrong with it."""
