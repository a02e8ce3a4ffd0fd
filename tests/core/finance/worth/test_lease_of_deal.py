"""A leasing offer becomes the tables that its two sides book."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bilat.finance.deal import Schedule, schedule_of
from bilat.finance.worth import implicit_rate, internal_rate, lessee_table, lessor_table
from bilat.finance.worth.lease import right_of_use
from bilat.finance.worth.lease_of_deal import lease_of
from bilat.programme.deal_terms import DealTerms


def schedule(**stated: Any) -> Schedule:
    usual: dict[str, Any] = {
        "kind": "lease",
        "price": {"amount": 120_000, "currency": "USD"},
        "advance": {"percent": 15},
        "start": "2026-01-15",
        "months": 48,
        "rate": {"percent": 11},
        "residual": {"percent": 5},
    }
    return schedule_of(DealTerms.model_validate(usual | stated))


def test_the_implicit_rate_of_a_lease_is_what_the_lessor_earns() -> None:
    made = schedule()
    rate = implicit_rate(lease_of(made, "lender"), Decimal(120_000)).rate
    assert rate is not None
    assert abs(rate - (internal_rate(made.flows("lender")).rate or 0)) < Decimal("1e-12")


def test_the_net_investment_begins_with_what_is_financed_and_earns_the_interest() -> None:
    made = schedule()
    lease = lease_of(made, "lender")
    rate = implicit_rate(lease, Decimal(120_000)).rate
    assert rate is not None
    rows = lessor_table(lease, rate)
    assert rows[0].before == Decimal("102000.00")
    assert rows[-1].after == 0
    assert sum(row.interest for row in rows) == made.total("interest")


def test_goods_that_go_back_leave_a_residual_that_nobody_guarantees() -> None:
    made = schedule(residual={"percent": 5, "settled": "returned"})
    lease = lease_of(made, "lender")
    assert lease.unguaranteed == 6_000
    rate = implicit_rate(lease, Decimal(120_000)).rate
    assert rate is not None
    assert lessor_table(lease, rate)[-1].after == Decimal("6000.00")


def test_the_lessee_owes_less_where_a_budget_pays_interest() -> None:
    fees = [{"kind": "arrangement", "amount": 1000}]
    made = schedule(subsidies=[{"points": 4}], fees=fees)
    lessee, lessor = lease_of(made, "borrower"), lease_of(made, "lender")
    rate = Decimal("0.08")
    owed, invested = (lessee_table(one, rate)[0].before for one in (lessee, lessor))
    assert owed < invested
    assert right_of_use(lessee, rate) == owed + 18_000 + 1_000


def test_a_loan_is_no_lease() -> None:
    with pytest.raises(ValueError, match="no lease"):
        lease_of(schedule(kind="loan", residual=None), "lender")
