"""An analyst's questions have one answer, whichever engine gives it: DuckDB or Spark.

Sail serves where it is installed; Apache Spark where ``pyspark`` with its Java is.
"""

from __future__ import annotations

import inspect
import math
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.core.warehouse.declarations import declared, told

from bilat.sources.report import CONFIDENTIAL, REPORTS, TOTAL
from bilat.warehouse import (
    EngineFailed,
    EngineMissing,
    EngineUnreachable,
    SparkEngine,
    Warehouse,
    queries,
    world_queries,
)
from bilat.warehouse.engine import DuckEngine, Engine

SPRING, SUMMER, LATER = date(2024, 4, 1), date(2024, 6, 1), date(2025, 1, 1)
ODD = 'd\'été "x" $a :b {c} -- Ж'

FIRST = """
    BLR KGZ X 2022 TOTAL 100.1
    BLR KGZ X 2023 TOTAL 106.5
    BLR KGZ X 2023 870120 20.2
    BLR KGZ X 2023 8701 20.2
    BLR KGZ X 2023 H5/870120 20.1
    BLR KGZ X 2023 XXXXXX 86.3
    BLR KGZ X 2023-01 TOTAL 8.1
    BLR KGZ X 2023-02 TOTAL 8.2
    BLR KGZ M 2023 TOTAL 8.1
    BLR RUS X 2023 TOTAL 26000
    BLR WLD X 2023 TOTAL 40000.7
    KGZ BLR M 2023 TOTAL 98.2
    KGZ BLR X 2023 040610 0.1
    KGZ BLR X 2023 040620 0.2
    KGZ BLR X 2023 040630 0.3
    KGZ BLR X 2023 04 0.6
    KGZ BLR X 2023 XXXXXX 0.7
    KGZ UZB RX 2023-12 270900 300
"""
REVISED = """
    BLR KGZ X 2023 TOTAL 107.9
    BLR KGZ X 2023 870120 0
    KGZ BLR X 2023 040610 0.15
"""
BROUGHT = """
    BLR KGZ X 2023 TOTAL 106.5
    BLR KGZ M 2023 TOTAL 8.1
    KGZ BLR M 2024 TOTAL 99
    UZB KGZ X 2024 520100 5
"""
CORRECTED = BROUGHT.replace("TOTAL 8.1", "TOTAL 8.2")


@pytest.fixture(autouse=True)
def _not_a_doctest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the main module has no file, as in a worker of pytest-xdist, the client of Spark takes
    the process for its own doctests, and ends it."""
    main = sys.modules["__main__"]
    if not hasattr(main, "__file__"):
        monkeypatch.setattr(main, "__file__", __file__, raising=False)


@contextmanager
def served_by_sail() -> Iterator[str]:
    pytest.importorskip("pysail", reason="Sail is not installed")
    begin = (
        "import sys; from pysail.spark import SparkConnectServer as Server; "
        "server = Server('127.0.0.1', 0); server.start(background=True); "
        "print(server.listening_address[1], flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", begin],
        stdin=subprocess.PIPE,  # it ends with us, also if we are killed
        stdout=subprocess.PIPE,
        env={**os.environ, "RUST_LOG": "off"},
        text=True,
    ) as server:
        assert server.stdout is not None
        try:
            yield f"sc://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.kill()


@contextmanager
def served_by_spark() -> Iterator[str]:
    spec = find_spec("pyspark")
    home = Path(spec.origin).parent if spec and spec.origin else Path()
    if not (home / "jars").is_dir() or shutil.which("java") is None:
        pytest.skip("pyspark with its Java is not installed")
    port = free_port()
    settings = {
        "spark.connect.grpc.binding.port": port,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": 2,
    }
    command = [str(home / "bin" / "spark-submit"), "--master", "local[2]"]
    command += [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
    with subprocess.Popen(
        [*command, "spark-internal"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "SPARK_HOME": str(home)},
    ) as server:
        try:
            wait_for(port)
            yield f"sc://127.0.0.1:{port}"
        finally:
            server.kill()


SERVERS = {"sail": served_by_sail, "spark": served_by_spark}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def wait_for(port: int) -> None:
    for _attempt in range(240):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    raise TimeoutError(port)


@pytest.fixture(scope="module", params=SERVERS)
def engine(request: pytest.FixtureRequest) -> Iterator[SparkEngine]:
    with SERVERS[request.param]() as server:
        engine = SparkEngine(server)
        yield engine
        engine.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several loads: revisions, years and months, blanks, and names that are no names for SQL."""
    folder = tmp_path_factory.mktemp("all of Ўзбекистан's trade") / "trade"
    warehouse = Warehouse(folder, file_rows=8)
    warehouse.load(declared(FIRST))
    warehouse.load(declared(REVISED, vintage="2024-09-01", file="b.csv"))
    warehouse.load(declared(FIRST, dataset=ODD, file="таблица 'Ң'.csv"))
    warehouse.load(blank(declared(REVISED, dataset=ODD, vintage="2024-04-02")))
    return folder


