"""Rates, present values and lease books against pyxirr and against published worked examples.

pyxirr 0.10.8 stops where the flows are worth less than 0.001, whatever their size: of a loan of
1,000 its rate can be off by 1e-9. So it is asked about the same loan of 1e10, where that bound is
1e-13 of the loan; then both agree to 1e-12.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from bilat.finance.worth import (
    Flow,
    Lease,
    grant_element_of_equal_principal,
    implicit_rate,
    internal_rate,
    lessee_table,
    present_value,
    right_of_use,
    whole_months,
)

pyxirr = pytest.importorskip("pyxirr")
START = date(2026, 1, 15)
LOAN = 1e10


def flows_of_a_loan(dice: np.random.Generator) -> list[Flow]:
    """An amount received and up to 120 payments back, at uneven days."""
    loan = Decimal(int(dice.integers(1_000, 10_000_000)))
    count, day = int(dice.integers(1, 120)), START
    found: list[Flow] = [(START, loan)]
    for _payment in range(count):
        day += timedelta(days=int(dice.integers(1, 200)))
        share = Decimal(int(dice.integers(50, 200))) / 100
        found.append((day, -(loan * share / count).quantize(Decimal("0.01"))))
    return found


@pytest.mark.parametrize("seed", range(60))
def test_xirr_of_a_loan_is_pyxirrs(seed: int) -> None:
    flows = flows_of_a_loan(np.random.default_rng(seed))
    ours = internal_rate(flows)
    fine = [float(amount) * LOAN / float(flows[0][1]) for _, amount in flows]
    theirs = pyxirr.xirr([day for day, _ in flows], fine)
    assert ours.rate is not None
    assert float(ours.rate) == pytest.approx(theirs, abs=1e-12, rel=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_present_values_are_pyxirrs(seed: int) -> None:
    dice = np.random.default_rng(seed)
    flows, rate = flows_of_a_loan(dice), Decimal(int(dice.integers(1, 4000))) / 10_000
    theirs = pyxirr.xnpv(
        float(rate), [day for day, _ in flows], [float(amount) for _, amount in flows]
    )
    # The sum of up to 121 floats: an error of 1e-13 of the largest of them.
    assert float(present_value(flows, rate, START)) == pytest.approx(
        theirs, abs=1e-13 * float(flows[0][1])
    )


def test_the_rate_in_a_lease_is_pyxirrs() -> None:
    payments = tuple((date(2026 + year, 1, 15), Decimal(23_000)) for year in range(1, 6))
    lease = Lease(START, date(2031, 1, 15), payments, unguaranteed=Decimal(10_000))
    found = implicit_rate(lease, Decimal(100_000), Decimal(1_500))
    days = [START, *(day for day, _ in payments), lease.end]
    paid = [-101_500, *[23_000] * 5, 10_000]
    theirs = pyxirr.xirr(days, [amount * LOAN / 101_500 for amount in paid])
    assert float(found.rate or 0) == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(
    ("flows", "published"),
    [
        ([(date(2000, 1, 1), 1000), (date(2001, 7, 1), -1200)], "12.92"),
        ([(date(2000, 1, 1), 950), (date(2001, 7, 1), -1200)], "16.85"),
        ([(date(2000, 1, 1), 1000), (date(2001, 1, 1), -600), (date(2002, 1, 1), -600)], "13.07"),
        (
            [
                (date(2000, 1, 1), 1000),
                (date(2000, 4, 1), -272),
                (date(2000, 7, 1), -272),
                (date(2001, 1, 1), -544),
            ],
            "13.19",
        ),
    ],
)
def test_the_four_examples_of_the_european_directive_on_the_annual_rate_of_charge(
    flows: list[tuple[date, int]], published: str
) -> None:
    """Directive 98/7/EC, Annex III: intervals in equal months, printed with two decimals."""
    rate = internal_rate([(day, Decimal(amount)) for day, amount in flows], whole_months).rate
    assert rate is not None
    assert f"{100 * rate:.2f}" == published


def test_the_lessee_of_illustrative_example_13() -> None:
    """IFRS 16, illustrative example 13: ten payments of 50,000 in advance, 5 % a year.

    Published in whole currency units: liability 355,391 and right of use 420,391.
    """
    payments = tuple((date(2020 + year, 1, 1), Decimal(50_000)) for year in range(10))
    lease = Lease(
        date(2020, 1, 1),
        date(2030, 1, 1),
        payments,
        incentives=Decimal(5_000),
        lessee_costs=Decimal(20_000),
    )
    rate = Decimal("0.05")
    assert round(lessee_table(lease, rate, whole_months)[0].before) == 355_391
    assert round(right_of_use(lease, rate, whole_months)) == 420_391


def test_the_grant_element_that_the_formula_is_published_with() -> None:
    """2 %, ten years, half-yearly, first principal at three years: 15.93 %."""
    found = grant_element_of_equal_principal(Decimal("0.02"), 10, Decimal(3), 2)
    assert round(found, 2) == Decimal("15.93")
