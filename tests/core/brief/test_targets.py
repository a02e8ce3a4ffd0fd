"""The co-chair asks: are we on track?"""

from __future__ import annotations

import pytest
from tests.core.brief.brief_notation import TARGET, MakeBrief, figure, figures

GROWING = figures(
    *(figure("KGZ", str(year), level) for year, level in ((2022, 111), (2023, 110), (2024, 133)))
)


def test_half_a_billion_from_133_million_is_off_track(brief: MakeBrief) -> None:
    (target,) = brief(GROWING, TARGET).targets
    assert target.verdict == "off_track"


@pytest.mark.parametrize(
    ("level", "verdict"), [(800, "on_track"), (480, "open"), (133, "off_track")]
)
def test_the_verdict_follows_the_best_chance(brief: MakeBrief, level: int, verdict: str) -> None:
    """Before the announcement trade stood at this level: reached then does not count."""
    (target,) = brief(figures(figure("KGZ", "2023", level, "2024-02")), TARGET).targets
    assert target.verdict == verdict


def test_a_full_year_at_the_target_after_it_was_announced_has_reached_it(brief: MakeBrief) -> None:
    (target,) = brief(figures(figure("KGZ", "2024", 505)), TARGET).targets
    assert target.verdict == "reached"


def test_a_half_year_stretched_to_a_year_reaches_nothing(brief: MakeBrief) -> None:
    half = figure("KGZ", "2025-01/2025-06", 260, "2025-07")
    (target,) = brief(figures(half), TARGET).targets
    assert target.verdict != "reached"


def test_without_numbers_nothing_is_claimed(brief: MakeBrief) -> None:
    (target,) = brief(TARGET).targets
    assert (target.verdict, target.fan) == ("unknown", ())


def test_growth_is_stated_for_the_years_both_ends_of_which_are_known(brief: MakeBrief) -> None:
    (target,) = brief(GROWING, TARGET).targets
    spans = [(item.start.period.start.year, item.end.period.start.year) for item in target.achieved]
    assert spans == [(2023, 2024)]
    assert target.achieved[0].yearly == pytest.approx(133 / 110 - 1)


def test_the_fan_starts_at_the_last_level_and_ends_at_the_last_date(brief: MakeBrief) -> None:
    (target,) = brief(GROWING, TARGET).targets
    years = [item.year for item in target.fan]
    assert (years[0], years[-1]) == (2024, 2029)
    assert set(target.fan[0].levels) == {133e6}


def test_the_headline_target_comes_first(brief: MakeBrief) -> None:
    second = (
        "  - {id: students, title: Students, indicator: turnover, value: 9, unit: USD,\n"
        "     statements: [{side: BLR, announced: 2024, by: 2030, sources: [protocol]}]}\n"
        "headline_target: students\n"
    )
    assert [target.id for target in brief(TARGET, second).targets] == ["students", "goal"]
