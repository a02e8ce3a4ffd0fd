"""The contract to which a schedule is annexed, and the sides that sign."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import ValidationError

from bilat.finance.deal.refusing import TermsRefused, told
from bilat.finance.presets.registry import read_text
from bilat.language import Text, say
from bilat.programme.record import Model
from bilat.programme.yaml_text import YamlText


class Signatory(Model):
    """A side of the contract; what is left out becomes a blank to fill in by hand."""

    name: Text | None = None
    """The organisation, with its legal form."""
    person: Text | None = None
    """Who signs."""
    position: Text | None = None
    """In which office."""
    acting_on: Text | None = None
    """The document that entitles to sign: charter, power of attorney."""
    details: Text | None = None
    """Address, registration, bank account."""


class Contract(Model):
    """``contract.yaml``."""

    annex: str | None = None
    """Number of the annex."""
    number: str | None = None
    """Number of the contract."""
    day: date | None = None
    """Day of the contract."""
    annex_day: date | None = None
    """Day on which the annex is signed."""
    place: Text | None = None
    """Where it is signed."""
    title: Text | None = None
    """What the contract is called, such as “financial lease contract”."""
    lender: Signatory = Signatory()
    """Bank or lessor."""
    borrower: Signatory = Signatory()
    """Borrower or lessee."""


def read_contract(path: Path) -> Contract:
    """The contract in a YAML file.

    Raises BilatError for a file that cannot be read, TermsRefused with every problem in it.
    """
    text = YamlText(path.name, read_text(path, say("Name the file with the contract's sides")))
    data, problems = text.read()
    if problems:
        raise TermsRefused(problems)
    try:
        return Contract.model_validate(data or {})
    except ValidationError as error:
        raise TermsRefused(told(error, Contract, text.place)) from None
