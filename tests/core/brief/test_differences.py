"""What the sides state differently stands side by side."""

from __future__ import annotations

import pytest
from tests.core.brief.brief_notation import TARGET, MakeBrief, figure, figures

NINE = "2024-01/2024-09"


def test_135_and_68_million_both_stand_and_are_never_averaged(brief: MakeBrief) -> None:
    both = figures(
        figure("BLR", NINE, 135, qualifier="almost"),
        figure("KGZ", NINE, 68),
    )
    (item,) = brief(both).differences
    said = {saying.side: str(saying.text) for saying in item.sayings}
    assert said == {"BLR": "almost 135 million USD", "KGZ": "68 million USD"}
    assert item.gap == pytest.approx(135 / 68 - 1)


def test_rounded_statements_of_one_number_do_not_differ(brief: MakeBrief) -> None:
    both = figures(figure("BLR", "2024", 134), figure("KGZ", "2024", 133))
    assert brief(both).differences == ()


def test_a_year_made_from_nine_months_contradicts_nobody(brief: MakeBrief) -> None:
    """Only what a side said itself is held against the other."""
    both = figures(figure("BLR", NINE, 135), figure("KGZ", "2024", 133))
    assert brief(both).differences == ()


def test_three_years_and_five_are_a_difference_of_date(brief: MakeBrief) -> None:
    (item,) = brief(TARGET).differences
    assert [str(saying.text) for saying in item.sayings] == [
        "within 5 years, counted from November 2024: 2029",
        "within 3 years, counted from 28 November 2024: 2027",
    ]


def test_the_newest_difference_comes_first(brief: MakeBrief) -> None:
    lines = [
        figure(side, year, level)
        for year in ("2021", "2023")
        for side, level in (("BLR", 100), ("KGZ", 70))
    ]
    subjects = [str(item.subject) for item in brief(figures(*lines)).differences]
    assert subjects == ["Trade, 2023", "Trade, 2021"]
