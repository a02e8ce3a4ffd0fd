"""Tables beside the programme: a row is a record, a column a field."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bilat.programme import Body, Project, load, open_programme
from bilat.programme.csv_table import CsvTable, fits, write

Folder = Callable[..., Path]
Errors = Callable[[Path], list[str]]


def test_a_dotted_column_is_a_field_of_a_field(folder: Folder) -> None:
    table = """
        id,title.en,title.ru,kind,limit.amount,limit.currency
        line,Line,Линия,credit,10000000.50,USD
        """
    (line,) = open_programme(folder(**{"facilities.csv": table})).facilities
    assert line.title == {"en": "Line", "ru": "Линия"}
    assert line.limit is not None
    assert (line.limit.amount, line.limit.currency) == (Decimal("10000000.50"), "USD")


def test_a_list_stands_in_one_cell_between_semicolons(folder: Folder) -> None:
    table = "id,title,products\ndairy,Dairy,0402; 0406;8428\nother,Other,\n"
    dairy, other = open_programme(folder(**{"projects.csv": table})).projects
    assert dairy.products == ("0402", "0406", "8428")
    assert other.products == ()


def test_a_semicolon_in_a_text_is_part_of_it(folder: Folder) -> None:
    table = "id,title,publisher\na,Trade; and more,P\n"
    assert open_programme(folder(**{"sources.csv": table})).sources[0].title == "Trade; and more"


def test_observations_name_themselves(folder: Folder) -> None:
    root = folder(
        """
        sources: [{id: s, title: S, publisher: P}]
        indicators: [{id: trade, title: T, measures: turnover, unit: USD}]
        """,
        **{
            "observations.csv": """
                indicator,reporter,period,value,unit,vintage,sources
                trade,BLR,2024-01/2024-09,98,USD,2024-12-01,s
                """
        },
    )
    assert open_programme(root).observations[0].id == "trade-BLR-2024-01-2024-09-2024-12-01"


def test_spaces_around_cells_and_empty_rows_do_not_matter(folder: Folder) -> None:
    table = "id , title,publisher\n\n a , One ,P\n,,\nb,Two,P\n"
    sources = open_programme(folder(**{"sources.csv": table})).sources
    assert [(source.id, source.title) for source in sources] == [("a", "One"), ("b", "Two")]


def test_true_and_false_are_read(folder: Folder) -> None:
    table = "id,title,kind,cancelled\na,A,visit,true\nb,B,visit,false\n"
    contacts = open_programme(folder(**{"contacts.csv": table})).contacts
    assert [contact.cancelled for contact in contacts] == [True, False]


def test_a_short_row_is_named_with_its_line(folder: Folder, errors: Errors) -> None:
    table = "id,title,publisher,address\na,One,P,x\nb,Two,P\n"
    (problem,) = errors(folder(**{"sources.csv": table}))
    assert problem == (
        "sources.csv:3: this row has 3 cells, the header has 4. "
        "Quote cells that hold a comma, or add the missing ones."
    )


def test_a_comma_without_quotes_makes_a_row_too_long(folder: Folder, errors: Errors) -> None:
    table = "id,title,publisher\na,Trade, and more,P\n"
    (problem,) = errors(folder(**{"sources.csv": table}))
    assert problem.startswith("sources.csv:2: this row has 4 cells, the header has 3.")


def test_a_quoted_line_end_does_not_shift_the_lines_that_follow(folder: Folder) -> None:
    table = 'id,title,publisher\na,"One\nand\nmore",P\n\nb,Two,\nc,"Three\n",\n'
    problems = load(folder(**{"sources.csv": table})).errors
    assert [problem.place.line for problem in problems] == [6, 7]


def test_a_header_of_two_lines_does_not_shift_the_lines_that_follow(folder: Folder) -> None:
    table = 'id,title,"publisher\n"\na,One,\n'
    (problem,) = load(folder(**{"sources.csv": table})).errors
    assert problem.place.line == 3


def test_the_byte_order_mark_of_a_spreadsheet_is_no_part_of_the_first_column(
    folder: Folder,
) -> None:
    table = b"\xef\xbb\xbfid,title,publisher\na,One,P\n"
    assert open_programme(folder(**{"sources.csv": table})).sources[0].id == "a"


def test_a_quoted_line_end_is_part_of_the_text(folder: Folder) -> None:
    table = 'id,title,publisher\na,"One\nmore",P\n'
    assert open_programme(folder(**{"sources.csv": table})).sources[0].title == "One\nmore"


def test_an_open_quote_is_a_problem_and_the_rows_before_it_are_kept(folder: Folder) -> None:
    loaded = load(folder(**{"sources.csv": 'id,title,publisher\na,One,P\nb,"Two,P\n'}))
    assert loaded.programme is not None
    assert [source.id for source in loaded.programme.sources] == ["a"]
    (problem,) = loaded.errors
    assert problem.place.line == 3
    assert str(problem.what).startswith("this is not a readable CSV table: ")


def test_a_misspelt_column_is_answered_with_the_likely_one(folder: Folder, errors: Errors) -> None:
    assert errors(folder(**{"sources.csv": "id,titel,title,publisher\na,x,One,P\n"})) == [
        "sources.csv:2: unknown key “titel”. Did you mean “title”?"
    ]


def test_a_table_in_another_encoding_is_named_with_its_line(folder: Folder, errors: Errors) -> None:
    table = "id,title,publisher\na,One,P\nb,Два,P\n".encode("cp1251")
    (problem,) = errors(folder(**{"sources.csv": table}))
    assert problem.startswith("sources.csv:3: the text is not in UTF-8.")


def test_a_column_and_its_own_part_are_a_problem_and_no_traceback(folder: Folder) -> None:
    root = folder(**{"sources.csv": "id,title,title.ru,publisher\na,One,Раз,P\n"})
    assert load(root).errors


def test_a_column_that_stands_twice_is_a_problem(folder: Folder) -> None:
    root = folder(**{"sources.csv": "id,title,title,publisher\na,One,Two,P\n"})
    assert load(root).errors


def test_a_table_is_written_in_the_columns_that_it_had() -> None:
    text = write([{"id": "a", "name": "A", "kind": "bank"}], ["kind", "id", "name", "email"])
    assert text == "kind,id,name,email\nbank,a,A,\n"


def test_a_new_field_gets_a_column_at_the_end() -> None:
    records: list[dict[str, Any]] = [{"id": "a"}, {"id": "b", "name": {"en": "B", "ru": "Б"}}]
    assert write(records, ["id"]) == "id,name.en,name.ru\na,,\nb,B,Б\n"


def test_what_is_written_is_read_back() -> None:
    row: dict[str, Any] = {
        "id": "a",
        "name": {"en": 'A, "b"', "ru": "А\nб"},
        "kind": "bank",
        "assumption": True,
    }
    rows, problems = CsvTable("bodies.csv", write([row], ["id"])).read(Body)
    assert problems == []
    assert rows == [{**row, "assumption": "true"}]


def test_a_list_is_written_with_semicolons() -> None:
    text = write([{"id": "a", "products": ["0402", "8428"]}], ["id", "products"])
    assert CsvTable("projects.csv", text).read(Project)[0][0]["products"] == ["0402", "8428"]


@pytest.mark.parametrize(
    ("record", "fitting"),
    [
        ({"id": "a", "products": ["0402"], "limit": {"amount": 1}}, True),
        ({"id": "a", "milestones": [{"title": "First"}]}, False),
        ({"id": "a", "effect": {"parts": [[1]]}}, False),
    ],
)
def test_only_a_record_without_lists_of_records_fits_a_row(
    record: dict[str, Any], fitting: bool
) -> None:
    assert fits(record) is fitting
