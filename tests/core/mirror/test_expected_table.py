"""An analyst asks whether the figure that the other side published is in line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from benchmarks.mirror_world import Scenario, report_tables, world
from click.testing import CliRunner

from bilat.cli.mirror import command
from bilat.mirror import expected_table

COLUMNS = ["exporter", "importer", "period", "product", "side", "expected"]
COLUMNS += ["lo80", "hi80", "lo95", "hi95", "reported", "verdict"]


@pytest.fixture(scope="module")
def tables() -> tuple[pa.Table, pa.Table]:
    with np.errstate(all="ignore"):
        reports, geo = report_tables(world(Scenario(countries=10, products=12, periods=4)))
    return reports, geo


def test_nineteen_reports_in_twenty_are_in_line(tables: tuple[pa.Table, pa.Table]) -> None:
    """1.5 points: what some 4,000 verdicts of ten countries leave open, their biases shared."""
    found = expected_table(*tables)
    assert found.column_names == COLUMNS
    judged = found.filter(pc.is_valid(found["verdict"]))
    assert len(judged) > 2000
    assert pc.mean(pc.equal(judged["verdict"], "in")).as_py() == pytest.approx(0.95, abs=0.015)


def test_a_report_with_a_slip_is_out_of_line(tables: tuple[pa.Table, pa.Table]) -> None:
    reports, geo = tables
    before = expected_table(reports, geo).to_pylist()
    row = next(r for r in before if r["side"] == "M" and r["verdict"] == "in")
    keys = {"reporter": "importer", "partner": "exporter", "period": "period", "product": "product"}
    same = [pc.equal(pc.cast(reports[key], pa.string()), str(row[of])) for key, of in keys.items()]
    chosen = pc.and_(pc.and_(*same[:2]), pc.and_(*same[2:]))
    chosen = pc.and_(chosen, pc.equal(reports["flow"], "M"))
    values = pc.if_else(chosen, pc.multiply(reports["value_usd"], 1000.0), reports["value_usd"])
    slipped = reports.set_column(reports.column_names.index("value_usd"), "value_usd", values)
    names = ("exporter", "importer", "period", "product", "side")
    after = [
        r for r in expected_table(slipped, geo).to_pylist() if all(r[n] == row[n] for n in names)
    ]
    assert [r["verdict"] for r in after] == ["out"]


def test_what_is_not_yet_published_has_an_expectation_and_no_verdict() -> None:
    plain = {
        "reporter": ["BLR", "KGZ", "BLR", "BLR"],
        "partner": ["KGZ", "BLR", "KGZ", "KGZ"],
        "flow": ["X", "M", "X", "X"],
        "period": [2023, 2023, 2024, 2024],
        "product": ["TOTAL", "TOTAL", "TOTAL", "XXXXXX"],
        "value_usd": [100.0, 104.0, 120.0, 7.0],
    }
    rows = expected_table(pa.table(plain)).to_pylist()
    assert [(row["period"], row["side"], row["verdict"]) for row in rows] == [
        (2023, "X", "in"),
        (2023, "M", "in"),
        (2024, "M", None),
    ]
    assert rows[-1]["reported"] is None
    assert rows[-1]["lo95"] < rows[-1]["lo80"] < rows[-1]["expected"] < rows[-1]["hi80"]


def test_the_command_writes_expectations_beside_the_flows(
    tables: tuple[pa.Table, pa.Table], tmp_path: Path
) -> None:
    for name, table in zip(("reports", "geo"), tables, strict=True):
        pq.write_table(table, tmp_path / f"{name}.parquet")
    files = {
        name: str(tmp_path / f"{name}.parquet") for name in ("reports", "geo", "out", "expected")
    }
    arguments = [part for name, path in files.items() for part in (f"--{name}", path)]
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out.parquet").exists()
    written = pq.read_table(files["expected"])
    sides = written.group_by("side").aggregate([("expected", "count")])["side"].to_pylist()
    assert sorted(sides) == ["M", "X"]
    assert written.to_pylist() == expected_table(*tables).to_pylist()
