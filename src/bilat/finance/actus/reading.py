"""Terms from the standard's notation: a mapping of names to texts or numbers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bilat.finance.actus.checks import check_terms
from bilat.finance.actus.cycles import Cycle, read_cycle
from bilat.finance.actus.faults import ContractInvalid
from bilat.finance.actus.moments import read_moment
from bilat.finance.actus.terms import SUBJECTS, Repeat, Subject, Terms
from bilat.finance.actus.vocabulary import CODES, WITHOUT_EFFECT, acronym
from bilat.language import say

REQUIRED = (
    "contractType", "contractRole", "statusDate", "initialExchangeDate", "notionalPrincipal",
)  # fmt: skip
TEXTS = ("contractID", "currency", "settlementCurrency")
CODES_OF_MARKET = ("marketObjectCodeOfRateReset", "marketObjectCodeOfScalingIndex")
MOMENTS = (
    "statusDate", "initialExchangeDate", "maturityDate", "amortizationDate",
    "capitalizationEndDate", "purchaseDate", "terminationDate",
)  # fmt: skip
MOST_DIGITS = 30
"""Before or after the decimal point: more than any amount or rate has."""
ONLY_READ = ("cyclePointOfInterestPayment", "cyclePointOfRateReset")
"""Terms with one value that is computed; any other is refused."""


def read_terms(given: Mapping[str, Any]) -> tuple[Terms, tuple[str, ...]]:
    """The contract, and the names in it that no term has (they are not used).

    Raises ContractInvalid at the first term that is missing, unreadable or impossible.
    """
    values = {term: value for term, value in given.items() if not _empty(value)}
    terms = _Reader(str(values.get("contractID", "")), values).terms()
    check_terms(terms)
    return terms, tuple(sorted(set(values) - KNOWN))


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


class _Reader:
    """Reads one contract's values, naming the term in whatever goes wrong."""

    def __init__(self, contract: str, values: Mapping[str, Any]) -> None:
        self.contract = contract
        self.values = values

    def terms(self) -> Terms:
        for term in REQUIRED:
            if term not in self.values:
                raise self._wrong(term, say("it is missing. Every contract needs it"))
        for term in ONLY_READ:
            self._read(term)
        read = {attribute: self._read(term) for term, attribute in ATTRIBUTES.items()}
        read = {attribute: value for attribute, value in read.items() if value is not None}
        return Terms(**{"contract_id": self.contract, **read}, repeats=self._repeats())

    def _repeats(self) -> dict[Subject, Repeat]:
        return {
            subject: Repeat(
                self._as(f"cycleAnchorDateOf{subject}", self._moment),
                self._as(f"cycleOf{subject}", self._cycle),
            )
            for subject in SUBJECTS
        }

    def _read(self, term: str) -> Any:
        if term in CODES:
            return self._as(term, self._code)
        if term in MOMENTS:
            return self._as(term, self._moment)
        if term in TEXTS or term in CODES_OF_MARKET:
            return self._as(term, lambda _term, text: text)
        return self._as(term, self._number)

    def _as(self, term: str, read: Callable[[str, str], Any]) -> Any:
        value = self.values.get(term)
        return None if value is None else read(term, str(value).strip())

    def _number(self, term: str, text: str) -> Decimal:
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise self._wrong(term, say("“{text}” is not a number. Write 0.08", text=text))
        if abs(number.adjusted()) > MOST_DIGITS:
            what = say("“{text}” is larger or smaller than any amount or rate", text=text)
            raise self._wrong(term, what)
        return number

    def _moment(self, term: str, text: str) -> datetime:
        try:
            return read_moment(text)
        except ValueError:
            what = say("“{text}” is not a day of the calendar. Write 2026-01-31", text=text)
            raise self._wrong(term, what) from None

    def _cycle(self, term: str, text: str) -> Cycle:
        try:
            return read_cycle(text)
        except ValueError:
            what = say(
                "“{text}” is not a cycle. Write P1ML1: the period (D, W, M, Q, H or Y), then "
                "L0 for a long last stub or L1 for a short one",
                text=text,
            )
            raise self._wrong(term, what) from None

    def _code(self, term: str, text: str) -> str:
        code = acronym(term, text)
        if code is None:
            choice = ", ".join(CODES[term])
            what = say("“{text}” is none of {choice}. Write one of them", text=text, choice=choice)
            raise self._wrong(term, what)
        return code

    def _wrong(self, term: str, what: Any) -> ContractInvalid:
        return ContractInvalid(self.contract, term, what)


def _term(attribute: str) -> str:
    """``notional_principal`` → ``notionalPrincipal``, with the standard's two capital acronyms."""
    camel = re.sub(r"_(\w)", lambda letter: letter[1].upper(), attribute)
    return camel.replace("AtIed", "AtIED").replace("contractId", "contractID")


ATTRIBUTES = {_term(field.name): field.name for field in fields(Terms) if field.name != "repeats"}
CYCLIC = {f"{kind}{subject}" for subject in SUBJECTS for kind in ("cycleOf", "cycleAnchorDateOf")}
KNOWN = frozenset({*ATTRIBUTES, *CYCLIC, *ONLY_READ, *WITHOUT_EFFECT})


def meant(term: str) -> str | None:
    """The known term that an unknown name resembles."""
    found = difflib.get_close_matches(term, KNOWN, n=1, cutoff=0.8)
    return found[0] if found else None
