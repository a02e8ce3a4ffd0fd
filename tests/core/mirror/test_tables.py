"""From a file of reports to a file of flows; what cannot be meant is refused with its row."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from benchmarks.mirror_world import Scenario, report_tables, world
from click.testing import CliRunner

from bilat.cli.mirror import command
from bilat.errors import BilatError, NoAnswer, OutputRefused
from bilat.mirror import as_table, mirror, strata, write_flows
from bilat.mirror.arrow import known_numbers, times, words
from bilat.mirror.given import CONFIDENTIAL, TOTAL, steps
from bilat.mirror.methods import NAMES
from bilat.mirror.tables import mirror_to_file
from bilat.sources import report

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


def test_totals_and_confidential_rows_are_called_as_the_readers_call_them() -> None:
    assert (TOTAL, CONFIDENTIAL) == (report.TOTAL, report.CONFIDENTIAL)


def test_who_has_pandas_does_not_wait_for_it(tmp_path: Path) -> None:
    pq.write_table(reports(), tmp_path / "reports.parquet")
    program = (
        "import sys; from pathlib import Path; from bilat.mirror import mirror_to_file; "
        "folder = Path(sys.argv[1]); "
        "n = mirror_to_file(folder / 'reports.parquet', None, folder / 'flows.parquet'); "
        "print(n, 'pandas' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    told = subprocess.run(command, check=False, capture_output=True, text=True)
    assert told.stdout == "2 False\n", told.stderr


@pytest.mark.parametrize(
    "periods", [[2023, 2024], ["2023-12", "2024-01"], [date(2023, 12, 1), date(2024, 1, 1)]]
)
def test_periods_and_names_are_written_as_arrow_itself_would(periods: list[object]) -> None:
    assert times(periods).equals(pa.array(periods))
    assert words(["Кыргызстан", "", "BLR"]).equals(pa.array(["Кыргызстан", "", "BLR"]))
    values = np.array([1.5, np.nan, np.inf, 0.0])[::2]
    assert known_numbers(values).equals(pa.array(values, from_pandas=True))
    assert known_numbers(np.array([np.nan, 2.0])).to_pylist() == [None, 2.0]


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


def world_with_totals() -> tuple[pa.Table, pa.Table]:
    """Each reporter's products, and a total by pair and year; one total in four holds more."""
    with np.errstate(all="ignore"):
        plain, geo = report_tables(world(Scenario(countries=9, products=14, periods=3)))
    keys = ["reporter", "partner", "flow", "period"]
    sums = plain.group_by(keys, use_threads=False).aggregate([("value_usd", "sum")]).to_pylist()
    more = [1.0, 1.05, 1.0, 1.6]
    totals = {
        **{key: [row[key] for row in sums] for key in keys},
        "product": ["TOTAL"] * len(sums),
        "value_usd": [row["value_usd_sum"] * more[place % 4] for place, row in enumerate(sums)],
    }
    return pa.concat_tables([plain, pa.table(totals, schema=plain.schema)]), geo


def assert_same_flows(one: pa.Table, other: pa.Table) -> None:
    """To 1 part in a million: single precision has 7 digits, and which way the last is rounded may
    depend on how many cells are reckoned at a time."""
    for name in COLUMNS:
        ours, theirs = one[name].to_pylist(), other[name].to_pylist()
        if isinstance(ours[0], float):
            ours, theirs = ([np.nan if v is None else v for v in side] for side in (ours, theirs))
            np.testing.assert_allclose(ours, theirs, rtol=1e-6)
        else:
            assert ours == theirs, name