def blank(reports: pa.Table) -> pa.Table:
    """Without anything that may be missing."""
    for number, field in enumerate(reports.schema):
        if field.nullable:
            empty = pa.nulls(reports.num_rows, field.type)
            reports = reports.set_column(number, field, empty)
    return reports


SPAN = {"since": date(2023, 1, 1), "until": date(2024, 1, 1)}
CODES = {"total": TOTAL, "confidential": CONFIDENTIAL, "as_of": LATER}
RANGE = {"dataset": "customs", "low": "BLR", "high": "KGZ"}
WORLD = {"dataset": "customs", "months": 12, "length": 6, "as_of": LATER, **SPAN}
ONE = {**{name: value for name, value in WORLD.items() if name != "as_of"}, "vintage": SPRING}
SIDES = {"a": "BLR", "b": "KGZ"}
ASKED: dict[str, list[dict[str, Any]]] = {
    "flows": [
        {"as_of": SPRING},
        {"as_of": SUMMER, "dataset": ODD},
        {"as_of": LATER, "reporter": "BLR", "partner": "KGZ", "flow": "X", "product": "870120"},
        {"as_of": LATER, "classification": "", "months": 12, "start": date(2023, 1, 1)},
        {"as_of": LATER, **SPAN, "flow": "RX"},
        {"as_of": LATER, "reporter": "'; DROP TABLE reports; -- $x :y {z} \\"},
        {"as_of": date(1999, 1, 1)},
    ],
    "pair": [
        {"a": "KGZ", "b": "BLR", "as_of": LATER},
        {"a": "BLR", "b": "KGZ", "as_of": SPRING, "product": TOTAL, "dataset": "customs"},
    ],
    "totals": [CODES, {**CODES, **SPAN}, {**CODES, "reporter": "KGZ", "as_of": SPRING}],
    "vintages": [{"as_of": LATER}, {"as_of": SUMMER, "product": "040610", "months": 12}],
    "portion": [RANGE, {**RANGE, "dataset": ODD}],
    "repeated": [RANGE, {**RANGE, "dataset": ODD}],
    "markets": [
        {**WORLD, **SIDES},
        {**WORLD, **SIDES, "flow": "X", "digits": 4},
        {**ONE, **SIDES, "flow": "X"},
        {**ONE, **SIDES, "digits": 2},
    ],
    "revised": [WORLD, {**WORLD, "flow": "X", "reporter": "KGZ"}],
    "exports": [WORLD, {**WORLD, "flow": "X"}, {**ONE, "digits": 4}, {**ONE, "flow": "X"}],
    "dyads": [
        WORLD,
        {**WORLD, "flow": "X", "digits": 0},
        {**ONE, "digits": 2},
        {**ONE, "flow": "X", "digits": 0},
    ],
    "suppliers": [
        {**WORLD, "flow": "X", "partner": "BLR"},
        {**WORLD, "flow": "X", "partner": "BLR", "product": "040610"},
        {**ONE, "flow": "X", "partner": "BLR", "digits": 4, "heading": "0406"},
        {**WORLD, "flow": "M", "reporter": "KGZ"},
    ],
    "editions": [WORLD, {**ONE, "flow": "X"}],
    "markets by edition": [{**WORLD, **SIDES}, {**ONE, **SIDES, "flow": "X"}],
    "exports by edition": [WORLD, {**ONE, "flow": "X"}],
    "suppliers by edition": [{**WORLD, "flow": "X", "partner": "BLR"}],
    "CONTENT": [{}],
    "REPORTER_ROWS": [{}],
    "EVERYTHING": [{}],
    "CONTRADICTIONS": [{}],
    "KNOWN": [{}],
    "UNKNOWN": [{}],
}
"""Every text of the product, and what it is asked here; some also with the editions of codes."""
BY_EDITION = " by edition"
OF_A_LOAD = ("CONTRADICTIONS", "KNOWN", "UNKNOWN")
UNSORTED = {
    "portion": ("file", "line", "vintage"),
    "UNKNOWN": ("file", "line", "vintage"),
    "exports": ("year", "country", "product"),
}
"""Their rows are sorted later, by these columns."""
SUMS = ("totals", "editions", "markets", "exports", "dyads", "suppliers")
"""Each engine adds numbers up in an order of its own: the last digit may differ."""
QUESTIONS = [(name, asked) for name, all_asked in ASKED.items() for asked in all_asked]


