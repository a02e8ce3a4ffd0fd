"""A data officer looks after the warehouse: status, history, compact, verify, export."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from tests.core.warehouse.declarations import declared, told

from bilat import __version__
from bilat.errors import OutputRefused
from bilat.warehouse import Warehouse, compacting
from bilat.warehouse.compacting import LOOSE
from bilat.warehouse.table import DataFile, Snapshot

COUNTRIES = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "UZB")
LATER = date(2026, 1, 1)


def year(number: int, scale: float = 1) -> str:
    """Every country's exports to every other in one year, in two products."""
    return "\n".join(
        f"{a} {b} X {number} {product} {scale * (i + 10 * j + 1):g}"
        for i, a in enumerate(COUNTRIES)
        for j, b in enumerate(COUNTRIES)
        if a != b
        for product in ("TOTAL", "870120")
    )


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """Five years, and a revision of the last; ten rows a file."""
    warehouse = Warehouse(tmp_path / "trade", file_rows=10)
    for number in range(2019, 2024):
        warehouse.load(declared(year(number), vintage="2024-04-01", file=f"{number}.csv"))
    warehouse.load(declared(year(2023, 1.1), vintage="2025-04-01", file="revised.csv"))
    return warehouse


def test_status_counts_datasets_rows_and_files(warehouse: Warehouse) -> None:
    status = warehouse.status()
    assert (status.version, status.rows, status.files) == (6, 360, 36)
    assert status.size == sum(path.stat().st_size for path in files_of(warehouse))
    (customs,) = status.datasets
    assert (customs.dataset, customs.rows, customs.vintages) == ("customs", 360, 2)
    assert (customs.first_vintage, customs.last_vintage) == (date(2024, 4, 1), date(2025, 4, 1))
    assert (customs.first_start, customs.last_start) == (date(2019, 1, 1), date(2023, 1, 1))
    assert customs.reporters == 6


def files_of(warehouse: Warehouse) -> list[Path]:
    return [Path(path) for path in warehouse.touched()]


def test_history_tells_every_commit_the_newest_first(warehouse: Warehouse) -> None:
    warehouse.compact()
    compaction, revision, *_others = warehouse.history()
    assert (compaction.operation, compaction.rows) == ("compact", 360)
    assert (revision.operation, revision.dataset, revision.vintage, revision.rows) == (
        "load",
        "customs",
        "2025-04-01",
        60,
    )
    assert revision.bilat == __version__
    assert len(revision.content_hash) == 64
    assert [commit.version for commit in warehouse.history()] == [7, 6, 5, 4, 3, 2, 1, 0]


def test_a_pairs_question_opens_only_its_files(warehouse: Warehouse) -> None:
    everything = set(warehouse.touched())
    mine = warehouse.touched("BLR", "KGZ")
    assert len(everything) == 36
    assert 0 < len(mine) <= 12  # one or two of the six files of each load
    for path in everything - set(mine):
        rows = pq.read_table(path).to_pylist()
        assert not [row for row in rows if (row["reporter"], row["partner"]) == ("BLR", "KGZ")]
    assert warehouse.touched("BLR", as_of=date(2024, 1, 1)) == []
    warehouse.compact()
    assert len(warehouse.touched()) <= 37
    assert len(warehouse.touched("BLR", "KGZ")) <= 2


def test_compaction_keeps_every_row_and_answer_and_does_nothing_twice(
    warehouse: Warehouse,
) -> None:
    days = date(2024, 4, 1), date(2025, 4, 1)
    before = [warehouse.flows(as_of=day) for day in days]
    warehouse.load(declared("BLR KGZ X 2022 TOTAL 1", dataset="un"))
    warehouse.load(declared("BLR UZB X 2022 TOTAL 1", dataset="un"))
    first = warehouse.compact()
    assert first.files_after < first.files_before
    assert [warehouse.flows(dataset="customs", as_of=day) for day in days] == before
    assert len(warehouse.touched(dataset="un")) == 1
    again = warehouse.compact()
    assert (again.version, again.files_after) == (first.version, first.files_after)
    assert warehouse.verify().problems == ()
    assert warehouse.load(declared(year(2019), vintage="2024-04-01", file="2019.csv")).already


