"""The first day of a deal that is drawn at once: drawing, advance, fees due at the start."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

from bilat.finance.actus.running import DIGITS
from bilat.finance.deal import Payment
from bilat.programme.deal_amounts import advance_of, financed_of, rounded
from bilat.programme.deal_parts import Fee
from bilat.programme.deal_terms import DealTerms

ZERO = Decimal(0)


def opening(terms: DealTerms) -> Payment:
    """The payment of the start."""
    with localcontext(Context(prec=DIGITS)):
        fees = tuple(
            (str(fee.kind), rounded(fee.of(_base(fee, terms)), terms.rounding))
            for fee in terms.fees
            if fee.due == "start"
        )
        advance, financed = advance_of(terms), financed_of(terms)
        charged = tuple(fee for fee in fees if fee[1])
        return Payment(
            0,
            terms.start,
            terms.start,
            drawn=financed,
            advance=advance,
            fees=charged,
            tax=_tax(terms, advance, sum((amount for _kind, amount in charged), ZERO)),
            balance=financed,
        )


def _base(fee: Fee, terms: DealTerms) -> Decimal:
    if fee.on == "undrawn":
        return ZERO
    return terms.price.amount if fee.on == "price" and terms.price else financed_of(terms)


def _tax(terms: DealTerms, advance: Decimal, fee: Decimal) -> Decimal:
    amounts = {"advance": advance, "fees": fee}
    taxes = (
        rounded(
            sum((amounts.get(name, ZERO) for name in tax.on), ZERO) * tax.percent / 100,
            terms.rounding,
        )
        for tax in terms.taxes
    )
    return sum(taxes, ZERO)
