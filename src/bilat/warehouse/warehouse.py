"""The warehouse: what was published, when, and what was known on a day."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from bilat.sources.report import CONFIDENTIAL, TOTAL
from bilat.warehouse import compacting, exporting, loading, queries, upkeep, world_queries
from bilat.warehouse.engine import DuckEngine, Engine
from bilat.warehouse.loading import Loaded
from bilat.warehouse.question import Question, asks
from bilat.warehouse.span import Span, spans
from bilat.warehouse.table import FILE_ROWS, Table
from bilat.warehouse.trouble import read_told


class Warehouse:
    """Reports of all datasets and vintages, in one folder or at one address ``s3://BUCKET/PATH``.

    Opening makes nothing and reads nothing. Questions take ``as_of``: of the vintages of a number
    the latest that was published by that day counts. A warehouse without files answers with no
    rows; one that is not there raises WarehouseMissing.
    """

    def __init__(
        self,
        address: str | os.PathLike[str],
        *,
        file_rows: int = FILE_ROWS,
        engine: Engine | None = None,
    ) -> None:
        """engine: answers the questions, DuckDB by default; loading and compaction are local."""
        self.address = os.fspath(address)
        self._table = Table(self.address, file_rows)
        self._given = engine

    def __repr__(self) -> str:
        return f"Warehouse({self.address!r})"

    @cached_property
    def _duckdb(self) -> DuckEngine:
        return DuckEngine()

    @property
    def _engine(self) -> Engine:
        return self._given or self._duckdb

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
        WarehouseUnwritable, WarehouseUnreachable or WarehouseDamaged.
        """
        return loading.load(
            self._table, self._duckdb, reports, content_hash=content_hash, patience=patience
        )

    # Questions

    @asks(Question)
    def flows(self, question: Question) -> pa.Table:
        """Reports as known on a day, sorted."""
        return self._answer(queries.flows(question.asked), question)

    @asks(Question)
    def vintages(self, question: Question) -> pa.Table:
        """How numbers changed: every vintage of every key asked for, the oldest first."""
        return self._answer(queries.vintages(question.asked), question)

    @asks(Question)
    def totals_by_year(self, question: Question) -> pa.Table:
        """Dollars a year, dataset, reporter, partner and flow; from periods of ``months`` length.

        basis: "published" adds up totals, "summed" the finest products where no total was
        published. periods: how many were added up, twelve months of a full year for instance.
        """
        codes = {"total": TOTAL, "confidential": CONFIDENTIAL}
        return self._answer(queries.totals(question.asked), question, **codes)

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
        rest = Question(product=product, dataset=dataset, as_of=as_of)
        one = replace(rest, reporter=a, partner=b)
        asked = {"a": a, "b": b, **rest.asked}
        files = self._files(one, one.turned())
        with read_told(self.address):
            return self._engine.ask(queries.pair(asked), files, asked)

    def spans(self, as_of: date) -> tuple[Span, ...]:
        """What the log says of each dataset, by its name, without opening a file."""
        return spans(self._table.snapshot(), as_of)

    def editions(self, *, span: Span, since: date, until: date) -> pa.Table:
        """By year and edition of the Harmonized System, dollars that are told in it."""
        if span.edition is not None:
            return pa.table({"year": [], "edition": [], "value": []})
        asked = span.asked(since, until)
        files = self._files(Question(dataset=span.dataset, months=12, since=since, until=until,
                                     as_of=span.as_of))  # fmt: skip
        with read_told(self.address):
            return self._engine.ask(world_queries.editions(asked), files, asked)

    def markets(
        self,
        a: str,
        b: str,
        *,
        span: Span,
        since: date,
        until: date,
        digits: int = 6,
        by_edition: bool = False,
    ) -> pa.Table:
        """By year and product of six-digit yearly reports: world, exports_a, exports_b, imports_a,
        imports_b, in dollars; the products at ``digits`` digits.

        Where importers report too, each country's own reports count, and for one that is silent
        in a year what its partners report. by_edition: six digits behind their edition,
        ``H6870110``; a report in several counts in the newest.
        """
        asked = {**span.asked(since, until, 6 if by_edition else digits), "a": a, "b": b}
        return self._world(partial(world_queries.markets, by_edition=by_edition), span, asked)

    def exports(
        self, *, span: Span, since: date, until: date, digits: int = 6, by_edition: bool = False
    ) -> pa.Table:
        """By year, country and product, dollars; see `markets`."""
        asked = span.asked(since, until, 6 if by_edition else digits)
        return self._world(partial(world_queries.exports, by_edition=by_edition), span, asked)

    def dyads(self, *, span: Span, since: date, until: date, digits: int = 0) -> pa.Table:
        """By year, exporter, importer and product, dollars; at 0 digits all products together.

        As the exporter reports it; of one that reports no exports in a year, as its partners do.
        """
        asked = span.asked(since, until, digits)
        return self._world(world_queries.dyads, span, asked)

    def suppliers(
        self,
        market: str,
        *,
        span: Span,
        since: date,
        until: date,
        digits: int = 6,
        product: str | None = None,
        by_edition: bool = False,
    ) -> pa.Table:
        """By year, supplier and product what a market buys: dollars, kilograms, and the dollars of
        what has a weight. As the market itself reports it, else as its suppliers do.

        by_edition: as in `markets`; a product is of no edition then, and cannot be asked for.
        """
        text = partial(world_queries.suppliers, by_edition=by_edition)
        asked = span.asked(since, until, 6 if by_edition else digits)
        if product is not None:
            asked["heading" if "digits" in asked else "product"] = product
        of_others = {**asked, "flow": "X", "partner": market}
        if span.exporters_only:
            return self._world(text, span, of_others)
        own = {**asked, "flow": "M", "reporter": market}
        found = self._world(text, span, own)
        return found if found.num_rows else self._world(text, span, of_others)

    def _world(self, text: Callable[..., str], span: Span, asked: dict[str, Any]) -> pa.Table:
        """Vintages are chosen only where there are several of a report."""
        named = {name: asked.get(name) for name in ("reporter", "partner", "since", "until")}
        question = Question(dataset=span.dataset, months=12, as_of=span.as_of, **named)
        files = self._files(question)
        with read_told(self.address):
            beyond = ("a", "b", "digits", "product", "heading")
            reports = {name: one for name, one in asked.items() if name not in beyond}
            chosen = span.vintage is None and bool(
                self._engine.ask(world_queries.revised(reports), files, reports).num_rows
            )
            return self._engine.ask(text(asked, chosen=chosen), files, asked)

    def touched(
        self, reporter: str | None = None, partner: str | None = None, **asked: Any
    ) -> list[str]:
        """The files that such a question would open: for tests and for the curious."""
        return self._files(Question(reporter, partner, **{"as_of": date.max, **asked}))

    def _files(self, *questions: Question) -> list[str]:
        """Of one version: a merge that comes in between would give rows twice."""
        snapshot = self._table.snapshot()
        found = (file for one in questions for file in snapshot.touching(**one.ranges))
        return list(dict.fromkeys(self._table.uris(found)))

    def _answer(self, query: str, question: Question, **more: str) -> pa.Table:
        files = self._files(question)
        with read_told(self.address):
            return self._engine.ask(query, files, {**question.asked, **more})

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

    def loose_loads(self) -> int:
        """How many loads `merge_loose` would put together; 0 when few lie apart. Asks the log."""
        return compacting.loose_loads(self._table)

    def merge_loose(self, *, keep_days: int = 7, patience: float = 600.0) -> compacting.Compacted:
        """Merge the files of small loads where many of a dataset lie apart; large ones stay.

        Merged files are deleted keep_days later, for readers that have them open.
        """
        return compacting.merge_loose(self._table, keep_days=keep_days, patience=patience)

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
