"""A warehouse feeds the brief and the analyst's story; all formats tell the same numbers."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pyarrow.parquet as pq
import pytest
from tests.core.trade.pair_notation import CUSTOMS, declared, warehouse

from bilat.brief import brief_schema, make_brief
from bilat.brief.formats import Output, renderer, table_writer
from bilat.brief.publish import publish
from bilat.brief.story import tell
from bilat.brief.story.analysis import tell_trade
from bilat.brief.story.blocks import Chart, Story, Table
from bilat.language import Words, say
from bilat.programme import open_programme
from bilat.trade import read_statistics

DAY = date(2025, 1, 1)
PROGRAMME = """
sources: [{id: table, title: Table, publisher: Statistics}]
indicators:
  - {id: x-blr, title: Exports, measures: exports, exporter: BLR, unit: million USD}
  - {id: x-kgz, title: Exports back, measures: exports, exporter: KGZ, unit: million USD}
"""
ENTERED = (
    PROGRAMME
    + """
observations:
  - {indicator: x-blr, reporter: KGZ, period: 2023, value: 110, unit: million USD, sources: [table]}
  - {indicator: x-blr, reporter: BLR, period: 2023, value: 100, unit: million USD, sources: [table]}
"""
)
MakeOutput = Callable[..., Output]


@pytest.fixture
def output(folder: Callable[..., Path], tmp_path: Path) -> MakeOutput:
    """The analyst's output over `CUSTOMS`; with ``brief``, the brief's."""

    def make(text: str = PROGRAMME, *, lang: str = "en", brief: bool = False) -> Output:
        programme = open_programme(folder(text))
        kept = warehouse(tmp_path, declared(CUSTOMS))
        names = {"8701": "Tractors", "8428": "Tractors, " * 9, "0402": "=Milk powder"}
        statistics = read_statistics(kept, programme.sides, as_of=DAY, names=names)
        made = make_brief(programme, as_of=DAY, statistics=statistics)
        if brief:
            return Output(programme, made, Words(lang))
        return Output(programme, made, Words(lang), "trade", tell_trade(made))

    return make


def table(story: Story, name: str) -> Table:
    (found,) = [one for one in story.tables() if one.name == name]
    return found


def shown(found: Table) -> list[list[str]]:
    words = Words("en")
    return [[words.show(cell.value) for cell in line] for line in found.rows]


def test_the_brief_shows_the_largest_products_of_each_direction(output: MakeOutput) -> None:
    story = tell(output(brief=True).brief)
    rows = shown(table(story, "products-BLR-by-BLR"))
    assert rows[0] == [
        *("8701", "Tractors", "40,000.0", "60,000.0"),
        *("60.0%", "20,000.0", "28.6%", "continuing"),
    ]
    assert [row[0] for row in rows] == ["8701", "0402", "8428", "6904"]


def test_the_brief_shows_the_reconciled_flow_between_the_reports(output: MakeOutput) -> None:
    rows = shown(table(tell(output(brief=True).brief), "x-blr"))
    assert rows[0][:4] == ["2023", "100.0", "117.0", "17%"]
    value, (low, high) = float(rows[0][4]), map(float, rows[0][5].split("–"))
    assert 100 < value < 117
    assert low < value < high


def test_a_brief_without_a_warehouse_reconciles_what_was_entered(
    folder: Callable[..., Path],
) -> None:
    story = tell(make_brief(open_programme(folder(ENTERED)), as_of=DAY))
    titles = [str(column.title) for column in table(story, "x-blr").columns]
    assert titles[-2:] == ["Reconciled, FOB", "80% interval"]
    assert [one.name for one in story.tables() if one.name.startswith("products")] == []


def test_one_sides_report_alone_makes_no_reconciled_column(output: MakeOutput) -> None:
    titles = [str(one.title) for one in table(tell(output(brief=True).brief), "x-kgz").columns]
    assert titles[-1] == "Difference"


def test_an_entered_value_that_stands_is_shown_with_the_loaded_one(output: MakeOutput) -> None:
    rows = shown(table(output(ENTERED).story, "entered-and-loaded"))
    assert rows == [["Exports", "Kyrgyzstan", "2023", "110.000", "117.000", "6.4%"]]


def test_the_analyst_sees_what_the_change_is_made_of(output: MakeOutput) -> None:
    rows = {row[0]: row[1:] for row in shown(table(output().story, "change-BLR-by-BLR"))}
    assert rows["total"] == ["70,000.0", "100,000.0", "30,000.0"]
    assert rows["continuing products: 2"][2] == "20,000.0"
    assert rows["new products: 1"][2] == "15,000.0"
    assert rows["lost products: 1"][2] == "-10,000.0"
    assert rows["shown under no product"] == ["0.0", "5,000.0", "5,000.0"]
    assert rows["quantity (covers 85%)"][2] == "5,000.0"
    assert rows["price (covers 85%)"][2] == "15,000.0"


def test_every_total_says_dataset_version_and_method(output: MakeOutput) -> None:
    first = shown(table(output().story, "warehouse-totals"))[0]
    assert first[5:] == ["customs", "1 April 2024", "total as published"]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_chart_can_be_drawn(output: MakeOutput, lang: str) -> None:
    found = output(lang=lang)
    charts = [
        block
        for section in found.story.sections
        for block in section.blocks
        if isinstance(block, Chart)
    ]
    assert [chart.name for chart in charts] == ["change", "change", "gaps", "trade"]
    assert all("<svg" in found.charts.svg(chart) for chart in charts)


def test_the_bars_of_the_change_lead_from_one_total_to_the_next(output: MakeOutput) -> None:
    found = output()
    spec = found.charts.spec(Chart("change", say("Change"), "BLR-BLR"))
    bars = spec["datasets"][spec["data"]["name"]]
    assert [(bar["label"], bar["said"]) for bar in bars] == [
        ("2022", "70,000"),
        ("8701 Tractors", "+20,000"),
        ("8428 Tractors, Tractors, Tractors, Tractors, …", "+15,000"),
        ("6904", "−10,000"),
        ("shown under no product", "+5,000"),
        ("2023", "100,000"),
    ]
    assert (bars[-2]["high"], bars[-1]["high"]) == (100_000, 100_000)


@pytest.mark.parametrize("name", ["html", "docx", "xlsx", "json"])
@pytest.mark.parametrize("brief", [True, False])
def test_every_document_is_made_twice_alike(output: MakeOutput, name: str, brief: bool) -> None:
    first, second = (renderer(name)(output(brief=brief)) for _ in range(2))
    assert first == second


def test_json_with_a_warehouse_follows_the_published_schema(output: MakeOutput) -> None:
    data = json.loads(renderer("json")(output(brief=True)))
    validator = jsonschema.Draft202012Validator(brief_schema())
    assert list(validator.iter_errors(data)) == []
    assert data["trade"]["pair"]["year"] == 2023
    known = {source["id"] for source in data["sources"]}
    assert "customs-2024-04-01" in known
    levels = [
        one for flow in data["trade"]["flows"] for row in flow["rows"] for one in row["levels"]
    ]
    assert all(set(level["sources"]) <= known for level in levels)


def test_csv_parquet_and_workbook_hold_the_same_numbers(output: MakeOutput) -> None:
    found = output()
    one = table(found.story, "products-BLR-by-BLR")
    text = table_writer("csv")(found, one)
    assert text.startswith(b"\xef\xbb\xbfCode,Product,2022,2023,Share,Change")
    in_csv = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))[1:]
    in_parquet = pq.read_table(io.BytesIO(table_writer("parquet")(found, one)))
    book: Any = openpyxl.load_workbook(io.BytesIO(renderer("xlsx")(found)))
    in_book = [row[3].value for row in book["Products BLR by BLR"].iter_rows(min_row=4)]
    assert [float(row[3]) for row in in_csv] == [60_000, 20_000, 15_000, 0]
    assert in_parquet.column("2023").to_pylist() == in_book == [60_000, 20_000, 15_000, 0]
    assert in_parquet.column("Share").to_pylist() == [0.6, 0.2, 0.15, 0]
    assert set(in_parquet.column("Sources").to_pylist()) == {"customs-2024-04-01"}


def test_a_product_that_is_named_like_a_formula_stays_text_in_csv(output: MakeOutput) -> None:
    found = output()
    text = table_writer("csv")(found, table(found.story, "products-BLR-by-BLR")).decode()
    assert ",'=Milk powder," in text


def test_a_long_name_is_whole_in_data_and_clipped_on_paper(output: MakeOutput) -> None:
    found = output()
    one = table(found.story, "products-BLR-by-BLR")
    assert "Tractors, " * 8 in table_writer("csv")(found, one).decode()
    assert "Tractors, " * 8 not in renderer("html")(found).decode()


def test_each_table_becomes_a_file_of_its_own(output: MakeOutput, tmp_path: Path) -> None:
    text = PROGRAMME.replace("x-kgz", "sources")  # an indicator that is called as a table is
    files = publish(output(text), tmp_path / "out", ["csv"]).files
    names = {path.name.removeprefix("blr-kgz-trade-2025-01-01-en-") for path in files}
    assert {"sources.csv", "sources-2.csv", "gaps-BLR-KGZ.csv", "growth-x-blr.csv"} <= names
    assert len(names) == len(files)


def test_a_brief_loads_none_of_the_statistics_libraries() -> None:
    code = (
        "import sys, bilat.brief, bilat.cli.brief, bilat.cli.trade\n"
        "print([name for name in ('pyarrow', 'duckdb', 'deltalake') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_brief_is_made_where_the_statistics_libraries_are_not_installed(
    folder: Callable[..., Path],
) -> None:
    code = (
        "import sys, datetime\n"
        "for name in ('pyarrow', 'duckdb', 'deltalake'):\n"
        "    sys.modules[name] = None\n"
        "from bilat.brief import make_brief\n"
        "from bilat.programme import open_programme\n"
        "brief = make_brief(open_programme(sys.argv[1]), as_of=datetime.date(2025, 1, 1))\n"
        "print([float(level.value) for level in brief.trade.flows[0].rows[0].levels])"
    )
    command = [sys.executable, "-c", code, str(folder(ENTERED))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[100000000.0, 110000000.0]"
