"""Products add up to the pair's total, and what is confidential stays so."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from bilat.mirror import as_table, mirror
from bilat.mirror.totals import add_up

Row = dict[str, object]


def flows(*lines: str) -> list[Row]:
    """Lines of “reporter partner flow period product value”."""
    names = ("reporter", "partner", "flow", "period", "product", "value_usd")
    cells = [line.split() for line in lines]
    columns: dict[str, list[object]] = {
        name: [row[place] for row in cells] for place, name in enumerate(names)
    }
    columns["period"] = [int(row[3]) for row in cells]
    columns["value_usd"] = [float(row[5]) for row in cells]
    rows: list[Row] = as_table(mirror(pa.table(columns))).to_pylist()
    return rows


def by_product(rows: list[Row]) -> dict[object, float]:
    return {row["product"]: float(str(row["value_fob_usd"])) for row in rows}


def test_products_are_scaled_to_their_total() -> None:
    values = by_product(
        flows("BLR KGZ X 2024 TOTAL 105", "BLR KGZ X 2024 8701 60", "BLR KGZ X 2024 8428 40")
    )
    assert values["8701"] + values["8428"] == pytest.approx(values["TOTAL"])
    assert values["8701"] / values["8428"] == pytest.approx(1.5)


def test_a_reported_confidential_row_takes_the_difference() -> None:
    rows = flows(
        "BLR KGZ X 2024 TOTAL 105",
        "BLR KGZ X 2024 8701 60",
        "BLR KGZ X 2024 XXXXXX 40",
    )
    values = by_product(rows)
    assert values["8701"] + values["XXXXXX"] == pytest.approx(values["TOTAL"])
    method = {row["product"]: row["method"] for row in rows}
    assert method["XXXXXX"] == "confidential, as reported; made to add up to the total"


def test_what_a_total_holds_beyond_its_products_becomes_confidential() -> None:
    rows = flows("BLR KGZ X 2024 TOTAL 200", "BLR KGZ X 2024 8701 60")
    values = by_product(rows)
    assert values["XXXXXX"] == pytest.approx(values["TOTAL"] - values["8701"])
    assert rows[-1]["method"] == "confidential: total less products"
    assert rows[-1]["x_reported"] is None


def test_two_countries_confidential_rows_are_not_compared() -> None:
    rows = flows("BLR KGZ X 2024 XXXXXX 100", "KGZ BLR M 2024 XXXXXX 900")
    assert rows[0]["value_fob_usd"] == 100
    assert rows[0]["m_reported"] == 900
    assert rows[0]["method"] == "confidential, as reported"


def test_a_pair_without_a_total_is_left_alone() -> None:
    added = add_up(
        np.array([0, 0, 1]),
        np.array([3.0, 7.0, 5.0]),
        np.zeros(3, dtype=bool),
        np.array([np.nan, 5.5]),
    )
    np.testing.assert_allclose(added.factor, [1, 1, 1.1])
