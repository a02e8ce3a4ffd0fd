"""A deal against the rules of a book: what is kept, what is not, what cannot be told and why.

Findings inform: they forbid nothing. Each carries its rule with the act, its article and date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bilat.finance.support.case import Case, months
from bilat.finance.support.rule import Asks, Rule, RuleBook
from bilat.language import Message, say

State = Literal["ok", "not", "unknown"]
Told = tuple[State, Message]

DAY = Decimal("0.05")
"""Months: a day or so, for due dates that were moved."""


@dataclass(frozen=True)
class Finding:
    """One rule, and how the deal stands to it."""

    book: str
    rule: Rule
    state: State
    why: Message


def check(case: Case, book: RuleBook) -> tuple[Finding, ...]:
    """One finding for each rule that is about such a deal, in the order of the book.

    A rule of the other category than the buyer's is left out; if the category is not stated, each
    category's rule is told as unknown.
    """
    terms = case.schedule.terms
    return tuple(
        Finding(book.id, rule, *_judged(case, rule))
        for rule in book.rules
        if rule.holds(terms.kind, case.currency, terms.start)
        and (case.category in (None, rule.category) or rule.category is None)
    )


def _judged(case: Case, rule: Rule) -> Told:
    if rule.category and case.category is None:
        text = say("For buyers of category {category}: state the category", category=rule.category)
        return "unknown", text
    return CHECKS[rule.asks](case, rule)


def _down_payment(case: Case, rule: Rule) -> Told:
    if not case.price:
        return "unknown", say("Neither a price nor an advance is stated")
    share = case.down_payment
    least = rule.at_least or Decimal(0)
    text = say(
        "{share} % of the price is paid up to {day}; at least {least} % is asked",
        share=_short(share),
        day=case.begins,
        least=least,
    )
    return _state(kept=share + case.unit_of_price >= least), text


def _repayment_term(case: Case, rule: Rule) -> Told:
    text = say("Months from {day} to the last principal: {months}; allowed: {most}")
    return _within(case, rule, case.term, text)


def _first_principal(case: Case, rule: Rule) -> Told:
    first = months(case.begins, case.principal[0][0]) if case.principal else None
    text = say("Months from {day} to the first principal: {months}; allowed: {most}")
    return _within(case, rule, first, text)


def _principal_interval(case: Case, rule: Rule) -> Told:
    if case.longest_interval is None:
        return "not", say("All principal is paid at once, not in parts")
    text = say("Months between payments of principal: up to {months}; allowed: {most}")
    return _within(case, rule, case.longest_interval, text)


def _within(case: Case, rule: Rule, found: Decimal | None, text: Message) -> Told:
    if found is None:
        return "unknown", say("No principal is repaid")
    most = rule.at_most or Decimal(0)
    told = text.with_args(months=_short(found), day=case.begins, most=most)
    return _state(kept=found <= most + DAY), told


def _equal_principal(case: Case, _rule: Rule) -> Told:
    if case.has_equal_principal:
        return "ok", say("All parts of principal are equal")
    if case.schedule.terms.kind == "lease" and case.has_equal_payments:
        return "ok", say("Principal and interest together are equal, as a lease may have them")
    return "not", say("The parts of principal are not equal")


def _local_costs(case: Case, rule: Rule) -> Told:
    if case.local_costs is None:
        return "unknown", say("The local costs are not stated")
    most = rule.at_most or Decimal(0)
    text = say(
        "Local costs are {share} % of the export contract; at most {most} % are allowed",
        share=_short(case.local_costs),
        most=most,
    )
    return _state(kept=case.local_costs <= most), text


def _rate(case: Case, rule: Rule) -> Told:
    """The borrower's nominal rate, its least one, against the index on the day of the start."""
    if rule.compared == "at_least" and case.floats:
        return "ok", say("The rate floats: no minimum is asked")
    asked = _of_index(case, rule)
    if isinstance(asked, Message):
        return "unknown", asked
    if not case.rates:
        return "unknown", say("No interest is paid")
    rate = min(borrower for _day, borrower, _budget in case.rates)
    text = say("The borrower pays {found} % a year; {side} {asked} % is asked ({rule})")
    return _compared(case, rule, (rate, asked), text)


def _subsidy(case: Case, rule: Rule) -> Told:
    """The largest part that the budget pays against the index on the day of the start."""
    most = max((budget for _day, _borrower, budget in case.rates), default=Decimal(0))
    if not most:
        return "ok", say("No budget pays interest")
    asked = _of_index(case, rule)
    if isinstance(asked, Message):
        return "unknown", asked
    text = say("The budget pays up to {found} points; {side} {asked} are allowed ({rule})")
    return _compared(case, rule, (most, asked), text)


def _of_index(case: Case, rule: Rule) -> Decimal | Message:
    """The share of the index; or what is not known."""
    name, day = rule.index or "", case.schedule.terms.start
    value = case.index(name, day)
    if value is None:
        return say("Not stated: {index} on {day}", index=name, day=day)
    return value * rule.share.value


SIDES: Mapping[str, Message] = {
    "at_least": say("at least"),
    "at_most": say("at most"),
    "equal": say("exactly"),
}


def _compared(case: Case, rule: Rule, pair: tuple[Decimal, Decimal], text: Message) -> Told:
    """pair: what was found and what is asked, in percent."""
    found, asked = pair
    kept = {
        "at_least": found >= asked - case.hair,
        "at_most": found <= asked + case.hair,
        "equal": abs(found - asked) <= case.hair,
    }[rule.compared]
    of = rule.index if str(rule.share) == "1" else f"{rule.share} × {rule.index}"
    told = text.with_args(
        found=_short(found), asked=_short(asked), side=SIDES[rule.compared], rule=of
    )
    return _state(kept=kept), told


def _state(*, kept: bool) -> State:
    return "ok" if kept else "not"


def _short(value: Decimal) -> Decimal:
    return round(value, 2)


CHECKS: Mapping[Asks, Callable[[Case, Rule], Told]] = {
    "down_payment": _down_payment,
    "repayment_term": _repayment_term,
    "equal_principal": _equal_principal,
    "principal_interval": _principal_interval,
    "first_principal": _first_principal,
    "local_costs": _local_costs,
    "rate": _rate,
    "subsidy": _subsidy,
}
