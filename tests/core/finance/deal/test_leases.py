"""Leases: payments in advance, purchase options, residual values, VAT."""

from __future__ import annotations

from decimal import Decimal

from tests.core.finance.deal.deals import column, on, schedule, terms

from bilat.finance.deal import schedule_of

LEASE = {
    "kind": "lease",
    "amount": None,
    "price": {"amount": 1500, "currency": "USD"},
    "advance": {"percent": 20},
}


def test_the_advance_is_not_financed() -> None:
    made = schedule(**LEASE)
    assert made.payments[0].advance == 300
    assert made.total("drawn") == 1200
    assert dict(made.flows("supplier")) == {made.payments[0].day: 1500}


def test_payments_in_advance_begin_on_the_day_of_delivery() -> None:
    made = schedule(**LEASE, in_advance=True)
    first, last = made.instalments[0], made.instalments[-1]
    assert (first.due.isoformat(), last.due.isoformat()) == ("2026-01-01", "2026-12-01")
    assert first.interest == 0
    annuity = 1200 * Decimal("0.01") / (1 - Decimal("1.01") ** -12) / Decimal("1.01")
    assert first.principal == round(annuity, 2)
    assert len(made.instalments) == 12


def test_payments_in_advance_begin_again_when_the_grace_ends() -> None:
    made = schedule(**LEASE, in_advance=True, repayment="equal_principal", grace={"principal": 3})
    first = next(payment for payment in made.instalments if payment.principal)
    assert first.due.isoformat() == "2026-04-01"
    assert made.instalments[-1].principal == Decimal("133.36")


def test_the_purchase_option_is_paid_with_the_last_payment() -> None:
    made = schedule(**LEASE, residual={"percent": 10})
    assert made.total("principal") == 1050
    assert made.total("residual") == 150
    assert made.payments[-1].residual == 150
    assert made.payments[-1].balance == 0
    assert made.instalments[-2].balance > 150


def test_in_advance_the_option_is_bought_a_period_after_the_last_payment() -> None:
    made = schedule(**LEASE, residual={"amount": 150}, in_advance=True)
    assert on(made, "2027-01-01") == {"interest": Decimal("1.50"), "residual": 150}
    assert made.instalments[-2].balance == 150


def test_goods_that_go_back_leave_their_residual_value() -> None:
    made = schedule(**LEASE, residual={"percent": 10, "settled": "returned"})
    assert made.total("residual") == 0
    assert made.payments[-1].balance == 150
    assert made.total("principal") == 1050


def test_vat_is_charged_on_the_columns_named() -> None:
    vat = {"title": "VAT", "percent": 20, "on": ["advance", "principal", "interest", "residual"]}
    made = schedule(**LEASE, taxes=[vat], repayment="equal_principal")
    assert made.payments[0].tax == 60
    assert column(made, "tax")[:2] == [Decimal("22.40"), Decimal("22.20")]
    assert made.total("tax") == Decimal("315.60")
    assert made.total("outlay") == 1500 + 78 + Decimal("315.60")


def test_a_price_in_cents_is_financed_to_the_cent() -> None:
    made = schedule_of(terms(**{**LEASE, "price": {"amount": "999.99", "currency": "USD"}}))
    assert made.payments[0].advance == Decimal("200.00")
    assert made.total("principal") == Decimal("799.99")