def test_merged_files_wait_for_their_readers_and_then_go(warehouse: Warehouse) -> None:
    folder = Path(warehouse.address) / "data"
    assert warehouse.compact().deleted == 0
    assert len(list(folder.rglob("*.parquet"))) > len(warehouse.touched())
    assert warehouse.verify().problems == ()
    assert warehouse.compact(keep_days=0).deleted == 36
    assert {str(path) for path in folder.rglob("*.parquet")} == set(warehouse.touched())
    assert warehouse.verify().problems == ()
    assert len(warehouse.history()) >= 8


def test_a_merge_in_the_middle_of_a_question_gives_no_row_twice(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = warehouse.pair("BLR", "KGZ", products="all", as_of=LATER)
    touching = Snapshot.touching

    def and_merge(self: Snapshot, **ranges: Any) -> list[DataFile]:
        monkeypatch.undo()
        Warehouse(warehouse.address, file_rows=10).compact()
        return touching(self, **ranges)

    monkeypatch.setattr(Snapshot, "touching", and_merge)
    assert warehouse.pair("BLR", "KGZ", products="all", as_of=LATER) == before
    assert len(warehouse.history()) == 8


def test_verify_counts_what_it_read(warehouse: Warehouse) -> None:
    verified = warehouse.verify()
    assert (verified.rows, verified.files, verified.commits) == (360, 36, 7)
    assert verified.problems == ()


def test_verify_finds_a_file_that_somebody_else_put_there(warehouse: Warehouse) -> None:
    stranger = Path(warehouse.address) / "data" / "mine.parquet"
    stranger.write_bytes(b"")
    (problem,) = warehouse.verify().problems
    assert (str(problem.place), problem.severity) == (str(stranger), "warning")


@pytest.mark.parametrize("as_of", [None, date(2024, 4, 1), LATER])
def test_an_export_equals_the_query(
    warehouse: Warehouse, tmp_path: Path, as_of: date | None
) -> None:
    rows = warehouse.export(tmp_path / "all.parquet", as_of=as_of)
    exported = pq.read_table(tmp_path / "all.parquet")
    asked = warehouse.vintages(as_of=LATER) if as_of is None else warehouse.flows(as_of=as_of)
    assert exported.to_pylist() == asked.to_pylist()
    assert warehouse.export(tmp_path / "all.csv", "csv", as_of=as_of) == rows == asked.num_rows
    read = pa_csv.read_csv(
        tmp_path / "all.csv",
        convert_options=pa_csv.ConvertOptions(
            column_types=asked.schema, null_values=[""], strings_can_be_null=False
        ),
    )
    assert read.column("value_usd") == asked.column("value_usd")
    assert told(read) == told(asked)


def test_an_export_that_cannot_be_written_leaves_nothing(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    with pytest.raises(OutputRefused, match="cannot be written"):
        warehouse.export(tmp_path / "nowhere" / "all.csv", "csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(OutputRefused):
        warehouse.export(tmp_path / "folder.csv", "csv")
    assert not list(tmp_path.glob(".*"))


def test_an_empty_warehouse_answers_with_no_rows(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    empty = declared("BLR KGZ X 2023 TOTAL 1").slice(0, 0)
    assert warehouse.load(empty).rows == 0
    assert warehouse.flows(as_of=LATER).num_rows == 0
    assert warehouse.status().datasets == ()
    assert warehouse.verify().problems == ()
    assert warehouse.compact().files_after == 0
    assert warehouse.export(tmp_path / "out.parquet", as_of=LATER) == 0


def test_other_programs_read_the_files_as_they_are(warehouse: Warehouse) -> None:
    rows = duckdb.execute("SELECT count(*) FROM read_parquet($1)", [warehouse.touched()]).fetchone()
    assert rows == (360,)


def test_batches_and_words_in_numbers_are_taken_as_well(tmp_path: Path) -> None:
    table = declared(year(2020))
    numbered = pa.table(
        [
            column.dictionary_encode() if pa.types.is_string(column.type) else column
            for column in table.columns
        ],
        names=table.schema.names,
    )
    one, two, three = (Warehouse(tmp_path / name) for name in ("one", "two", "three"))
    one.load(table)
    two.load(numbered)
    three.load(iter(table.to_batches(max_chunksize=7)))
    answers = [warehouse.flows(as_of=LATER) for warehouse in (one, two, three)]
    assert answers[0] == answers[1] == answers[2]
    assert len({warehouse.history()[0].content_hash for warehouse in (one, two, three)}) == 1


def small_loads(warehouse: Warehouse, count: int) -> None:
    for number in range(count):
        text = f"BLR KGZ X {1990 + number} TOTAL 1"
        warehouse.load(declared(text, file=f"small{number}.csv"))


def homes_of(warehouse: Warehouse) -> set[Path]:
    return {path.parent for path in files_of(warehouse)}


def test_a_few_loads_may_lie_apart(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    small_loads(warehouse, LOOSE)
    assert warehouse.loose_loads() == 0
    assert warehouse.merge_loose().files_after == LOOSE


def test_many_small_loads_are_merged_and_a_large_one_stays_as_it_is(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path, file_rows=10)
    warehouse.load(declared(year(2020)))
    large = homes_of(warehouse)
    small_loads(warehouse, LOOSE)
    before = warehouse.flows(as_of=LATER)
    assert warehouse.loose_loads() == LOOSE
    done = warehouse.merge_loose()
    assert (done.files_before, done.files_after) == (6 + LOOSE, 6 + 1)
    assert large < homes_of(warehouse)
    assert len(homes_of(warehouse)) == 2
    assert warehouse.loose_loads() == 0
    assert warehouse.flows(as_of=LATER) == before
    assert warehouse.verify().problems == ()


def test_loads_that_grow_threefold_are_merged_by_half(tmp_path: Path) -> None:
    rows = {f"data/{place}": 3**place for place in range(LOOSE + 1)}
    assert compacting.small_ones(rows) == list(rows)[: (LOOSE + 1) // 2]
    alike = {f"data/{place:02}": 7 for place in range(LOOSE + 1)}
    assert compacting.small_ones(alike) == list(alike)
    assert compacting.small_ones(dict(list(alike.items())[:LOOSE])) == []


def test_a_merge_of_one_dataset_leaves_the_others(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    warehouse.load(declared("BLR KGZ X 2022 TOTAL 1", dataset="un"))
    un = homes_of(warehouse)
    small_loads(warehouse, LOOSE + 1)
    assert warehouse.loose_loads() == LOOSE + 1
    assert warehouse.merge_loose().files_after == 2
    assert un < homes_of(warehouse)
    assert warehouse.verify().problems == ()


@pytest.mark.parametrize(
    "rates", [[1.0, None, 1.0], [1.0, 2.0, 1.0], [2.0] * 3, [None] * 3, [None, 1.0, None]]
)
def test_numbers_that_repeat_are_kept_as_they_are(tmp_path: Path, rates: list[Any]) -> None:
    table = declared("BLR KGZ X 2021 TOTAL 1\nBLR KGZ X 2022 TOTAL 2\nBLR KGZ X 2023 TOTAL 3")
    place = table.schema.get_field_index("rate")
    table = table.set_column(place, table.schema.field(place), pa.array(rates, pa.float64()))
    warehouse = Warehouse(tmp_path)
    warehouse.load(table)
    assert warehouse.flows(as_of=LATER).to_pylist() == table.to_pylist()
