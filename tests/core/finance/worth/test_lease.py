"""A lease in the books of both sides: every row adds up, and both know the same rate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilat.finance.worth import (
    Lease,
    depreciation_table,
    implicit_rate,
    lessee_table,
    lessor_table,
    present_value,
    right_of_use,
)

START = date(2026, 1, 15)


def day(months: int) -> date:
    year, month = divmod(months, 12)
    return date(2026 + year, month + 1, 15)


@st.composite
def leases(draw: st.DrawFn) -> Lease:
    count = draw(st.integers(1, 60))
    amounts = draw(st.lists(st.integers(1, 500_000), min_size=count, max_size=count))
    first = draw(st.integers(0, 1))
    payments = tuple((day(first + n), Decimal(paid) / 100) for n, paid in enumerate(amounts))
    residual = Decimal(draw(st.integers(0, 1_000_000))) / 100
    return Lease(START, day(first + count), payments, unguaranteed=residual)


@given(lease=leases(), points=st.integers(1, 4000))
def test_every_row_adds_up_and_the_liability_ends_at_zero(lease: Lease, points: int) -> None:
    rate = Decimal(points) / 10_000
    rows = lessee_table(lease, rate)
    for row in rows:
        assert row.before + row.interest - row.paid == row.after
    for earlier, later in pairwise(rows):
        assert earlier.after == later.before
    if rows:
        assert rows[-1].after == 0
        paid, interest = sum(row.paid for row in rows), sum(row.interest for row in rows)
        assert paid == rows[0].before + interest


@given(lease=leases(), points=st.integers(1, 4000))
def test_the_liability_is_the_worth_of_what_is_still_to_pay(lease: Lease, points: int) -> None:
    """On each day, within the half cent of its rounding."""
    rate = Decimal(points) / 10_000
    for row in lessee_table(lease, rate):
        still = [flow for flow in lease.payments if flow[0] > row.day]
        assert abs(present_value(still, rate, row.day) - row.after) <= Decimal("0.005")


def test_the_lessor_earns_what_comes_in_beyond_the_investment() -> None:
    payments = tuple((date(2026 + year, 1, 15), Decimal(23_000)) for year in range(1, 6))
    lease = Lease(START, date(2031, 1, 15), payments, unguaranteed=Decimal(10_000))
    rate = implicit_rate(lease, Decimal(100_000), Decimal(1_500)).rate
    assert rate is not None
    rows = lessor_table(lease, rate)
    assert rows[0].before == Decimal("101500.00")
    assert rows[-1].after == Decimal("10000.00")
    assert sum(row.interest for row in rows) == Decimal(5 * 23_000 + 10_000 - 101_500)


def test_a_residual_after_the_last_payment_has_a_row_of_its_own() -> None:
    lease = Lease(START, day(12), ((day(6), Decimal(500)),), unguaranteed=Decimal(600))
    rows = lessor_table(lease, Decimal("0.08"))
    assert [row.day for row in rows] == [day(6), day(12)]
    assert rows[-1].paid == 0
    assert rows[-1].after == Decimal("600.00")


def test_what_is_paid_at_the_start_is_in_the_asset_and_not_in_the_liability() -> None:
    payments = ((START, Decimal(300)), (day(12), Decimal(110)))
    lease = Lease(START, day(12), payments, lessee_costs=Decimal(7), restoration=Decimal(3))
    rate = Decimal("0.10")
    assert lessee_table(lease, rate)[0].before == Decimal("100.00")
    assert right_of_use(lease, rate) == Decimal("410.00")


def test_a_lease_that_pays_less_than_its_value_has_a_negative_rate() -> None:
    lease = Lease(START, day(12), ((day(12), Decimal(90)),))
    found = implicit_rate(lease, Decimal(100))
    assert float(found.rate or 0) == pytest.approx(-0.10, abs=1e-12)


def test_a_right_of_use_falls_evenly_by_days_to_zero() -> None:
    ends = [date(2027, 1, 15), date(2028, 1, 15), date(2029, 1, 15)]
    rows = depreciation_table(Decimal("1096.00"), START, ends)
    assert [row.charge for row in rows] == [Decimal("365.00"), Decimal("365.00"), Decimal("366.00")]
    assert rows[-1].after == 0


def test_where_ownership_passes_the_asset_lives_on_after_the_lease() -> None:
    rows = depreciation_table(
        Decimal("1096.00"), START, [date(2027, 1, 15)], life_end=date(2029, 1, 15)
    )
    assert rows[-1].after == Decimal("731.00")
