"""Each side's date against each side's statistics."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bilat.outlook import TargetOutlook, target_outlook
from bilat.outlook.history import LearnedForecast
from bilat.programme import open_programme

PROGRAMME = """
sources: [{id: s, title: Table, publisher: Office}]
indicators:
  - {id: turnover, title: Trade, measures: turnover, unit: million USD}
figures:
  - {id: k23, indicator: turnover, period: 2023, side: KGZ, stated: 2024-02, value: 110,
     sources: [s]}
  - {id: k24, indicator: turnover, period: 2024, side: KGZ, stated: 2025-02, value: 133,
     sources: [s]}
  - {id: b24, indicator: turnover, period: 2024-01/2024-09, side: BLR, stated: 2024-11,
     value: 135, sources: [s]}
targets:
  - id: goal
    title: 500 million
    indicator: turnover
    value: 500
    unit: million USD
    statements:
"""
BLR = "      - {side: BLR, announced: 2024-11, horizon_years: 5, sources: [s]}\n"
KGZ = "      - {side: KGZ, announced: 2024-11-28, horizon_years: 3, sources: [s]}\n"
Ask = Callable[..., TargetOutlook]


@pytest.fixture
def asked(folder: Callable[..., Path]) -> Callable[..., TargetOutlook | None]:
    def ask(*statements: str, as_of: str = "2025-10-01") -> TargetOutlook | None:
        programme = open_programme(folder(PROGRAMME + "".join(statements)))
        return target_outlook(programme, programme.targets[0], date.fromisoformat(as_of))

    return ask


@pytest.fixture
def outlook(asked: Callable[..., TargetOutlook | None]) -> Ask:
    def ask(*statements: str, as_of: str = "2025-10-01") -> TargetOutlook:
        found = asked(*statements, as_of=as_of)
        assert found is not None
        return found

    return ask


def test_the_sides_keep_their_own_dates(outlook: Ask) -> None:
    assert [item.deadline for item in outlook(BLR, KGZ).announcements] == [2029, 2027]


def test_every_date_is_judged_by_both_sides_statistics(outlook: Ask) -> None:
    judged = [
        [chance.series.side for chance in item.chances] for item in outlook(BLR, KGZ).announcements
    ]
    assert judged == [["BLR", "KGZ"], ["BLR", "KGZ"]]


def test_the_nearer_date_is_the_less_likely(outlook: Ask) -> None:
    five, three = outlook(BLR, KGZ).announcements
    for far, near in zip(five.chances, three.chances, strict=True):
        assert far.chance > near.chance


def test_growth_is_required_from_each_sides_level_when_it_was_announced(outlook: Ask) -> None:
    (five,) = outlook(BLR).announcements
    needed = {path.side: round((path.required_growth or 0) * 100, 1) for path in five.paths}
    assert needed == {"BLR": 22.7, "KGZ": 30.3}


def test_a_stated_baseline_goes_before_the_statistics_of_that_side(outlook: Ask) -> None:
    statement = (
        "      - {side: KGZ, announced: 2024-11, by: 2029, sources: [s],\n"
        "         baseline: {period: 2023, value: 115, unit: million USD}}\n"
    )
    (item,) = outlook(statement).announcements
    stated = next(path for path in item.paths if path.side == "KGZ")
    assert (stated.baseline.year, int(stated.baseline.value)) == (2023, 115_000_000)


def test_a_target_announced_later_is_not_known_yet(
    asked: Callable[..., TargetOutlook | None],
) -> None:
    assert asked(BLR, as_of="2024-10-31") is None
    known = asked(BLR, KGZ, as_of="2024-11-15")
    assert known is not None
    assert [item.statement.side for item in known.announcements] == ["BLR"]


def test_a_target_announced_again_keeps_its_first_date(outlook: Ask) -> None:
    again = (
        "      - {side: KGZ, announced: 2025-09-29, counted_from: 2024-11, horizon_years: 5,\n"
        "         sources: [s]}\n"
    )
    assert [item.deadline for item in outlook(again).announcements] == [2029]


def test_a_baseline_that_became_known_later_is_not_used_before(outlook: Ask) -> None:
    statement = (
        "      - {side: KGZ, announced: 2024-11, by: 2029, sources: [s],\n"
        "         baseline: {period: 2024, value: 200, unit: million USD}}\n"
    )
    before = outlook(statement, as_of="2024-12-01").announcements[0].paths
    after = outlook(statement, as_of="2025-01-01").announcements[0].paths
    assert 200_000_000 not in [path.baseline.value for path in before]
    assert 200_000_000 in [path.baseline.value for path in after]


def test_a_past_date_has_no_chance_and_says_why(outlook: Ask) -> None:
    (item,) = outlook(KGZ, as_of="2028-03-01").announcements
    assert item.chances == ()
    assert str(item.obstacle) == "the date is past"


def test_a_target_without_a_date_says_so(outlook: Ask) -> None:
    (item,) = outlook("      - {side: KGZ, announced: 2024-11, sources: [s]}\n").announcements
    assert item.deadline is None
    assert str(item.obstacle) == "no date was announced"


def test_a_year_made_from_nine_months_is_less_certain_than_a_full_one(outlook: Ask) -> None:
    (item,) = outlook(BLR).announcements
    errors = {
        chance.series.side: chance.forecast.start_error
        for chance in item.chances
        if isinstance(chance.forecast, LearnedForecast)
    }
    assert errors["KGZ"] == 0
    assert errors["BLR"] > 0