def text_of(name: str, asked: Mapping[str, Any]) -> str:
    kind = name.removesuffix(BY_EDITION)
    text = getattr(queries if hasattr(queries, kind) else world_queries, kind)
    more = {"by_edition": True} if name.endswith(BY_EDITION) else {}
    return str(text(asked, **more) if callable(text) else text)


def test_no_text_is_forgotten_here() -> None:
    public = {
        name
        for texts in (queries, world_queries)
        for name, thing in vars(texts).items()
        if not name.startswith("_")
        and (isinstance(thing, str) or inspect.getmodule(thing) is texts)
    } - {"annotations", "where_of"}
    assert {name.removesuffix(BY_EDITION) for name in ASKED} == public
    asked_for = {word for _name, asked in QUESTIONS for word in asked}
    assert set(queries.CONDITIONS) <= asked_for


def same(name: str, one: pa.Table, other: pa.Table) -> None:
    assert one.schema.equals(other.schema, check_metadata=True), name
    kind = name.removesuffix(BY_EDITION)
    if kind in UNSORTED:
        order = [(column, "ascending") for column in UNSORTED[kind]]
        one, other = one.sort_by(order), other.sort_by(order)
    if kind in SUMS:
        for column in [field.name for field in one.schema if pa.types.is_float64(field.type)]:
            sums = zip(one[column].to_pylist(), other[column].to_pylist(), strict=True)
            assert all(a == b or math.isclose(a, b, rel_tol=1e-14) for a, b in sums), column
            one, other = one.drop_columns(column), other.drop_columns(column)
    assert one.to_pylist() == other.to_pylist(), name


def test_every_text_of_the_product_has_the_same_answer(
    engine: SparkEngine, folder: Path, tmp_path: Path
) -> None:
    good = Warehouse(folder).touched()
    twice = declared(FIRST + FIRST.lstrip(), vintage="2024-05-01", file="twice.csv")
    damaged = [*good, *written(tmp_path, twice=twice)]
    brought = written(tmp_path, brought=declared(BROUGHT), corrected=declared(CORRECTED))
    duckdb, answered = DuckEngine(), set()
    for name, asked in QUESTIONS:
        files = damaged if name == "repeated" else good
        for new in [[path] for path in brought] if name in OF_A_LOAD else [[]]:
            text = text_of(name, asked)
            answer = duckdb.ask(text, files, asked, new=new)
            same(name, answer, engine.ask(text, files, asked, new=new))
            answered |= {name} if answer.num_rows else set()
    assert answered == set(ASKED), "each gave rows at least once"


def written(folder: Path, **tables: pa.Table) -> list[str]:
    paths = [folder / f"{name}.parquet" for name in tables]
    for path, table in zip(paths, tables.values(), strict=True):
        pq.write_table(table, path)
    return [str(path) for path in paths]


def test_a_warehouse_without_rows_answers_with_no_rows_of_the_same_columns(
    engine: SparkEngine, tmp_path: Path
) -> None:
    duckdb, brought = DuckEngine(), written(tmp_path, brought=declared(BROUGHT))
    for name, all_asked in ASKED.items():
        asked, new = all_asked[0], brought if name in OF_A_LOAD else []
        text = text_of(name, asked)
        answer = duckdb.ask(text, [], asked, new=new)
        same(name, answer, engine.ask(text, [], asked, new=new))
        assert answer.num_rows == (4 if name == "UNKNOWN" else 0)


