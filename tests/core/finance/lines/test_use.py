"""A credit officer follows a line by hand: what is committed, drawn, repaid and free."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.core.finance.lines.line_notation import (
    at,
    deals,
    facilities,
    figures,
    programme_of,
    the_line,
    usd,
)

from bilat.finance.deal import schedule_of
from bilat.finance.lines import Rates, commitment_fee, sub_lines
from bilat.finance.lines.line import months_ahead

LINE = f"id: l, limit: {usd(1000)}, available: 2025-01-01/2026-12-31"
A = "id: a, title: Tractors, facility: l"
B = "id: b, title: Harvesters, facility: l"
LOAN = (
    f"terms: {{amount: {usd(600)}, start: 2025-03-31, months: 12, every: 3, "
    "repayment: equal_principal, rate: {percent: 0}}"
)
"""Four quarterly instalments of 150, from 30 June 2025 to 31 March 2026."""


def test_an_agreed_deal_takes_its_amount_from_its_signing_on() -> None:
    line = the_line(
        programme_of(
            facilities(LINE),
            deals(f"{A}, amount: {usd(400)}, signed: 2025-02-10, stage: signed"),
        ),
        "2025-03-01",
    )
    assert at(line, "2025-02-09") == (0, 1000)
    assert at(line, "2025-02-10") == (400, 600)


@pytest.mark.parametrize(
    ("stage", "used"),
    [("asked", 0), ("agreed", 400), ("signed", 400), ("drawn", 400), ("stopped", 0)],
)
def test_only_deals_that_are_agreed_signed_or_drawn_take_of_the_limit(
    stage: str, used: int
) -> None:
    programme = programme_of(
        facilities(LINE), deals(f"{A}, amount: {usd(400)}, signed: 2025-02, stage: {stage}")
    )
    assert the_line(programme, "2025-03-01").used.on(date(2025, 3, 1)) == used


def test_draws_move_what_is_committed_to_the_balance_and_the_rest_lapses() -> None:
    line = the_line(
        programme_of(
            facilities(LINE),
            deals(
                f"{A}, amount: {usd(400)}, signed: 2025-02-01, stage: drawn, "
                "draws: [{on: 2025-03-01, amount: 100}, {on: 2025-06-01, amount: 250}]"
            ),
        ),
        "2025-07-01",
    )
    days = [date(2025, 2, 1), date(2025, 3, 1), date(2025, 6, 1), date(2026, 12, 31)]
    assert [line.committed.on(day) for day in days] == [400, 300, 50, 0]
    assert [line.balance.on(day) for day in days] == [0, 100, 350, 350]
    assert [line.used.on(day) for day in days] == [400, 400, 400, 350]


@pytest.mark.parametrize(
    ("revolving", "used"), [("true", [600, 450, 150, 0]), ("false", [600, 600, 600, 600])]
)
def test_repayments_free_a_revolving_limit_and_no_other(revolving: str, used: list[int]) -> None:
    line = the_line(
        programme_of(
            facilities(f"{LINE}, revolving: {revolving}"),
            deals(f"{A}, amount: {usd(600)}, signed: 2025-03-31, stage: drawn, {LOAN}"),
        ),
        "2025-04-01",
    )
    days = ["2025-06-29", "2025-06-30", "2025-12-31", "2026-03-31"]
    assert [at(line, day)[0] for day in days] == used
    balance = [line.balance.on(date.fromisoformat(day)) for day in days]
    assert balance == [600, 450, 150, 0]


def test_the_year_and_the_months_ahead_as_a_bank_writes_them() -> None:
    """2025: drawn 600, three instalments of 150 repaid; 1,000 − 150 = 850 free at its end."""
    line = the_line(
        programme_of(
            facilities(f"{LINE}, revolving: true"),
            deals(f"{A}, amount: {usd(600)}, signed: 2025-03-31, stage: drawn, {LOAN}"),
        ),
        "2025-05-15",
    )
    first, second = line.spans(line.years(date(2025, 5, 15)))
    assert figures(first.drawn, first.repaid, first.balance, first.free, first.peak) == (
        600, 450, 150, 850, 600,
    )  # fmt: skip
    assert figures(second.drawn, second.repaid, second.balance, second.free) == (0, 150, 0, 1000)
    months = list(line.spans(months_ahead(date(2025, 5, 15), 3)))
    assert [figures(span.first.month, span.repaid, span.used) for span in months] == [
        (5, 0, 600),
        (6, 150, 450),
        (7, 0, 450),
    ]


def test_a_breach_is_foreseen_with_its_day_and_the_deal_that_does_it() -> None:
    """400 + 500 fit into 1,000; 200 more on 1 October do not."""
    line = the_line(
        programme_of(
            facilities(LINE),
            deals(
                f"{A}, amount: {usd(400)}, signed: 2025-02-01, stage: signed",
                f"{B}, amount: {usd(500)}, signed: 2025-04-01, stage: agreed",
                f"id: c, title: Lifts, facility: l, amount: {usd(200)}, signed: 2025-10-01, "
                "stage: agreed",
            ),
        ),
        "2025-05-01",
    )
    breach = line.breach(date(2025, 5, 1))
    assert breach is not None
    assert figures(breach.day, breach.over, breach.deal.id) == (date(2025, 10, 1), 100, "c")
    assert not breach.if_granted


def test_a_breach_that_holds_is_told_from_its_first_day() -> None:
    line = the_line(
        programme_of(
            facilities(LINE),
            deals(f"{A}, amount: {usd(1200)}, signed: 2025-02-01, stage: signed"),
        ),
        "2025-05-01",
    )
    breach = line.breach(date(2025, 5, 1))
    assert breach is not None
    assert figures(breach.day, breach.over) == (date(2025, 2, 1), 200)


def test_a_deal_that_is_asked_for_breaks_the_limit_only_if_it_is_granted() -> None:
    line = the_line(
        programme_of(
            facilities(LINE),
            deals(
                f"{A}, amount: {usd(800)}, signed: 2025-02-01, stage: signed",
                f"{B}, amount: {usd(500)}, signed: 2025-09-01, stage: asked",
            ),
        ),
        "2025-05-01",
    )
    breach = line.breach(date(2025, 5, 1))
    assert breach is not None
    assert figures(breach.day, breach.over, breach.deal.id) == (date(2025, 9, 1), 300, "b")
    assert breach.if_granted
    assert at(line, "2025-12-31") == (800, 200)


def test_what_was_agreed_already_is_not_called_asked_for() -> None:
    """Wanted from May on, 500 fit until the agreed 600 begin in September: the wish breaks it."""
    line = the_line(
        programme_of(
            facilities(LINE),
            deals(
                f"{A}, amount: {usd(500)}, signed: 2025-05-01, stage: asked",
                f"{B}, amount: {usd(600)}, signed: 2025-09-01, stage: agreed",
            ),
        ),
        "2025-05-01",
    )
    breach = line.breach(date(2025, 5, 1))
    assert breach is not None
    assert figures(breach.day, breach.over, breach.deal.id) == (date(2025, 9, 1), 100, "a")
    assert breach.if_granted


def test_repayments_of_a_revolving_line_make_room_in_time() -> None:
    """800 are drawn; 400 more on 1 August fit only because 300 were repaid by then: 900."""
    loan = LOAN.replace("600", "800").replace("every: 3", "every: 2")
    parts = deals(
        f"{A}, amount: {usd(800)}, signed: 2025-03-31, stage: drawn, {loan}",
        f"{B}, amount: {usd(400)}, signed: 2025-08-01, stage: agreed",
    )
    still = the_line(programme_of(facilities(LINE), parts), "2025-05-01")
    turning = the_line(programme_of(facilities(f"{LINE}, revolving: true"), parts), "2025-05-01")
    assert turning.breach(date(2025, 5, 1)) is None
    assert still.breach(date(2025, 5, 1)) is not None


def test_a_repaid_deal_owes_nothing() -> None:
    parts = deals(f"{A}, amount: {usd(600)}, signed: 2025-01-31, months: 3, stage: repaid")
    line = the_line(programme_of(facilities(f"{LINE}, revolving: true"), parts), "2025-12-01")
    assert line.balance.on(date(2025, 4, 29)) == 600
    assert line.balance.on(date(2025, 4, 30)) == 0
    assert at(line, "2025-12-01") == (0, 1000)
    still = the_line(programme_of(facilities(LINE), parts), "2025-12-01")
    assert at(still, "2025-12-01") == (600, 400)


def test_a_stopped_deal_keeps_what_was_drawn() -> None:
    parts = deals(
        f"{A}, amount: {usd(600)}, signed: 2025-01-31, stage: stopped, "
        "draws: [{on: 2025-02-01, amount: 100}, {on: 2026-02-01, amount: 500}]"
    )
    line = the_line(programme_of(facilities(LINE), parts), "2025-12-01")
    assert line.balance.on(date(2026, 6, 1)) == 100
    assert line.committed.on(date(2025, 12, 1)) == 0


def test_a_deal_in_another_currency_counts_at_a_rate_and_is_never_skipped_silently() -> None:
    programme = programme_of(
        facilities(LINE),
        deals(f"{A}, amount: {{amount: 500, currency: EUR}}, signed: 2025-02, stage: signed"),
    )
    bare = the_line(programme, "2025-05-01")
    assert [deal.id for deal in bare.unrated] == ["a"]
    assert bare.deals == ()
    rated = the_line(programme, "2025-05-01", Rates("USD", {"EUR": Decimal("1.08")}))
    assert at(rated, "2025-05-01") == (540, 460)


def test_rates_cross_over_their_own_currency() -> None:
    """1 EUR = 1.08 USD and 1 RUB = 0.0125 USD: 1 EUR = 86.4 RUB."""
    rates = Rates("USD", {"EUR": Decimal("1.08"), "RUB": Decimal("0.0125")})
    assert rates.factor("EUR", "RUB") == Decimal("86.4")
    assert rates.factor("EUR", "KGS") is None
    assert rates.factor("KGS", "KGS") == 1


def test_the_rate_that_a_deal_states_goes_first() -> None:
    programme = programme_of(
        facilities(LINE),
        deals(
            f"{A}, amount: {{amount: 500, currency: EUR}}, limit_rate: 1.1, signed: 2025-02, "
            "stage: signed"
        ),
    )
    rated = the_line(programme, "2025-05-01", Rates("USD", {"EUR": Decimal("1.08")}))
    assert at(rated, "2025-05-01") == (550, 450)


def test_sub_limits_count_the_deals_of_their_bank_and_goods() -> None:
    subs = (
        f"sub_limits: [{{body: bank-a, limit: {usd(300)}}}, "
        f"{{products: ['84'], limit: {usd(500)}}}]"
    )
    programme = programme_of(
        facilities(f"{LINE}, {subs}"),
        deals(
            f"{A}, amount: {usd(250)}, signed: 2025-02, stage: signed, through: bank-a, "
            "products: ['870190']",
            f"{B}, amount: {usd(400)}, signed: 2025-03-01, stage: signed, through: bank-b, "
            "products: ['8433']",
            f"id: c, title: Lifts, facility: l, amount: {usd(100)}, signed: 2025-04-01, "
            "stage: signed, through: bank-a, products: ['8428']",
        ),
    )
    line = the_line(programme, "2025-05-01")
    bank, goods = sub_lines(programme, programme.facilities[0], line)
    assert at(bank, "2025-05-01") == (350, -50)
    assert at(goods, "2025-05-01") == (500, 0)
    breach = bank.breach(date(2025, 5, 1))
    assert breach is not None
    assert figures(breach.day, breach.deal.id) == (date(2025, 4, 1), "c")
    assert goods.breach(date(2025, 5, 1)) is None


def test_the_commitment_fee_is_of_the_undrawn_part_by_the_day() -> None:
    """0.5 % of 1,000,000 for 59 days, then of 600,000 for 306 days, in a year of 365."""
    programme = programme_of(
        facilities(f"id: l, limit: {usd(1_000_000)}, available: 2025/2026, commitment_fee: 0.5"),
        deals(
            f"{A}, amount: {usd(400_000)}, signed: 2025-01-01, stage: drawn, "
            "draws: [{on: 2025-03-01, amount: 400000}]"
        ),
    )
    fee = commitment_fee(
        the_line(programme, "2025-03-01"),
        programme.facilities[0],
        date(2025, 1, 1),
        date(2025, 12, 31),
    )
    wanted = Decimal("0.005") * (1_000_000 * 59 + 600_000 * 306) / 365
    assert fee is not None
    assert round(fee, 2) == round(wanted, 2)
    assert fee == pytest.approx(Decimal("3323.2877"), abs=Decimal("0.0001"))


def test_what_falls_due_and_is_not_paid_stays_on_the_balance() -> None:
    """Of 150 due on 30 June only 100 were paid: 500 stay; the next 150 fall due as agreed."""
    programme = programme_of(
        facilities(f"{LINE}, revolving: true"),
        deals(
            f"{A}, amount: {usd(600)}, signed: 2025-03-31, stage: drawn, {LOAN}, "
            "payments: [{on: 2025-06-30, amount: 100}]"
        ),
    )
    line = the_line(programme, "2025-08-01")
    days = [date(2025, 8, 1), date(2025, 9, 30), date(2026, 3, 31)]
    assert [line.balance.on(day) for day in days] == [500, 350, 50]


@pytest.mark.parametrize("settled", ["bought", "returned"])
def test_a_lease_ends_with_its_goods_bought_or_returned(settled: str) -> None:
    """The payments leave 100 of 1,000: paid with the last of them, or the goods go back."""
    lease = (
        f"terms: {{kind: lease, amount: {usd(1000)}, start: 2025-03-31, months: 6, every: 3, "
        f"repayment: equal_principal, residual: {{percent: 10, settled: {settled}}}, "
        "rate: {percent: 0}}"
    )
    programme = programme_of(
        facilities(f"{LINE}, revolving: true"),
        deals(f"{A}, amount: {usd(1000)}, signed: 2025-03-31, stage: drawn, {lease}"),
    )
    line = the_line(programme, "2025-04-01")
    days = [date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30)]
    assert [line.balance.on(day) for day in days] == [1000, 550, 0]
    settlement = line.deals[0].settled
    assert settlement is not None
    assert settlement.left[-1].principal == (550 if settled == "bought" else 450)


def test_interest_that_joins_the_balance_takes_of_the_limit() -> None:
    """600 for a year at 10 % without payments: 615 after a quarter, by 30E/360."""
    loan = (
        f"terms: {{amount: {usd(600)}, start: 2025-03-31, months: 12, every: 3, repayment: bullet, "
        "grace: {interest: 6, interest_then: capitalised}, rate: {percent: 10}, "
        "day_count: 30E/360}"
    )
    programme = programme_of(
        facilities(f"{LINE}, revolving: true"),
        deals(f"{A}, amount: {usd(600)}, signed: 2025-03-31, stage: drawn, {loan}"),
    )
    line = the_line(programme, "2025-04-01")
    assert at(line, "2025-06-30") == (615, 385)
    assert line.balance.on(date(2026, 3, 31)) == 0


@pytest.mark.parametrize("repayment", ["annuity", "equal_principal", "bullet"])
def test_the_balance_of_a_line_is_that_of_the_schedule(repayment: str) -> None:
    """The room of single deals keeps its own account; on every day both say the same."""
    loan = LOAN.replace("equal_principal", repayment).replace("percent: 0", "percent: 9.5")
    programme = programme_of(
        facilities(f"{LINE}, revolving: true"),
        deals(f"{A}, amount: {usd(600)}, signed: 2025-03-31, stage: drawn, {loan}"),
    )
    terms = programme.deals[0].terms
    assert terms is not None
    schedule = schedule_of(terms)
    line = the_line(programme, "2025-08-01")
    for step in range(400):
        day = date(2025, 3, 30) + timedelta(days=step)
        assert line.balance.on(day) == schedule.balance_on(day)
