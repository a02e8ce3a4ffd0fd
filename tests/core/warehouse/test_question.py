"""An analyst's question: conditions, and the files that may hold its answer."""

from __future__ import annotations

from datetime import date
from inspect import signature

import pytest
from tests.core.warehouse.declarations import declared, told

from bilat.warehouse import Question, Warehouse, queries

LATER = date(2025, 1, 1)


def test_a_question_has_the_conditions_that_are_given() -> None:
    question = Question("BLR", flow="X", months=12, as_of=LATER)
    assert question.asked == {"reporter": "BLR", "flow": "X", "months": 12, "as_of": LATER}
    assert set(question.asked) <= set(queries.CONDITIONS)


def test_files_are_chosen_by_the_ranges_of_its_columns() -> None:
    since, until = date(2022, 1, 1), date(2024, 1, 1)
    question = Question("BLR", since=since, until=until, as_of=LATER)
    assert question.ranges == {
        "reporter": ("BLR", "BLR"),
        "start": (since, until),
        "vintage": (None, LATER),
    }
    one_period = Question(start=since, until=until, as_of=LATER)
    assert one_period.ranges["start"] == (since, since)


def test_the_other_side_is_asked_the_same() -> None:
    question = Question("BLR", "KGZ", product="TOTAL", as_of=LATER)
    assert question.turned() == Question("KGZ", "BLR", product="TOTAL", as_of=LATER)


def test_each_question_of_the_warehouse_takes_every_condition(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    warehouse = Warehouse(tmp_path_factory.mktemp("trade"))
    warehouse.load(declared("BLR KGZ X 2022 TOTAL 1\nBLR KGZ X 2023 TOTAL 2\nBLR RUS X 2023 01 3"))
    conditions = list(signature(Question).parameters)
    year = date(2023, 1, 1)
    for ask in (warehouse.flows, warehouse.vintages, warehouse.totals_by_year):
        assert list(signature(ask).parameters) == conditions
    assert told(warehouse.flows("BLR", "KGZ", start=year, as_of=LATER)) == [
        "BLR KGZ X 2023 TOTAL 2"
    ]
    assert told(warehouse.vintages("BLR", since=year, product="01", as_of=LATER)) == [
        "BLR RUS X 2023 01 3"
    ]
    assert warehouse.totals_by_year(months=12, until=year, as_of=LATER)["year"].to_pylist() == [
        2022
    ]


def test_a_question_without_its_day_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    warehouse = Warehouse(tmp_path_factory.mktemp("trade"))
    with pytest.raises(TypeError, match="as_of"):
        warehouse.flows("BLR")  # type: ignore[call-arg]
