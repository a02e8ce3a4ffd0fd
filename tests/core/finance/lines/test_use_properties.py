"""Whatever the deals: nothing of a limit is lost or found twice, on any day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.core.finance.lines.line_notation import deals, facilities, programme_of, the_line, usd

from bilat.finance.lines import Due, Steps, settle
from bilat.finance.lines.steps import less, total
from bilat.programme.deals import PaymentMade

FIRST = date(2025, 1, 1)
DAYS = st.integers(0, 800).map(lambda days: FIRST + timedelta(days=days))
AMOUNTS = st.integers(1, 500)
CHANGES = st.lists(st.tuples(DAYS, st.integers(-300, 300).map(Decimal)), max_size=12)


@st.composite
def deal(draw: st.DrawFn, number: int) -> str:
    """Some with terms, some with draws, some with neither; paid on time, in part, or unknown."""
    amount = draw(st.integers(10, 400))
    signed = draw(DAYS)
    stage = draw(st.sampled_from(["asked", "agreed", "signed", "drawn", "repaid", "stopped"]))
    parts = [
        f"id: d{number}, title: Deal, facility: l, amount: {usd(amount)}, signed: {signed}",
        f"stage: {stage}",
    ]
    if draw(st.booleans()):
        months = draw(st.sampled_from([6, 12, 24]))
        kind = draw(st.sampled_from(["annuity", "equal_principal", "bullet"]))
        parts.append(
            f"terms: {{amount: {usd(amount)}, start: {signed}, months: {months}, every: 3, "
            f"repayment: {kind}, rate: {{percent: {draw(st.integers(0, 20))}}}}}"
        )
    elif draw(st.booleans()):
        first = draw(st.integers(1, amount))
        later = signed + timedelta(days=draw(st.integers(0, 300)))
        parts.append(f"draws: [{{on: {later}, amount: {first}}}]")
    if stage in ("drawn", "stopped") and draw(st.booleans()):
        on = signed + timedelta(days=draw(st.integers(0, 400)))
        parts.append(f"payments: [{{on: {on}, amount: {draw(AMOUNTS)}}}]")
    return ", ".join(parts)


DEALS = st.integers(1, 4).flatmap(lambda n: st.tuples(*(deal(number) for number in range(n))))
LINE = f"id: l, limit: {usd(1000)}, available: 2025/2026"


@given(DEALS, DAYS, st.booleans())
def test_free_and_used_make_the_limit_and_balances_add_up_on_every_day(
    lot: tuple[str, ...], as_of: date, revolving: bool
) -> None:
    line = the_line(
        programme_of(
            facilities(f"{LINE}, revolving: {'true' if revolving else 'false'}"), deals(*lot)
        ),
        as_of.isoformat(),
    )
    days = {FIRST, as_of, *line.used.days, *line.balance.days, *line.repaid.days}
    for day in days:
        free = line.free(day)
        assert free is not None
        assert free + line.used.on(day) == 1000
        assert line.drawn.on(day) - line.repaid.on(day) == line.balance.on(day)
        for flows in (*line.deals, *line.asked):
            assert flows.balance.on(day) >= 0
            assert flows.committed.on(day) >= 0
        owed = line.balance.on(day) if revolving else line.drawn.on(day)
        assert line.used.on(day) == line.committed.on(day) + owed


@given(DEALS, DAYS)
def test_a_line_that_revolves_never_has_less_room_than_one_that_does_not(
    lot: tuple[str, ...], as_of: date
) -> None:
    still, turning = (
        the_line(
            programme_of(facilities(f"{LINE}, revolving: {word}"), deals(*lot)), as_of.isoformat()
        )
        for word in ("false", "true")
    )
    for day in {*still.used.days, *turning.used.days}:
        assert turning.used.on(day) == still.used.on(day) - turning.repaid.on(day)


@given(DEALS, DAYS)
def test_the_breach_is_the_first_day_that_a_search_of_all_days_finds(
    lot: tuple[str, ...], as_of: date
) -> None:
    """Day by day over four years, as one would look it up in a bank statement."""
    line = the_line(
        programme_of(facilities(LINE.replace("1000", "300")), deals(*lot)), as_of.isoformat()
    )
    ahead = (as_of + timedelta(days=step) for step in range(2000))
    naive = next((day for day in ahead if line.used.on(day) > 300), None)
    found = line.breach(as_of)
    if naive is None:
        assert found is None or found.if_granted
        return
    assert found is not None
    assert not found.if_granted
    assert found.day == naive or (naive == as_of and found.day < as_of)
    assert line.used.on(found.day) - 300 == found.over > 0


@given(CHANGES, CHANGES)
def test_steps_are_sums_of_their_changes(
    one: list[tuple[date, Decimal]], other: list[tuple[date, Decimal]]
) -> None:
    first, second = Steps.of(one), Steps.of(other)
    for day in {day for day, _ in [*one, *other]} | {FIRST}:
        naive = sum((change for when, change in one if when <= day), Decimal(0))
        assert first.on(day) == naive
        assert total([first, second]).on(day) == naive + second.on(day)
        assert less(first, second).on(day) == naive - second.on(day)
    assert Steps.of(first.changes()) == first


@given(CHANGES, DAYS, st.integers(0, 60))
def test_days_times_level_is_the_sum_over_days(
    changes: list[tuple[date, Decimal]], first: date, length: int
) -> None:
    steps = Steps.of(changes)
    days = [first + timedelta(days=step) for step in range(length + 1)]
    assert steps.days_times_level(first, days[-1]) == sum(steps.on(day) for day in days)
    assert max(steps.between(first, days[-1])) == max(steps.on(day) for day in days)


@given(
    st.lists(st.tuples(DAYS, AMOUNTS, AMOUNTS, AMOUNTS), max_size=6),
    st.lists(st.tuples(DAYS, AMOUNTS), max_size=8),
)
def test_no_payment_is_lost(
    dues: list[tuple[date, int, int, int]], payments: list[tuple[date, int]]
) -> None:
    owed = [Due(day, *map(Decimal, amounts)) for day, *amounts in dues]
    paid = [PaymentMade(on=day, amount=Decimal(amount)) for day, amount in payments]
    settled = settle(owed, paid)
    left = sum(due.amount for due in settled.left)
    assert sum(due.amount for due in owed) - left + settled.surplus == sum(
        payment.amount for payment in paid
    )
    principal = sum(due.principal for due in owed) - sum(due.principal for due in settled.left)
    assert sum(amount for _, amount in settled.repaid) == principal
    assert not (settled.left and settled.surplus)
