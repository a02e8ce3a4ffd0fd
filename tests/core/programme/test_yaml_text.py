"""YAML as people write it, without the surprises of YAML 1.1."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bilat.errors import Place, Problem
from bilat.programme import open_programme
from bilat.programme.yaml_text import YamlText


def read(text: str) -> Any:
    data, problems = YamlText("programme.yaml", text).read()
    assert problems == []
    return data


def refused(text: str) -> list[Problem]:
    return YamlText("programme.yaml", text).read()[1]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("off", "off"),
        ("12:30", "12:30"),
        ("2024-11-28", "2024-11-28"),
        ("2024-Q2", "2024-Q2"),
        ("0402", "0402"),
        ("00", "00"),
        ("'2024'", "2024"),
        ('"true"', "true"),
        ("1,5", "1,5"),
        ("0x1F", "0x1F"),
    ],
)
def test_what_looks_odd_stays_text(written: str, value: str) -> None:
    assert read(f"key: {written}") == {"key": value}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2024", 2024),
        ("0", 0),
        ("-7", -7),
        ("133_000_000", 133_000_000),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
    ],
)
def test_whole_numbers_and_constants_are_read(written: str, value: object) -> None:
    found = read(f"key: {written}")["key"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("written", ["0.1", "14.10", "-3.5", ".5", "1e5", "133_000.5"])
def test_decimals_are_exact(written: str) -> None:
    found = read(f"value: {written}")["value"]
    assert isinstance(found, Decimal)
    assert found == Decimal(written.replace("_", ""))


def test_a_block_text_keeps_its_lines() -> None:
    assert read("note: |\n  one\n  2024\n") == {"note": "one\n2024\n"}


def test_an_alias_is_the_same_value_again() -> None:
    text = "first: &title {en: Roadmap}\nsecond: *title\n"
    assert read(text) == {"first": {"en": "Roadmap"}, "second": {"en": "Roadmap"}}


def test_an_alias_that_holds_itself_does_not_hang() -> None:
    assert read("all: &all\n  - *all\n") == {"all": [[]]}


def test_an_empty_file_holds_nothing() -> None:
    assert read("# only a remark\n") is None


def test_a_key_that_stands_twice_is_named_with_its_second_place() -> None:
    (problem,) = refused("id: a\ntitle: One\nparties: []\ntitle: Two\n")
    assert problem.place == Place("programme.yaml", 4, 1)
    assert str(problem.what) == "the key “title” stands twice"


def test_a_key_twice_is_found_inside_a_record_too() -> None:
    (problem,) = refused("sources:\n  - {id: a, publisher: X, id: b}\n")
    assert problem.place == Place("programme.yaml", 2, 27)


def test_broken_syntax_is_named_with_its_line() -> None:
    (problem,) = refused("id: a\ntitle: One\n   parties: []\n")
    assert (problem.place.file, problem.place.line) == ("programme.yaml", 3)
    assert str(problem.what).startswith("this is not valid YAML: ")


def test_a_control_character_is_a_problem_and_no_traceback() -> None:
    (problem,) = refused("title: a\x00b\n")
    assert str(problem.what).startswith("this file cannot be read as YAML text: ")


def test_a_control_character_written_as_an_escape_is_a_problem_too() -> None:
    """It would pass here, and stop the Word document of whoever asks for one."""
    (problem,) = refused('title: fine\nname: "a\\x07b"\n')
    assert problem.place == Place("programme.yaml", 2, 7)
    assert "control character" in str(problem.what)
    assert read('name: "two\\nlines\\tand more"') == {"name": "two\nlines\tand more"}


def test_deep_nesting_is_a_problem_and_no_traceback() -> None:
    (problem,) = refused("x: " + "[" * 3000 + "]" * 3000)
    assert str(problem.what) == "more than 100 levels, one within the other"


def test_very_deep_nesting_does_not_end_the_process() -> None:
    # In a process of its own: the crash would take pytest with it.
    script = (
        "from bilat.programme.yaml_text import YamlText\n"
        "assert YamlText('a.yaml', '[' * 100_000 + ']' * 100_000).read()[1]\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_number_without_end_is_a_problem_and_no_traceback(
    folder: Callable[..., Path], errors: Callable[[Path], list[str]]
) -> None:
    root = folder(f"""
        projects:
          - {{id: p, title: P, jobs: {"9" * 5000}}}
        """)
    (problem,) = errors(root)
    assert problem.startswith("programme.yaml:2:29: “999")
    assert problem.endswith("…” cannot be read. Write a whole number.")


def test_lists_of_aliases_of_lists_are_refused_in_a_moment(folder: Callable[..., Path]) -> None:
    levels = [
        f"x{level}: &x{level} [{', '.join([f'*x{level - 1}'] * 10)}]" for level in range(1, 10)
    ]
    text = ["x0: &x0 [a, a, a]", *levels, "sources: [{id: *x9, title: T, publisher: P}]\n"]
    # In a process of its own: pytest would show the value in full, too.
    script = f"from bilat.programme import load; load({str(folder(chr(10).join(text)))!r})"
    subprocess.run([sys.executable, "-c", script], check=True, timeout=3)


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("title",), 2, 8),
        (("sources", 1), 5, 5),
        (("sources", 1, "title", "ru"), 5, 32),
        (("sources", 1, "publisher"), 5, 5),
        (("sources", 7), 3, 1),
        ((), 1, 1),
    ],
)
def test_everything_has_its_place_and_what_is_missing_its_parents(
    path: tuple[str | int, ...], line: int, column: int
) -> None:
    text = """\
