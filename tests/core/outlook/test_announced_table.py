"""The table of announced targets: what ships is sound, and a user's own is checked like it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from math import isfinite
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilat.errors import BilatError
from bilat.language import Words
from bilat.outlook.announced import AnnouncedTarget, read_announced

SHARED = Path(__file__).parents[4] / "shared" / "data" / "announced_targets.csv"
HEAD = (
    "id,side_a,side_b,announced,indicator,target_usd,deadline_year,horizon_years,baseline_year,"
    "baseline_usd,outcome_year,outcome_usd,met,restated_from,source_target_url,source_outcome_url,"
    "note"
)
GOOD = "g1,BLR,KGZ,2010-05,turnover,200,2015,5,2009,100,2015,150,no,,https://a.by/1,memory,"

Write = Callable[..., Path]


@pytest.fixture
def table(tmp_path: Path) -> Write:
    """Writes rows under the usual head."""

    def write(*rows: str, head: str = HEAD) -> Path:
        path = tmp_path / "mine.csv"
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return path

    return write


def told(path: Path) -> list[str]:
    return [problem.in_words(Words("en")) for problem in read_announced(path)[1]]


def settled() -> list[AnnouncedTarget]:
    targets, _ = read_announced()
    return [target for target in targets if target.is_scored and target.deadline_year <= 2025]


def met_of(targets: list[AnnouncedTarget]) -> tuple[int, int]:
    return sum(target.met == "yes" for target in targets), len(targets)


def test_what_ships_has_no_problem() -> None:
    targets, problems = read_announced()
    assert problems == ()
    assert len(targets) == 143
    assert len({target.pair for target in targets}) == 62


def test_the_verdicts_are_those_that_the_compilers_counted() -> None:
    """107 due and known, 27 pending, 5 unknown, 4 met ahead of a later deadline."""
    targets, _ = read_announced()
    assert Counter(target.met for target in targets) == {
        "no": 76,
        "yes": 35,
        "pending": 27,
        "unknown": 5,
    }
    unknown = [target.id for target in targets if target.met == "unknown"]
    assert unknown == ["t035", "t040", "t102", "t105", "t132"]
    early = [t.id for t in targets if t.met == "yes" and t.deadline_year > 2025]
    assert early == ["t043", "t062", "t091", "t092"]


def test_31_of_107_were_met() -> None:
    due = settled()
    assert met_of(due) == (31, 107)
    assert len({target.pair for target in due}) == 51
    assert met_of([target for target in due if target.restated_from is None]) == (27, 90)
    assert met_of([target for target in due if target.restated_from]) == (4, 17)
    reached = [t.reached for t in due if t.met == "no" and t.reached is not None]
    assert median(reached) == pytest.approx(0.58, abs=0.005)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(2000, 2012, (17, 25)), (2013, 2017, (3, 33)), (2018, 2025, (11, 49))],
)
def test_deadlines_by_period(first: int, last: int, expected: tuple[int, int]) -> None:
    assert met_of([t for t in settled() if first <= t.deadline_year <= last]) == expected


def test_pairs_with_china_carry_most_successes() -> None:
    assert met_of([target for target in settled() if "CHN" in target.pair]) == (19, 31)
    assert met_of([target for target in settled() if "CHN" not in target.pair]) == (12, 76)
    assert met_of([target for target in settled() if target.target_usd <= 2_000_000_000]) == (1, 5)


def test_outcomes_from_memory_can_be_told_apart() -> None:
    targets, _ = read_announced()
    assert sum(target.outcome_from_memory for target in targets) == 56
    assert met_of([target for target in settled() if not target.outcome_from_memory]) == (24, 53)
    assert met_of([target for target in settled() if target.outcome_from_memory]) == (7, 54)
    assert [target.id for target in targets if target.source_target == "memory"] == ["t085"]


def test_20_percent_a_year_or_more_was_met_in_7_of_37() -> None:
    steep = [t for t in settled() if t.required_growth is not None and t.required_growth >= 0.2]
    assert met_of(steep) == (7, 37)


def test_the_reference_case_needs_28_percent_from_its_baseline_of_2023() -> None:
    targets, _ = read_announced()
    found = {target.id: target for target in targets}
    assert found["t006"].pair == found["t005"].pair == ("BLR", "KGZ")
    assert found["t006"].required_growth == pytest.approx(0.28, abs=0.005)
    assert found["t006"].horizon == 5


def test_nothing_of_the_compiled_table_was_lost() -> None:
    if not SHARED.is_file():
        pytest.skip(f"{SHARED} is not here")
    with SHARED.open(encoding="utf-8") as file:
        compiled = list(csv.reader(file))
    text = files("bilat.outlook.announced").joinpath("announced_targets.csv").read_text("utf-8")
    shipped = list(csv.reader(text.splitlines()))
    assert shipped[1:] == compiled[1:]
    assert shipped[0][3:] == compiled[0][3:]


def test_an_analyst_reads_a_table_of_her_own(table: Write) -> None:
    targets, problems = read_announced(table(GOOD))
    assert problems == ()
    assert targets[0].required_growth == pytest.approx(2 ** (1 / 6) - 1)
    assert targets[0].outcome_from_memory


def test_columns_that_may_be_empty_may_be_missing(table: Write) -> None:
    head = "id,side_a,side_b,announced,indicator,target_usd,deadline_year,met,source_target_url"
    path = table("p1,BLR,KGZ,2025,turnover,500e6,2030,pending,https://a.by/1", head=head)
    targets, problems = read_announced(path)
    assert problems == ()
    assert targets[0].target_usd == 500_000_000
    assert targets[0].required_growth is None


@pytest.mark.parametrize(
    ("cell", "written", "sentence"),
    [
        ("BLR", "BEL0", "“BEL0” is not a country code of ISO 3166 (three letters)"),
        ("KGZ", "BLR", "both sides are BLR"),
        ("2010-05", "May 2010", "“May 2010” is not a date or period"),
        ("2010-05", "2010/2011", "“2010/2011” runs over more than one year"),
        ("turnover", "tourists", "“tourists” is not known here"),
        (",200,", ",0,", "“0” is not an amount of dollars a year"),
        (",200,", ",200 mn,", "“200 mn” is not an amount of dollars a year"),
        (",200,", ",NaN,", "“NaN” is not an amount of dollars a year"),
        (",200,", ",1e400,", "“1e400” is not an amount of dollars a year"),
        (",2015,5,", ",15,5,", "“15” is not a year"),
        (",2015,5,", ",2009,,", "the deadline 2009 is before the announcement"),
        (",2015,5,", ",2015,3,", "3 years do not lead to 2015. Write 5"),
        (",2009,100,", ",2012,100,", "the baseline 2012 is after the start"),
        (",2009,100,", ",,100,", "it has a year or an amount of the baseline, not both"),
        (",2015,150,", ",2016,150,", "the outcome of 2016 is outside its term"),
        (",2015,150,", ",,,", "an outcome and its source go together"),
        (",2015,150,", ",2015,196,", "it is marked no, but reached 98.0% of the target"),
        (",2015,150,no", ",2015,195.9,yes", "it is marked yes, but reached 98.0% of the target"),
        (",2015,150,", ",2014,150,", "a miss is read in 2014, before the deadline"),
        (",2015,150,", ",2013,20,", "a miss is read in 2013, before the deadline"),
        (",no,", ",perhaps,", "“perhaps” is not known here"),
        ("2015,150,no,,https://a.by/1,memory", ",,no,,https://a.by/1,", "marked no without an"),
        (
            ",150,no,",
            ",200,pending,",
            "its outcome reaches the target, but it is not marked as met",
        ),
        ("https://a.by/1", "a newspaper", "“a newspaper” is no source"),
        (",memory,", ",a friend,", "“a friend” is no source"),
        (",no,,", ",no,g9,", "“g9” is no other row of this file"),
        (",no,,", ",no,g1,", "“g1” is no other row of this file"),
        ("g1,", ",", "it has no id"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_good_ones_stay(
    table: Write, cell: str, written: str, sentence: str
) -> None:
    assert cell in GOOD
    path = table(GOOD.replace("g1", "g0"), GOOD.replace(cell, written, 1))
    targets, _ = read_announced(path)
    assert [target.id for target in targets] == ["g0"]
    sentences = told(path)
    assert any(sentence in text for text in sentences), sentences
    assert all(text.startswith(f"{path}:3: announced target ") for text in sentences)


def test_a_miss_may_rest_on_the_year_before_when_that_stood_far_below(table: Write) -> None:
    assert told(table(GOOD.replace(",2015,150,", ",2014,139,"))) == []


@given(st.integers(0, 16), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_whatever_stands_in_a_cell_the_row_is_taken_or_told(column: int, text: str) -> None:
    """And what is taken can be counted with."""
    cells = GOOD.split(",")
    cells[column] = '"' + text.replace('"', '""') + '"'
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mine.csv"
        path.write_text(f"{HEAD}\n{','.join(cells)}\n", encoding="utf-8", newline="")
        targets, problems = read_announced(path)
    assert len(targets) == (not problems)
    for target in targets:
        assert target.required_growth is None or isfinite(target.required_growth)


def test_all_that_is_wrong_with_a_row_is_told_at_once(table: Write) -> None:
    row = GOOD.replace("BLR", "XXX").replace("turnover", "trade").replace("memory", "?")
    assert len(told(table(row))) == 3


def test_two_rows_with_one_id_are_both_left_out(table: Write) -> None:
    path = table(GOOD, GOOD.replace("2015,150", "2015,160"))
    assert read_announced(path)[0] == ()
    assert sum("the id stands in more than one row" in text for text in told(path)) == 2


@pytest.mark.parametrize(
    ("earlier", "sentence"),
    [
        (GOOD.replace("g1", "g0").replace("KGZ", "KAZ"), "g0 is a target of another pair"),
        (
            GOOD.replace("g1", "g0").replace("2010-05", "2012").replace(",5,", ",3,"),
            "g0 was announced later than this",
        ),
    ],
)
def test_a_goal_restates_an_earlier_one_of_its_pair(
    table: Write, earlier: str, sentence: str
) -> None:
    path = table(earlier, GOOD.replace(",no,,", ",no,g0,"))
    assert [target.id for target in read_announced(path)[0]] == ["g0"]
    assert sentence in told(path)[0]


def test_a_bad_row_does_not_drag_down_what_restates_it(table: Write) -> None:
    path = table(GOOD.replace("g1", "g0").replace("BLR", "XXX"), GOOD.replace(",no,,", ",no,g0,"))
    assert [target.id for target in read_announced(path)[0]] == ["g1"]
    assert len(told(path)) == 1


def test_a_row_with_a_cell_too_many_is_told(table: Write) -> None:
    path = table(GOOD, GOOD.replace("g1", "g2") + "a comma, unquoted", "", ",,")
    assert [target.id for target in read_announced(path)[0]] == ["g1"]
    assert "mine.csv:3: the row has 18 cells, the head has 17" in told(path)[0]
    assert "mine.csv:5: the row has 3 cells" not in "".join(told(path))


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (HEAD.replace("side_b", "partner"), "columns are missing: side_b"),
        (HEAD.replace("note", "remark"), "these columns are not known: remark"),
        (HEAD.replace("note", "met"), "columns stand there more than once: met"),
    ],
)
def test_a_wrong_head_is_told_before_any_row(table: Write, head: str, sentence: str) -> None:
    path = table(GOOD, head=head)
    assert read_announced(path)[0] == ()
    assert any(f"mine.csv:1: {sentence}" in text for text in told(path))


def test_an_open_quotation_mark_keeps_the_rows_before_it(table: Write) -> None:
    path = table(GOOD, GOOD.replace("g1", "g2") + '"open')
    assert [target.id for target in read_announced(path)[0]] == ["g1"]
    assert "this line and those after it cannot be read as CSV" in told(path)[0]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BilatError, match="Give a CSV file in UTF-8"):
        read_announced(path)
    with pytest.raises(BilatError, match="cannot be read"):
        read_announced(tmp_path / "absent.csv")


def test_an_empty_file_lacks_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("", encoding="utf-8")
    assert "columns are missing: id, side_a" in told(path)[0]