@pytest.mark.parametrize("totals", [False, True])
def test_flows_written_as_they_are_made_are_those_of_the_whole_table(
    totals: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, geo = world_with_totals()
    if not totals:
        given = given.filter(pc.not_equal(given["product"], "TOTAL"))
    whole = as_table(mirror(given, geo))
    heard: list[tuple[int, int]] = []
    monkeypatch.setattr(strata, "BLOCK", 100)
    out = tmp_path / "flows.parquet"
    count = mirror_to_file(given, geo, out, lambda done, of: heard.append((done, of)))
    written = pq.ParquetFile(out)
    assert count == len(whole) == written.metadata.num_rows
    assert written.metadata.num_row_groups > 10
    assert_same_flows(pq.read_table(out), whole)
    assert ("XXXXXX" in whole["product"].to_pylist()) == totals
    assert heard[0][0] == 0
    assert heard == sorted(heard)


def test_a_failure_on_the_way_leaves_nothing_and_keeps_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "flows.parquet"
    out.write_text("the flows of last year")

    def interrupt(done: int, of: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mirror_to_file(reports(), None, out, interrupt)
    assert out.read_text() == "the flows of last year"
    assert [path.name for path in tmp_path.iterdir()] == ["flows.parquet"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    with pytest.raises(OutputRefused, match="not written"):
        write_flows(mirror(reports()), tmp_path / "taken" / "flows.parquet")


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


def test_every_method_has_words_of_its_own() -> None:
    """A dictionary that says the same thing twice is written with memory that nobody filled."""
    assert len(set(NAMES)) == len(NAMES) == 60


def weighed(dear_costs_less: bool) -> tuple[pa.Table, pa.Table]:
    """Product P00 is worth 1 dollar a kilogram, P01 four, P02 sixteen, and so on; the margin of
    each is 0.02 smaller than the last one's, if so told. One weight in ten is wrong by a thousand.
    Nobody but the importers declares the dearest product."""
    with np.errstate(all="ignore"):
        made = world(Scenario(countries=14, products=8, periods=4, slip_rates=(0.0, 0.0, 0.0)))
    if dear_costs_less:
        made = replace(made, m=made.m * np.exp(0.02 * (4 - made.product)))
    made = replace(made, x=np.where(made.product == 7, np.nan, made.x))
    plain, geo = report_tables(made)
    number = np.array([int(str(name)[1:]) for name in plain["product"].to_pylist()])
    weight = np.asarray(plain["value_usd"]) / 4.0 ** (number - number.min())
    weight[::10] *= 1000
    return plain.append_column("net_weight_kg", pa.array(weight)), geo


def mean_margins(given: pa.Table, geo: pa.Table) -> list[float]:
    flows = as_table(mirror(given, geo))
    flows = flows.set_column(3, "product", flows["product"].cast(pa.string()))
    means = flows.group_by("product").aggregate([("cif_margin", "mean")]).sort_by("product")
    return [float(value) for value in means["cif_margin_mean"].to_pylist()]


def test_dear_goods_have_a_smaller_margin_where_the_reports_say_so() -> None:
    """Cheapest less dearest: 7 steps of 0.02, within 0.03; the dearest product's margin is known
    by its unit value alone, and without weights it is like the others'."""
    given, geo = weighed(dear_costs_less=True)
    margins = mean_margins(given, geo)
    assert margins[0] - margins[7] > 0.08
    assert margins[7] < margins[5]
    without = mean_margins(given.drop_columns("net_weight_kg"), geo)
    assert without[7] > margins[7] + 0.03


def test_where_dear_goods_cost_the_same_weights_change_little() -> None:
    """0.03 is what one product's own cost differs from another's: seven leave a slope as unsure."""
    given, geo = weighed(dear_costs_less=False)
    without = mean_margins(given.drop_columns("net_weight_kg"), geo)
    np.testing.assert_allclose(mean_margins(given, geo), without, atol=0.03)


@pytest.mark.parametrize("weight", [-1.0, float("inf")])
def test_a_wrong_weight_is_refused_and_shown(weight: float) -> None:
    given = reports(net_weight_kg=[3.0, None, weight])
    with pytest.raises(BilatError, match="no amount of kilograms here: BLR, KGZ, X, 2024, 8701"):
        mirror(given)
