"""From a file of reports to a file of flows; what cannot be meant is refused with its row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.mirror_world import Scenario, report_tables, world
from click.testing import CliRunner

from bilat.cli.mirror import command
from bilat.errors import BilatError, NoAnswer
from bilat.mirror import as_table, mirror
from bilat.mirror.tables import steps

COLUMNS = ["exporter", "importer", "period", "product", "value_fob_usd", "se_log"]
COLUMNS += ["lo80", "hi80", "lo95", "hi95", "exporter_weight", "x_reported", "m_reported"]
COLUMNS += ["cif_margin", "method"]


def reports(**changes: list[object]) -> pa.Table:
    plain: dict[str, list[object]] = {
        "reporter": ["BLR", "KGZ", "BLR"],
        "partner": ["KGZ", "BLR", "KGZ"],
        "flow": ["X", "M", "X"],
        "period": [2023, 2023, 2024],
        "product": ["8701", "8701", "8701"],
        "value_usd": [100.0, 104.0, 120.0],
    }
    return pa.table({**plain, **changes})


def test_a_table_of_reports_becomes_a_table_of_flows() -> None:
    table = as_table(mirror(reports()))
    assert table.column_names == COLUMNS
    rows = table.to_pylist()
    assert [row["period"] for row in rows] == [2023, 2024]
    assert rows[0]["x_reported"] == 100
    assert rows[0]["m_reported"] == 104
    assert rows[0]["method"] == "both reports, believed alike (small sample)"
    assert rows[1]["m_reported"] is None
    assert rows[1]["method"] == "exporter alone (small sample)"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value_usd": [100.0, -1.0, 5.0]}, "no amount of dollars here: KGZ, BLR, M, 2023, 8701"),
        ({"value_usd": [100.0, float("nan"), 5.0]}, "no amount of dollars"),
        ({"value_usd": [100.0, None, 5.0]}, "a value is missing here"),
        ({"flow": ["X", "RX", "X"]}, "neither X nor M here: KGZ, BLR, RX"),
        ({"period": [2023, 2023, 2023]}, "two rows say the same thing: BLR, KGZ, X, 2023, 8701"),
        ({"partner": ["KGZ", "KGZ", "KGZ"]}, "a country trades with itself"),
    ],
)
def test_a_wrong_row_is_refused_and_shown(changes: dict[str, list[object]], said: str) -> None:
    with pytest.raises(BilatError, match=said):
        mirror(reports(**changes))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BilatError, match="no column value_usd; needed are reporter, partner"):
        mirror(reports().drop_columns("value_usd"))


def test_a_wrong_distance_is_refused() -> None:
    geo = {"a": ["BLR"], "b": ["KGZ"], "distance_km": [-3.0], "contiguous": [False]}
    with pytest.raises(BilatError, match=r"no length here: BLR, KGZ, -3\.0"):
        mirror(reports(), pa.table(geo))


@pytest.mark.parametrize("values", [[], [0.0, 0.0, 0.0]])
def test_nothing_to_reconcile_has_no_answer(values: list[float]) -> None:
    with pytest.raises(NoAnswer, match="no report to reconcile"):
        mirror(reports(value_usd=list(values)) if values else reports().slice(0, 0))


def test_the_command_writes_the_same_flows_each_time(tmp_path: Path) -> None:
    with np.errstate(all="ignore"):
        tables = report_tables(world(Scenario(countries=10, products=12, periods=3)))
    for name, table in zip(("reports", "geo"), tables, strict=True):
        pq.write_table(table, tmp_path / f"{name}.parquet")
    written = []
    for name in ("one", "two"):
        out = tmp_path / "new" / f"{name}.parquet"
        reported, geo = (str(tmp_path / f"{table}.parquet") for table in ("reports", "geo"))
        arguments = ["--reports", reported, "--geo", geo, "--out", str(out)]
        done = CliRunner().invoke(command, arguments)
        assert done.exit_code == 0, done.output
        written.append(out.read_bytes())
    table = pq.read_table(tmp_path / "new" / "one.parquet")
    assert table.column_names == COLUMNS
    assert f"{len(table)} flows" in done.output.replace(",", "")
    assert written[0] == written[1]


def test_csv_is_read_with_its_leading_zeros(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text("reporter,partner,flow,period,product,value_usd\nBLR,KGZ,X,2024,010121,5\n")
    assert as_table(mirror(path)).to_pylist()[0]["product"] == "010121"


def test_a_file_that_is_not_there_or_no_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(BilatError, match="no such file"):
        mirror(tmp_path / "none.parquet")
    broken = tmp_path / "broken.parquet"
    broken.write_text("no parquet")
    with pytest.raises(BilatError, match="cannot be read as a table"):
        mirror(broken)


def test_months_know_where_the_year_ends() -> None:
    assert np.diff(steps(["2023-11", "2023-12", "2024-01"])).tolist() == [1, 1]
    assert np.diff(steps([2019, 2021, 2022])).tolist() == [2, 1]
    assert np.diff(steps([202312, 202401])).tolist() == [1]
