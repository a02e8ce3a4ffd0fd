"""One row of the table: its cells made values, each refused in words where it is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TypeVar, cast

from bilat.errors import Place, Problem
from bilat.language import Message, say
from bilat.outlook.announced.target import INDICATORS, MEMORY, VERDICTS, AnnouncedTarget, Verdict
from bilat.vocabulary import Period, is_country
from bilat.vocabulary.text_type import Unreadable

REQUIRED = (
    "id",
    "side_a",
    "side_b",
    "announced",
    "indicator",
    "target_usd",
    "deadline_year",
    "met",
    "source_target_url",
)
OPTIONAL = (
    "horizon_years",
    "baseline_year",
    "baseline_usd",
    "outcome_year",
    "outcome_usd",
    "restated_from",
    "source_outcome_url",
    "note",
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST = Decimal(10) ** 15
"""Ten times what the world produces in a year, in dollars: more is a slip of the pen."""

_T = TypeVar("_T")


class Refused(ValueError):
    """A cell that cannot be taken: what is wrong and what to do."""

    def __init__(self, what: Message, remedy: Message) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


@dataclass
class Row:
    """The cells of a line, and what was wrong with them so far."""

    place: Place
    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.cells.get(name, "").strip()

    def take(self, name: str, reader: Callable[[str], _T]) -> _T | None:
        """The cell read by ``reader``; None (and a problem) where it refuses."""
        try:
            return reader(self.text(name))
        except Refused as refusal:
            self.refuse(name, refusal.what, refusal.remedy)
            return None

    def refuse(self, name: str, what: Message, remedy: Message) -> None:
        told = say("announced target {id}: {what}", id=self.text("id") or "?", what=what)
        self.problems.append(Problem(self.place, told, remedy, subject=name))


def target_of(row: Row) -> AnnouncedTarget | None:
    """The row as a target; None where a cell is no value. Rules across cells come afterwards."""
    identity = row.take("id", _filled)
    sides = row.take("side_a", _country), row.take("side_b", _country)
    announced = row.take("announced", _period)
    indicator = row.take("indicator", _one_of(INDICATORS))
    target_usd = row.take("target_usd", _amount)
    deadline = row.take("deadline_year", _year)
    met = row.take("met", _one_of(VERDICTS))
    baseline = row.take("baseline_year", _if_any(_year)), row.take("baseline_usd", _if_any(_amount))
    outcome = row.take("outcome_year", _if_any(_year)), row.take("outcome_usd", _if_any(_amount))
    row.take("source_target_url", _source)
    row.take("source_outcome_url", _if_any(_source))
    if not (identity and sides[0] and sides[1] and announced and indicator and target_usd):
        return None
    if row.problems or deadline is None or met is None:
        return None
    return AnnouncedTarget(
        id=identity,
        side_a=sides[0],
        side_b=sides[1],
        announced=announced,
        indicator=indicator,
        target_usd=target_usd,
        deadline_year=deadline,
        baseline_year=baseline[0],
        baseline_usd=baseline[1],
        outcome_year=outcome[0],
        outcome_usd=outcome[1],
        met=cast("Verdict", met),
        restated_from=row.text("restated_from") or None,
        source_target=row.text("source_target_url"),
        source_outcome=row.text("source_outcome_url"),
        note=row.text("note"),
        line=row.place.line,
    )


def _filled(text: str) -> str:
    if not text:
        raise Refused(say("it has no id"), say("Give it an id that no other row has"))
    return text


def _country(text: str) -> str:
    if not is_country(text):
        raise Refused(
            say("“{code}” is not a country code of ISO 3166 (three letters)", code=text),
            say("Write the alpha-3 code in capitals, as in BLR"),
        )
    return text


def _period(text: str) -> Period:
    try:
        period = Period.parse(text)
    except Unreadable as refusal:
        raise Refused(refusal.message, say("Write a year or a month, as in 2024-11")) from None
    if period.start.year != period.end.year:
        raise Refused(
            say("“{text}” runs over more than one year", text=text),
            say("Write a year or a month, as in 2024-11"),
        )
    return period


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        raise Refused(
            say("“{text}” is not a year", text=text),
            say("Write the calendar year with four digits, as in 2029"),
        )
    return int(text)


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(0)
    if not (amount.is_finite() and 1 <= amount <= _MOST):
        raise Refused(
            say("“{text}” is not an amount of dollars a year", text=text),
            say("Write a plain number, at least 1 and less than the world's trade: 500000000"),
        )
    return amount


def _source(text: str) -> str:
    if text != MEMORY and not re.match(r"https?://\S+$", text):
        raise Refused(
            say("“{text}” is no source", text=text),
            say("Write the address of the page, https://…, or memory where no page was read"),
        )
    return text


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise Refused(
                say("“{text}” is not known here", text=text),
                say("Write one of: {allowed}", allowed=", ".join(allowed)),
            )
        return text

    return read


def _if_any(reader: Callable[[str], _T]) -> Callable[[str], _T | None]:
    """An empty cell is no value, and no mistake."""

    def read(text: str) -> _T | None:
        return reader(text) if text else None

    return read
