"""Two reports of one flow find each other, whatever the table looks like."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilat.errors import BilatError
from bilat.warehouse import pairing
from bilat.warehouse.pairing import Keys, Paired, pair_reports

COLUMNS = ("reporter", "partner", "flow", "period", "product", "value_usd")
Report = tuple[str, str, str, Any, str, float]


def table(rows: list[Report]) -> pa.Table:
    return pa.table(
        {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)},
        schema=None if rows else pa.schema([(name, pa.string()) for name in COLUMNS]),
    )


def flows(paired: Paired) -> dict[tuple[str, str, str, Any], tuple[float | None, float | None]]:
    """Both reports by exporter, importer, product and period, in the order of the answer."""
    codes = (paired.exporter, paired.importer, paired.product, paired.period)
    names: tuple[list[Any], ...] = (
        paired.countries,
        paired.countries,
        paired.products,
        paired.periods,
    )
    keys = zip(
        *([side[code] for code in column] for side, column in zip(names, codes, strict=True)),
        strict=True,
    )
    sides = zip(paired.x, paired.m, strict=True)
    values = (tuple(None if math.isnan(v) else v for v in row) for row in sides)
    return dict(zip(keys, values, strict=True))  # type: ignore[arg-type]


def expected(rows: list[Report]) -> dict[tuple[str, str, str, Any], list[float | None]]:
    """The same by hand, one report after the other."""
    found: dict[tuple[str, str, str, Any], list[float | None]] = {}
    for reporter, partner, flow, period, product, value in rows:
        pair = (reporter, partner) if flow == "X" else (partner, reporter)
        both = found.setdefault((*pair, product, period), [None, None])
        both["XM".index(flow)] = value
    return {key: both for key, both in sorted(found.items()) if max(v or 0 for v in both) > 0}


def any_reports(periods: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Report]]:
    country = st.sampled_from(["AUT", "BLR", "KGZ", "Ґ", "10"])
    report = st.tuples(
        country,
        country,
        st.sampled_from(["X", "M"]),
        periods,
        st.sampled_from(["010121", "8701", "TOTAL"]),
        st.sampled_from([0.0, 1.5, 1e12]) | st.floats(0, 1e9),
    ).filter(lambda row: row[0] != row[1])
    return st.lists(report, min_size=1, max_size=40, unique_by=lambda row: row[:5])


YEARS = st.integers(1990, 2030)
MONTHS = st.sampled_from(["2023-12", "2024-01", "2024-02"])
DAYS = st.sampled_from([date(2023, 12, 1), date(2024, 1, 1)])


@settings(deadline=None, max_examples=60)
@given(rows=any_reports(YEARS) | any_reports(MONTHS) | any_reports(DAYS))
def test_every_report_stands_in_its_flow_and_nowhere_else(rows: list[Report]) -> None:
    paired = pair_reports(table(rows))
    assert list(flows(paired).items()) == [(k, tuple(v)) for k, v in expected(rows).items()]
    assert paired.countries == sorted({name for row in rows for name in row[:2]})
    assert paired.periods == sorted({row[3] for row in rows})


@settings(deadline=None, max_examples=30)
@given(rows=any_reports(YEARS))
def test_keys_that_leave_no_room_for_the_row_are_sorted_apart(rows: list[Report]) -> None:
    """As a table of ten billion reports would be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairing, "WIDEST", 30)
        paired = pair_reports(table(rows))
    assert list(flows(paired).items()) == [(k, tuple(v)) for k, v in expected(rows).items()]


def test_a_flow_is_not_torn_where_the_work_is_divided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(5)
    rows: list[Report] = [
        (*((a, b) if flow == "X" else (b, a)), flow, year, "8701", float(rng.integers(1, 99)))
        for a, b in (("BLR", "KGZ"), ("KGZ", "BLR"), ("ARM", "BLR"))
        for year in range(2000, 2020)
        for flow in "XM"
    ]
    rows = [rows[place] for place in rng.permutation(len(rows))][:-7]
    pq.write_table(table(rows), tmp_path / "reports.parquet", row_group_size=9)
    monkeypatch.setattr(pairing, "CHUNK", 4)
    for source in (table(rows), tmp_path / "reports.parquet"):
        found = flows(pair_reports(source))
        assert list(found.items()) == [(k, tuple(v)) for k, v in expected(rows).items()]


