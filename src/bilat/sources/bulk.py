"""Large plain files, CSV or TSV, gzip or not: read in parallel, codes as dictionaries."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from bilat.errors import BilatError, Place, Problem
from bilat.language import say
from bilat.sources.columns import Columns, coded, delimiter_of
from bilat.sources.dataset import Dataset

TEXT = pa.dictionary(pa.int32(), pa.string())


def read_bulk(path: Path, spec: Dataset) -> Columns:
    """Only the columns that the description names; numbers as numbers where all of them are.

    Lines are counted from the header on, one a row, as such files are written.
    """
    return _Bulk(path, spec).read()


class _Bulk:
    def __init__(self, path: Path, spec: Dataset) -> None:
        self.path = path
        self.spec = spec
        self.first_line = spec.layout.skip_rows + 2
        self.delimiter = spec.layout.delimiter or delimiter_of(self._header_line())
        self.misfits: list[arrow_csv.InvalidRow] = []

    def read(self) -> Columns:
        table = self._table(threads=True)
        if self.misfits:  # again, one row after the other, to know their lines
            table = self._table(threads=False)
        lines = np.arange(table.num_rows + len(self.misfits)) + self.first_line
        if self.misfits:
            lines = np.setdiff1d(lines, [self._line(row) for row in self.misfits])
        problems = tuple(self._misfit(row) for row in self.misfits)
        return Columns(
            self.path.name, table, pa.array(lines, pa.int64()), self.path.parent, problems
        )

    def _header_line(self) -> str:
        try:
            with pa.input_stream(str(self.path), compression="detect") as stream:
                lines = stream.read(1 << 16).decode("utf-8", "replace").splitlines()
        except OSError as error:
            raise self._unreadable(error) from None
        return "".join(lines[self.spec.layout.skip_rows :][:1])

    def _table(self, *, threads: bool) -> pa.Table:
        try:
            return self._typed(pa.float64(), threads=threads)
        except pa.ArrowInvalid:  # a padded or decorated number: as text, told one by one
            pass
        try:
            return self._typed(pa.string(), threads=threads)
        except (pa.ArrowInvalid, OSError) as error:
            raise self._unreadable(error) from None

    def _typed(self, number: pa.DataType, *, threads: bool) -> pa.Table:
        self.misfits = []
        layout = self.spec.layout
        numbers = set(number_columns(self.spec))
        used = used_columns(self.spec)
        reading = arrow_csv.ReadOptions(
            skip_rows=layout.skip_rows,
            encoding=layout.encoding.replace("utf-8-sig", "utf8"),
            block_size=8 << 20,
            use_threads=threads,
        )
        parsing = arrow_csv.ParseOptions(
            delimiter=self.delimiter, invalid_row_handler=self._refuse, ignore_empty_lines=True
        )
        types = {name: number if name in numbers else TEXT for name in used}
        converting = arrow_csv.ConvertOptions(
            include_columns=[name for name in self._names(reading, parsing) if name in types],
            column_types=types,
            null_values=list(layout.missing),
            strings_can_be_null=False,
        )
        return _one_dictionary(arrow_csv.read_csv(self.path, reading, parsing, converting))

    def _names(self, reading: arrow_csv.ReadOptions, parsing: arrow_csv.ParseOptions) -> list[str]:
        with arrow_csv.open_csv(self.path, reading, parsing) as reader:
            self.misfits = []
            return [str(name) for name in reader.schema.names]

    def _refuse(self, row: arrow_csv.InvalidRow) -> str:
        self.misfits.append(row)
        return "skip"

    def _line(self, row: arrow_csv.InvalidRow) -> int:
        """Arrow numbers rows from 1, the header's among them."""
        return int(row.number or 0) + self.spec.layout.skip_rows

    def _misfit(self, row: arrow_csv.InvalidRow) -> Problem:
        return Problem(
            Place(self.path.name, self._line(row)),
            say(
                "this row has {cells} cells, the header has {columns}; left out: {text}",
                cells=row.actual_columns,
                columns=row.expected_columns,
                text=str(row.text)[:200],
            ),
            say("Mend the row in the file, or ask the publisher for it"),
        )

    def _unreadable(self, error: Exception) -> BilatError:
        return BilatError(
            say(
                "{file}: no readable table: {why}. Is it the file that “{dataset}” describes?",
                file=self.path.name,
                why=str(error),
                dataset=self.spec.id,
            )
        )


def _one_dictionary(table: pa.Table) -> pa.Table:
    # Each block of the file has words of its own; once here, not again in every look.
    with ThreadPoolExecutor(2) as pool:  # Arrow lets other threads run meanwhile
        unified = pool.map(
            lambda column: coded(column) if pa.types.is_dictionary(column.type) else column,
            table.columns,
        )
        return pa.table(list(unified), names=table.column_names)


def used_columns(spec: Dataset) -> list[str]:
    """The columns that a description names, each once."""
    product, amounts = spec.product, spec.amounts
    names = [
        *spec.reporter.columns,
        *spec.partner.columns,
        spec.flow.column,
        spec.period.column,
        spec.period.month,
        product.column,
        product.classification_column,
        *number_columns(spec),
        amounts.unit_column,
        spec.currency_column,
        spec.power_column,
        *spec.valuation_columns.values(),
        *spec.only,
    ]
    return [name for name in dict.fromkeys(names) if name]


def number_columns(spec: Dataset) -> list[str]:
    """The columns that hold values and quantities."""
    names = [
        *(value.column for value in spec.values),
        *spec.valuation_columns.values(),
        spec.amounts.weight,
        spec.amounts.quantity,
    ]
    return [name for name in names if name]
