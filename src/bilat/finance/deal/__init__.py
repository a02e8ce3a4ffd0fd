"""The schedule of a deal: terms in, every payment out, to the cent.

``read_deal`` reads a ``deal.yaml``, ``schedule_of`` makes the `Schedule` of its `DealTerms`.
"""

from bilat.finance.deal.faults import TermInvalid
from bilat.finance.deal.late import misuse, penalty
from bilat.finance.deal.making import schedule_of
from bilat.finance.deal.reading import DealFile, open_deal, read_deal
from bilat.finance.deal.refusing import TermsRefused
from bilat.finance.deal.schedule import Party, Payment, Schedule
from bilat.finance.deal.standard import as_actus

__all__ = [
    "DealFile",
    "Party",
    "Payment",
    "Schedule",
    "TermInvalid",
    "TermsRefused",
    "as_actus",
    "misuse",
    "open_deal",
    "penalty",
    "read_deal",
    "schedule_of",
]
