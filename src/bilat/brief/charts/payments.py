"""Every payment of a deal by what it is for, and the principal that is left."""

from __future__ import annotations

from typing import Any

import altair as alt

from bilat.brief.charts.style import INK, SIDE_COLOURS, Rows, data
from bilat.brief.facts.schedule import PaymentFact, ScheduleFacts
from bilat.language import Message, Words, say

WIDTH, HEIGHT = 620, 260
PARTS: tuple[tuple[str, Message, str], ...] = (
    ("principal", say("principal"), SIDE_COLOURS[0]),
    ("interest", say("interest"), "#8fb3d9"),
    ("subsidy", say("interest paid by the budget"), "#2d7d46"),
    ("residual", say("residual value"), "#6a4c93"),
    ("fee", say("fees and premiums"), "#e0b03c"),
    ("tax", say("taxes"), "#8a8f98"),
)
"""Part of a payment, what it is called, its colour; from the bottom up."""


def payments_chart(facts: ScheduleFacts, _subject: str, words: Words) -> Any:
    """Columns stacked by part, and the balance as a line of steps on an axis of its own."""
    paid = [one for one in facts.payments if _parts(one)]
    present = {name for one in paid for name in _parts(one)}
    legend = [(words(title), colour) for name, title, colour in PARTS if name in present]
    bars = (
        alt.Chart(data(_rows(paid, words)))
        .mark_bar(size=max(1.5, min(14.0, 0.7 * WIDTH / max(len(paid), 1))))
        .encode(
            x=_days(),
            y=alt.Y(
                "amount:Q",
                stack="zero",
                title=words(say("payment, {currency}", currency=facts.currency)),
                axis=alt.Axis(tickCount=5),
            ),
            color=alt.Color(
                "part:N",
                title=None,
                sort=[title for title, _colour in legend],
                scale=alt.Scale(
                    domain=[title for title, _colour in legend],
                    range=[colour for _title, colour in legend],
                ),
            ),
            order="order:Q",
            tooltip=[
                alt.Tooltip("day:N", title=words(say("day"))),
                alt.Tooltip("part:N", title=" "),
                alt.Tooltip("amount:Q", format=",.2f", title=facts.currency),
            ],
        )
    )
    both = alt.layer(bars, _balance(facts, words)).resolve_scale(y="independent")
    return both.properties(width=WIDTH, height=HEIGHT)


def _balance(facts: ScheduleFacts, words: Words) -> Any:
    rows: Rows = [
        {"day": one.day.isoformat(), "balance": float(one.balance)} for one in facts.payments
    ]
    return (
        alt.Chart(data(rows))
        .mark_line(interpolate="step-after", color=INK, strokeWidth=1.4)
        .encode(
            x=_days(),
            y=alt.Y(
                "balance:Q",
                title=words(say("balance, {currency}", currency=facts.currency)),
                axis=alt.Axis(orient="right", grid=False, tickCount=5),
            ),
        )
    )


def _days() -> alt.X:
    axis = alt.Axis(format="%m.%Y", labelFlush=True, grid=False, tickCount=8)
    return alt.X("day:T", title=None, axis=axis, scale=alt.Scale(type="utc", padding=14))


def _parts(payment: PaymentFact) -> dict[str, float]:
    """Part → amount, what is zero left out; interest is what the borrower pays of it."""
    amounts = {name: float(getattr(payment, name)) for name, _title, _colour in PARTS}
    amounts["interest"] -= amounts["subsidy"]
    return {name: amount for name, amount in amounts.items() if amount > 0}


def _rows(payments: list[PaymentFact], words: Words) -> Rows:
    return [
        {
            "day": one.day.isoformat(),
            "part": words(title),
            "order": order,
            "amount": _parts(one)[name],
        }
        for one in payments
        for order, (name, title, _colour) in enumerate(PARTS)
        if name in _parts(one)
    ]
