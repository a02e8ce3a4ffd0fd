"""Terms kept with a deal of a programme: read, saved and read again without loss."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from bilat.finance.deal import schedule_of
from bilat.programme import open_programme, save

FACILITY = """\
    - {id: line, title: Line, kind: credit}
"""
DEALS = """\
    - id: lifts
      title: Two lifts
      facility: line
      amount: {amount: 102000, currency: USD}
      terms:
        price: {amount: 120000, currency: USD}
        advance: {percent: 15}
        start: 2026-03-20
        months: 36
        repayment: step
        steps: [{number: 13, percent: 110}, {number: 25, percent: 120.5}]
        grace: {principal: 3}
        rate:
          index: KEY
          share: 2/3
          margin: 1.25
          reset_every: 6
          observed: [{day: 2026-01-01, percent: 9}]
        subsidies: [{index: REF, share: 0.5, observed: [{day: 2026-01-01, percent: 9.5}]}]
        day_count: 30E/360 ISDA
        moved: modified_following
        calendar: BLR+KGZ
        fees: [{kind: insurance, percent: 0.8, on: balance, due: year}]
        taxes: [{title: VAT, percent: 20, on: [fees]}]
        payment_currency: KGS
        exchange: [{day: 2026-01-01, rate: 87.45}]
        prepayments: [{day: 2027-05-05, amount: 5000, effect: shorter}]
        rounding: {places: 0}
"""


def test_terms_come_back_as_they_were(folder: Callable[..., Path]) -> None:
    root = folder("", **{"facilities.yaml": FACILITY, "deals.yaml": DEALS})
    programme = open_programme(root)
    (deal,) = programme.deals
    elsewhere = root.parent / "copy"
    save(programme, elsewhere)
    (again,) = open_programme(elsewhere).deals
    assert again == deal
    assert again.terms is not None
    assert again.terms.rate.share.value == Decimal(2) / 3


def test_its_schedule_is_made_from_the_record(folder: Callable[..., Path]) -> None:
    root = folder("", **{"facilities.yaml": FACILITY, "deals.yaml": DEALS})
    (deal,) = open_programme(root).deals
    assert deal.terms is not None
    made = schedule_of(deal.terms)
    assert made.total("principal") == deal.amount.amount
    assert made.payments[-1].balance == 0


def test_a_slip_in_terms_is_told_at_its_line(
    folder: Callable[..., Path], errors: Callable[[Path], list[str]]
) -> None:
    text = DEALS.replace("repayment: step", "repayment: steps")
    root = folder("", **{"facilities.yaml": FACILITY, "deals.yaml": text})
    assert errors(root) == ["deals.yaml:10:16: “steps” is not known here. Did you mean “step”?"]
