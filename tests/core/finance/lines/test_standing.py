"""A credit officer looks at a deal: what was paid, what is late, what has to be set aside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.core.finance.lines.line_notation import (
    deals,
    facilities,
    figures,
    programme_of,
    the_deal,
    usd,
)

from bilat.finance.lines import Due, Standing, flows_of, settle, standing_of
from bilat.programme.deals import PaymentMade

LOAN = (
    f"id: a, title: Tractors, facility: l, amount: {usd(1200)}, signed: 2025-12-31, stage: drawn, "
    f"terms: {{amount: {usd(1200)}, start: 2025-12-31, months: 12, every: 3, "
    "repayment: equal_principal, rate: {percent: 12}, day_count: 30E/360}"
)
"""300 a quarter, and 3 % of the balance: 36, 27, 18, 9 of interest."""
RULE = (
    "provisions: {sources: [s], buckets: [{days: 1, share: 5}, {days: 31, share: 20}, "
    "{days: 91, share: 50}]}"
)


def standing(paid: str, as_of: str, line: str = RULE) -> Standing:
    programme = programme_of(
        facilities(f"id: l, limit: {usd(5000)}, {line}"), deals(f"{LOAN}{paid}")
    )
    deal, facility = the_deal(programme)
    day = date.fromisoformat(as_of)
    return standing_of(flows_of(deal, facility, day), facility.provisions, day)


def due(day: str, interest: int, principal: int, fees: int = 0) -> Due:
    amounts = (Decimal(amount) for amount in (fees, interest, principal))
    return Due(date.fromisoformat(day), *amounts)


def paid(day: str, amount: int) -> PaymentMade:
    return PaymentMade(on=date.fromisoformat(day), amount=Decimal(amount))


def test_a_payment_settles_the_oldest_due_first_and_of_it_fees_then_interest() -> None:
    dues = [due("2026-03-31", 36, 300, fees=4), due("2026-06-30", 27, 300)]
    settled = settle(dues, [paid("2026-04-02", 100)])
    assert settled.left == (due("2026-03-31", 0, 240), dues[1])
    assert settled.repaid == ((date(2026, 4, 2), Decimal(60)),)


def test_what_is_paid_ahead_settles_the_next_dues_and_the_rest_is_a_surplus() -> None:
    dues = [due("2026-03-31", 36, 300), due("2026-06-30", 27, 300)]
    settled = settle(dues, [paid("2026-03-31", 400), paid("2026-04-30", 300)])
    assert settled.left == ()
    assert settled.repaid == (
        (date(2026, 3, 31), Decimal(337)),
        (date(2026, 4, 30), Decimal(263)),
    )
    assert settled.surplus == 37


def test_the_next_due_is_that_of_the_terms() -> None:
    found = standing("", "2026-01-15")
    assert found.next_due == due("2026-03-31", 36, 300)
    assert found.balance == 1200
    assert figures(found.paid, found.arrears, found.provision) == (None, None, None)


def test_a_day_late_is_past_due_and_the_day_itself_is_not() -> None:
    on_the_day = standing(", payments: []", "2026-03-31")
    assert figures(on_the_day.arrears, on_the_day.days_past_due) == (0, 0)
    assert on_the_day.balance == 1200
    late = standing(", payments: []", "2026-04-01")
    assert figures(late.arrears, late.days_past_due) == (336, 1)


@pytest.mark.parametrize(
    ("as_of", "days", "share", "provision"),
    [
        ("2026-04-30", 30, 5, 60),
        ("2026-05-01", 31, 20, 240),
        ("2026-06-29", 90, 20, 240),
        ("2026-06-30", 91, 50, 600),
    ],
)
def test_provisions_follow_the_buckets_of_days_past_due(
    as_of: str, days: int, share: int, provision: int
) -> None:
    found = standing(", payments: []", as_of)
    assert figures(found.days_past_due, found.provision_share, found.provision) == (
        days,
        share,
        provision,
    )


def test_arrears_count_from_the_oldest_due_that_is_not_paid_in_full() -> None:
    """336 paid settles March; of June 327 are open since 30 June."""
    found = standing(", payments: [{on: 2026-04-10, amount: 336}]", "2026-07-10")
    assert figures(found.arrears, found.days_past_due) == (327, 10)
    assert found.balance == 900
    assert found.paid == 336
    assert found.provision == 45  # 5 % of 900


def test_without_a_rule_nothing_is_set_aside_and_nothing_is_claimed() -> None:
    found = standing(", payments: []", "2026-06-30", line="revolving: true")
    assert found.arrears == 336
    assert found.provision is None


def test_later_payments_are_not_known_yet() -> None:
    found = standing(", payments: [{on: 2026-04-10, amount: 336}]", "2026-04-05")
    assert figures(found.arrears, found.days_past_due, found.paid) == (336, 5, 0)


def test_terms_that_allow_no_schedule_are_told_and_the_amount_counts() -> None:
    floating = LOAN.replace("rate: {percent: 12}", "rate: {index: LIBOR, reset_every: 3}")
    programme = programme_of(facilities(f"id: l, limit: {usd(5000)}"), deals(floating))
    deal, facility = the_deal(programme)
    flows = flows_of(deal, facility, date(2026, 4, 1))
    assert flows.fault is not None
    assert "LIBOR" in str(flows.fault)
    assert flows.balance.on(date(2026, 4, 1)) == 1200
