"""The warehouse: what was published, when, and what was known on a day."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from bilat.sources.report import CONFIDENTIAL, TOTAL
from bilat.warehouse import compacting, exporting, loading, queries, upkeep
from bilat.warehouse.loading import Loaded
from bilat.warehouse.queries import Engine
from bilat.warehouse.table import FILE_ROWS, Table
from bilat.warehouse.trouble import read_told


class Warehouse:
    """Reports of all datasets and vintages, in one folder.

    Opening makes nothing and reads nothing. Questions take ``as_of``: of the vintages of a number
    the latest that was published by that day counts. A warehouse without files answers with no
    rows; one that is not there raises WarehouseMissing.
    """

    def __init__(self, address: str | os.PathLike[str], *, file_rows: int = FILE_ROWS) -> None:
        self.address = os.fspath(address)
        self._table = Table(self.address, file_rows)

    def __repr__(self) -> str:
        return f"Warehouse({self.address!r})"

    @cached_property
    def _engine(self) -> Engine:
        return Engine()

    def exists(self) -> bool:
        return self._table.exists()

    # Loading

    def load(
        self,
        reports: pa.Table | Iterable[pa.RecordBatch],
        *,
        content_hash: str | None = None,
        patience: float = 600.0,
    ) -> Loaded:
        """Add reports in one commit, or nothing at all; the first load makes the warehouse.

        content_hash: of the file they come from; the same once more adds nothing. patience: seconds
        to wait for another load's commit. Raises ReportsRefused for a row that cannot be kept,
        VintageTaken when a number has a value of this vintage already, WarehouseBusy, DiskFull,
        WarehouseUnwritable or WarehouseDamaged.
        """
        return loading.load(
            self._table, self._engine, reports, content_hash=content_hash, patience=patience
        )

    # Questions

    def flows(
        self,
        reporter: str | None = None,
        partner: str | None = None,
        flow: str | None = None,
        product: str | None = None,
        classification: str | None = None,
        dataset: str | None = None,
        since: date | None = None,
        until: date | None = None,
        *,
        as_of: date,
    ) -> pa.Table:
        """Reports as known on a day, sorted. Of periods that begin from since to before until."""
        asked = _asked(
            reporter=reporter,
            partner=partner,
            flow=flow,
            product=product,
            classification=classification,
            dataset=dataset,
            since=since,
            until=until,
            as_of=as_of,
        )
        return self._answer(queries.flows(asked), asked, *self._files(asked))

    def pair(
        self,
        a: str,
        b: str,
        *,
        as_of: date,
        products: Literal["total", "all"] = "total",
        dataset: str | None = None,
    ) -> pa.Table:
        """What a and b report of their trade with each other: both directions, each side's word.

        products: "total" gives the totals as published (`totals_by_year` also adds up products
        where none was), "all" every row.
        """
        product = TOTAL if products == "total" else None
        rest = _asked(dataset=dataset, product=product, as_of=as_of)
        asked = {"a": a, "b": b, **rest}
        files = [
            *self._files({"reporter": a, "partner": b, **rest}),
            *self._files({"reporter": b, "partner": a, **rest}),
        ]
        return self._answer(queries.pair(asked), asked, *dict.fromkeys(files))

    def totals_by_year(
        self,
        reporter: str | None = None,
        partner: str | None = None,
        flow: str | None = None,
        dataset: str | None = None,
        since: date | None = None,
        until: date | None = None,
        *,
        as_of: date,
    ) -> pa.Table:
        """Dollars a year, dataset, reporter, partner and flow; from periods of ``months`` length.

        basis: "published" adds up totals, "summed" the finest products where no total was
        published. periods: how many were added up, twelve months of a full year for instance.
        """
        asked = _asked(
            reporter=reporter,
            partner=partner,
            flow=flow,
            dataset=dataset,
            since=since,
            until=until,
            as_of=as_of,
        )
        files = self._files(asked)
        query = queries.totals(asked)
        return self._answer(query, {**asked, "total": TOTAL, "confidential": CONFIDENTIAL}, *files)

    def vintages(
        self,
        reporter: str | None = None,
        partner: str | None = None,
        flow: str | None = None,
        product: str | None = None,
        classification: str | None = None,
        dataset: str | None = None,
        start: date | None = None,
        months: int | None = None,
        *,
        as_of: date,
    ) -> pa.Table:
        """How numbers changed: every vintage of every key asked for, the oldest first."""
        asked = _asked(
            reporter=reporter,
            partner=partner,
            flow=flow,
            product=product,
            classification=classification,
            dataset=dataset,
            start=start,
            months=months,
            as_of=as_of,
        )
        return self._answer(queries.vintages(asked), asked, *self._files(asked))

    def touched(
        self, reporter: str | None = None, partner: str | None = None, **asked: Any
    ) -> list[str]:
        """The files that such a question would open: for tests and for the curious."""
        return self._files(_asked(reporter=reporter, partner=partner, **asked))

    def _files(self, asked: Mapping[str, Any]) -> list[str]:
        return self._table.uris(self._table.snapshot().touching(**_ranges(asked)))

    def _answer(self, query: str, asked: Mapping[str, Any], *files: str) -> pa.Table:
        with read_told(self.address):
            return self._engine.ask(query, files, asked)

    # Upkeep

    def status(self) -> upkeep.Status:
        """What is there: datasets, vintages, rows, files, bytes."""
        return upkeep.status(self._table, self._engine)

    def history(self) -> tuple[upkeep.Commit, ...]:
        """Every commit, the newest first."""
        return upkeep.history(self._table)

    def compact(self, *, keep_days: int = 7, patience: float = 600.0) -> compacting.Compacted:
        """Merge the files of many loads into few sorted ones; the answers stay the same.

        Merged files are deleted keep_days later, for readers that have them open.
        """
        return compacting.compact(self._table, keep_days=keep_days, patience=patience)

    def verify(self) -> upkeep.Verified:
        """Read everything and compare it with what the log says of it."""
        return upkeep.verify(self._table, self._engine)

    def export(
        self,
        path: str | Path,
        format: Literal["parquet", "csv"] = "parquet",  # noqa: A002 (the word users say)
        *,
        as_of: date | None = None,
    ) -> int:
        """Write all rows, or those known on a day, to one file; gives back how many."""
        return exporting.export(self._table, self._engine, Path(path), format, as_of=as_of)


def _asked(**conditions: Any) -> dict[str, Any]:
    return {name: value for name, value in conditions.items() if value is not None}


def _ranges(asked: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Conditions as ranges of the key columns, to choose files by."""
    ranges = {name: (value, value) for name, value in asked.items()}
    for name in ("since", "until", "as_of"):
        ranges.pop(name, None)
    since, until = asked.get("since"), asked.get("until")
    if since is not None or until is not None:
        ranges["start"] = (since, until)
    if "as_of" in asked:
        ranges["vintage"] = (None, asked["as_of"])
    return ranges
