"""Loans in the ACTUS standard: terms in, dated payments and balances out.

``read_terms`` reads a contract, ``Contract`` adds what was observed, ``run`` returns its events.
"""

from bilat.finance.actus.contract import Contract
from bilat.finance.actus.faults import ContractInvalid
from bilat.finance.actus.market import Market
from bilat.finance.actus.reading import read_terms
from bilat.finance.actus.running import Outcome, run
from bilat.finance.actus.terms import Terms

__all__ = ["Contract", "ContractInvalid", "Market", "Outcome", "Terms", "read_terms", "run"]