ROWS: list[Report] = [
    ("BLR", "KGZ", "X", 2023, "8701", 100.0),
    ("KGZ", "BLR", "M", 2023, "8701", 104.0),
    ("KGZ", "BLR", "X", 2023, "0406", 7.0),
]


@pytest.mark.parametrize("twice", range(3))
def test_two_rows_that_say_the_same_are_shown_as_they_stand(twice: int, tmp_path: Path) -> None:
    path = tmp_path / "reports.parquet"
    pq.write_table(table([*ROWS, (*ROWS[twice][:5], 3.0)]), path)
    row = ", ".join(str(value) for value in ROWS[twice][:5])
    with pytest.raises(BilatError, match=f"{path}: two rows say the same thing: {row}. Keep"):
        pair_reports(path)


@pytest.mark.parametrize("flow", ["X", "M"])
def test_one_side_alone_is_paired_with_nothing(flow: str) -> None:
    only = [row for row in ROWS if row[2] == flow]
    found = flows(pair_reports(table(only)))
    assert list(found.items()) == [(k, tuple(v)) for k, v in expected(only).items()]
    assert all(both["MX".index(flow)] is None for both in found.values())


def test_codes_in_numbers_narrow_values_and_dictionaries_are_read_as_they_are_written() -> None:
    numbers = pa.table(
        {
            "reporter": pa.array([112, 417], pa.int16()),
            "partner": pa.array([417, 112], pa.int16()),
            "flow": pa.array(["X", "M"]).dictionary_encode(),
            "period": pa.array([2023, 2023], pa.int32()),
            "product": pa.array(["8701", "8701"], pa.large_string()),
            "value_usd": pa.array([100, 104], pa.int32()),
        }
    )
    assert flows(pair_reports(numbers)) == {("112", "417", "8701", 2023): (100.0, 104.0)}


def test_a_name_that_only_the_dictionary_knows_is_no_country() -> None:
    known = pa.DictionaryArray.from_arrays([1, 2, 2], ["ABW", "BLR", "KGZ"])
    plain = table(ROWS)
    place = plain.column_names.index("reporter")
    assert pair_reports(plain.set_column(place, "reporter", known)).countries == ["BLR", "KGZ"]


def test_a_csv_is_read_like_the_table_it_holds(tmp_path: Path) -> None:
    path, geo = tmp_path / "reports.csv", tmp_path / "geo.csv"
    lines = [",".join(map(str, row)) for row in ROWS]
    path.write_text("\n".join([",".join(COLUMNS), *lines]) + "\n")
    geo.write_text("a,b,distance_km,contiguous\nBLR,KGZ,4000,false\nKGZ,ARM,3000,false\n")
    paired = pair_reports(path, geo)
    assert flows(paired) == flows(pair_reports(table(ROWS)))
    np.testing.assert_array_equal(paired.distance_km, [[np.nan, 4000], [4000, np.nan]])


def test_amounts_that_are_words_are_told_not_crashed_on(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text(",".join(COLUMNS) + "\nBLR,KGZ,X,2023,8701,much\n")
    with pytest.raises(BilatError, match=r"reports.csv: it cannot be read as a table \(.*much"):
        pair_reports(path)


def test_a_key_is_read_as_it_was_written() -> None:
    keys = Keys(["ARM", "BLR", "KGZ"], ["01"], [2020, 2021, 2022], rows=3)
    batch = table([("KGZ", "ARM", "M", 2021, "01", 5.0)]).to_batches()[0]
    number = int(keys.of(batch)[0]) >> keys.row
    assert keys.example(number) == ["KGZ", "ARM", "M", 2021, "01"]
    assert [int(code[0]) for code in keys.apart(np.array([number >> 1]))] == [0, 2, 0, 1]
