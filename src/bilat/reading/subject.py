"""What an amount is about."""

from __future__ import annotations

from dataclasses import dataclass

from bilat.reading.terms import Term

FLOWS = frozenset(("turnover", "exports", "imports"))
FLOW_NAMES = ("indicator/turnover", "indicator/exports", "indicator/imports")
OTHER = ("indicator/services", "indicator/balance", "indicator/portfolio")
"""Numbers of the pair that are no flow of goods."""


@dataclass(frozen=True, slots=True)
class Subject:
    """value: an indicator's name, ``measure``, ``money`` (a loan, a contract), ``unit`` or nothing.

    term: where it stands in the sentence; None where it was carried over from before.
    exporter: where that was carried over with it.
    """

    value: str
    term: Term | None = None
    exporter: str | None = None

    @property
    def is_flow(self) -> bool:
        return self.value in FLOWS


NOTHING = Subject("nothing")


def subject_in(term: Term) -> Subject:
    """The subject that a term names."""
    if term.group == "measure" or term.value == "freight":
        return Subject("measure", term)
    if term.group in ("instrument", "contract"):
        return Subject("money", term)
    if term.group == "goods" or term.name in OTHER:
        return Subject("other", term)
    return Subject(term.value, term)
