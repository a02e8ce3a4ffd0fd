"""What holds of every deal, whatever its terms."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, localcontext
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.core.finance.deal.deals import CENT, schedule, terms

from bilat.finance.actus.daycount import year_fraction
from bilat.finance.deal import Party, Schedule, TermInvalid, schedule_of
from bilat.finance.deal.making import DAY_COUNTS

FEW = settings(max_examples=60)
TINY = Decimal("1e-15")
"""Far below any cent, far above what a hundred sums of 34 digits lose of ten million."""

PERCENTS = st.decimals("0", "40", places=2)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@st.composite
def deals(draw: st.DrawFn) -> dict[str, Any]:
    """A loan of up to seven years in any repayment that needs no list."""
    months = draw(st.integers(6, 84))
    way = draw(st.sampled_from(["annuity", "equal_principal", "bullet", "seasonal", "step"]))
    start = draw(DAYS)
    given: dict[str, Any] = {
        "amount": {"amount": draw(st.decimals("1000", "9999999", places=2)), "currency": "USD"},
        "start": start,
        "months": months,
        "every": draw(st.sampled_from([1, 1, 3])),
        "repayment": way,
        "rate": {"percent": draw(PERCENTS)},
        "day_count": draw(st.sampled_from(sorted(DAY_COUNTS.keys() - {"B/252"}))),
        "moved": draw(st.sampled_from(["following", "modified_following", "preceding"])),
        "interest_to": draw(st.sampled_from(["due", "moved"])),
        "calendar": draw(st.sampled_from(["weekends", "BLR+KGZ"])),
        "end_of_month": draw(st.booleans()),
        "grace": {"principal": draw(st.integers(0, 4))},
    }
    if way == "seasonal":
        given["season"] = list(range(1, 13, 2))
    if way == "step":
        number = max(1, min(3, (months - 4) // 3))  # there are so many payments in any case
        given["steps"] = [{"number": number, "percent": draw(st.integers(80, 130))}]
    return given


@st.composite
def subsidised(draw: st.DrawFn) -> dict[str, Any]:
    given = draw(deals())
    start = given["start"]
    given["subsidies"] = [
        {"points": draw(PERCENTS), "until": start + timedelta(draw(st.integers(30, 900)))}
    ]
    given["fees"] = [{"kind": "insurance", "percent": "0.5", "on": "balance", "due": "year"}]
    if draw(st.booleans()):
        later = start + timedelta(draw(st.integers(1, 100)))
        given["drawdowns"] = [{"day": start, "percent": 60}, {"day": later, "percent": 40}]
    return given


def made_of(given: dict[str, Any]) -> Schedule:
    """The schedule; deals whose first level payment cannot cover its interest are left out."""
    try:
        return schedule(**given)
    except TermInvalid as refused:
        assume("does not cover the interest" not in str(refused))
        assume("no payment falls in these months" not in str(refused))
        raise


@FEW
@given(subsidised())
def test_the_sums_are_what_they_should_be(given: dict[str, Any]) -> None:
    made = made_of(given)
    assert made.total("drawn") == made.total("principal") == given["amount"]["amount"]
    assert made.payments[-1].balance == 0
    assert all(0 <= payment.balance <= given["amount"]["amount"] for payment in made.payments)
    assert all(0 <= payment.subsidy <= payment.interest for payment in made.payments)
    numbers = [payment.number for payment in made.instalments]
    assert numbers == list(range(1, len(numbers) + 1))


@FEW
@given(subsidised())
def test_what_is_paid_is_received(given: dict[str, Any]) -> None:
    """Borrower, lender and budget: only the insurer's premium leaves the three."""
    made = made_of(given)
    parties: tuple[Party, ...] = ("borrower", "lender", "budget")
    total = sum(amount for party in parties for _day, amount in made.flows(party))
    assert total == -made.total("fee")
    assert sum(amount for _day, amount in made.flows("budget")) == -made.total("subsidy")


@FEW
@given(deals())
def test_at_its_own_rate_it_is_worth_what_was_lent(given: dict[str, Any]) -> None:
    """Discounted period by period with 1 + r · Y, unrounded payments are worth the amount."""
    agreed = terms(**given, rounding={"rule": "none"})
    try:
        made = schedule_of(agreed)
    except TermInvalid:
        assume(False)
    rate = agreed.rate.percent or Decimal(0)
    fraction = year_fraction(DAY_COUNTS[agreed.day_count], lambda _day: True, _at(agreed.last_day))
    with localcontext(Context(prec=34)):
        worth, factor, since = Decimal(0), Decimal(1), agreed.start
        for payment in made.instalments:
            until = payment.day if agreed.interest_to == "moved" else payment.due
            factor /= 1 + rate / 100 * fraction(_at(since), _at(until))
            worth += factor * payment.instalment
            since = until
        assert abs(worth - made.total("drawn")) < TINY * 1000


def _at(day: date | None) -> datetime:
    assert day
    return datetime.combine(day, time())


@FEW
@given(deals(), st.integers(5, 95), st.integers(10, 150), st.sampled_from(["smaller", "shorter"]))
def test_a_prepayment_never_raises_the_interest(
    given: dict[str, Any], percent: int, days: int, effect: str
) -> None:
    """But for the cents of rounding: half of one a payment at most, on either side.

    Months of 30 days are left out: a period cut in two can have a day more than the whole.
    """
    plain = made_of(given)
    day = given["start"] + timedelta(days)
    owed = plain.balance_on(day)
    amount = (owed * percent / 100).quantize(CENT)
    assume(amount > 0 and "30" not in given["day_count"])
    early = [{"day": day, "amount": amount, "effect": effect}]
    made = made_of({**given, "prepayments": early})
    cents = CENT * (len(plain.payments) + len(made.payments))
    assert made.total("interest") <= plain.total("interest") + cents
    assert made.total("principal") == plain.total("principal")
    assert made.end <= plain.end


@FEW
@given(deals())
def test_until_a_day_and_after_it_is_all(given: dict[str, Any]) -> None:
    made = made_of(given)
    day = made.payments[len(made.payments) // 2].day
    paid = made.paid_by(day)
    assert paid["principal"] == made.total("drawn") - made.balance_on(day)
    assert paid["principal"] <= made.total("principal")
    assert made.until(made.end) == made
