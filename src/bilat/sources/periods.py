"""When: the writings of periods in statistics files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from bilat.sources.columns import Columns, different, word
from bilat.sources.dataset import Periods
from bilat.vocabulary import Period
from bilat.vocabulary.text_type import Unreadable

SEPARATOR = "|"
_COMPACT = re.compile(r"(\d{4})[M-]?(\d{1,2})")
"""202305, 2023M05, 2023-5; the vocabulary knows 2023, 2023-Q2 and so on."""

Find = Callable[[str | None], Period | None]


def written_periods(source: Columns, spec: Periods) -> pa.ChunkedArray:
    """(n,) the period of each row as written; year and month joined by a bar."""
    if spec.fixed is not None:
        return word(str(spec.fixed), len(source), pa.string())
    if not spec.column:  # the columns of values say the period
        return word("", len(source), pa.string())
    year = source.texts(spec.column)
    if not spec.month:
        return year
    month = source.texts(spec.month)
    parts = [column.cast(pa.string()) for column in (year, month)]
    return pc.binary_join_element_wise(*parts, SEPARATOR)


def finder(written: pa.ChunkedArray, spec: Periods) -> Find:
    """What reads one writing; a year to date ends with the last month that the table has."""
    last = _last_months(different(written), spec) if spec.year_to_date else {}

    def find(text: str | None) -> Period | None:
        period = parse(text or "", spec)
        if period and period.months == 12 and period.start.month == 1:
            return _until(period.start.year, last.get(period.start.year, 12))
        if period and period.months == 1 and spec.months == "cumulative":
            return _until(period.start.year, period.start.month)
        return period

    return find


def parse(text: str, spec: Periods) -> Period | None:
    """The period as written; None when it is none."""
    year, _, month = text.strip().partition(SEPARATOR)
    month = "" if month.strip() in spec.whole_year else month.strip()
    text = f"{year.strip()}-{month}" if month else year.strip()
    if match := _COMPACT.fullmatch(text):
        text = f"{match[1]}-{int(match[2]):02}"
    try:
        period = Period.parse(text)
    except Unreadable:
        return None
    return period if period.months else None


def running_years(written: pa.ChunkedArray, spec: Periods) -> dict[int, int]:
    """Year → last month, of the years whose row holds less than twelve months."""
    last = _last_months(different(written), spec) if spec.year_to_date else {}
    return {year: month for year, month in last.items() if month < 12}


def _last_months(texts: Iterable[str], spec: Periods) -> dict[int, int]:
    last: dict[int, int] = {}
    for text in texts:
        period = parse(text, spec)
        if period and period.months == 1:
            year, month = period.start.year, period.start.month
            last[year] = max(month, last.get(year, 0))
    return last


def span(start: date, months: int) -> Period:
    """The period of so many whole months.

    >>> str(span(date(2023, 1, 1), 3))
    '2023-Q1'
    """
    last = start.year * 12 + start.month - 1 + months - 1
    return Period(start, Period.parse(f"{last // 12}-{last % 12 + 1:02}").end)


def _until(year: int, month: int) -> Period:
    return span(date(year, 1, 1), month)
