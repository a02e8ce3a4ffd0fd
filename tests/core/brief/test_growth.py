"""The analyst asks: how did each side's numbers grow, and why do the two differ?"""

from __future__ import annotations

import pytest
from tests.core.brief.brief_notation import MakeBrief, figure, figures

from bilat.brief.facts.growth import growth_rows, mirror_rows
from bilat.brief.story.analysis import tell_trade

WAYS = """
observations:
  - {indicator: x-blr, reporter: BLR, period: 2023, value: 100, unit: million USD, sources: [table]}
  - {indicator: x-blr, reporter: KGZ, period: 2023, value: 109, unit: million USD, sources: [table]}
  - {indicator: x-blr, reporter: KGZ, period: 2022, value: 80, unit: million USD, sources: [table]}
"""
EXPORTS = "  - {id: x-blr, title: Exports, measures: exports, exporter: BLR, unit: million USD}\n"


def test_nine_months_grow_against_nine_months(brief: MakeBrief) -> None:
    parts = figures(
        figure("BLR", "2023-01/2023-09", 118, "2023-11"),
        figure("BLR", "2024-01/2024-09", 135, "2024-11"),
        figure("BLR", "2023", 160, "2024-02"),
    )
    rows = {str(item.level.period): item.growth for item in growth_rows(brief(parts).trade)}
    assert rows["2024-01/2024-09"] == pytest.approx(135 / 118 - 1)
    assert rows["2023"] is None


def test_a_leap_february_has_the_february_before_as_its_year_before(brief: MakeBrief) -> None:
    parts = figures(
        figure("KGZ", "2023-02", 10, "2023-04"), figure("KGZ", "2024-02", 12, "2024-04")
    )
    growths = [item.growth for item in growth_rows(brief(parts).trade)]
    assert growths == [pytest.approx(0.2), None]


def test_the_importer_is_held_against_the_exporter_with_a_likely_reason(brief: MakeBrief) -> None:
    (item,) = mirror_rows(brief(EXPORTS, WAYS).trade)
    assert (item.exported.side, item.imported.side) == ("BLR", "KGZ")
    assert item.gap == pytest.approx(0.09)
    assert item.reason == "valuation"


LATE = """
observations:
  - {indicator: x-blr, reporter: BLR, period: 2023, value: 100, unit: million USD, sources: [table]}
  - {indicator: x-blr, reporter: KGZ, period: 2023, value: 70, unit: million USD, sources: [table]}
  - {indicator: x-blr, reporter: BLR, period: 2024, value: 100, unit: million USD, sources: [table]}
  - {indicator: x-blr, reporter: KGZ, period: 2024, value: 136, unit: million USD, sources: [table]}
"""


def test_what_arrived_only_after_the_new_year_is_timing_in_both_years(brief: MakeBrief) -> None:
    rows = mirror_rows(brief(EXPORTS, LATE).trade)
    assert {str(item.period): item.reason for item in rows} == {"2023": "timing", "2024": "timing"}


def test_the_analysts_story_says_when_there_is_nothing_to_compare(brief: MakeBrief) -> None:
    story = tell_trade(brief())
    sentences = [
        str(getattr(block, "text", "")) for part in story.sections for block in part.blocks
    ]
    assert "No side has two comparable periods." in sentences
    assert "No period of any direction is reported by both sides." in sentences
