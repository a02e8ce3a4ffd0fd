"""What a reader proposes: a record's fields, the quote they come from, and how it was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal[
    "target",
    "figure",
    "contact",
    "document",
    "commitment",
    "project",
    "finance",
    "exchange",
    "link",
]
Manner = Literal[
    "reported",
    "agreed",
    "planned",
    "proposed",
    "hoped",
    "conditional",
    "denied",
    "background",
]
"""What kind of statement it is; ``background`` is a past goal or an old fact that is only told."""


@dataclass(frozen=True)
class Quote:
    """text == original.text[start:end], always."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Proposal:
    """One proposed record, or one change of a record.

    fields: what was read, by the names of the labelling rules of the reading room (indicator,
    exporter, value, currency, growth_pct, multiple, qualifier, period, by, horizon_years, type,
    ordinal, place, date, status, until, product, activity, instrument, area …), plain values.
    speaker: as the text names them. side: code of the party for which it was said, where known.
    confidence: 0 to 1. rule: the rule that found it. optional: defensible, but not asked for.
    """

    kind: Kind
    fields: Mapping[str, Any]
    quote: Quote
    manner: Manner = "reported"
    speaker: str | None = None
    side: str | None = None
    confidence: float = 0.5
    rule: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Reading:
    """Everything that was read in one original.

    language: ``en`` or ``ru``. parties: the two countries that it is about, where found or given.
    published: given, or from the dateline. left: what was recognised and is not proposed (another
    pair, a company, tonnes, an old goal), so that a person can see why. version: of the rules.
    others: the countries that it is about instead, where it names neither of the parties given;
    then nothing is proposed.
    """

    language: str
    parties: tuple[str, str] | None
    published: date | None
    proposals: tuple[Proposal, ...]
    left: tuple[Proposal, ...] = ()
    version: str = ""
    others: tuple[str, str] | None = None
