"""How long is the money out, and what falls due in the dearest month?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bilat.finance.worth import average_life, duration, monthly, present_value, whole_months
from bilat.finance.worth.measures import Monthly

START = date(2026, 1, 1)


def test_equal_parts_of_principal_over_four_years_are_out_for_two_and_a_half() -> None:
    parts = [(date(2026 + year, 1, 1), Decimal(250)) for year in range(1, 5)]
    assert average_life(parts, START, whole_months) == Decimal("2.5")


def test_the_duration_of_one_payment_is_its_own_time() -> None:
    once = [(date(2029, 1, 1), Decimal(1000))]
    assert round(duration(once, Decimal("0.08"), START, whole_months), 20) == 3


def test_the_duration_of_a_par_bond_is_the_closed_form() -> None:
    """Five years at a coupon equal to the yield: (1+y)/y · (1 − (1+y)⁻⁵)."""
    rate = Decimal("0.06")
    bond = [(date(2026 + year, 1, 1), Decimal(60)) for year in range(1, 5)]
    bond.append((date(2031, 1, 1), Decimal(1060)))
    closed = 1.06 / 0.06 * (1 - 1.06**-5)
    assert float(duration(bond, rate, START, whole_months)) == pytest.approx(closed, abs=1e-12)


def test_duration_says_how_worth_moves_with_the_rate() -> None:
    """−dP/dr · (1+r)/P, by a central difference whose own error is of the order of 1e-9."""
    flows = [(date(2027, 5, 3), Decimal(400)), (date(2030, 2, 28), Decimal(900))]
    rate, step = Decimal("0.07"), Decimal("0.00001")
    up, down = (present_value(flows, rate + s, START) for s in (step, -step))
    slope = -(up - down) / (2 * step) * (1 + rate) / present_value(flows, rate, START)
    assert float(slope) == pytest.approx(float(duration(flows, rate, START)), abs=1e-8)


def test_payments_of_a_month_count_together() -> None:
    paid = [
        (date(2026, 3, 1), Decimal(10)),
        (date(2026, 3, 31), Decimal(5)),
        (date(2026, 5, 2), Decimal(40)),
        (date(2026, 6, 2), Decimal(40)),
    ]
    found = monthly(paid)
    assert found == Monthly(Decimal(15), Decimal(40), date(2026, 5, 1))


def test_without_payments_nothing_is_measured() -> None:
    with pytest.raises(ValueError, match="no principal"):
        average_life([], START)
    with pytest.raises(ValueError, match="worth nothing"):
        duration([], Decimal("0.05"), START)
    with pytest.raises(ValueError, match="nothing is paid"):
        monthly([])
