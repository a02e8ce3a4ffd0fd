"""A secretary looks back: how well did our outlooks foresee?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import log
from pathlib import Path

import pytest

from bilat.outlook.record import TrackRecord, track_record
from bilat.programme import open_programme

PROGRAMME = """
sources: [{id: s, title: Table, publisher: Office}]
indicators:
  - {id: turnover, title: Trade, measures: turnover, unit: million USD}
targets:
  - id: goal
    title: 150 million
    indicator: turnover
    value: 150
    unit: million USD
    sources: [s]
    statements: [{side: BLR, announced: 2022, by: 2024}]
observations:
"""
OUTLOOKS = """
outlooks:
  - id: blr
    target: goal
    made: 2023-02-01
    statistics: BLR
    origin: 2022
    deadline: 2024
    level: 150000000
    chance: 0.3
    method: test
    years:
      - {year: 2023, levels: [80e6, 90e6, 95e6, 100e6, 105e6, 110e6, 120e6]}
      - {year: 2024, levels: [70e6, 85e6, 95e6, 105e6, 115e6, 125e6, 140e6]}
  - id: both
    target: goal
    made: 2023-02-01
    origin: 2022
    deadline: 2024
    level: 150000000
    chance: 0.2
    method: test
    years: [{year: 2023, levels: [80e6, 90e6, 95e6, 100e6, 105e6, 110e6, 120e6]}]
"""
Read = Callable[..., TrackRecord]


def seen(side: str, year: int, value: float, vintage: str) -> str:
    return (
        f"  - {{indicator: turnover, period: {year}, reporter: {side}, value: {value}, "
        f"unit: million USD, vintage: {vintage}, sources: [s]}}\n"
    )


@pytest.fixture
def record(folder: Callable[..., Path]) -> Read:
    def read(*observations: str, as_of: str = "2026-01-01") -> TrackRecord:
        text = PROGRAMME + "".join(observations) + OUTLOOKS
        return track_record(open_programme(folder(text)), date.fromisoformat(as_of))

    return read


def test_nothing_is_judged_before_the_truth_is_known(record: Read) -> None:
    found = record(seen("BLR", 2023, 108, "2024-03-01"), as_of="2024-02-01")
    assert (found.years, found.chances, found.waiting) == ((), (), 3)
    assert found.held_80 is None


def test_a_year_is_judged_by_the_statistics_it_started_from(record: Read) -> None:
    found = record(seen("BLR", 2023, 108, "2024-03-01"), seen("KGZ", 2023, 130, "2024-04-01"))
    (own, both) = found.years
    assert own.truth == 108e6
    assert own.in_80
    assert own.share == pytest.approx(0.75 + 0.15 * 3 / 5)
    assert both.truth == pytest.approx((108e6 * 130e6) ** 0.5)
    assert found.held_80 == 0.5


def test_the_loss_is_the_pinball_loss_of_the_logs(record: Read) -> None:
    (own,) = record(seen("BLR", 2023, 108, "2024-03-01")).years
    shares = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
    levels = (80, 90, 95, 100, 105, 110, 120)
    by_hand = [
        2 * max(p * log(108 / level), (p - 1) * log(108 / level))
        for p, level in zip(shares, levels, strict=True)
    ]
    assert own.loss == pytest.approx(sum(by_hand) / 7)


def test_a_chance_is_judged_when_its_year_is_known(record: Read) -> None:
    found = record(seen("BLR", 2024, 160, "2025-03-01"))
    (chance,) = found.chances
    assert chance.reached
    assert found.brier == pytest.approx(0.7**2)


def test_a_missed_target_scores_the_square_of_its_chance(record: Read) -> None:
    assert record(seen("BLR", 2024, 149, "2025-03-01")).brier == pytest.approx(0.09)


def test_a_year_made_from_a_part_is_no_truth(record: Read) -> None:
    part = (
        "  - {indicator: turnover, period: 2023-01/2023-06, reporter: BLR, value: 60, "
        "unit: million USD, vintage: 2023-08-01, sources: [s]}\n"
    )
    assert record(part).years == ()
