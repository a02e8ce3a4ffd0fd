"""The schedule of a deal: terms in, every payment out, to the cent.

``read_deal`` reads a ``deal.yaml``, ``schedule_of`` makes the `Schedule` of its `DealTerms`.
"""

from bilat.finance.deal.faults import TermInvalid
from bilat.finance.deal.making import schedule_of
from bilat.finance.deal.schedule import Party, Payment, Schedule

__all__ = ["Party", "Payment", "Schedule", "TermInvalid", "schedule_of"]
