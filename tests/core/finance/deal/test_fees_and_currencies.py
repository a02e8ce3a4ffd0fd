"""Fees, penalties and payments in another currency."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.core.finance.deal.deals import column, schedule, terms

from bilat.finance.deal import TermInvalid, misuse, penalty


def fee(kind: str = "other", **more: object) -> dict[str, object]:
    return {"kind": kind, **more}


def test_a_fee_at_the_start() -> None:
    made = schedule(fees=[fee("arrangement", percent=1), fee("other", amount=5)])
    assert made.payments[0].fees == (("arrangement", Decimal(12)), ("other", Decimal(5)))
    assert made.flows("lender")[0] == (date(2026, 1, 1), Decimal(12 - 1200))
    assert made.flows("borrower")[0] == (date(2026, 1, 1), Decimal(1200 - 17))


def test_a_fee_on_the_price() -> None:
    made = schedule(
        price={"amount": 2000, "currency": "USD"}, fees=[fee("guarantee", percent=1, on="price")]
    )
    assert made.payments[0].fees == (("guarantee", Decimal(20)),)


def test_a_commitment_fee_runs_on_what_is_not_drawn() -> None:
    made = schedule(
        fees=[fee("commitment", percent=1, on="undrawn", due="payment")],
        drawdowns=[{"day": "2026-01-01", "percent": 50}, {"day": "2026-02-16", "percent": 50}],
        repayment="bullet",
    )
    assert column(made, "fee")[:3] == [Decimal("0.50"), Decimal("0.25"), 0]


def test_an_insurance_premium_follows_the_balance_each_year() -> None:
    made = schedule(
        fees=[fee("insurance", percent=2, on="balance", due="year")],
        repayment="equal_principal",
        months=24,
    )
    premiums = {payment.day.isoformat(): payment.fee for payment in made.payments if payment.fee}
    assert premiums == {"2026-01-01": 24, "2027-01-01": 12}
    assert made.total("fee") == 36
    lender = sum(amount for _day, amount in made.flows("lender"))
    assert lender == made.total("interest")


def test_a_management_fee_in_each_payment() -> None:
    made = schedule(fees=[fee("management", amount=2, due="payment")])
    assert column(made, "fee") == [2] * 12


def test_a_yearly_percentage_of_the_amount_in_each_payment() -> None:
    made = schedule(fees=[fee("management", percent=1, due="payment")])
    assert column(made, "fee") == [1] * 12


def test_a_fee_at_an_anniversary_between_payments() -> None:
    made = schedule(
        fees=[fee("insurance", amount=7, due="year")], first_payment="2026-02-15", months=18
    )
    between = next(payment for payment in made.payments if payment.day == date(2027, 1, 1))
    assert between.number == 0
    assert between.fee == between.outlay == 7


def test_fees_are_paid_in_full_with_a_balloon() -> None:
    made = schedule(balloon={"amount": 200}, fees=[fee("management", amount=2, due="payment")])
    assert column(made, "fee") == [2] * 12


def test_payments_in_another_currency() -> None:
    made = schedule(
        payment_currency="KGS",
        exchange=[{"day": "2025-12-01", "rate": 87}, {"day": "2026-06-15", "rate": "87.5"}],
        repayment="bullet",
    )
    assert column(made, "exchange") == [87] * 5 + [Decimal("87.5")] * 7
    assert made.settled(made.instalments[0]) == 12 * 87
    assert made.settled(made.instalments[5]) == 1050


def test_a_payment_that_moved_takes_the_rate_of_its_day() -> None:
    """Due on Sunday, 1 February 2026, paid on Monday."""
    made = schedule(
        payment_currency="KGS",
        exchange=[{"day": "2026-01-01", "rate": 87}, {"day": "2026-02-02", "rate": 88}],
        moved="following",
        calendar="weekends",
    )
    assert made.instalments[0].exchange == 88


def test_without_another_currency_nothing_is_converted() -> None:
    made = schedule()
    assert made.settled(made.instalments[0]) == made.instalments[0].outlay


def test_what_a_late_payment_costs() -> None:
    agreed = terms(penalty_rate=20, misuse_rate=30, day_count="A/365")
    late = penalty(agreed, Decimal("106.62"), date(2026, 2, 1), date(2026, 3, 14))
    assert late == round(Decimal("106.62") * 20 / 100 * 41 / 365, 2)
    assert penalty(agreed, Decimal(100), date(2026, 2, 1), date(2026, 2, 1)) == 0
    assert misuse(agreed, Decimal(365), date(2026, 1, 1), date(2026, 1, 11)) == 3


def test_a_penalty_needs_its_rate() -> None:
    with pytest.raises(TermInvalid, match=r"penalty_rate: the terms state no such rate"):
        penalty(terms(), Decimal(1), date(2026, 1, 1), date(2026, 2, 1))
