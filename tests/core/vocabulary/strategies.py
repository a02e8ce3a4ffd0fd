"""Hypothesis strategies: the texts, numbers and periods that programmes are made of."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from bilat.vocabulary import Period

Draw = Callable[[st.SearchStrategy[Any]], Any]

DAYS = st.dates(date(1991, 8, 31), date(2049, 12, 31))

# What YAML, CSV or an editor may take for something else than the text that it is.
_TRICKY = st.sampled_from(
    [
        "no",
        "null",
        "~",
        "0402",
        "2024",
        "1e5",
        "12:30",
        "- a",
        "a: b",
        "# x",
        "'x'",
        "[a]",
        "“a”; b",
    ]
)
# NEL and the separators of Unicode are line ends for YAML 1.1 and not for YAML 1.2.
_LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), include_characters="\n"
)
# No spaces at the ends: a table would take them off.
LINE = _TRICKY | st.text(_LETTERS, min_size=1, max_size=20).map(str.strip).filter(bool)
TEXT = LINE | st.fixed_dictionaries({"en": LINE, "ru": LINE}) | st.fixed_dictionaries({"ky": LINE})
NUMBER = st.decimals(0, 10**9, places=2)
PERCENT = st.decimals(0, 100, places=1)
HS_CODE = st.from_regex(r"([0-9]{2}){1,3}", fullmatch=True)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


@st.composite
def periods(draw: Draw) -> Period:
    """Days, months, quarters, halves, years, and ranges of days or months."""
    first, last = sorted([draw(DAYS), draw(DAYS)])
    year = Period.year(first.year)
    forms = (
        Period(first, first),
        Period(first, last),
        _whole_months(first, last),
        year,
        _whole_months(year.start, year.start.replace(month=6)),
        _whole_months(year.start.replace(month=10), year.end),
    )
    return forms[draw(st.integers(0, len(forms) - 1))]


def _whole_months(first: date, last: date) -> Period:
    end = calendar.monthrange(last.year, last.month)[1]
    return Period(first.replace(day=1), last.replace(day=end))
