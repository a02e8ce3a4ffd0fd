"""What lines can still take on: the limits that a plan of measures must keep."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_FLOOR, Decimal

from bilat.errors import NoAnswer
from bilat.finance.lines.line import line_of
from bilat.finance.lines.rates import Rates
from bilat.language import say
from bilat.programme import Programme
from bilat.vocabulary import Money


def rooms_of(programme: Programme, as_of: date, rates: Rates) -> dict[str, Money]:
    """What each line can take on from ``as_of``, and keep; lines without a limit are left out.

    Raises NoAnswer for a deal in another currency than its line's where there is no rate.
    """
    found = {}
    for facility in programme.facilities:
        line = line_of(programme, facility, as_of, rates)
        counted = [deal for deal in line.unrated if deal.stage != "asked"]
        if facility.limit is not None and counted:
            raise NoAnswer(
                say(
                    "deal {deal} is in {own}, its line in {line}: add “limit_rate” to the deal, or "
                    "name a rate with --rate",
                    deal=counted[0].title,
                    own=counted[0].amount.currency,
                    line=line.currency,
                )
            )
        if (room := line.room(as_of)) is not None:
            amount = room.quantize(Decimal("0.01"), ROUND_FLOOR)
            found[facility.id] = Money(amount=amount, currency=line.currency)
    return found
