"""A month of contacts, week by week."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import get_day_names

from bilat.language import Words
from bilat.vocabulary import Period
from bilat_office.pages.contacts.listing import Row

YEARS = range(1900, 2200)
"""Those that a calendar turns to."""


@dataclass(frozen=True)
class Day:
    """One cell. ``is_in``: of the month itself, not of its neighbours."""

    day: date
    is_in: bool
    is_today: bool
    rows: Sequence[Row]


@dataclass(frozen=True)
class Month:
    """``vague``: contacts of which only the month, or a longer time, is known."""

    name: Period
    weeks: Sequence[Sequence[Day]]
    vague: Sequence[Row]
    before: str
    after: str

    @property
    def is_empty(self) -> bool:
        return not self.vague and not any(
            day.rows for week in self.weeks for day in week if day.is_in
        )


def first_day_of(text: str, today: date) -> date:
    """Of ``2026-11``; of the month of today for what is no month, or of another age."""
    try:
        found = date.fromisoformat(f"{text}-01") if len(text) == 7 else today
    except ValueError:
        found = today
    return found.replace(day=1) if found.year in YEARS else today.replace(day=1)


def in_month(rows: Iterable[Row], first: date) -> list[Row]:
    """Those that touch the month."""
    last = _last(first)
    return [
        row for row in rows
        if row.fact.when and row.fact.when.start <= last and row.fact.when.end >= first
    ]  # fmt: skip


def month_of(rows: Sequence[Row], first: date, today: date) -> Month:
    """rows: those that touch it."""
    known = [row for row in rows if row.fact.has_day]
    weeks = [
        [_day(day, first, today, known) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return Month(
        name=Period(first, _last(first)),
        weeks=weeks,
        vague=[row for row in rows if not row.fact.has_day],
        before=(first - timedelta(days=1)).strftime("%Y-%m"),
        after=(_last(first) + timedelta(days=1)).strftime("%Y-%m"),
    )


def weekdays(words: Words) -> list[tuple[str, str]]:
    """Short and whole, from Monday on."""
    short, whole = (get_day_names(width, locale=words.locale) for width in ("abbreviated", "wide"))
    return [(short[number], whole[number]) for number in range(7)]


def nearest(rows: Iterable[Row], first: date) -> tuple[Row | None, Row | None]:
    """The last one before this month and the next one after it."""
    dated = [row for row in rows if row.fact.when]
    earlier = [row for row in dated if row.fact.when and row.fact.when.end < first]
    later = [row for row in dated if row.fact.when and row.fact.when.start > _last(first)]
    return (
        max(earlier, key=_start, default=None),
        min(later, key=_start, default=None),
    )


def _start(row: Row) -> date:
    return row.fact.when.start if row.fact.when else date.max


def _day(day: date, first: date, today: date, rows: Iterable[Row]) -> Day:
    found = [
        row for row in rows if row.fact.when and row.fact.when.start <= day <= row.fact.when.end
    ]
    return Day(day, day.month == first.month, day == today, found)


def _last(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
