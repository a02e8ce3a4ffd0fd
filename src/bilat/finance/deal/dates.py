"""When payments fall due, and which of them repay principal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import pairwise

from bilat.finance.actus.businessday import BusinessDay, Convention, Shift
from bilat.finance.actus.cycles import Cycle, EndOfMonth, cyclic_dates
from bilat.finance.deal.faults import invalid
from bilat.language import say
from bilat.programme.deal_terms import MOST_PAYMENTS, DealTerms

LETTERS = {
    "following": "F",
    "modified_following": "MF",
    "preceding": "P",
    "modified_preceding": "MP",
}


LONGEST = 600
"""Months within which a stated payment must repay the debt."""


@dataclass(frozen=True)
class Due:
    """One due date: as stated, when money moves, and up to when interest is counted."""

    stated: datetime
    paid: datetime
    until: datetime
    principal: bool = True
    """Whether principal is repaid."""


def moment(day: date) -> datetime:
    """The start of the day."""
    return datetime.combine(day, time())


def shift_of(terms: DealTerms, is_business_day: BusinessDay) -> Shift:
    """The business-day convention, in the standard's letters."""
    if terms.moved == "no":
        return Shift("NULL", is_business_day)
    order = "SC" if terms.interest_to == "moved" else "CS"
    convention: Convention = f"{order}{LETTERS[terms.moved]}"  # type: ignore[assignment]
    return Shift(convention, is_business_day)


def end_of(terms: DealTerms) -> datetime:
    """The last day. Without a term: of the instalments, or fifty years on."""
    if terms.last_day:
        return moment(terms.last_day)
    if terms.instalments:
        return moment(max(one.day for one in terms.instalments))
    return after(terms, LONGEST)


def after(terms: DealTerms, months: int) -> datetime:
    """So many months after the start."""
    return Cycle(months, 0, long_stub=False).step(moment(terms.start), 1, rule_of(terms))


def rule_of(terms: DealTerms) -> EndOfMonth:
    return "EOM" if terms.end_of_month else "SD"


def due_dates(terms: DealTerms, is_business_day: BusinessDay) -> list[Due]:
    """Every due date in order, the last at the end of the term.

    Raises TermInvalid where there is none, or more than `MOST_PAYMENTS`.
    """
    end = end_of(terms)
    stated = _stated(terms, end)
    if len(stated) > MOST_PAYMENTS:
        what = say("{n} payments are more than {most}", n=len(stated), most=MOST_PAYMENTS)
        raise invalid(what, say("Write a shorter term or a longer “every”"), "months")
    shift = shift_of(terms, is_business_day)
    start = moment(terms.start)
    dues = [
        # The parties name the start themselves: a payment in advance on it does not move.
        Due(day, day, day) if day == start else Due(day, shift.paid(day), shift.calculated(day))
        for day in stated
    ]
    _in_order(dues)
    return _with_principal(terms, dues)


def _in_order(dues: list[Due]) -> None:
    for first, second in pairwise(dues):
        if first.until >= second.until and first.stated < second.stated:
            what = say(
                "the payments due on {first} and {second} move to the same business day",
                first=first.stated.date(),
                second=second.stated.date(),
            )
            raise invalid(what, say("Write other days, or interest_to: due"), "moved")


def _stated(terms: DealTerms, end: datetime) -> list[datetime]:
    if terms.instalments and terms.every is None:
        return sorted({*(moment(one.day) for one in terms.instalments), end})
    cycle = Cycle(terms.every or 1, 0, long_stub=False)
    first = moment(terms.first_payment or terms.start)
    days = cyclic_dates(first, cycle, end, rule_of(terms), with_end=not terms.in_advance)
    if first.date() == terms.start and not terms.in_advance:
        days = days[1:]
    return sorted({*days, *(moment(one.day) for one in terms.instalments)})


def _with_principal(terms: DealTerms, dues: list[Due]) -> list[Due]:
    """Marks which of them repay principal; the last always does."""
    flags = [False] * len(dues)
    listed = {moment(one.day) for one in terms.instalments}
    graced = after(terms, terms.grace.principal)
    open_to_it = [
        index
        for index, due in enumerate(dues)
        if _may_repay(terms, due, listed) and not _graced(terms, due, graced)
    ]
    if terms.season and not open_to_it:
        what = say("no payment falls in these months")
        raise invalid(what, say("Write other months, or a shorter “every”"), "season")
    every = (terms.principal_every or terms.every or 1) // (terms.every or 1)
    for index in open_to_it[every - 1 :: every]:
        flags[index] = True
    flags[-1] = True
    return [
        due if flag else replace(due, principal=False)
        for due, flag in zip(dues, flags, strict=True)
    ]


def _may_repay(terms: DealTerms, due: Due, listed: set[datetime]) -> bool:
    if terms.repayment == "bullet":
        return False
    if terms.repayment == "individual":
        return due.stated in listed
    return not terms.season or due.stated.month in terms.season


def _graced(terms: DealTerms, due: Due, until: datetime) -> bool:
    """In a grace on principal; payments in advance begin again on its last day."""
    if not terms.grace.principal or terms.repayment == "individual":
        return False
    return due.stated < until if terms.in_advance else due.stated <= until
