"""What the log alone says of the datasets, before a file is opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.core.warehouse.declarations import declared

from bilat.warehouse import Warehouse

EXPORTS = "BLR KGZ X 2022 870110 4\nRUS KGZ X 2023 870110 6"
BOTH = EXPORTS + "\nKGZ BLR M 2023 870110 4.4"
MONTHLY = "BLR KGZ X 2023-05 870110 1"


def test_datasets_by_what_they_hold(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "w")
    warehouse.load(declared(EXPORTS, dataset="made"))
    warehouse.load(declared(BOTH, dataset="both"))
    warehouse.load(declared(BOTH, dataset="both", vintage="2024-09-01"))
    warehouse.load(declared(MONTHLY, dataset="months"))
    both, made, months = warehouse.spans(date(2025, 1, 1))
    assert (made.dataset, made.exporters_only, made.yearly) == ("made", True, True)
    assert (made.first, made.last, made.rows) == (date(2022, 1, 1), date(2023, 1, 1), 2)
    assert made.vintage == date(2024, 4, 1)
    assert not both.exporters_only
    assert both.vintage is None, "a question has to choose"
    assert both.newest == date(2024, 9, 1)
    assert not months.yearly


def test_a_vintage_of_later_does_not_count(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "w")
    warehouse.load(declared(EXPORTS))
    warehouse.load(declared(EXPORTS, vintage="2024-09-01"))
    (span,) = warehouse.spans(date(2024, 5, 1))
    assert span.vintage == date(2024, 4, 1)
    assert warehouse.spans(date(2024, 1, 1)) == ()


def test_compaction_merges_vintages_and_the_answer_stays(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "w")
    warehouse.load(declared(EXPORTS))
    warehouse.load(declared("BLR KGZ X 2022 870110 5", vintage="2024-09-01"))
    since, until = date(2022, 1, 1), date(2024, 1, 1)

    def asked(day: date) -> list[float]:
        (span,) = warehouse.spans(day)
        return list(warehouse.exports(span=span, since=since, until=until)["value"].to_pylist())

    for _again in range(2):
        assert sorted(asked(date(2024, 5, 1))) == [4e6, 6e6]
        assert sorted(asked(date(2025, 1, 1))) == [5e6, 6e6]
        warehouse.compact(keep_days=0)