def test_an_analyst_asks_the_warehouse_on_spark_as_on_one_machine(
    engine: SparkEngine, folder: Path, tmp_path: Path
) -> None:
    here, there = Warehouse(folder), Warehouse(folder, engine=engine)
    assert told(there.flows("KGZ", "BLR", dataset=ODD, flow="M", as_of=LATER)) == [
        "KGZ BLR M 2023 TOTAL 98.2"
    ]
    questions: list[Callable[[Warehouse], object]] = [
        lambda trade: trade.pair("KGZ", "BLR", as_of=LATER),
        lambda trade: trade.pair("BLR", "KGZ", as_of=SUMMER, products="all", dataset=ODD),
        lambda trade: trade.vintages("BLR", "KGZ", "X", "TOTAL", as_of=LATER),
        Warehouse.status,
        Warehouse.verify,
    ]
    for answer in questions:
        assert answer(there) == answer(here)
    totals = [trade.totals_by_year("KGZ", as_of=LATER) for trade in (here, there)]
    same("totals", *totals)
    for as_of in (None, SUMMER):
        for name, trade in {"here": here, "there": there}.items():
            trade.export(tmp_path / name, "csv", as_of=as_of)
        assert (tmp_path / "here").read_bytes() == (tmp_path / "there").read_bytes()


def test_loading_stays_on_this_machine_and_spark_sees_the_new_rows(
    engine: SparkEngine, tmp_path: Path
) -> None:
    there = Warehouse(tmp_path / "trade", engine=engine)
    assert there.load(REPORTS.empty_table()).rows == 0
    assert told(there.pair("BLR", "KGZ", as_of=LATER)) == []
    assert there.load(declared(BROUGHT)).rows == 4
    assert there.load(declared(BROUGHT + "BLR RUS X 2023 TOTAL 1")).known == 4
    there.compact(keep_days=0)
    assert told(there.flows("BLR", as_of=LATER)) == [
        "BLR KGZ M 2023 TOTAL 8.1",
        "BLR KGZ X 2023 TOTAL 106.5",
        "BLR RUS X 2023 TOTAL 1",
    ]


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "my trade [1] Ж%b {a,b} *?#"
    Warehouse(folder).load(declared(BROUGHT))
    with served_by_sail() as server:
        engine = SparkEngine(server)
        answer = Warehouse(folder, engine=engine).flows(as_of=LATER)
        engine.close()
    assert answer == Warehouse(folder).flows(as_of=LATER)


def test_a_file_that_the_server_does_not_see_is_an_error_and_no_gap(
    engine: SparkEngine, folder: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(folder, tmp_path / "trade")
    lost, *others = [Path(path) for path in Warehouse(copy).touched()]
    assert others
    lost.unlink()
    with pytest.raises(EngineFailed, match=r"could not answer \(.+verify the warehouse"):
        Warehouse(copy, engine=engine).flows(as_of=LATER)
    lost.write_bytes(b"PAR1 no more PAR1")
    with pytest.raises(EngineFailed, match=r"sc://127\.0\.0\.1:\d+: the engine could not answer"):
        Warehouse(copy, engine=engine).flows(as_of=LATER)


def test_nobody_at_the_address_is_told_at_once(folder: Path) -> None:
    server = f"sc://127.0.0.1:{free_port()}"
    wrong: Engine = SparkEngine(f"{server}/;token=secret")
    with pytest.raises(EngineUnreachable, match=r"no Spark Connect server answers.*Start it") as no:
        Warehouse(folder, engine=wrong).pair("BLR", "KGZ", as_of=LATER)
    assert str(no.value).startswith(f"{server}: ")
    assert "secret" not in f"{no.value}{wrong!r}"


@pytest.mark.parametrize("address", ["localhost:15002", "spark://host:7077", "sc://", "sc://a:b"])
def test_what_is_no_address_of_spark_connect_is_refused(address: str) -> None:
    with pytest.raises(EngineUnreachable, match=r"it looks like sc://host:15002"):
        SparkEngine(address)


def test_who_has_not_installed_the_client_hears_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        pytest.raises(EngineMissing, match=r"pip install 'bilat\[spark\]'"),
    ):
        SparkEngine(f"sc://127.0.0.1:{listening.getsockname()[1]}").ask(queries.CONTENT, [], {})
