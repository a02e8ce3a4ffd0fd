"""Amounts and currencies of a deal that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bilat.language import say
from bilat.programme.complaints import Complaint, complain
from bilat.programme.deal_amounts import advance_of, financed_of, principal_to_list
from bilat.programme.deal_terms import DealTerms

Complaints = Iterator[Complaint]


def money(terms: DealTerms) -> Complaints:
    """Whether there is an amount financed at all, in one currency."""
    price, amount = terms.price, terms.amount
    if price is None and amount is None:
        yield complain(
            say("neither “price” nor “amount” is stated"),
            say("Write the price of what is bought, or the amount financed"),
            "amount",
        )
        return
    if price and amount and price.currency != amount.currency:
        yield complain(
            say("price and amount are in different currencies"),
            say("Write both in the deal's currency"),
            "amount",
            "currency",
        )
        return
    if price is None and terms.advance is not None:
        yield complain(
            say("an advance is part of a price, but no price is stated"),
            say("Add “price”, or leave the advance out"),
            "advance",
        )
        return
    yield from _financed(terms)


def _financed(terms: DealTerms) -> Complaints:
    advance, financed = advance_of(terms), financed_of(terms)
    if terms.price and advance > terms.price.amount:
        yield complain(
            say("the advance of {advance} is above the price of {price}",
                advance=advance, price=terms.price.amount),
            say("Write a smaller advance"),
            "advance",
        )  # fmt: skip
    elif terms.price and terms.advance and terms.amount:
        expected = terms.price.amount - advance
        if expected != financed:
            yield complain(
                say("the amount is {amount}, but price less advance is {expected}",
                    amount=financed, expected=expected),
                say("Correct one of the three, or leave the amount out"),
                "amount",
            )  # fmt: skip
    if financed <= 0:
        yield complain(say("nothing is financed"), say("Write an amount above zero"), "amount")
    if terms.rounding.rule != "none" and -int(financed.normalize().as_tuple().exponent) > (
        terms.rounding.places
    ):
        yield complain(
            say("{amount} has more than {places} decimal places, to which payments are rounded",
                amount=financed, places=terms.rounding.places),
            say("Write a rounded amount, or more places under “rounding”"),
            "amount",
        )  # fmt: skip


def left_over(terms: DealTerms) -> Complaints:
    """Balloon and residual value against price and amount."""
    financed = financed_of(terms)
    if terms.residual and terms.kind != "lease":
        yield complain(
            say("a residual value belongs to a lease"),
            say("Write kind: lease, or “balloon” for a loan"),
            "residual",
        )
    if terms.residual and terms.price:
        residual = terms.residual.of(terms.price.amount)
        if residual > terms.price.amount:
            yield complain(
                say("the residual value of {residual} is above the price of {price}",
                    residual=residual, price=terms.price.amount),
                say("Write a smaller one"),
                "residual",
            )  # fmt: skip
            return
    if principal_to_list(terms) < 0:
        name = "residual" if terms.residual else "balloon"
        yield complain(
            say("more is left to the end than the {financed} financed", financed=financed),
            say("Write a smaller part"),
            name,
        )
    if terms.balloon and terms.repayment in ("individual", "bullet"):
        yield complain(
            say("a balloon does not go with a repayment that is {kind}", kind=terms.repayment),
            say("Leave it out: the last instalment says it"),
            "balloon",
        )


def currencies(terms: DealTerms) -> Complaints:
    """The currency of payment and its rates."""
    other = terms.payment_currency
    if other and other == terms.currency:
        yield complain(
            say("payments are in the deal's own currency"), say("Leave it out"),
            "payment_currency",
        )  # fmt: skip
    elif other and not any(one.day <= terms.start for one in terms.exchange):
        yield complain(
            say("no rate from {first} to {other} on {day} is stated",
                first=terms.currency, other=other, day=terms.start),
            say("Add it under “exchange”"),
            "payment_currency",
        )  # fmt: skip
    rates: dict[date, Decimal] = {}
    for place, one in enumerate(terms.exchange):
        if rates.setdefault(one.day, one.rate) != one.rate:
            yield complain(
                say("{day} has two figures: {first} and {second}",
                    day=one.day, first=rates[one.day], second=one.rate),
                say("Keep the one that was observed"),
                "exchange", place, "day",
            )  # fmt: skip
    if terms.exchange and other is None:
        yield complain(
            say("rates are stated, but no “payment_currency”"),
            say("Add it, or leave the rates out"),
            "exchange",
        )
