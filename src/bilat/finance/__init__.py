"""Loans in the ACTUS standard: terms in, dated payments and balances out.

``read_terms`` reads a contract, ``Contract`` adds what was observed, ``run`` returns its events.
"""

from bilat.finance.contract import Contract
from bilat.finance.faults import ContractInvalid
from bilat.finance.market import Market
from bilat.finance.reading import read_terms
from bilat.finance.running import Outcome, run
from bilat.finance.terms import Terms

__all__ = ["Contract", "ContractInvalid", "Market", "Outcome", "Terms", "read_terms", "run"]
