"""Aigul in Bishkek reads the yearbook tables of national offices, as they are laid out."""

from __future__ import annotations

from datetime import date
from typing import Any

import openpyxl
import pytest

from bilat.errors import BilatError
from bilat.sources import Reading
from bilat.sources.report import REPORTS

DESCRIPTION = """
    id: own
    title: Exports of Kyrgyzstan
    publisher: An office
    licence: CC BY 4.0
    address: https://example.org
    kind: table
    reporter: {{code: KGZ}}
    partner: {{columns: Страна, world: Всего, groups: {{СНГ: CIS}}, unspecified: Прочие}}
    period: {period}
    values: {values}
    scale: 1000
    valuation: {{X: FOB, M: CIF}}
    {more}
"""


def describe(file: Any, period: str = "{column: Год}", values: str = "", more: str = "") -> Any:
    values = values or "[{column: Экспорт, flow: X}]"
    return file("own.yaml", DESCRIPTION.format(period=period, values=values, more=more))


def test_groups_are_groups_and_the_world_is_the_world(file: Any, reading: Any, rows: Any) -> None:
    table = file(
        "t.csv",
        """
        Страна,Год,Экспорт
        Всего,2023,180.5
        СНГ,2023,150
        Беларусь,2023,50.5
        "Корея, Республика",2023,100
        Прочие,2023,30
        """,
    )
    found: Reading = reading(table, describe(file))
    assert found.reports.schema == REPORTS
    assert rows(found, "partner", "partner_kind", "value_usd", "line") == [
        ("WLD", "world", 180_500.0, 2),
        ("CIS", "group", 150_000.0, 3),
        ("BLR", "country", 50_500.0, 4),
        ("KOR", "country", 100_000.0, 5),
        ("_X", "unspecified", 30_000.0, 6),
    ]
    assert found.problems == ()


def test_a_country_that_is_not_known_is_told_with_its_value(
    file: Any, reading: Any, rows: Any, said: Any
) -> None:
    table = file("t.csv", "Страна,Год,Экспорт\nБеларусс,2023,50.5\nРоссия,2023,7\n")
    found = reading(table, describe(file))
    assert rows(found, "partner") == [("RUS",)]
    assert said(found) == [
        (
            "t.csv:2: “Беларусс” is no country that is known; left out: X 2023, 50,500 USD. "
            "Did you mean “Беларусь”? Add it to the description's aliases."
        )
    ]


def test_many_rows_of_one_unknown_name_are_told_with_their_sum(
    file: Any, reading: Any, said: Any
) -> None:
    lines = "".join(f"Атлантида,{year},1\n" for year in range(2000, 2015))
    found = reading(file("t.csv", "Страна,Год,Экспорт\n" + lines), describe(file))
    assert len(found.problems) == 11
    assert "5 more rows left out, 5,000 USD in all, to line 16" in said(found)[-1]


def test_an_old_file_in_cyrillic_windows_with_decimal_commas(
    file: Any, reading: Any, rows: Any
) -> None:
    layout = "layout: {encoding: cp1251, decimal: ','}"
    text = "Страна;Год;Экспорт\nРоссия;2023;1 234,5\nКитай;2023;…\n"
    found = reading(file("t.csv", text, encoding="cp1251"), describe(file, more=layout))
    assert rows(found, "partner", "value_usd") == [("RUS", 1_234_500.0)]
    assert found.problems == ()


def test_the_wrong_encoding_says_what_to_write(file: Any, reading: Any) -> None:
    table = file("t.csv", "Страна;Год;Экспорт\n", encoding="cp1251")
    with pytest.raises(BilatError, match="cp1251"):
        reading(table, describe(file))


