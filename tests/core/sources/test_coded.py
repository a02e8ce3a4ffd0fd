"""An analyst with ten million rows takes the report in numbers; nothing else changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from bilat.sources import REPORTS
from bilat.sources.columns import coded, constant, look, plain, word, words
from bilat.sources.report import CODED

BACI = """
    t,i,j,k,v,q
    2022,112,417,10121,5.5,NA
    2022,112,999999,843320,1,1
    2022,417,112,843320,1500.25,300.5
    """


def test_the_report_in_numbers_is_the_same_report(file: Any, reading: Any) -> None:
    found = reading(file("BACI_HS92_Y2022.csv", BACI), "cepii-baci-hs92")
    assert found.coded.schema == CODED
    assert found.reports.schema == REPORTS
    assert found.coded.to_pylist() == found.reports.to_pylist()
    assert found.coded.num_rows == 2
    assert len(found.problems) == 1


def test_the_words_of_all_blocks_of_a_file_are_one_dictionary(tmp_path: Path, reading: Any) -> None:
    lines = [
        f"2022,{(112, 417, 398)[n % 3]},643,{n % 900_000 + 10_000},{n},1" for n in range(600_000)
    ]
    path = tmp_path / "long.csv"
    path.write_text("t,i,j,k,v,q\n" + "\n".join(lines) + "\n")
    column = reading(path, "cepii-baci-hs92").coded.column("reporter")
    assert column.num_chunks > 1
    assert {tuple(chunk.dictionary.to_pylist()) for chunk in column.chunks} == {
        ("BLR", "KGZ", "KAZ")
    }
    assert column.slice(0, 3).to_pylist() == ["BLR", "KGZ", "KAZ"]


@pytest.mark.parametrize("ask", [look, words])
@pytest.mark.parametrize(
    ("find", "answers"),
    [
        ({"a": "A", "b": "B"}.get, ["A", "B", None, "A"]),
        ({"a": "A"}.get, ["A", None, None, "A"]),
        ({"a": "A", None: "none"}.get, ["A", None, "none", "A"]),
        ({"a": "X", "b": "X"}.get, ["X", "X", None, "X"]),
        (lambda _text: "X", ["X"] * 4),
        (lambda _text: None, [None] * 4),
    ],
)
def test_each_text_is_understood_once_and_every_row_has_its_answer(
    ask: Any, find: Any, answers: list[str | None]
) -> None:
    column = pa.chunked_array([["a", "b"], [None, "a"]], pa.string())
    for given in (column, column.dictionary_encode(), coded(column)):
        assert ask(given, find, pa.string()).to_pylist() == answers
    assert ask(column.slice(0, 0), find, pa.string()).to_pylist() == []


def test_one_value_many_times() -> None:
    for value, kind in [("x", pa.string()), (None, pa.string()), (date(2022, 1, 1), pa.date32())]:
        for length in (0, 1, 5):
            numbered = word(value, length, kind)
            assert numbered.to_pylist() == [value] * length
            assert plain(numbered).to_pylist() == constant(value, length, kind).to_pylist()
