"""Schedules of many deals: those that can together, the others one by one, nothing left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from bilat.errors import BilatError
from bilat.finance.deal import Payment, Schedule, schedule_of
from bilat.finance.many.block import Block, block_of, row_of
from bilat.finance.many.opening import opening
from bilat.finance.many.running import Rows, run
from bilat.finance.many.supported import why_not
from bilat.programme.deal_checks import deal_complaints
from bilat.programme.deal_terms import DealTerms

BLOCK = 20_000
"""Deals at a time: what is needed in between stays below 300 MB for 60 payments."""


@dataclass(frozen=True)
class Many:
    """Schedules by place in what was asked.

    blocks: columns of those computed together. exact: the schedules of the others. handed: why a
    deal is among these, the name of a term. refused: deals that allow no schedule, and why.
    """

    terms: Sequence[DealTerms]
    blocks: tuple[tuple[Block, Rows], ...]
    exact: Mapping[int, Schedule]
    handed: Mapping[int, str]
    refused: Mapping[int, BilatError]

    def payments(self, place: int) -> tuple[Payment, ...]:
        """The payments of one deal. Raises what refused it."""
        if place in self.refused:
            raise self.refused[place]
        if place in self.exact:
            return self.exact[place].payments
        block, rows, column = self._found(place)
        return tuple(_payments(block, rows, column))

    def _found(self, place: int) -> tuple[Block, Rows, int]:
        for block, rows in self.blocks:
            column = int(np.searchsorted(block.places, place))
            if column < len(block.places) and block.places[column] == place:
                return block, rows, column
        raise IndexError(place)

    def total(self, column: str) -> Decimal:
        """The sum over all deals: of interest, subsidy, principal, residual or tax.

        Deals of several currencies are added as they are: ask for those of one.
        """
        found = sum((schedule.total(column) for schedule in self.exact.values()), Decimal(0))
        for block, rows in self.blocks:
            sums = getattr(rows, column).sum(0)
            for places in {one.rounding.places for one in block.terms}:
                kept = np.array([one.rounding.places == places for one in block.terms])
                found += Decimal(int(sums[kept].sum())).scaleb(-places)
            if column == "tax":
                found += sum((opening(one).tax for one in block.terms if one.taxes), Decimal(0))
        return found


def many_schedules(terms: Sequence[DealTerms]) -> Many:
    """The schedules of all deals, each number equal to that of `schedule_of`."""
    groups: dict[str, list[tuple[int, tuple[Any, ...]]]] = defaultdict(list)
    handed: dict[int, str] = {}
    for place, one in enumerate(terms):
        reason = why_not(one) or ("" if not any(deal_complaints(one)) else "terms")
        if reason:
            handed[place] = reason
            continue
        try:
            groups[one.day_count].append((place, row_of(one)))
        except ValueError:
            handed[place] = "amount"
    blocks = tuple(_blocks(terms, groups))
    for block, rows in blocks:
        handed.update((int(place), "repayment") for place in block.places[rows.failed])
    exact, refused = _one_by_one(terms, sorted(handed))
    return Many(terms, blocks, exact, handed, refused)


def _blocks(
    terms: Sequence[DealTerms], groups: Mapping[str, list[tuple[int, tuple[Any, ...]]]]
) -> Iterator[tuple[Block, Rows]]:
    for group in groups.values():
        for first in range(0, len(group), BLOCK):
            part = group[first : first + BLOCK]
            places = [place for place, _row in part]
            block = block_of(places, [terms[place] for place in places], [row for _, row in part])
            yield block, run(block)


def _one_by_one(
    terms: Sequence[DealTerms], places: Sequence[int]
) -> tuple[dict[int, Schedule], dict[int, BilatError]]:
    exact: dict[int, Schedule] = {}
    refused: dict[int, BilatError] = {}
    for place in places:
        try:
            exact[place] = schedule_of(terms[place])
        except BilatError as error:
            refused[place] = error
    return exact, refused


def _payments(block: Block, rows: Rows, column: int) -> Iterator[Payment]:
    terms = block.terms[column]
    yield opening(terms)
    number = 0  # payments of nothing have none
    for line in range(len(rows.due)):
        if np.isnat(rows.due[line, column]):
            return
        payment = _payment(block, rows, line, column, number + 1)
        if payment.outlay or payment.interest:
            number += 1
            yield payment


def _payment(block: Block, rows: Rows, line: int, column: int, number: int) -> Payment:
    terms = block.terms[column]

    def amount(of: Any) -> Decimal:
        return Decimal(int(of[line, column])).scaleb(-terms.rounding.places)

    fees = (
        (earned.kinds[column], amount(slot))
        for earned, slot in zip(block.earned, rows.fees, strict=True)
    )
    return Payment(
        number,
        rows.due[line, column].astype(object),
        rows.day[line, column].astype(object),
        rate=(terms.rate.percent or Decimal(0)) / 100,
        interest=amount(rows.interest),
        subsidy=amount(rows.subsidy),
        principal=amount(rows.principal),
        residual=amount(rows.residual),
        fees=tuple(fee for fee in fees if fee[1]),
        tax=amount(rows.tax),
        balance=amount(rows.balance),
    )
