"""Who supports a deal: subsidised interest, premiums, and the rules that support is bound to.

Rules are data with source and date (``rules/*.yaml``); findings inform and forbid nothing.
"""

from bilat.finance.support.case import Case
from bilat.finance.support.checks import Finding, check
from bilat.finance.support.indices import Indices, Quote, read_indices, stated
from bilat.finance.support.premium import Premium, premium
from bilat.finance.support.rule import Category, Rule, RuleBook
from bilat.finance.support.rulebook import rule_book, rule_books
from bilat.finance.support.shares import by_year, interest_shares

__all__ = [
    "Case",
    "Category",
    "Finding",
    "Indices",
    "Premium",
    "Quote",
    "Rule",
    "RuleBook",
    "by_year",
    "check",
    "interest_shares",
    "premium",
    "read_indices",
    "rule_book",
    "rule_books",
    "stated",
]
