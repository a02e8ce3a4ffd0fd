"""Terms of a deal that contradict each other: complaints that name the term."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from bilat.language import say
from bilat.programme.complaints import Complaint, complain
from bilat.programme.deal_amounts import financed_of, principal_to_list
from bilat.programme.deal_check_money import currencies, left_over, money
from bilat.programme.deal_check_rates import rates
from bilat.programme.deal_terms import DealTerms

Complaints = Iterator[Complaint]


def deal_complaints(terms: DealTerms) -> Complaints:
    """Every contradiction that can be seen without making the schedule."""
    wrong = list(money(terms))
    yield from wrong
    if wrong:
        return  # without an amount the rest cannot be judged
    for check in CHECKS:
        yield from check(terms)


def _term(terms: DealTerms) -> Complaints:
    if terms.months and terms.maturity:
        yield complain(
            say("both “months” and “maturity” are stated"), say("Keep one of them"), "maturity"
        )
    left_over = terms.balloon or terms.residual
    open_ended = terms.instalments or (terms.payment and not left_over)
    if not terms.months and not terms.maturity and not open_ended:
        yield complain(say("the term is missing"), say("Write “months” or “maturity”"), "months")
    if terms.maturity and terms.maturity <= terms.start:
        yield complain(say("it is not after the start"), say("Write a later day"), "maturity")


def _first_payment(terms: DealTerms) -> Complaints:
    first = terms.first_payment
    if first is None:
        return
    if terms.in_advance:
        yield complain(
            say("payments in advance begin at the start"),
            say("Leave “first_payment” out, or “in_advance”"),
            "first_payment",
        )
    elif first <= terms.start:
        yield complain(
            say("the first payment is not after the first drawdown of {day}", day=terms.start),
            say("Nothing can be repaid before it is lent: write a later day"),
            "first_payment",
        )
    elif terms.last_day and first > terms.last_day:
        yield complain(
            say("the first payment is after the maturity"), say("Correct one of the two"),
            "first_payment",
        )  # fmt: skip


def _drawdowns(terms: DealTerms) -> Complaints:
    if not terms.drawdowns:
        return
    financed = financed_of(terms)
    drawn = sum((one.of(financed) for one in terms.drawdowns), Decimal(0))
    if drawn != financed:
        yield complain(
            say("the drawdowns add up to {drawn}, the amount financed is {financed}",
                drawn=drawn, financed=financed),
            say("Correct a drawdown or the amount"),
            "drawdowns",
        )  # fmt: skip
    last = terms.last_day
    for index, one in enumerate(terms.drawdowns):
        if one.day < terms.start or (last and one.day >= last):
            yield complain(
                say("this drawdown lies outside the term"),
                say("Write a day from the start on, before the maturity"),
                "drawdowns", index, "day",
            )  # fmt: skip
    if min(one.day for one in terms.drawdowns) > terms.start:
        yield complain(
            say("the start is {day}, but nothing is drawn on that day", day=terms.start),
            say("The start is the day of the first drawdown: correct one of the two"),
            "start",
        )


def _grace(terms: DealTerms) -> Complaints:
    term = terms.months
    if terms.maturity:
        end, start = terms.maturity, terms.start
        term = (end.year - start.year) * 12 + end.month - start.month
    for name in ("principal", "interest"):
        months = getattr(terms.grace, name)
        if months and term is not None and months >= term:
            yield complain(
                say("a grace of {months} months leaves no payment within the term of {term} months",
                    months=months, term=term),
                say("Write a shorter grace or a longer term"),
                "grace", name,
            )  # fmt: skip
    level = terms.repayment in ("annuity", "step")
    if level and terms.grace.interest > terms.grace.principal:
        yield complain(
            say("level payments hold interest and principal, so both graces end together"),
            say("Write a grace on principal that is at least as long"),
            "grace", "interest",
        )  # fmt: skip


NEEDS = {"individual": "instalments", "step": "steps", "seasonal": "season"}


def _repayment(terms: DealTerms) -> Complaints:
    for kind, field in NEEDS.items():
        stated = bool(getattr(terms, field))
        if terms.repayment == kind and not stated:
            yield complain(
                say("“{field}” is missing", field=field),
                say("A repayment that is {kind} needs it", kind=kind),
                field,
            )
        elif terms.repayment != kind and stated:
            yield complain(
                say("“{field}” belongs to a repayment that is {kind}", field=field, kind=kind),
                say("Write repayment: {kind}, or leave it out", kind=kind),
                field,
            )
    if terms.payment and terms.repayment != "annuity":
        yield complain(
            say("a stated payment belongs to an annuity"),
            say("Write repayment: annuity, or leave it out"),
            "payment",
        )
    every = terms.principal_every
    if every and terms.repayment not in ("equal_principal", "seasonal"):
        yield complain(
            say("“principal_every” belongs to equal parts of principal"),
            say("Write repayment: equal_principal, or leave it out"),
            "principal_every",
        )
    elif every and every % (terms.every or 1):
        yield complain(
            say("{months} is no multiple of “every”", months=every),
            say("Principal is paid on due dates: write a multiple"),
            "principal_every",
        )


def _steps(terms: DealTerms) -> Complaints:
    numbers = [step.number for step in terms.steps]
    if numbers != sorted(set(numbers)):
        yield complain(
            say("the steps are not in order"), say("Write them by rising number, once each"),
            "steps",
        )  # fmt: skip
    stated = [step.amount is not None for step in terms.steps]
    if any(stated) and not (all(stated) and numbers[0] == 1):
        yield complain(
            say("steps by amount state every payment from the first"),
            say("Begin with number: 1, and write amounts throughout"),
            "steps",
        )


def _instalments(terms: DealTerms) -> Complaints:
    last = terms.last_day
    for index, one in enumerate(terms.instalments):
        if one.day <= terms.start or (last and one.day > last):
            yield complain(
                say("this instalment lies outside the term"),
                say("Write a day after the start, up to the maturity"),
                "instalments", index, "day",
            )  # fmt: skip
    if not terms.instalments:
        return
    financed, wanted = financed_of(terms), principal_to_list(terms)
    listed = sum((one.of(financed) for one in terms.instalments), Decimal(0))
    capitalises = terms.grace.interest and terms.grace.interest_then == "capitalised"
    if listed != wanted and not capitalises:
        yield complain(
            say("the instalments add up to {listed}, the principal to repay is {wanted}",
                listed=listed, wanted=wanted),
            say("Correct an instalment"),
            "instalments",
        )  # fmt: skip


def _prepayments(terms: DealTerms) -> Complaints:
    last = terms.last_day
    for index, one in enumerate(terms.prepayments):
        if one.day <= terms.start or (last and one.day >= last):
            yield complain(
                say("this prepayment lies outside the term"),
                say("Write a day after the start, before the maturity"),
                "prepayments", index, "day",
            )  # fmt: skip


def _fees(terms: DealTerms) -> Complaints:
    for index, fee in enumerate(terms.fees):
        if fee.percent is not None and fee.on == "price" and terms.price is None:
            yield complain(
                say("a fee on the price, but no price is stated"), say("Add “price”"),
                "fees", index, "on",
            )  # fmt: skip
        if fee.due == "start" and fee.on in ("balance", "undrawn"):
            yield complain(
                say("a fee that is due once is on the amount or the price"),
                say("Write on: amount, or due: payment or year"),
                "fees", index, "on",
            )  # fmt: skip


def _days(terms: DealTerms) -> Complaints:
    if terms.calendar != "none":
        return
    if terms.moved != "no":
        yield complain(
            say("due dates move to business days, but no calendar is named"),
            say("Write calendar: weekends, or a country"),
            "calendar",
        )
    if terms.day_count == "B/252":
        yield complain(
            say("B/252 counts business days, but no calendar is named"),
            say("Write calendar: weekends, or a country"),
            "calendar",
        )


CHECKS: tuple[Callable[[DealTerms], Complaints], ...] = (
    _term, _first_payment, _drawdowns, _grace, _repayment, _steps, _instalments, left_over,
    rates, _prepayments, _fees, currencies, _days,
)  # fmt: skip
