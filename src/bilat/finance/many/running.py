"""One block of deals, payment by payment: row k holds the payment k + 1 of every deal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bilat.finance.many.block import KINDS, RATE, STATED, Block
from bilat.finance.many.days import CONVENTIONS, Days, counts, stepped
from bilat.finance.many.exact import annuity
from bilat.finance.many.integers import Flags, Ints, quotient
from bilat.finance.many.moving import moved

Floats = NDArray[np.float64]

UNSURE = 1e-10
"""Of what an annuity is computed from: below it, floats cannot tell which side of a half it is.
At most 600 factors with an error of 2⁻⁵² each are off by 2.7e-13."""
AMOUNTS = ("interest", "subsidy", "principal", "residual", "tax", "balance")


@dataclass(frozen=True)
class Rows:
    """(m, n): payment by deal, in units; zero where a deal has ended. due is NaT there.

    due, day: as stated, and when money moves.
    failed: deals that the exact path refuses, whose payment does not cover the interest or of which
    two dates move to one day; their columns are empty.
    """

    due: NDArray[np.datetime64]
    day: NDArray[np.datetime64]
    interest: Ints
    subsidy: Ints
    principal: Ints
    residual: Ints
    tax: Ints
    balance: Ints
    fees: list[Ints]
    failed: Flags


class Run:
    """The state between two payments."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.convention = CONVENTIONS[block.day_count]
        found = counts(block.anchor, block.end, block.every, block.end_of_month)
        self.count = np.maximum(found + block.is_stated, 1)
        self.most = int(self.count.max())
        self.balance = block.financed.copy()
        self.failed = self._collides()

    @cached_property
    def stated(self) -> Days:
        """(m + 1, n), from the start on; after the last payment the end again."""
        block = self.block
        steps = (np.arange(self.most + 1)[:, None] - block.is_stated) * block.every
        days = stepped(block.anchor, steps, block.end_of_month)
        days[0] = block.start
        return np.where(np.arange(self.most + 1)[:, None] < self.count, days, block.end)

    @cached_property
    def paid(self) -> Days:
        """(m, n): when money moves."""
        return moved(self.stated[1:], self.block.terms)

    @cached_property
    def until(self) -> Days:
        """(m + 1, n): up to when interest is counted, from the start on."""
        follows = np.array([one.interest_to == "moved" for one in self.block.terms])
        return np.concatenate([self.stated[:1], np.where(follows, self.paid, self.stated[1:])])

    @cached_property
    def days(self) -> Ints:
        """(m, n): days of each period, over the basis of the convention."""
        return self.convention.days(self.until[:-1], self.until[1:])

    def _collides(self) -> Flags:
        """Deals of which a date does not come after the one before it."""
        follows = np.arange(self.most)[:, None] < self.count
        return np.asarray((follows & (self.until[:-1] >= self.until[1:])).any(0))

    @cached_property
    def repays(self) -> Flags:
        """(m, n): the dates that repay principal; the last always does."""
        block, number = self.block, np.arange(self.most)[:, None]
        graced = stepped(block.start, block.grace, block.end_of_month)
        free = (block.grace == 0) | (self.stated[1:] > graced)
        flags = free & (block.kind != KINDS["bullet"]) & (number < self.count - 1)
        return np.asarray(flags | (number == self.count - 1))

    @cached_property
    def level(self) -> Ints:
        """The payment of an annuity: computed, or as stated."""
        computed = self._annuities()
        return np.where(self.block.kind == STATED, self.block.payment, computed)

    def _annuities(self) -> Ints:
        rate = self.block.rate / RATE
        first = self.repays.argmax(0)
        growth, total = np.ones(len(rate)), np.ones(len(rate))
        for number in range(self.most - 2, -1, -1):
            within = (number >= first) & (number < self.count - 1)
            growth[within] *= (1 + rate * self.days[number + 1] / self.convention.basis)[within]
            total[within] += growth[within]
        accrued = self.days[first, np.arange(len(first))] * rate / self.convention.basis
        owed = self.block.financed * (1 + accrued) * growth
        amount = (owed - self.block.target) / total
        rounded = np.floor(amount + 0.5).astype(np.int64)
        doubt = np.abs(amount - np.floor(amount) - 0.5) < UNSURE * owed / total
        for place in np.flatnonzero(doubt & (self.block.kind == KINDS["annuity"])):
            dates = list(self.until[1:][self.repays[:, place], place])
            before = self.until[first[place], place]
            rounded[place] = annuity(self.block, int(place), dates, before)
        return np.asarray(rounded)

    @cached_property
    def part(self) -> Ints:
        """Equal parts of principal."""
        number = self.repays.sum(0)
        left = self.block.financed - self.block.target
        return np.asarray((2 * left + number) // (2 * number), dtype=np.int64)

    def share_of(self, base: Ints, rate: Ints, number: int) -> Ints:
        """base · rate · year fraction of the period, half up."""
        return quotient(base, rate, self.days[number], RATE * self.convention.basis)

    def principal(self, number: int, interest: Ints, live: Flags) -> Ints:
        left = np.maximum(self.balance - self.block.target, 0)
        level = np.isin(self.block.kind, (KINDS["annuity"], STATED))
        payment = np.where(level, self.level - interest, self.part)
        last = number == self.count - 1
        asked = live & self.repays[number] & ~last & (left > 0)
        self.failed |= asked & (payment < 0)
        found = np.where(asked, np.minimum(payment, left), 0)
        return np.where(last & live, left, found)


def run(block: Block) -> Rows:
    """Every payment of every deal of the block."""
    state = Run(block)
    shape = (state.most, len(block.terms))
    columns = {name: np.zeros(shape, np.int64) for name in AMOUNTS}
    fees = [np.zeros(shape, np.int64) for _slot in block.earned]
    for number in range(state.most):
        _pay(state, number, columns, fees)
    for amounts in (*columns.values(), *fees):
        amounts[:, state.failed] = 0
    within = (np.arange(state.most)[:, None] < state.count) & ~state.failed
    due = np.where(within, state.stated[1:], np.datetime64("NaT"))
    return Rows(due=due, day=state.paid, fees=fees, failed=state.failed, **columns)


def _pay(state: Run, number: int, columns: dict[str, Ints], fees: list[Ints]) -> None:
    block = state.block
    live = (number < state.count) & (state.balance > 0)
    owed = np.where(live, state.balance, 0)
    interest = state.share_of(owed, block.rate, number)
    subsidy = np.minimum(state.share_of(owed, block.points, number), interest)
    for slot, earned in zip(fees, block.earned, strict=True):
        base = np.where(live, np.where(earned.on_balance, owed, earned.base), 0)
        slot[number] = state.share_of(base, earned.percent, number) + earned.amount * live
    principal = state.principal(number, interest, live)
    closing = live & (number == state.count - 1)
    principal += np.where(closing, block.balloon, 0)
    residual = np.where(closing, block.residual, 0)
    state.balance = state.balance - principal - residual
    found = {
        "interest": interest,
        "subsidy": subsidy,
        "principal": principal,
        "residual": residual,
        "fees": sum((slot[number] for slot in fees), np.zeros_like(owed)),
    }
    for name in AMOUNTS[:4]:
        columns[name][number] = found[name]
    columns["tax"][number] = _tax(block, found)
    columns["balance"][number] = np.where(number < state.count, state.balance, 0)


def _tax(block: Block, found: dict[str, Ints]) -> Ints:
    total = np.zeros_like(block.rate)
    for tax in block.taxes:
        base = sum((found[name] * on for name, on in tax.on.items()), np.zeros_like(total))
        total += quotient(base, tax.percent, np.ones_like(base), RATE)
    return total
