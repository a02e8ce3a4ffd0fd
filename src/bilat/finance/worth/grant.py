"""Grant element and concessionality, as the IMF and the World Bank define them.

GE = 100·(1 − Σ DSₜ/(1+i)ᵗ / L) with i = 1.05^(1/a) − 1 for a payments a year; a loan is
concessional from 35 %. One discount rate of 5 % for all currencies: IMF, Reform of the Policy on
Public Debt Limits in Fund-Supported Programs, 2014.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext

from bilat.finance.worth.flows import Flow, Years, actual_365, exactly, present_value
from bilat.finance.worth.rates import per_period

DISCOUNT = Decimal("0.05")
CONCESSIONAL = Decimal(35)
"""Per cent."""


def grant_element(
    drawn: Sequence[Flow],
    service: Iterable[Flow],
    discount: Decimal = DISCOUNT,
    years: Years = actual_365,
) -> Decimal:
    """Per cent of what is drawn that is a gift; negative for a loan dearer than the discount.

    drawn, service: positive amounts; service is principal, interest and fees. Both are worth what
    they are on the day of the first drawing. ValueError where nothing is drawn.
    """
    if not drawn:
        raise ValueError("nothing is drawn")
    day = min(day for day, _amount in drawn)
    with localcontext(exactly()):
        lent = present_value(drawn, discount, day, years)
        return 100 * (1 - present_value(service, discount, day, years) / lent)


def grant_element_of_periods(
    loan: Decimal, service: Sequence[Decimal], a_year: int, discount: Decimal = DISCOUNT
) -> Decimal:
    """The same for payments at the ends of equal periods. service: paid in period 1, 2, …"""
    i = per_period(discount, a_year)
    with localcontext(exactly()):
        worth = sum((paid / (1 + i) ** t for t, paid in enumerate(service, 1)), Decimal(0))
        return 100 * (1 - worth / loan)


def grant_element_of_equal_principal(
    rate: Decimal, years: int, first: Decimal, a_year: int, discount: Decimal = DISCOUNT
) -> Decimal:
    """The closed form for equal parts of principal, interest on the balance every period.

    100·(1 − (r/a)/i)·(1 − [(1+i)^(−aG) − (1+i)^(−aM)] / [i·a·(M−G)]), G = first − 1/a.
    rate: nominal a year. years: M, to the last payment. first: years to the first principal.
    ValueError where no principal can be paid in between.
    """
    with localcontext(exactly()):
        before = a_year * first - 1
        parts = a_year * years - before
        if parts < 1 or before < 0:
            raise ValueError("the first principal is paid in a period of the loan")
        i = per_period(discount, a_year)
        annuity = (1 + i) ** -before - (1 + i) ** -(before + parts)
        return 100 * (1 - rate / a_year / i) * (1 - annuity / (i * parts))


def is_concessional(element: Decimal) -> bool:
    """element: the grant element in per cent."""
    return element >= CONCESSIONAL
