"""Panels, cases and predictions as files. Needs the extra ``statistics`` (pyarrow)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.history.backtest import HORIZONS, SHARES, Predictions
from bilat.outlook.history.panel import Array, Codes, Panel, panel_of
from bilat.outlook.history.scoring import MULTIPLES

COLUMNS = {
    "exporter": ("exporter", "partner", "partner_m49"),
    "importer": ("importer", "reporter", "reporter_m49"),
    "year": ("year",),
    "origin": ("origin",),
    "value_usd": ("value_usd", "import_usd", "export_usd"),
}
"""What each column may be called; reporter and partner are those of import statistics."""


@dataclass(frozen=True)
class Rows:
    """Rows of a file. when: (n,) year or origin. value: (n,) dollars, 0 where none is given."""

    exporter: list[Hashable]
    importer: list[Hashable]
    when: list[int]
    value: list[float]
    are_cases: bool
    """Whether each row is one case (it has an origin), and not a year of a history."""
    spelling: dict[Hashable, Hashable]
    """How the file writes each country."""

    def pairs(self, origin: int) -> list[tuple[Hashable, Hashable]]:
        """The pairs to forecast from ``origin``, each once."""
        rows = zip(self.exporter, self.importer, self.when, strict=True)
        return list(
            dict.fromkeys((e, i) for e, i, when in rows if when == origin or not self.are_cases)
        )

    def panel(self) -> Panel:
        return panel_of(self.exporter, self.importer, self.when, self.value)


def read_rows(path: Path) -> Rows:
    """Parquet or CSV with exporter, importer, year or origin, and value_usd.

    Countries may be texts or numbers: 51 and "051" are the same country. Raises NoAnswer for a file
    that cannot be read or lacks a column.
    """
    table = _table(path)
    found = {
        key: next((n for n in names if n in table.column_names), None)
        for key, names in COLUMNS.items()
    }
    when = found["origin"] or found["year"]
    missing = [key for key in ("exporter", "importer", "value_usd") if found[key] is None]
    missing += [] if when else ["year"]
    if missing:
        raise NoAnswer(
            say(
                "{path}: no column {missing}. It takes exporter, importer, year (or origin) and "
                "value_usd",
                path=str(path),
                missing=", ".join(missing),
            )
        )
    written = [table[found[key]].to_pylist() for key in ("exporter", "importer")]
    exporter, importer = ([_country(name) for name in names] for names in written)
    spelling = dict(zip(exporter + importer, written[0] + written[1], strict=True))
    years, values = _numbers(path, table[when].to_pylist(), table[found["value_usd"]].to_pylist())
    return Rows(exporter, importer, years, values, bool(found["origin"]), spelling)


def _numbers(path: Path, years: list[Any], values: list[Any]) -> tuple[list[int], list[float]]:
    read: tuple[list[int], list[float]] = ([], [])
    for row, (year, value) in enumerate(zip(years, values, strict=True), start=1):
        try:
            read[0].append(int(year))
            read[1].append(float(value or 0))
        except (TypeError, ValueError):
            raise NoAnswer(
                say(
                    "{path}, row {row}: year {year}, value {value}. A year and a number of dollars "
                    "are needed: mend or drop the row",
                    path=str(path),
                    row=row,
                    year=str(year),
                    value=str(value),
                )
            ) from None
    return read


def _table(path: Path) -> Any:
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    try:
        if path.suffix == ".csv":
            return pyarrow.csv.read_csv(path)
        return pyarrow.parquet.read_table(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise NoAnswer(
            say("{path} cannot be read: {reason}", path=str(path), reason=str(error))
        ) from error


def _country(name: Hashable) -> Hashable:
    """Numbers as numbers, however the file writes them."""
    if isinstance(name, str) and name.isdecimal():
        return int(name)
    return int(name) if isinstance(name, float) and name.is_integer() else name


def joined(panel: Rows, cases: Rows) -> Panel:
    """All that is known of the flows: the panel's rows, and over them the cases'."""
    return panel_of(
        panel.exporter + cases.exporter,
        panel.importer + cases.importer,
        panel.when + cases.when,
        panel.value + cases.value,
    )


def write_predictions(
    path: Path, made: Sequence[Predictions], spelling: Mapping[Hashable, Hashable]
) -> int:
    """Write one row for each flow, origin and horizon, countries as they were read.

    Where a flow was forecast more than once from an origin, the first is written. Returns the
    number of rows.
    """
    import pyarrow as pa
    import pyarrow.parquet

    seen: set[tuple[Hashable, Hashable, int]] = set()
    parts = [pa.table(_columns(one, _first(one, seen), spelling)) for one in made]
    table = pa.concat_tables(parts, promote_options="permissive")
    pyarrow.parquet.write_table(table, path)
    return int(table.num_rows)


def _first(made: Predictions, seen: set[tuple[Hashable, Hashable, int]]) -> Codes:
    """(n,) positions of the flows that were not seen before."""
    new = []
    for at, (exporter, importer) in enumerate(zip(made.exporter, made.importer, strict=True)):
        if (key := (exporter, importer, made.origin)) not in seen:
            seen.add(key)
            new.append(at)
    return np.array(new, dtype=np.int64)


def _columns(
    made: Predictions, rows: Codes, spelling: Mapping[Hashable, Hashable]
) -> dict[str, Any]:
    years = len(HORIZONS)
    columns: dict[str, Any] = {
        side: [spelling[names[row]] for row in rows for _ in HORIZONS]
        for side, names in (("exporter", made.exporter), ("importer", made.importer))
    }
    columns["origin"] = np.full(len(rows) * years, made.origin)
    columns["h"] = np.tile(HORIZONS, len(rows))
    for k, share in enumerate(SHARES):
        columns[f"q{round(share * 1000):03d}"] = made.quantiles[rows, :, k].ravel()
    for multiple, chance in zip(MULTIPLES, made.chances[rows].T, strict=True):
        name = "p_" + f"{multiple:g}".replace(".", "_")
        columns[name] = _at_the_end(chance, years)
    return columns


def _at_the_end(chance: Array, years: int) -> Any:
    """A chance at the last horizon, nothing at the others."""
    import pyarrow as pa

    told = np.tile(np.arange(1, years + 1) == years, len(chance))
    return pa.array(np.repeat(chance, years), mask=~told)
