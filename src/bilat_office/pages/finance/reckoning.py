"""What the core says of the programme's finance today, kept as long as everything is as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bilat.brief.facts.finance import FinanceFact, finance_facts
from bilat.brief.facts.finance_deals import DealFact
from bilat.brief.facts.finance_lines import LineFact
from bilat.register.kinds import Name
from bilat_office.pages.reckoning import facts_of, programme_of, saw_private
from bilat_office.pages.visit import Visit


@dataclass(frozen=True)
class Today:
    """As much of a brief as the charts of lines need."""

    finance: FinanceFact
    as_of: date

    def line(self, id_: str) -> LineFact | None:
        return next((line for line in self.finance.lines if line.id == id_), None)

    def deal(self, id_: str) -> DealFact | None:
        return next((deal for deal in self.finance.deals if deal.id == id_), None)


def finance_today(visit: Visit) -> Today:
    """All of it; what is private goes into the audit."""
    programme_of(visit)
    return finance_unshown(visit)


def finance_unshown(visit: Visit) -> Today:
    """To take a part from. Whoever shows one says which records it names: `saw_finance`."""
    return Today(facts_of(visit, finance_facts), visit.today)


def saw_finance(visit: Visit, lines: Iterable[LineFact], deals: Iterable[DealFact]) -> None:
    """Write into the audit which private lines and deals a page shows."""
    names: list[Name] = [("facilities", line.id) for line in lines]
    names += [("deals", deal.id) for deal in deals]
    names += [("facilities", deal.facility) for deal in deals]
    saw_private(visit, names)
