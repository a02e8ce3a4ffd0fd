"""`bilat sources` at the terminal."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as parquet
import pytest
from click.testing import CliRunner

from bilat.cli.reader import reader_language
from bilat.cli.sources import command
from bilat.sources.report import REPORTS

TABLE = """
    flow,partner,partner_ru,year,value_kusd
    export,Total,Всего,2023,100
    export,Belarus,Беларусь,2023,90
    """
READ = ["--dataset", "kgz-nsc", "--vintage", "2024-05-01"]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BILAT_LANG", "en")
    monkeypatch.setenv("COLUMNS", "120")
    reader_language.cache_clear()
    yield
    reader_language.cache_clear()


def run(*arguments: str) -> tuple[Any, str]:
    result = CliRunner().invoke(command, list(arguments), standalone_mode=False)
    return result, result.output


def test_the_list_names_every_dataset() -> None:
    _result, shown = run()
    for text in ("kgz-nsc", "cepii-baci-hs12", "Etalab Open Licence 2.0", "CEPII"):
        assert text in shown


def test_a_file_is_summed_up_and_its_problems_told(file: Any) -> None:
    result, shown = run(str(file("t.csv", TABLE)), *READ)
    assert result.return_value == 0
    assert "KGZ" in shown
    assert "2 rows, 0 errors, 2 warnings" in shown
    assert "the partners make 10,000 USD less than the total" in shown


def test_strict_ends_with_two_on_any_problem(file: Any) -> None:
    result, _shown = run(str(file("t.csv", TABLE)), *READ, "--strict")
    assert result.return_value == 2


def test_the_tidy_table_is_written(file: Any, tmp_path: Any) -> None:
    out = tmp_path / "reports.parquet"
    _result, shown = run(str(file("t.csv", TABLE)), *READ, "--out", str(out))
    assert f"{out} written" in shown
    assert parquet.read_table(out).schema.equals(REPORTS)


def test_a_file_needs_its_description_and_day(file: Any) -> None:
    result, _shown = run(str(file("t.csv", TABLE)))
    assert "--dataset ID --vintage" in str(result.exception)


def test_a_folder_that_is_not_there_is_refused(file: Any, tmp_path: Any) -> None:
    out = str(tmp_path / "nowhere" / "r.parquet")
    result, _shown = run(str(file("t.csv", TABLE)), *READ, "--out", out)
    assert "cannot be written" in str(result.exception)


def test_the_reporters_of_the_world_make_one_line(file: Any) -> None:
    codes = (4, 8, 12, 20, 24, 28, 31, 32, 36, 40, 44, 48, 50, 51, 52, 56, 60, 64, 68, 70, 72, 76)
    lines = "".join(f"2022,{code},417,843320,1,1\n" for code in codes)
    table = file("b.csv", "t,i,j,k,v,q\n" + lines)
    _result, shown = run(str(table), "--dataset", "cepii-baci-hs92", "--vintage", "2024-01-30")
    assert [line.split()[:3] for line in shown.splitlines() if line.startswith("*")] == [
        ["*", "X", "12"]
    ]
