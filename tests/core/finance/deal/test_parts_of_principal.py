"""Equal, bullet, individual and seasonal principal; grace; drawdowns in tranches."""

from __future__ import annotations

from decimal import Decimal

from tests.core.finance.deal.deals import amounts, column, on, schedule


def test_equal_parts_and_falling_interest() -> None:
    made = schedule(repayment="equal_principal")
    assert column(made, "principal") == [100] * 12
    assert column(made, "interest") == [Decimal(12 - month) for month in range(12)]
    assert made.total("interest") == 78


def test_thirds_of_a_cent_go_into_the_last_part() -> None:
    made = schedule(repayment="equal_principal", amount={"amount": 1000, "currency": "USD"})
    assert column(made, "principal") == [Decimal("83.33")] * 11 + [Decimal("83.37")]


def test_principal_every_half_year_and_interest_every_month() -> None:
    made = schedule(repayment="equal_principal", principal_every=6)
    assert column(made, "principal") == [0, 0, 0, 0, 0, 600] * 2
    assert column(made, "interest") == [12] * 6 + [6] * 6


def test_a_bullet_pays_interest_until_the_end() -> None:
    made = schedule(repayment="bullet", every=3)
    assert column(made, "interest") == [36] * 4
    assert column(made, "principal") == [0, 0, 0, 1200]


def test_half_a_cent_is_half_a_cent() -> None:
    """18 · 10 % · 61/360 is 0.305 exactly, though 61/360 has no end: half up, 0.31."""
    made = schedule(
        amount={"amount": 18, "currency": "USD"}, rate={"percent": 10}, day_count="A/360",
        start="2026-07-01", months=None, maturity="2026-08-31", every=12, repayment="bullet",
    )  # fmt: skip
    assert made.total("interest") == Decimal("0.31")


def test_an_individual_schedule_pays_interest_with_its_instalments() -> None:
    made = schedule(
        repayment="individual",
        months=None,
        instalments=[{"day": "2026-05-01", "percent": 25}, {"day": "2026-11-01", "amount": 900}],
    )
    assert on(made, "2026-05-01") == {"interest": 48, "principal": 300}
    assert on(made, "2026-11-01") == {"interest": 54, "principal": 900}
    assert len(made.instalments) == 2


def test_an_individual_schedule_may_pay_interest_more_often() -> None:
    made = schedule(
        repayment="individual",
        every=3,
        instalments=[{"day": "2026-05-01", "amount": 300}, {"day": "2027-01-01", "amount": 900}],
    )
    assert on(made, "2026-04-01") == {"interest": 36}
    assert on(made, "2026-05-01") == {"interest": 12, "principal": 300}
    assert on(made, "2026-07-01") == {"interest": 18}


def test_a_farm_repays_after_the_harvest() -> None:
    made = schedule(repayment="seasonal", season=[9, 10, 11], months=24)
    paid = {payment.due.isoformat()[:7]: payment.principal for payment in made.instalments}
    assert {month for month, amount in paid.items() if amount} == {
        "2026-09", "2026-10", "2026-11", "2027-09", "2027-10", "2027-11", "2028-01",
    }  # fmt: skip
    assert set(column(made, "principal")) == {Decimal(0), *amounts("171.43", "171.42")}


def test_grace_on_principal_leaves_interest() -> None:
    made = schedule(repayment="equal_principal", grace={"principal": 6})
    assert column(made, "principal") == [0] * 6 + [200] * 6
    assert column(made, "interest")[:7] == [12] * 7


def test_an_annuity_after_its_grace() -> None:
    found = column(schedule(grace={"principal": 6}), "instalment")
    rest = 1200 * Decimal("0.01") / (1 - Decimal("1.01") ** -6)
    assert found[:6] == [12] * 6
    assert found[6] == round(rest, 2)


def test_interest_of_a_grace_is_paid_after_it() -> None:
    made = schedule(grace={"principal": 3, "interest": 3}, repayment="equal_principal", months=7)
    assert [payment.due.month for payment in made.instalments] == [5, 6, 7, 8]
    assert column(made, "interest") == [48, 9, 6, 3]


