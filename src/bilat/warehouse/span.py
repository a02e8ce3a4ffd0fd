"""What the log alone says of a dataset: enough to choose one, and how to ask it, at no cost."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from bilat.warehouse.table import DataFile, Snapshot

YEAR = 12
DETAILED = 6
"""Digits of the Harmonized System that all countries share."""


@dataclass(frozen=True)
class Span:
    """A dataset as known on ``as_of``.

    first, last: beginnings of its periods. exporters_only: whether nobody in it reports imports, as
    in figures made of both reports. yearly: whether some file may hold yearly reports. vintage: the
    only one there is, or None where a question has to choose. rows: of its files. edition: the only
    classification there is; None where there may be several.
    """

    dataset: str
    first: date
    last: date
    exporters_only: bool
    yearly: bool
    vintage: date | None
    newest: date
    rows: int
    as_of: date
    edition: str | None = None

    def asked(self, since: date, until: date, digits: int = DETAILED) -> dict[str, Any]:
        """Conditions of a question about yearly reports by product, see `world_queries.markets`."""
        day = {"as_of": self.as_of} if self.vintage is None else {"vintage": self.vintage}
        flow = {"flow": "X"} if self.exporters_only else {}
        cut = {"digits": digits} if digits < DETAILED else {}
        return {
            "dataset": self.dataset,
            "months": YEAR,
            "since": since,
            "until": until,
            "length": DETAILED,
            **day,
            **flow,
            **cut,
        }


def spans(snapshot: Snapshot, as_of: date) -> tuple[Span, ...]:
    """By name. A file of several datasets counts for the first and the last of them."""
    found: dict[str, list[DataFile]] = defaultdict(list)
    for file in snapshot.touching(vintage=(None, as_of)):
        for dataset in {file.low["dataset"], file.high["dataset"]}:
            found[dataset].append(file)
    return tuple(_span(dataset, found[dataset], as_of) for dataset in sorted(found))


def _span(dataset: str, files: list[DataFile], as_of: date) -> Span:
    vintages = {day for file in files for day in _ends(file, "vintage")}
    editions = {one for file in files for one in _ends(file, "classification")}
    return Span(
        dataset,
        first=min(file.low["start"] for file in files),
        last=max(file.high["start"] for file in files),
        exporters_only=all(file.low["flow"] == file.high["flow"] == "X" for file in files),
        yearly=any(file.high["months"] >= YEAR for file in files),
        vintage=vintages.pop() if len(vintages) == 1 else None,
        newest=min(max(file.high["vintage"] for file in files), as_of),
        rows=sum(file.rows for file in files),
        as_of=as_of,
        edition=editions.pop() if len(editions) == 1 else None,
    )


def _ends(file: DataFile, column: str) -> tuple[Any, Any]:
    return file.low[column], file.high[column]
