"""Spans of time, as programmes and communiqués state them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.vocabulary.strategies import periods

from bilat.language import Words
from bilat.vocabulary import Period
from bilat.vocabulary.text_type import Unreadable


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2025-H1", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025-Q1", date(2025, 1, 1), date(2025, 3, 31)),
        ("2025-Q2", date(2025, 4, 1), date(2025, 6, 30)),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-11", date(2024, 11, 1), date(2024, 11, 30)),
        ("2024-11-28", date(2024, 11, 28), date(2024, 11, 28)),
        ("2024-01/2024-09", date(2024, 1, 1), date(2024, 9, 30)),
        ("2021/2025", date(2021, 1, 1), date(2025, 12, 31)),
        ("2024-H2/2025-Q1", date(2024, 7, 1), date(2025, 3, 31)),
        ("2024-11-28/2024-12-03", date(2024, 11, 28), date(2024, 12, 3)),
    ],
)
def test_every_notation_has_both_its_days(text: str, start: date, end: date) -> None:
    assert Period.parse(text) == Period(start, end)


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2023-02-29", "2024-13", "2024-00", "2024-11-31", "2024-11-00", "0000"]
)
def test_a_day_that_is_not_in_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=f"“{text}” is not a day of the calendar"):
        Period.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-1", "2024-Q5", "2024-H3", "2024/", "/2024", "28.11.2024", "2024-2025", "soon"],
)
def test_what_is_no_period_is_refused_with_the_notations(text: str) -> None:
    with pytest.raises(Unreadable, match="write 2024, 2025-H1, 2025-Q2, 2024-11, 2024-11-28"):
        Period.parse(text)


@pytest.mark.parametrize("text", ["2024-09/2024-01", "2025/2024", "2024-11-28/2024-11-27"])
def test_a_range_that_runs_backwards_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=f"the period “{text}” ends before it starts"):
        Period.parse(text)


@given(periods())
def test_what_is_written_is_read_back(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(st.dates(date(1, 1, 1), date(9999, 12, 30)), st.integers(0, 4000))
def test_any_two_days_can_be_written_and_read_back(start: date, days: int) -> None:
    end = min(start, date(9999, 12, 30) - timedelta(days)) + timedelta(days)
    period = Period(min(start, end), end)
    assert Period.parse(str(period)) == period


def test_no_end_in_sight_may_be_written_as_year_9999() -> None:
    assert str(Period.parse("9999")) == "9999"


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("2024-01/2024-12", "2024"),
        ("2024-H1/2024-H2", "2024"),
        ("2024-Q1/2024-Q2", "2024-H1"),
        ("2024-04/2024-06", "2024-Q2"),
        ("2024-05-01/2024-05-31", "2024-05"),
        ("2024-05-09/2024-05-09", "2024-05-09"),
        ("2024-Q2/2024-Q3", "2024-04/2024-09"),
        ("2023/2024", "2023-01/2024-12"),
    ],
)
def test_the_same_span_is_always_written_the_same_short_way(long: str, short: str) -> None:
    assert str(Period.parse(long)) == short


@pytest.mark.parametrize(
    ("text", "months"),
    [("2024", 12), ("2024-H2", 6), ("2024-Q3", 3), ("2024-02", 1), ("2023-12/2025-01", 14)],
)
def test_whole_months_are_counted(text: str, months: int) -> None:
    assert Period.parse(text).months == months


@pytest.mark.parametrize("text", ["2024-11-28", "2024-01-01/2024-01-30", "2024-01-02/2024-01-31"])
def test_a_span_that_cuts_a_month_has_no_number_of_months(text: str) -> None:
    assert Period.parse(text).months is None


def test_a_day_and_a_year_know_what_they_are() -> None:
    day, year, half = map(Period.parse, ("2024-11-28", "2024", "2024-07/2024-12"))
    assert (day.is_day, year.is_day, half.is_day) == (True, False, False)
    assert (day.is_year, year.is_year, half.is_year) == (False, True, False)


def test_twelve_months_from_april_are_not_a_year() -> None:
    assert not Period.parse("2024-04/2025-03").is_year


def test_a_year_can_be_named_by_its_number() -> None:
    assert Period.year(2024) == Period.parse("2024")


@pytest.mark.parametrize(
    ("text", "english", "russian"),
    [
        ("2025", "2025", "2025"),
        ("2024-11", "November 2024", "ноябрь 2024"),
        ("2024-11-28", "28 November 2024", "28 ноября 2024 г."),
        ("2024-01/2024-09", "January–September 2024", "январь–сентябрь 2024"),
        ("2025-H1", "January–June 2025", "январь–июнь 2025"),
        ("2021/2025", "2021–2025", "2021–2025"),
        (
            "2024-11-28/2024-12-03",
            "28 November 2024 – 3 December 2024",
            "28 ноября 2024 г. – 3 декабря 2024 г.",
        ),
    ],
)
def test_a_period_is_said_as_people_say_it(text: str, english: str, russian: str) -> None:
    period = Period.parse(text)
    assert (period.in_words(Words("en")), period.in_words(Words("ru"))) == (english, russian)


def test_earlier_periods_sort_first() -> None:
    texts = ["2025", "2024-12", "2024", "2024-11-28"]
    assert [str(period) for period in sorted(map(Period.parse, texts))] == [
        "2024",
        "2024-11-28",
        "2024-12",
        "2025",
    ]
