"""Daniyar in Almaty reads UN Comtrade: the service's JSON, its bulk files, and old downloads."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import date
from typing import Any

import pytest

from bilat.errors import BilatError

RECORD = {
    "typeCode": "C",
    "freqCode": "A",
    "period": "2022",
    "reporterCode": 417,
    "flowCode": "M",
    "partnerCode": 112,
    "partner2Code": 0,
    "classificationCode": "H6",
    "cmdCode": "TOTAL",
    "customsCode": "C00",
    "mosCode": "0",
    "motCode": 0,
    "qtyUnitCode": -1,
    "qty": 0.0,
    "netWgt": None,
    "primaryValue": 1000.0,
}


def records(*changes: dict[str, Any]) -> list[dict[str, Any]]:
    return [RECORD | change for change in changes]


SAMPLE = records(
    {},
    {"cmdCode": "843320", "primaryValue": 700.5, "qtyUnitCode": 5, "qty": 7, "netWgt": 10.5},
    {"cmdCode": "843320", "primaryValue": 700.5, "motCode": 2100},
    {"cmdCode": "8433", "primaryValue": 700.5},
    {"cmdCode": "040110", "primaryValue": 200.0},
)


def answer(file: Any, rows: list[dict[str, Any]]) -> Any:
    return file("reply.json", json.dumps({"elapsedTime": "0.1 secs", "count": 1, "data": rows}))


def test_the_records_of_the_service(file: Any, reading: Any, rows: Any) -> None:
    found = reading(answer(file, SAMPLE), "comtrade")
    assert rows(found, "reporter", "partner", "classification", "product", "value_usd") == [
        ("KGZ", "BLR", "", "TOTAL", 1000.0),
        ("KGZ", "BLR", "H6", "843320", 700.5),
        ("KGZ", "BLR", "H6", "8433", 700.5),
        ("KGZ", "BLR", "H6", "040110", 200.0),
        ("KGZ", "BLR", "H6", "XXXXXX", 99.5),
    ]
    assert rows(found, "net_kg", "quantity", "quantity_unit", "valuation")[1] == (
        10.5,
        7.0,
        "items",
        "CIF",
    )


def test_what_is_in_the_total_only_becomes_a_line_of_its_own(
    file: Any, reading: Any, said: Any
) -> None:
    found = reading(answer(file, SAMPLE), "comtrade")
    assert said(found) == [
        (
            "reply.json:1: BLR, imports 2022: the products make 100 USD less than their total of "
            "1,000 USD; the difference is kept as product XXXXXX. Reporters count confidential "
            "goods in totals only; nothing is to be done."
        )
    ]


def test_a_confidential_line_takes_the_rest_too(file: Any, reading: Any, rows: Any) -> None:
    confidential = {"cmdCode": "999999", "primaryValue": 60.0}
    found = reading(answer(file, SAMPLE + records(confidential)), "comtrade")
    values = [value for code, value in rows(found, "product", "value_usd") if code == "XXXXXX"]
    assert values == [99.5]


def test_a_selection_of_products_has_no_confidential_rest(
    file: Any, reading: Any, rows: Any, said: Any
) -> None:
    found = reading(answer(file, SAMPLE[:1] + SAMPLE[4:]), "comtrade")
    assert rows(found, "product") == [("TOTAL",), ("040110",)]
    assert "seems to hold a selection of products" in said(found)[0]


def test_lines_that_make_more_than_their_total(file: Any, reading: Any, said: Any) -> None:
    found = reading(answer(file, records({"primaryValue": 500.0}, *SAMPLE[1:])), "comtrade")
    assert "the products make 400 USD more than their total of 500 USD" in said(found)[0]


def test_the_bulk_file_says_the_same(tmp_path: Any, file: Any, reading: Any, rows: Any) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(RECORD), delimiter="\t")
    writer.writeheader()
    writer.writerows(SAMPLE)
    (tmp_path / "bulk.txt.gz").write_bytes(gzip.compress(text.getvalue().encode()))
    names = ("partner", "product", "value_usd", "net_kg", "quantity", "quantity_unit")
    bulk = reading(tmp_path / "bulk.txt.gz", "comtrade")
    assert rows(bulk, *names) == rows(reading(answer(file, SAMPLE), "comtrade"), *names)


def test_numbers_that_are_no_country(file: Any, reading: Any, rows: Any, said: Any) -> None:
    changes = [
        {"partnerCode": 0, "primaryValue": 900.0},
        {"partnerCode": 842, "primaryValue": 400.0},
        {"partnerCode": 490, "primaryValue": 300.0},
        {"partnerCode": 899, "primaryValue": 100.0},
        {"partnerCode": 568, "primaryValue": 100.0},
        {"partnerCode": 97, "primaryValue": 50.0},
        {"partnerCode": 7777, "primaryValue": 5.0},
    ]
    found = reading(answer(file, records(*changes)), "comtrade")
    assert rows(found, "partner", "partner_kind") == [
        ("WLD", "world"),
        ("USA", "country"),
        ("TWN", "country"),
        ("_X", "unspecified"),
        ("Other Europe, nes", "unspecified"),
        ("EU", "group"),
    ]
    assert "“7777” is no country that is known; left out: M 2022, 5 USD" in said(found)[0]


def test_a_union_is_no_reporter(file: Any, reading: Any, said: Any) -> None:
    found = reading(answer(file, records({"reporterCode": 97})), "comtrade")
    assert found.reports.num_rows == 0
    assert "“97” is no country that is known; left out: M 2022, 1,000 USD" in said(found)[0]


def test_the_columns_of_both_valuations_decide(file: Any, reading: Any, rows: Any) -> None:
    changes: list[dict[str, Any]] = [
        {"partnerCode": 112, "fobvalue": 1000.0, "cifvalue": None},
        {"partnerCode": 398, "fobvalue": 950.0, "cifvalue": 1000.0},
        {"partnerCode": 643, "fobvalue": None, "cifvalue": None},
    ]
    found = reading(answer(file, records(*changes)), "comtrade")
    assert rows(found, "valuation") == [("FOB",), ("CIF",), ("CIF",)]


def test_monthly_records(file: Any, reading: Any, rows: Any) -> None:
    found = reading(answer(file, records({"freqCode": "M", "period": "202205"})), "comtrade")
    assert rows(found, "start", "months") == [(date(2022, 5, 1), 1)]


def test_a_unit_that_is_not_known_costs_the_quantity_only(
    file: Any, reading: Any, rows: Any, said: Any
) -> None:
    change = {"cmdCode": "843320", "qtyUnitCode": 99, "qty": 3}
    found = reading(answer(file, records(change)), "comtrade")
    assert rows(found, "value_usd", "quantity", "quantity_unit") == [(1000.0, None, None)]
    assert "“99” is no unit that is known; 1 quantity is left out" in said(found)[0]


def test_an_edition_that_is_not_known(file: Any, reading: Any, said: Any) -> None:
    change = {"cmdCode": "843320", "classificationCode": "B4"}
    found = reading(answer(file, records(change)), "comtrade")
    assert found.reports.num_rows == 0
    assert "“B4” is no edition of a classification" in said(found)[0]


@pytest.mark.parametrize("text", ["{", '{"message": "no quota"}', "[1, 2]"])
def test_a_reply_without_records_is_an_error(file: Any, reading: Any, text: str) -> None:
    with pytest.raises(BilatError, match=r"reply\.json"):
        reading(file("reply.json", text), "comtrade")


def test_an_answer_without_records_is_an_empty_report(file: Any, reading: Any, said: Any) -> None:
    found = reading(answer(file, []), "comtrade")
    assert found.reports.num_rows == 0
    assert said(found)[0].startswith("reply.json: the file holds no record.")


FORMER = (
    "Classification,Period,Aggregate Level,Trade Flow Code,Trade Flow,Reporter Code,Reporter,"
    "Partner Code,Partner,Commodity Code,Commodity,Qty Unit Code,Qty Unit,Qty,Netweight (kg),"
    "Trade Value (US$),Flag\n"
    'H4,2016,6,2,Export,112,Belarus,417,Kyrgyzstan,040110,"Milk, thin",8,kg,250,250,12500,0\n'
    "H4,2016,0,2,Export,112,Belarus,417,Kyrgyzstan,TOTAL,All,1,No Quantity,,,12500,0\n"
)


def test_the_csv_of_the_former_service(file: Any, reading: Any, rows: Any) -> None:
    found = reading(file("comtrade.csv", FORMER), "comtrade-old")
    assert found.problems == ()
    assert rows(found, "reporter", "partner", "flow", "product", "quantity_unit", "net_kg") == [
        ("BLR", "KGZ", "X", "040110", "kg", 250.0),
        ("BLR", "KGZ", "X", "TOTAL", None, None),
    ]
