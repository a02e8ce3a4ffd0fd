"""A schedule that breaks its own sums is never shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from tests.core.finance.deal.deals import schedule

from bilat.finance.deal.sums import DoesNotAddUp, check_sums


@pytest.mark.parametrize(
    ("place", "change", "told"),
    [
        (0, {"drawn": Decimal(1199)}, "1,199 is drawn"),
        (-1, {"balance": Decimal("0.01")}, "0.01 is left"),
        (3, {"principal": Decimal(0)}, "is repaid"),
        (3, {"subsidy": Decimal(999)}, "the subsidy of 1 April 2026 exceeds the interest"),
        (3, {"balance": Decimal(-1)}, "an amount of 1 April 2026 is negative"),
    ],
)
def test_a_figure_that_was_tampered_with_is_found(
    place: int, change: dict[str, Any], told: str
) -> None:
    made = schedule()
    check_sums(made)
    payments = list(made.payments)
    payments[place] = replace(payments[place], **change)
    with pytest.raises(DoesNotAddUp, match=told):
        check_sums(replace(made, payments=tuple(payments)))


def test_only_columns_can_be_added_up() -> None:
    made = schedule()
    assert made.totals["outlay"] == made.total("principal") + made.total("interest")
    with pytest.raises(KeyError):
        made.total("balance")
