"""Holidays of the countries that come with Bilat, and calendars of one's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bilat.finance.calendars import CalendarUnknown, known_calendars, open_calendar
from bilat.finance.calendars.easter import orthodox, western
from bilat.language import pick


def days(year: int, *texts: str) -> set[date]:
    return {date.fromisoformat(f"{year}-{text}") for text in texts}


BELARUS_2024 = (
    "01-01",
    "01-02",
    "01-07",
    "03-08",
    "05-01",
    "05-09",
    "05-14",
    "07-03",
    "11-07",
    "12-25",
)
BELARUS_2026 = (
    "01-01",
    "01-02",
    "01-07",
    "03-08",
    "04-21",
    "05-01",
    "05-09",
    "07-03",
    "11-07",
    "12-25",
)
"""As the Ministry of Labour published them for both years."""


@pytest.mark.parametrize(("year", "published"), [(2024, BELARUS_2024), (2026, BELARUS_2026)])
def test_holidays_of_belarus_are_the_published_ones(year: int, published: tuple[str, ...]) -> None:
    assert set(open_calendar("BLR").holidays(year)) == days(year, *published)


@pytest.mark.parametrize(
    ("year", "radunitsa"),
    [(2020, "04-28"), (2021, "05-11"), (2022, "05-03"), (2023, "04-25"), (2025, "04-29")],
)
def test_radunitsa_is_the_ninth_day_after_easter(year: int, radunitsa: str) -> None:
    names = open_calendar("BLR").holidays(year)[date.fromisoformat(f"{year}-{radunitsa}")]
    assert [pick(name, "en") for name in names] == ["Radunitsa"]


def test_holidays_of_kyrgyzstan_under_the_new_labour_code() -> None:
    """2026, as the Ministry of Labour published it; Orozo Ait as the muftiate announced it."""
    published = days(
        2026, "01-01", "01-02", "01-03", "01-04", "01-05", "01-06", "01-07", "03-08", "03-20",
        "03-21", "05-01", "05-02", "05-03", "05-04", "05-05", "05-06", "05-07", "05-08", "05-09",
        "08-31",
    )  # fmt: skip
    assert set(open_calendar("KGZ").holidays(2026)) == published


def test_working_days_of_kyrgyzstan_since_the_new_labour_code() -> None:
    calendar = open_calendar("KGZ")
    for day in ("2026-02-23", "2026-04-07", "2025-11-07"):
        assert calendar.is_business_day(date.fromisoformat(day))
    for day in ("2024-02-23", "2023-04-07", "2024-11-07"):
        assert not calendar.is_business_day(date.fromisoformat(day))


def test_until_2024_a_holiday_on_a_weekend_gave_the_next_working_day() -> None:
    """Kurman Ait of 16 June 2024, a Sunday: Monday was off, as the Ministry of Labour announced."""
    calendar = open_calendar("KGZ")
    assert not calendar.is_business_day(date(2024, 6, 17))
    assert not calendar.is_business_day(date(2020, 5, 25))
    assert not calendar.is_business_day(date(2022, 1, 3))  # for Saturday, 1 January
    assert calendar.is_business_day(date(2026, 3, 9))


def test_a_transferred_day_is_worked_on_a_saturday() -> None:
    calendar = open_calendar("BLR")
    assert not calendar.is_business_day(date(2026, 4, 20))
    assert calendar.is_business_day(date(2026, 4, 25))
    assert not calendar.is_business_day(date(2026, 4, 18))


def test_jointly_a_day_off_in_either_country_is_off() -> None:
    both = open_calendar("BLR+KGZ")
    one, other = open_calendar("BLR"), open_calendar("KGZ")
    for year in range(2020, 2031):
        assert both.days_off(year) == one.days_off(year) | other.days_off(year)


EASTERS = {
    2000: ("04-30", "04-23"), 2016: ("05-01", "03-27"), 2017: ("04-16", "04-16"),
    2020: ("04-19", "04-12"), 2021: ("05-02", "04-04"), 2022: ("04-24", "04-17"),
    2023: ("04-16", "04-09"), 2024: ("05-05", "03-31"), 2025: ("04-20", "04-20"),
    2026: ("04-12", "04-05"), 2027: ("05-02", "03-28"), 2028: ("04-16", "04-16"),
    2029: ("04-08", "04-01"), 2030: ("04-28", "04-21"), 2100: ("05-02", "03-28"),
}  # fmt: skip
"""Published tables: orthodox, western. Since 2100 the calendars are 14 days apart."""


@pytest.mark.parametrize("year", EASTERS)
def test_easter_is_that_of_the_published_tables(year: int) -> None:
    assert [orthodox(year), western(year)] == [
        date.fromisoformat(f"{year}-{text}") for text in EASTERS[year]
    ]


def test_every_shipped_calendar_names_its_sources() -> None:
    for name in known_calendars()[2:]:
        (file,) = open_calendar(name).files
        assert file.sources
        assert file.covers
        assert open_calendar(name).covers(date(2026, 1, 1))
        assert not open_calendar(name).covers(date(2035, 1, 1))


def test_every_transfer_swaps_a_working_day_for_a_day_off() -> None:
    """A day that is given must have been worked, a day that is worked must have been free."""
    for name in ("BLR", "KGZ"):
        (file,) = open_calendar(name).files
        for one in file.transfers:
            assert one.off
            assert one.works
            assert one.off.isoweekday() < 6
            assert abs((one.off - one.works).days) < 130


def test_without_a_calendar_every_day_is_a_business_day() -> None:
    assert open_calendar("none").is_business_day(date(2026, 1, 1))
    assert not open_calendar("weekends").is_business_day(date(2026, 1, 3))
    assert not open_calendar("weekends+BLR").is_business_day(date(2026, 1, 2))


def own(folder: Path, text: str) -> Path:
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_calendar_of_ones_own(tmp_path: Path) -> None:
    """A bank in Dhaka: Friday and Saturday off, Easter Monday, and a day that is worked."""
    text = (
        "title: Bank\nweekend: [5, 6]\nsources: [The bank]\n"
        "holidays:\n- {name: Easter Monday, easter: western, plus: 1}\n"
        "- {name: Leap day, day: 02-29}\n"
        "transfers: [{works: 2026-04-10}]\n"
    )
    calendar = open_calendar("own.yaml", own(tmp_path, text))
    assert not calendar.is_business_day(date(2026, 4, 6))
    assert calendar.is_business_day(date(2026, 4, 5))
    assert calendar.is_business_day(date(2026, 4, 10))
    assert not calendar.is_business_day(date(2026, 4, 3))
    assert not calendar.is_business_day(date(2028, 2, 29))
    assert calendar.holidays(2027).keys() == {date(2027, 3, 29)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: X\nholidays: [{name: A, day: 02-30}]", "own.yaml:2:12: “02-30” is not a day"),
        ("title: X\nholidays: [{name: A}]", "own.yaml:2:12: a holiday has one of"),
        ("title: X\nweekend: [1, 2, 3, 4, 5, 6, 7]", "no day of the week is left"),
        ("title: X\nweekends: [6]", "own.yaml:2:1: unknown key “weekends”"),
        ("title: [", "this is not valid YAML"),
    ],
)
def test_a_slip_in_it_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(CalendarUnknown) as refused:
        open_calendar("own.yaml", own(tmp_path, text))
    assert told in str(refused.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CalendarUnknown, match=r"own\.yaml: the calendar cannot be read: No such"):
        open_calendar("own.yaml", tmp_path)


def test_without_a_folder_no_file_is_read() -> None:
    with pytest.raises(CalendarUnknown, match=r"can only be used by a deal in a file of its own"):
        open_calendar("own.yaml")


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(CalendarUnknown, match="Write one of none, weekends, BLR, KGZ"):
        open_calendar("Belarus")
