"""Armen in Yerevan asks of every table: are its months single, does it add up, is a row twice?"""

from __future__ import annotations

from datetime import date
from typing import Any

from bilat.sources import dataset, single_months
from bilat.sources.dataset import Rows

OWN = dataset("arm-armstat-origin")
TOTALS = dataset("kgz-nsc")


def months(*values: float, country: str = "Belarus", year: int = 2022) -> list[dict[str, Any]]:
    return [
        {"country": country, "export": value, "timeperiod": month, "year": year}
        for month, value in enumerate(values, start=1)
    ]


def table(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    names = ("country", "export", "import_origin", "timeperiod", "year")
    cells = {name: [row.get(name) for row in rows] for name in names}
    cells["timeperiod"] = [str(value) for value in cells["timeperiod"]]
    return cells


def test_months_that_make_their_year_say_nothing(reading: Any, rows: Any) -> None:
    year = {"country": "Belarus", "export": 78.0, "timeperiod": "Year", "year": 2022}
    data = table([*months(3, 2, 1, 4, 6, 5, 7, 12, 9, 10, 11, 8), year])
    found = reading(data, OWN.model_copy(update={"rows": Rows()}))
    assert found.problems == ()
    assert rows(found, "start", "months", "value_usd")[-2:] == [
        (date(2022, 12, 1), 1, 8_000.0),
        (date(2022, 1, 1), 12, 78_000.0),
    ]


def test_a_year_that_its_months_do_not_make_is_told(reading: Any, said: Any) -> None:
    year = {"country": "Belarus", "export": 90.0, "timeperiod": "Year", "year": 2022}
    found = reading(table([*months(3, 2, 1, 4, 6, 5, 7, 12, 9, 10, 11, 8), year]), OWN)
    assert any(
        "BLR, exports 2022: the months make 78,000 USD, the year says 90,000 USD" in text
        for text in said(found)
    )


def test_a_running_year_is_no_year(reading: Any, rows: Any, said: Any) -> None:
    year = {"country": "Belarus", "export": 5.0, "timeperiod": "Year", "year": 2023}
    found = reading(table([*months(3, 2, year=2023), year]), OWN)
    assert rows(found, "start", "months", "value_usd")[-1] == (date(2023, 1, 1), 2, 5_000.0)
    assert any("the rows of the year 2023 hold 2 months" in text for text in said(found))


def test_months_that_only_rise_look_cumulative(reading: Any, said: Any) -> None:
    found = reading(table(months(*range(1, 13))), OWN)
    assert any("they look cumulative" in text for text in said(found))


def test_cumulative_months_become_single_ones(reading: Any, rows: Any) -> None:
    period = OWN.period.model_copy(update={"months": "cumulative", "year_to_date": False})
    spec = OWN.model_copy(update={"period": period})
    found = reading(table(months(1, 3, 6)), spec)
    assert rows(found, "start", "months", "value_usd") == [
        (date(2022, 1, 1), 1, 1_000.0),
        (date(2022, 1, 1), 2, 3_000.0),
        (date(2022, 1, 1), 3, 6_000.0),
    ]
    single, problems = single_months(found.reports)
    assert single.column("value_usd").to_pylist() == [1_000.0, 2_000.0, 3_000.0]
    assert single.column("start").to_pylist()[2] == date(2022, 3, 1)
    assert problems == ()


def test_a_gap_in_cumulative_months_stays_and_is_told(reading: Any) -> None:
    period = OWN.period.model_copy(update={"months": "cumulative", "year_to_date": False})
    spec = OWN.model_copy(update={"period": period})
    data = table([row for row in months(1, 3, 6) if row["timeperiod"] != 2])
    single, problems = single_months(reading(data, spec).reports)
    assert single.column("months").to_pylist() == [1, 3]
    assert len(problems) == 1


def partners(**values: float) -> dict[str, list[Any]]:
    return {
        "flow": ["export"] * len(values),
        "partner": list(values),
        "partner_ru": list(values),
        "year": [2023] * len(values),
        "value_kusd": list(values.values()),
    }


def test_partners_that_do_not_make_the_world_are_told(reading: Any, said: Any) -> None:
    found = reading(partners(Всего=100.0, СНГ=60.0, Беларусь=60.0, Китай=30.0), TOTALS)
    assert any(
        "exports 2023, TOTAL: the partners make 10,000 USD less than the total of 100,000 USD"
        in text
        for text in said(found)
    )


def test_a_row_that_stands_twice_counts_once(reading: Any, rows: Any, said: Any) -> None:
    data = {name: cells * 2 for name, cells in partners(Беларусь=60.0).items()}
    found = reading(data, TOTALS)
    assert rows(found, "value_usd") == [(60_000.0,)]
    assert any("1 row repeats an earlier one" in text for text in said(found))


def test_two_values_of_one_key_are_told_or_added(reading: Any, rows: Any, said: Any) -> None:
    data = partners(Беларусь=60.0, Белоруссия=5.0)
    found = reading(data, TOTALS)
    assert rows(found, "value_usd") == [(60_000.0,)]
    assert any(
        "BLR, exports 2023, TOTAL stands here again with 5,000 USD; the first, on line 1" in text
        for text in said(found)
    )
    added = reading(data, TOTALS.model_copy(update={"same_key": "add"}))
    assert rows(added, "value_usd") == [(65_000.0,)]
    assert any("1 row has the key of an earlier one and is added" in text for text in said(added))


def test_partners_that_make_more_than_the_world(reading: Any, said: Any) -> None:
    found = reading(partners(Всего=100.0, Беларусь=60.0, Китай=50.0), TOTALS)
    assert any("the partners make 10,000 USD more than the total" in text for text in said(found))


def test_many_gaps_are_told_largest_first_and_then_together(reading: Any, said: Any) -> None:
    data: dict[str, list[Any]] = {name: [] for name in partners()}
    for year in range(2000, 2012):
        pair = partners(Всего=100.0, Беларусь=50.0 + year - 2000)
        data = {name: cells + pair[name] for name, cells in data.items()}
        data["year"][-2:] = [year, year]
    told = [text for text in said(reading(data, TOTALS)) if "rows" not in text]
    assert "exports 2000, TOTAL: the partners make 50,000 USD less" in told[0]
    assert "2 more totals differ from their lines, by 79,000 USD in all" in told[-1]