def test_interest_of_a_grace_is_capitalised() -> None:
    """1200 · 1.01³ = 1236.36, to the cent by each month's rounding."""
    made = schedule(
        grace={"principal": 3, "interest": 3, "interest_then": "capitalised"}, months=9,
        repayment="equal_principal",
    )  # fmt: skip
    assert column(made, "capitalised")[:3] == amounts("12.00", "12.12", "12.24")
    assert made.instalments[2].balance == Decimal("1236.36")
    assert made.total("principal") == Decimal("1236.36")
    assert column(made, "principal")[3:] == [Decimal("206.06")] * 6


def test_tranches_earn_interest_from_their_days() -> None:
    made = schedule(
        repayment="equal_principal",
        grace={"principal": 6},
        drawdowns=[{"day": "2026-01-01", "percent": 50}, {"day": "2026-03-16", "amount": 600}],
    )
    assert column(made, "interest")[:4] == amounts("6", "6", "9", "12")
    assert on(made, "2026-03-16") == {"drawn": 600}
    assert column(made, "principal")[6:] == [200] * 6


def test_a_tranche_after_the_first_principal_is_spread_over_what_is_left() -> None:
    made = schedule(
        repayment="equal_principal",
        drawdowns=[{"day": "2026-01-01", "amount": 600}, {"day": "2026-07-15", "amount": 600}],
    )
    assert column(made, "principal") == [50] * 6 + [150] * 6


def test_what_is_left_to_the_end_may_exceed_the_first_tranche() -> None:
    """Until the second tranche is drawn, the balloon covers all that is owed: interest alone."""
    made = schedule(
        repayment="equal_principal",
        balloon={"percent": 60},
        drawdowns=[{"day": "2026-01-01", "amount": 600}, {"day": "2026-07-15", "amount": 600}],
    )
    assert column(made, "principal")[:6] == [0] * 6
    assert column(made, "principal")[6:11] == [80] * 5
    assert column(made, "principal")[11] == 80 + 720


def test_a_grace_on_interest_to_the_last_payment_in_advance_ends_with_it() -> None:
    made = schedule(
        repayment="bullet", in_advance=True, months=4, grace={"principal": 3, "interest": 3}
    )
    assert [payment.due.isoformat() for payment in made.instalments] == ["2026-04-01"]
    assert made.instalments[0].interest == 36


def test_an_annuity_is_computed_anew_after_a_tranche() -> None:
    made = schedule(
        drawdowns=[{"day": "2026-01-01", "amount": 600}, {"day": "2026-07-01", "amount": 600}],
    )
    found = column(made, "instalment")
    assert found[:6] == [Decimal("53.31")] * 6
    assert len(set(found[6:11])) == 1
    assert found[6] > 150


def test_the_end_of_the_month_comes_back_after_february() -> None:
    def days(**more: object) -> list[int]:
        made = schedule(start="2026-01-31", months=4, **more)
        return [payment.due.day for payment in made.instalments]

    assert days() == [28, 31, 30, 31]
    assert days(end_of_month=True) == [28, 31, 30, 31]
    assert [
        payment.due.day
        for payment in schedule(start="2026-02-28", months=3, end_of_month=True).instalments
    ] == [31, 30, 31]


def test_a_first_payment_day_sets_the_others() -> None:
    made = schedule(first_payment="2026-02-15", maturity="2026-06-15", months=None)
    assert [payment.due.isoformat() for payment in made.instalments] == [
        "2026-02-15", "2026-03-15", "2026-04-15", "2026-05-15", "2026-06-15",
    ]  # fmt: skip
    assert made.instalments[0].interest == Decimal("17.60")


def test_a_last_period_may_be_short() -> None:
    made = schedule(maturity="2026-04-16", months=None, repayment="bullet")
    assert [payment.due.isoformat() for payment in made.instalments][-2:] == [
        "2026-04-01", "2026-04-16",
    ]  # fmt: skip
    assert column(made, "interest") == [12, 12, 12, 6]
