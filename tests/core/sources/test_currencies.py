"""Nurlan's table is in som; it becomes dollars by the rate of its own period."""

from __future__ import annotations

from typing import Any

import pytest

from bilat.errors import BilatError
from bilat.sources import Rates, dataset, read_national_rates, read_rates

SOM = dataset("kgz-nsc").model_copy(update={"currency": "KGS"})
DATA: dict[str, list[Any]] = {
    "flow": ["export"] * 2,
    "partner": ["Belarus"] * 2,
    "partner_ru": ["Беларусь"] * 2,
    "year": [2022, 2023],
    "value_kusd": [84.12, 87.8561],
}


def test_the_rate_that_was_used_stands_beside_the_dollars(reading: Any, rows: Any) -> None:
    rates = Rates.of([("KGS", "2022", 84.12), ("KGS", "2023", 87.8561)])
    found = reading(DATA, SOM, rates=rates)
    values = rows(found, "value_usd", "value_original", "currency", "rate")
    assert values[0] == (pytest.approx(1000.0), pytest.approx(84_120.0), "KGS", 84.12)
    assert values[1] == (pytest.approx(1000.0), pytest.approx(87_856.1), "KGS", 87.8561)


def test_a_period_without_a_rate_is_told(reading: Any, said: Any) -> None:
    found = reading(DATA, SOM, rates=Rates.of([("KGS", "2022", 84.12)]))
    assert found.reports.num_rows == 1
    assert any(
        "no rate of KGS for this period; left out: export 2023, 87,856.1 KGS" in text
        for text in said(found)
    )


def test_a_table_of_rates(file: Any) -> None:
    rates = read_rates(file("r.csv", "currency,period,per_dollar\nKGS,2023-05,87.5\n"))
    assert list(rates.per_dollar.values()) == [87.5]
    with pytest.raises(BilatError, match=r"r\.csv:2: no rate can be read here"):
        read_rates(file("r.csv", "currency,period,per_dollar\nKGS,2023,many\n"))
    with pytest.raises(BilatError, match="there is no such file"):
        read_rates("nowhere.csv")
    with pytest.raises(BilatError, match="is no rate"):
        Rates.of([("KGS", "2023", 0.0)])


def test_the_national_banks_own_table(shared: Any) -> None:
    rates = read_national_rates(shared("kgs_exchange_rates.csv"), "KGS")
    assert len(rates.per_dollar) == 31
    assert 87.8561 in rates.per_dollar.values()


def test_a_column_may_name_each_rows_currency(reading: Any, rows: Any, said: Any) -> None:
    data = {**DATA, "in": ["USD", "KGZ"]}
    spec = SOM.model_copy(update={"currency_column": "in"})
    found = reading(data, spec)
    assert rows(found, "currency", "rate", "value_usd") == [("USD", 1.0, 84_120.0)]
    assert any("no rate of KGZ for this period; left out" in text for text in said(found))