def test_a_workbook_with_a_title_and_a_header_in_two_rows(
    tmp_path: Any, file: Any, reading: Any, rows: Any
) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (
        ["Внешняя торговля, тыс. долларов"],
        ["Страна", "Экспорт", None, "Импорт"],
        [None, "2022", "2023", "2023"],
        ["Беларусь", 10, 20.5, 30],
        [None, None, None, None],
        ["Россия", 1, None, 3],
    ):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    values = (
        '[{column: Экспорт / 2022, flow: X, period: "2022"}, '
        '{column: Экспорт / 2023, flow: X, period: "2023"}, '
        '{column: Импорт / 2023, flow: M, period: "2023"}]'
    )
    description = describe(
        file, period="{}", values=values, more="layout: {skip_rows: 1, header_rows: 2}"
    )
    found = reading(tmp_path / "t.xlsx", description)
    assert rows(found, "partner", "flow", "start", "value_usd", "line") == [
        ("BLR", "X", date(2022, 1, 1), 10_000.0, 4),
        ("RUS", "X", date(2022, 1, 1), 1_000.0, 6),
        ("BLR", "X", date(2023, 1, 1), 20_500.0, 4),
        ("BLR", "M", date(2023, 1, 1), 30_000.0, 4),
        ("RUS", "M", date(2023, 1, 1), 3_000.0, 6),
    ]


def test_a_cell_that_holds_no_number_is_told(file: Any, reading: Any, said: Any) -> None:
    table = file("t.csv", "Страна,Год,Экспорт\nРоссия,2023,12.5*\nКитай,2023,-3\nИндия,23,1\n")
    found = reading(table, describe(file))
    assert found.reports.num_rows == 0
    assert [text.split(";")[0] for text in said(found)] == [
        "t.csv:2: “12.5*” is no number",
        "t.csv:4: “23” is no period",
        "t.csv:3: the value is below zero",
    ]


def test_a_quoted_line_break_does_not_shift_the_lines(file: Any, reading: Any, rows: Any) -> None:
    table = file("t.csv", 'Страна,Год,Экспорт\n"Все\nго",2023,1\nРоссия,2023,1\n')
    assert rows(reading(table, describe(file)), "partner", "line") == [("RUS", 4)]


def test_a_missing_column_names_what_the_file_has(file: Any, reading: Any) -> None:
    table = file("t.csv", "Страна,Год,Вывоз\nРоссия,2023,1\n")
    with pytest.raises(BilatError, match=r"no column “Экспорт”.*Страна, Год, Вывоз"):
        reading(table, describe(file))


def test_an_empty_file_and_no_file(file: Any, reading: Any) -> None:
    with pytest.raises(BilatError, match="fewer than title and header"):
        reading(file("t.csv", ""), describe(file))
    with pytest.raises(BilatError, match="there is no such file"):
        reading("nowhere.csv", describe(file))


def test_a_broken_workbook_is_no_workbook(file: Any, reading: Any) -> None:
    with pytest.raises(BilatError, match="no XLSX"):
        reading(file("t.xlsx", "Страна"), describe(file))


def test_too_few_rows_make_a_warning(file: Any, reading: Any, said: Any) -> None:
    table = file("t.csv", "Страна,Год,Экспорт\nРоссия,2023,1\n")
    found = reading(table, describe(file, more="rows: {least: 50, most: 100}"))
    assert "1 row; “own” expects 50 to 100" in said(found)[0]
    assert found.reports.num_rows == 1


def test_a_row_that_breaks_off_is_told(file: Any, reading: Any, said: Any) -> None:
    found = reading(file("t.csv", "Страна,Год,Экспорт\nРоссия,2023,1\nКитай,20"), describe(file))
    assert "t.csv:3: this row has 2 cells, the header has 3" in said(found)[0]
    assert found.reports.num_rows == 1
    with pytest.raises(BilatError, match=r"t\.csv:2: this is no readable table"):
        reading(file("t.csv", 'Страна,Год,Экспорт\n"Россия,2023,1\n'), describe(file))


def test_two_columns_of_one_name_are_both_there(file: Any, reading: Any, rows: Any) -> None:
    table = file("t.csv", "Страна,Год,Экспорт,Экспорт\nРоссия,2023,1,7\n")
    values = '[{column: "Экспорт (2)", flow: X}]'
    assert rows(reading(table, describe(file, values=values)), "value_usd") == [(7_000.0,)]
