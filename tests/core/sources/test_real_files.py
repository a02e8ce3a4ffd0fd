"""The publishers' own files: what is true of them was counted by hand, or from the file itself."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as parquet
import pytest

from bilat.sources import Reading, read

KGZ = "kgz_nsc_trade_by_country_1994_2023.csv"
KAZ = "kaz_trade_by_country_2018_2023.csv"
KAZ_FIRST = "kaz_trade_by_country_first_vintage_2019_2022.csv"
ARM = "armenia_by_country_2017_2023.csv"


def value(reading: Reading, partner: str, flow: str, year: int) -> Any:
    table = reading.reports
    chosen = pc.and_(pc.equal(table["partner"], partner), pc.equal(table["flow"], flow))
    chosen = pc.and_(chosen, pc.equal(table["start"], date(year, 1, 1)))
    chosen = pc.and_(chosen, pc.equal(table["months"], 12))
    return table.filter(chosen)["value_usd"].to_pylist()


def test_kyrgyzstan_from_belarus(shared: Any, reading: Any) -> None:
    found = reading(shared(KGZ), "kgz-nsc")
    assert found.reports.num_rows == 6039
    with shared("blr_kgz_mirror_assembled.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["source"] == "NSC KGZ"]
    assert len(rows) > 50
    for row in rows:
        flow = "M" if row["flow"] == "BLR->KGZ" else "X"
        expected = pytest.approx(1000 * float(row["value_kusd"]), abs=50)
        assert value(found, "BLR", flow, int(row["year"])) == [expected]


def test_kyrgyzstan_does_not_show_all_its_exports_of_2021(
    shared: Any, reading: Any, said: Any
) -> None:
    """A billion dollars of 2021 stand in the total and under no partner."""
    found = reading(shared(KGZ), "kgz-nsc")
    assert {problem.severity for problem in found.problems} == {"warning"}
    assert [text.split(". The publisher")[0].partition(": ")[2] for text in said(found)] == [
        (
            "exports 2021, TOTAL: the partners make 1,105,454,211 USD less than the total of "
            "2,752,163,747 USD"
        ),
        (
            "imports 2021, TOTAL: the partners make 25,897,526 USD less than the total of "
            "5,580,207,282 USD"
        ),
        (
            "imports 2023, TOTAL: the partners make 16,999,989 USD less than the total of "
            "12,351,968,058 USD"
        ),
        (
            "exports 2023, TOTAL: the partners make 4,966,903 USD less than the total of "
            "3,384,856,093 USD"
        ),
    ]


def test_kyrgyzstans_groups_are_not_countries(shared: Any, reading: Any) -> None:
    table = reading(shared(KGZ), "kgz-nsc").reports
    groups = table.filter(pc.equal(table["partner_kind"], "group"))
    assert set(groups["partner"].to_pylist()) == {
        *("EU", "CIS", "SCO", "EAEU", "Europe", "Asia", "America", "Africa", "Oceania")
    }


def test_kazakhstans_two_vintages_have_the_same_keys(shared: Any) -> None:
    """The files differ by rounding alone: 14 of 1340 values, the most by 43 dollars."""
    later = read(shared(KAZ), "kaz-bns", vintage=date(2024, 5, 1))
    first = read(shared(KAZ_FIRST), "kaz-bns", vintage=date(2023, 5, 1))
    assert later.problems == first.problems == ()
    keys = ("partner", "flow", "start")
    values = [
        {tuple(row[name] for name in keys): row["value_usd"] for row in reading.reports.to_pylist()}
        for reading in (later, first)
    ]
    later_values, first_values = values
    assert len(first_values) == 1340
    assert first_values.keys() <= later_values.keys()
    differences = [abs(later_values[key] - first_values[key]) for key in first_values]
    assert sum(difference > 0 for difference in differences) == 14
    assert max(differences) < 50
    assert set(later.reports["vintage"].to_pylist()) == {date(2024, 5, 1)}


def test_kazakhstans_partners_make_the_total(shared: Any, reading: Any) -> None:
    found = reading(shared(KAZ), "kaz-bns")
    assert value(found, "BLR", "X", 2018) == [pytest.approx(105_087_900.0)]
    assert value(found, "EAEU", "M", 2018) == [pytest.approx(14_097_412_800.0)]


def test_armenias_months_are_single(shared: Any, reading: Any, said: Any) -> None:
    """Of every partner and year one does not add up; the running year has January alone."""
    found = reading(shared(ARM), "arm-armstat-origin")
    warnings = [text for text in said(found) if "names no country" not in text]
    assert len(warnings) == 3
    assert "the rows of the year 2023 hold 1 month" in warnings[0]
    assert "AFG, exports 2020: the months make 2,992,700 USD" in warnings[2]
    lengths = Counter(found.reports["months"].to_pylist())
    assert set(lengths) == {1, 12}
    assert value(found, "BLR", "X", 2022) == [75_193_700.0]
    assert value(found, "BLR", "X", 2023) == []


def test_armenias_nameless_rows_are_told_with_their_values(
    shared: Any, reading: Any, said: Any
) -> None:
    found = reading(shared(ARM), "arm-armstat-consignment")
    nameless = [text for text in said(found) if "names no country" in text]
    assert "51 more rows left out, 47,216,900 USD in all" in nameless[-1]


def test_every_code_of_baci_and_comtrade_is_known(shared: Any) -> None:
    from bilat.sources.partners import m49

    for name in ("baci_totals_2023.parquet", "annual_imports_1995_2019.parquet"):
        table = parquet.read_table(shared(name))
        for column in (name for name in table.column_names if name.endswith("m49")):
            codes = {str(code) for code in table[column].to_pylist()}
            assert codes - m49().keys() == set()