id: a
title: One
sources:
  - {id: a}
  - {id: b, title: {en: T, ru: Т}}
"""
    assert YamlText("programme.yaml", text).place(path) == Place("programme.yaml", line, column)


def test_a_key_has_a_place_of_its_own() -> None:
    file = YamlText("programme.yaml", "id: a\nheadline: b\n")
    assert file.place(("headline",), of_key=True) == Place("programme.yaml", 2, 1)


def test_a_publisher_called_no_is_a_publisher(folder: Callable[..., Path]) -> None:
    root = folder("""
        sources:
          - {id: no, title: Off, publisher: no}
        """)
    (source,) = open_programme(root).sources
    assert (source.id, source.title, source.publisher) == ("no", "Off", "no")


def test_a_heading_of_goods_keeps_its_leading_zero(folder: Callable[..., Path]) -> None:
    root = folder("""
        projects:
          - {id: dairy, title: Dairy, products: [0402, 8428]}
        """)
    assert open_programme(root).projects[0].products == ("0402", "8428")


def test_a_stated_value_is_exact(folder: Callable[..., Path]) -> None:
    root = folder("""
        facilities:
          - {id: line, title: Line, kind: credit, limit: {amount: 0.1, currency: USD}}
        """)
    (facility,) = open_programme(root).facilities
    assert facility.limit is not None
    assert facility.limit.amount == Decimal("0.1")


def test_a_file_in_another_encoding_is_named_with_its_line(
    folder: Callable[..., Path], errors: Callable[[Path], list[str]]
) -> None:
    listed = "- {id: a, title: One, publisher: P}\n- {id: b, title: Два, publisher: P}\n"
    assert errors(folder(**{"sources.yaml": listed.encode("cp1251")})) == [
        "sources.yaml:2: the text is not in UTF-8. Save the file again with the encoding UTF-8."
    ]


def test_a_byte_order_mark_is_no_part_of_the_text(folder: Callable[..., Path]) -> None:
    listed = b"\xef\xbb\xbf" + b"- {id: a, title: One, publisher: P}\n"
    assert open_programme(folder(**{"sources.yaml": listed})).sources[0].id == "a"
