"""Fiscal and solar years: their months, by the calendar of the country whose years they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from bilat.reading.calendars import When
from bilat.reading.data import load
from bilat.reading.discourse import Discourse
from bilat.reading.scene import Sentence
from bilat.reading.tokens import NUMBER

_APRIL = 4
_SOLAR = 621  # years from a solar year to the one that it begins in
_SOLAR_YEARS = range(1370, 1431)
_ENDED = frozenset(("ended", "ending", "завершившийся", "завершившемся", "закончившийся",
                    "закончившемся", "завершившегося", "закончившегося", "истекший"))  # fmt: skip
_BETWEEN = frozenset(("on", "in", "the", "that", "which", "to", "в", "had", "has", ",", "("))
_ENDS_MONTH = 25  # a year that ends on such a day ends with the month


def in_calendars(sentence: Sentence, discourse: Discourse) -> None:
    """Gives fiscal years their months, and reads 1403 as the year that it is."""
    if set(_data()["solar"]) & set(discourse.parties):
        _with_solar_years(sentence)
    if any(w.sort == "fiscal" or w.fiscal for w in sentence.whens):
        code = _country(sentence, discourse)
        sentence.whens = [_dated(w, code, discourse.published) for w in sentence.whens]
    ended = {w.first: year for w in sentence.whens if (year := _year_ended(sentence, w))}
    if ended:
        sentence.whens = [
            ended.get(w.first, w) for w in sentence.whens if not _is_told_by(w, ended)
        ]
    if any(w.sort == "fiscal" or w.fiscal for w in sentence.whens):
        sentence.whens = list(_without_explanations(sentence))


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return dict(load("lexicon", "calendars"))


def _country(sentence: Sentence, discourse: Discourse) -> str | None:
    """Whose fiscal year: the party with one of its own; of two, the one named in the sentence."""
    known = [code for code in discourse.parties if code in _data()["begins"]]
    solar = [code for code in known if code in _data()["solar"]]
    if solar and sentence.has("fiscal/solar"):
        return solar[0]
    named = [t.value for t in sentence.terms if t.group in ("country", "people")]
    told = [code for code in named if code in known]
    aside = [code for code in (discourse.side, discourse.home) if code in known]
    return next(iter([*told, *aside, *known]), None)


def _dated(when: When, code: str | None, published: date | None) -> When:
    if (when.sort != "fiscal" and not when.fiscal) or (when.sort == "fiscal" and when.months):
        return when
    start = _data()["begins"].get(code, _APRIL)
    last = start if code in _data()["solar"] else (start - 2) % 12 + 1
    year = when.year
    if when.end_year is not None and code in _data()["named_by_beginning"]:
        year = when.end_year
    elif when.shift is not None and published is not None:
        year = published.year + when.shift - (published.month < start)
    if when.sort == "fiscal":
        return replace(when, year=year, months=(start, last))
    return _part(when, year, start, last, published)


def _part(when: When, year: int | None, start: int, last: int, published: date | None) -> When:
    assert when.months is not None  # noqa: S101 - a part has its months
    first, end = when.months
    if when.fiscal == "counted":
        first, end = ((month + start - 2) % 12 + 1 for month in (first, end))
        end = end % 12 + 1 if last == start else end
    if year is None:
        return replace(when, months=(first, end), fiscal="")
    return replace(when, year=year + (end < start or first > end), months=(first, end), fiscal="")


# ---- the years of Iran and Afghanistan


def _with_solar_years(sentence: Sentence) -> None:
    taken: set[int] = set()
    for i, token in enumerate(sentence.tokens):
        if token.kind == NUMBER and _is_solar(sentence, i):
            sentence.whens = _placed(sentence.whens, _solar(sentence, i))
            taken.add(i)
    sentence.amounts = [a for a in sentence.amounts if a.first not in taken]


def _is_solar(sentence: Sentence, i: int) -> bool:
    text = sentence.tokens[i].text
    if not text.isdigit() or int(text) not in _SOLAR_YEARS:
        return False
    amount = next((a for a in sentence.amounts if a.first == i), None)
    return amount is not None and amount.sort == "count" and not amount.bare


def _solar(sentence: Sentence, i: int) -> When:
    year = int(sentence.tokens[i].text) + _SOLAR
    last = i + 2 if sentence.within(i + 2, i + 2, "suffix") else i
    last = last + 1 if sentence.within(last + 1, last + 1, "unit_of_time/year") else last
    part = next((w for w in sentence.whens if w.sort == "part" and 0 < i - w.last <= 5), None)
    if part is not None and part.months is not None and not part.explicit:
        start = _data()["begins"]["IRN"]
        counted = replace(part, last=last, year=year, fiscal="counted", explicit=True)
        return replace(_part(counted, year, start, start, None), fiscal="named")
    return When("fiscal", i, last, year, (3, 3), explicit=True)


def _placed(whens: Sequence[When], new: When) -> list[When]:
    """In its place among the others, instead of those that it covers."""
    kept = [w for w in whens if w.last < new.first or w.first > new.last]
    return sorted([*kept, new], key=lambda w: w.first)


# ---- “the year ended 30 June 2024”, and what brackets explain


def _year_ended(sentence: Sentence, when: When) -> When | None:
    """The twelve months before a day or month at which a year is said to end."""
    if when.sort not in ("day", "month") or when.year is None or when.months is None:
        return None
    i = when.first - 1
    while i >= 0 and sentence.tokens[i].lower in _BETWEEN:
        i -= 1
    if i < 1 or not (_runs_to(sentence, when, i) or _has_ended(sentence, i)):
        return None
    month = when.months[1]
    whole = when.day is None or when.day >= _ENDS_MONTH
    start = month % 12 + 1 if whole else month
    first = next((w.first for w in sentence.whens if 0 < i - w.last <= 3), when.first)
    if start == 1:
        return When("year", first, when.last, when.year, (1, 12), explicit=True)
    return When("fiscal", first, when.last, when.year - 1, (start, month), explicit=True)


def _has_ended(sentence: Sentence, i: int) -> bool:
    return sentence.tokens[i].lower in _ENDED and _is_year(sentence, i - 1)


def _runs_to(sentence: Sentence, when: When, i: int) -> bool:
    """“the year to June”, “the twelve months to March 2025”."""
    told = [t.lower for t in sentence.tokens[max(0, i - 1) : i + 1]]
    linked = sentence.before(when.first) in ("to", "through", "по")
    twelve = told in (["twelve", "months"], ["12", "months"], ["двенадцать", "месяцев"])
    return linked and (told in (["the", "year"], ["full", "year"]) or twelve)


def _is_year(sentence: Sentence, i: int) -> bool:
    while i >= 0 and sentence.tokens[i].lower in _BETWEEN:
        i -= 1
    return bool(
        [t for t in sentence.terms if t.last == i and t.group in ("fiscal", "year")]
        or sentence.within(i, i, "unit_of_time/year")
        or sentence.tokens[i].text.isdigit()
    )


def _is_told_by(when: When, ended: dict[int, When]) -> bool:
    """A year that one which ended covers: “last year (ended 20 March 2025)”."""
    return when.first not in ended and any(
        year.first <= when.first <= year.last for year in ended.values()
    )


def _without_explanations(sentence: Sentence) -> Iterator[When]:
    """“1403 (March 2024 – March 2025)”: the brackets say again which year it is."""
    closed = -1
    for when in sentence.whens:
        if when.first <= closed:
            continue
        yield when
        if (when.sort == "fiscal" or when.fiscal) and sentence.after(when.last) == "(":
            closed = next(
                (
                    i
                    for i in range(when.last, len(sentence.tokens))
                    if sentence.tokens[i].text == ")"
                ),
                -1,
            )
