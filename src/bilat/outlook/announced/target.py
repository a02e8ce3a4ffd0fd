"""One announced bilateral target, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bilat.outlook.growth import yearly_growth
from bilat.vocabulary import Period

Verdict = Literal["yes", "no", "pending", "unknown"]
VERDICTS: tuple[Verdict, ...] = ("yes", "no", "pending", "unknown")

INDICATORS = ("turnover", "exports", "non_oil_turnover")
"""``exports``: from ``side_a`` to ``side_b``; for the others the order of the sides means nothing.
"""

MET_SHARE = Decimal("0.98")
"""A target counts as met when a year up to its deadline reached this share of it: totals are
rounded when they are announced and revised after they are published."""

HOPELESS_SHARE = Decimal("0.70")
"""A year before the deadline may prove a miss while it stands below this share of the target."""

MEMORY = "memory"
"""Stands where an address would: the fact comes from background knowledge, no page was read."""


@dataclass(frozen=True)
class AnnouncedTarget:
    """A statement of a goal: pair, amount, deadline, level before it and level reached.

    Amounts are nominal US dollars a year.
    """

    id: str
    side_a: str
    side_b: str
    """ISO 3166 alpha-3."""
    announced: Period
    """A month or a year."""
    indicator: str
    target_usd: Decimal
    deadline_year: int
    """The goal may be reached until the end of this year."""
    baseline_year: int | None
    baseline_usd: Decimal | None
    outcome_year: int | None
    outcome_usd: Decimal | None
    met: Verdict
    restated_from: str | None
    """The id of an earlier statement of the same goal, whose deadline or amount was moved."""
    source_target: str
    source_outcome: str
    """An address, or `MEMORY`; empty where there is no outcome."""
    note: str
    line: int
    """In its file, from 1."""

    @property
    def pair(self) -> tuple[str, str]:
        """Both sides in alphabetical order: one cluster, whoever announced."""
        first, second = sorted((self.side_a, self.side_b))
        return first, second

    @property
    def horizon(self) -> int:
        """Years from the announcement to the deadline; 0 within the same year."""
        return self.deadline_year - self.announced.start.year

    @property
    def required_growth(self) -> float | None:
        """A share a year, from the baseline to the target; None without a baseline."""
        if self.baseline_year is None or self.baseline_usd is None:
            return None
        years = self.deadline_year - self.baseline_year
        return yearly_growth(self.baseline_usd, self.target_usd, years)

    @property
    def reached(self) -> float | None:
        """The outcome as a share of the target."""
        return None if self.outcome_usd is None else float(self.outcome_usd / self.target_usd)

    @property
    def is_scored(self) -> bool:
        """Whether it is known how it ended."""
        return self.met in ("yes", "no")

    @property
    def outcome_from_memory(self) -> bool:
        return self.source_outcome == MEMORY
