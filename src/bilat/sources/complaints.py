"""What is said of rows that cannot be taken: each with its line, and never without its value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import pyarrow as pa

from bilat.errors import Place, Problem
from bilat.language import Message, say, say_many
from bilat.sources.periods import span

LISTED = 10
"""So many rows of one kind are told one by one; the others by number, lines and sum."""


FLOWS = {
    "X": say("exports"),
    "M": say("imports"),
    "RX": say("re-exports"),
    "RM": say("re-imports"),
}


def place_of(table: pa.Table, row: int) -> Place:
    """Where a row of a report was read."""
    return Place(table.column("file")[row].as_py(), table.column("line")[row].as_py())


def named(table: pa.Table, row: int) -> dict[str, Any]:
    """A row's key, for a sentence: partner, product, flow and period in words."""
    cells = {name: table.column(name)[row].as_py() for name in ("partner", "product", "flow")}
    period = span(table.column("start")[row].as_py(), table.column("months")[row].as_py())
    return {**cells, "flow": FLOWS[cells["flow"]], "period": period}


class Refused(NamedTuple):
    """A row that was left out, as the file has it."""

    line: int
    written: str
    flow: str
    period: str
    value: float | None
    """In units of its currency; None where it could not be read."""
    currency: str


@dataclass(frozen=True)
class Complaint:
    """One kind of trouble: what is said of a writing, and what to do."""

    what: Callable[[str], Message]
    remedy: Callable[[str], Message]


def told(file: str, complaint: Complaint, rows: Iterable[Refused]) -> Iterator[Problem]:
    """The rows by what is written in them: the first of each one by one, the others together."""
    ordered = sorted(rows, key=lambda row: row.written)
    for written, group in groupby(ordered, key=lambda row: row.written):
        found = list(group)
        for row in found[:LISTED]:
            yield _one(file, complaint, row)
        if rest := found[LISTED:]:
            yield _many(file, complaint, written, rest)


def _one(file: str, complaint: Complaint, row: Refused) -> Problem:
    left_out = say(
        "{what}; left out: {flow} {period}, {value} {currency}",
        what=complaint.what(row.written),
        flow=row.flow,
        period=row.period.replace("|", "-"),
        value=row.value,
        currency=row.currency,
    )
    return Problem(Place(file, row.line), left_out, complaint.remedy(row.written))


def _many(file: str, complaint: Complaint, written: str, rows: list[Refused]) -> Problem:
    left_out = say_many(
        "{what}; {n} more row left out, {value} {currency} in all, to line {last}",
        "{what}; {n} more rows left out, {value} {currency} in all, to line {last}",
        n=len(rows),
        what=complaint.what(written),
        value=sum(row.value or 0.0 for row in rows),
        currency=", ".join(sorted({row.currency for row in rows})),
        last=str(rows[-1].line),
    )
    return Problem(Place(file, rows[0].line), left_out, complaint.remedy(written))


def unknown_area(nearest: Callable[[str], str | None]) -> Complaint:
    """A name or code of a country that is not known; says the nearest known one."""

    def remedy(written: str) -> Message:
        near = nearest(written)
        if near is None:
            return say("Add it to the description's aliases, groups or unspecified")
        return say("Did you mean “{near}”? Add it to the description's aliases", near=near)

    return Complaint(
        lambda written: (
            say("“{name}” is no country that is known", name=written)
            if written
            else say("the row names no country")
        ),
        remedy,
    )


UNKNOWN_FLOW = Complaint(
    lambda written: say("“{name}” is no flow that the description knows", name=written),
    lambda _written: say("Add it to the description's flow.values, as X, M, RX or RM"),
)
UNKNOWN_PERIOD = Complaint(
    lambda written: say("“{name}” is no period", name=written.replace("|", "-")),
    lambda _written: say("Write 2024, 2024-Q2, 2024-05 or 202405"),
)
UNKNOWN_PRODUCT = Complaint(
    lambda written: say("“{name}” is no product code that is known", name=written),
    lambda _written: say(
        "A code has 1 to 6 digits and stands in the publisher's table of codes; name other "
        "writings in product.total or product.confidential"
    ),
)
UNKNOWN_EDITION = Complaint(
    lambda written: say("“{name}” is no edition of a classification", name=written),
    lambda _written: say("Add it to the description's product.classifications"),
)
NOT_A_NUMBER = Complaint(
    lambda written: say("“{text}” is no number", text=written),
    lambda _written: say("Correct the cell, or set layout.decimal or layout.missing"),
)
NEGATIVE = Complaint(
    lambda _written: say("the value is below zero"),
    lambda _written: say("Ask the publisher whether it is a correction of an earlier month"),
)
NO_RATE = Complaint(
    lambda written: say("no rate of {currency} for this period", currency=written),
    lambda _written: say("Give a table of rates that has it: read(…, rates=read_rates(file))"),
)
