"""Chen reads CEPII's BACI, whose tables of codes lie beside its yearly files."""

from __future__ import annotations

from typing import Any

import pytest

from bilat.errors import BilatError

YEAR = """
    t,i,j,k,v,q
    2022,112,417,10121,5.5,           NA
    2022,112,417,843320,1500.25,300.5
    2022,842,490,270900,2.25,0.5
    """


def test_thousands_and_tonnes_become_dollars_and_kilograms(
    file: Any, reading: Any, rows: Any
) -> None:
    found = reading(file("BACI_HS92_Y2022_V202401b.csv", YEAR), "cepii-baci-hs92")
    assert found.problems == ()
    names = ("reporter", "partner", "classification", "product", "value_usd", "net_kg", "line")
    assert rows(found, *names) == [
        ("BLR", "KGZ", "H0", "010121", 5_500.0, None, 2),
        ("BLR", "KGZ", "H0", "843320", 1_500_250.0, 300_500.0, 3),
        ("USA", "TWN", "H0", "270900", 2_250.0, 500.0, 4),
    ]
    assert set(rows(found, "flow", "valuation", "months")) == {("X", "FOB", 12)}


def test_the_publishers_own_tables_decide(file: Any, reading: Any, rows: Any, said: Any) -> None:
    file(
        "country_codes_V202401b.csv",
        """
        country_code,country_name,country_iso2,country_iso3
        777,Atlantis,,MLT
        490,"Other Asia, not elsewhere specified",N/A,S19
        """,
    )
    file("product_codes_HS92_V202401b.csv", "code,description\n010121,Horses\n843320,Mowers\n")
    table = file("BACI_HS92_Y2022_V202401b.csv", YEAR + "2022,777,417,843320,1,1\n")
    found = reading(table, "cepii-baci-hs92")
    assert rows(found, "reporter") == [("BLR",), ("BLR",), ("MLT",)]
    assert (
        "“270900” is no product code that is known; left out: X 2022, 2,250 USD" in said(found)[0]
    )


def test_a_row_of_too_many_cells_keeps_the_lines_of_the_others(
    file: Any, reading: Any, rows: Any, said: Any
) -> None:
    lines = YEAR.replace("1500.25,300.5", "1500.25,300.5,7")
    found = reading(file("b.csv", lines), "cepii-baci-hs92")
    assert rows(found, "line") == [(2,), (4,)]
    assert said(found)[0].startswith("b.csv:3: this row has 7 cells, the header has 6")


def test_another_file_is_refused_with_its_columns(file: Any, reading: Any) -> None:
    with pytest.raises(BilatError, match="no column “v”"):
        reading(file("b.csv", "t,i,j,k,value\n2022,112,417,10121,5.5\n"), "cepii-baci-hs92")
    with pytest.raises(BilatError, match="no readable table"):
        reading(file("b.csv", ""), "cepii-baci-hs92")
