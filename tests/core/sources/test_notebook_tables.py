"""Meerim reads from her notebook: frames of any library, Arrow tables, plain lists, SDMX-CSV."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from bilat.errors import BilatError
from bilat.sources.report import REPORTS

PLAIN: dict[str, list[Any]] = {
    "flow": ["import", "import"],
    "partner": ["Belarus", "Total"],
    "partner_ru": ["Беларусь", "Всего"],
    "year": [2023, 2023],
    "value_kusd": [60.5, 60.5],
}


class Frame:
    """What polars and pandas frames have in common."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize("kind", ["lists", "table", "frame", "batch", "large", "dictionary"])
def test_every_kind_of_table_reads_alike(kind: str, reading: Any, rows: Any) -> None:
    table = pa.table(PLAIN)
    large = table.cast(
        pa.schema(
            [(n, pa.large_string()) for n in table.column_names[:3]]
            + [("year", pa.float64()), ("value_kusd", pa.float64())]
        )
    )
    coded = pa.table(
        {
            n: c.dictionary_encode() if n != "value_kusd" else c
            for n, c in zip(table.column_names, table.columns, strict=True)
        }
    )
    source = {
        "lists": PLAIN,
        "table": table,
        "frame": Frame(table),
        "batch": table.to_batches()[0],
        "large": Frame(large),
        "dictionary": coded,
    }[kind]
    found = reading(source, "kgz-nsc")
    assert rows(found, "partner", "flow", "start", "value_usd", "file", "line") == [
        ("BLR", "M", date(2023, 1, 1), 60_500.0, "table", 1),
        ("WLD", "M", date(2023, 1, 1), 60_500.0, "table", 2),
    ]


@pytest.mark.parametrize("thing", [42, [1, 2], {"flow": [1], "partner": [1, 2]}])
def test_what_is_no_table_is_refused(thing: Any, reading: Any) -> None:
    with pytest.raises(BilatError, match="table"):
        reading(thing, "kgz-nsc")


def test_sdmx_csv_with_its_power_of_ten(file: Any, reading: Any, rows: Any) -> None:
    table = file(
        "dots.csv",
        """
        DATAFLOW,FREQ,REF_AREA,INDICATOR,COUNTERPART_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT
        IMF:DOT(1.0),A,KG,TMG_CIF_USD,BY,2023,60.5,6
        IMF:DOT(1.0),M,KG,TMG_CIF_USD,W00,2023-02,900,6
        IMF:DOT(1.0),A,KG,TBG_USD,BY,2023,-5,6
        IMF:DOT(1.0),Q,KG,TXG_FOB_USD,B0,2023-Q2,3,6
        """,
    )
    found = reading(table, "imf-dots-sdmx")
    assert found.problems == ()
    assert rows(found, "partner", "partner_kind", "flow", "months", "value_usd") == [
        ("BLR", "country", "M", 12, 60_500_000.0),
        ("WLD", "world", "M", 1, 900_000_000.0),
        ("EU", "group", "X", 3, 3_000_000.0),
    ]


def test_sdmx_json_reads_as_its_csv(file: Any, reading: Any, rows: Any) -> None:
    ids = {
        "REF_AREA": ["KG"],
        "INDICATOR": ["TMG_CIF_USD"],
        "COUNTERPART_AREA": ["BY"],
        "UNIT_MULT": ["6"],
    }
    structure = {
        "dimensions": {
            "series": [
                {"id": name, "values": [{"id": value} for value in values]}
                for name, values in ids.items()
            ],
            "observation": [{"id": "TIME_PERIOD", "values": [{"id": "2023"}]}],
        }
    }
    series = {"0:0:0:0": {"observations": {"0": [60.5]}}}
    message = {"data": {"structure": structure, "dataSets": [{"series": series}]}}
    found = reading(file("dots.json", json.dumps(message)), "imf-dots-sdmx")
    assert found.problems == ()
    assert rows(found, "reporter", "partner", "flow", "value_usd", "file") == [
        ("KGZ", "BLR", "M", 60_500_000.0, "dots.json")
    ]


def test_no_rows_make_an_empty_report(reading: Any, said: Any) -> None:
    found = reading({name: [] for name in PLAIN}, "kgz-nsc")
    assert found.reports.schema == REPORTS
    assert found.reports.num_rows == 0
    assert "0 rows; “kgz-nsc” expects" in said(found)[0]


def test_a_frame_with_gaps_has_whole_codes(reading: Any, rows: Any, said: Any) -> None:
    gap = float("nan")
    frame: dict[str, list[Any]] = {"t": [2022.0] * 3, "i": [112.0, gap, 112.0], "j": [417.0] * 3}
    frame |= {"k": [10121.0] * 3, "v": [1.0, 2.0, gap], "q": [None] * 3}
    found = reading(frame, "cepii-baci-hs92")
    assert rows(found, "reporter", "product", "value_usd") == [("BLR", "010121", 1000.0)]
    assert said(found)[0].startswith("table:2: the row names no country; left out: X 2022, 2,000")
