"""Who tried this before? The base rate of a target, as a vice-premier asks for it."""

from __future__ import annotations

from datetime import date
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilat.errors import NoAnswer
from bilat.language import Words
from bilat.outlook.announced import (
    AnnouncedTarget,
    BaseRate,
    base_rate,
    leading_country,
    notes,
    read_announced,
    why_they_differ,
)

TARGETS, _ = read_announced()
BY_ID = {target.id: target for target in TARGETS}


@pytest.fixture(scope="module")
def reference() -> BaseRate:
    """500 million from 133 in five years: 30 % a year."""
    return base_rate(TARGETS, required_growth=0.303, horizon=5, level=500e6)


def counts(base: BaseRate) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    return tuple(  # type: ignore[return-value]
        [(band.rate.met, band.rate.targets) for band in bands if band.rate]
        for bands in (base.by_growth, base.by_horizon)
    )


def sentences(base: BaseRate) -> str:
    return " ".join(str(note) for note in notes(base))


def test_the_bands_are_those_of_the_published_table(reference: BaseRate) -> None:
    by_growth, by_horizon = counts(reference)
    assert by_growth == [(2, 2), (8, 13), (14, 53), (4, 18), (3, 19)]
    assert by_horizon == [(5, 9), (11, 52), (12, 32), (3, 14)]
    assert (reference.overall.met, reference.overall.targets, reference.overall.pairs) == (
        31,
        107,
        51,
    )


def test_30_percent_a_year_over_five_years_is_rarer_than_its_band_says(
    reference: BaseRate,
) -> None:
    """The three of the band that were met had a year or less: t010, t084, t113."""
    band = reference.comparable
    assert band is not None
    assert [t.id for t in band.targets if t.met == "yes"] == ["t010", "t084", "t113"]
    assert band.rate is not None
    assert reference.estimate.chance < band.rate.share
    assert "3 of 19 were met, none of them over more than 1 year" in sentences(reference)
    assert reference.by_both is not None
    assert [target.id for target in reference.by_both.targets] == ["t011"]


def test_the_estimate_agrees_with_the_table_band_by_band() -> None:
    """Summed over the targets of a band, within one binomial standard deviation of its count."""
    base = base_rate(TARGETS, required_growth=0.2, horizon=3)
    for band in base.by_growth:
        chances = [
            base_rate(
                TARGETS, required_growth=target.required_growth, horizon=target.horizon
            ).estimate.chance
            for target in band.targets
        ]
        assert band.rate is not None
        deviation = sum(chance * (1 - chance) for chance in chances) ** 0.5
        assert abs(sum(chances) - band.rate.met) < deviation, band.label


@given(st.floats(-0.5, 3), st.floats(0, 40))
def test_intervals_lie_one_in_the_other_and_hold_the_chance(growth: float, horizon: float) -> None:
    found = base_rate(TARGETS, required_growth=growth, horizon=horizon).estimate
    ends = (
        0,
        found.interval_95[0],
        found.interval_80[0],
        found.chance,
        found.interval_80[1],
        found.interval_95[1],
        1,
    )
    assert list(ends) == sorted(set(ends))


@given(st.floats(0.03, 0.6), st.floats(0.03, 0.6), st.integers(0, 12))
def test_who_asks_for_more_growth_is_met_less_often(one: float, other: float, years: int) -> None:
    less, more = sorted((one, other))
    easy, hard = (base_rate(TARGETS, required_growth=g, horizon=years) for g in (less, more))
    assert easy.estimate.chance >= hard.estimate.chance


def test_the_cases_most_alike_come_first(reference: BaseRate) -> None:
    assert len(reference.nearest) == 10
    distances = [case.distance for case in reference.nearest]
    assert distances == sorted(distances)
    canada = reference.nearest[0].target
    assert (canada.pair, canada.horizon, canada.met) == (("CAN", "IND"), 5, "no")
    assert canada.required_growth == pytest.approx(0.294, abs=0.001)


def test_a_target_of_the_table_is_its_own_nearest_case() -> None:
    asked = BY_ID["t128"]
    base = base_rate(TARGETS, required_growth=asked.required_growth, horizon=asked.horizon, cases=1)
    assert [(case.target.id, case.distance) for case in base.nearest] == [("t128", 0.0)]


def test_in_november_2024_only_deadlines_up_to_2023_had_passed() -> None:
    base = base_rate(TARGETS, required_growth=0.303, horizon=5, as_of=date(2024, 11, 28))
    assert base.standing.through == 2023
    assert all(target.deadline_year <= 2023 for target in base.standing.settled)
    assert all(target.announced.start <= date(2024, 11, 28) for target in base.standing.open)
    assert BY_ID["t006"] in base.standing.open
    assert BY_ID["t046"] not in base.standing.open  # announced in 2025
    assert BY_ID["t075"] in base.standing.reached_early  # due 2024, reached in 2023


def test_a_deadline_passes_with_the_last_day_of_its_year() -> None:
    day_before = base_rate(TARGETS, as_of=date(2025, 12, 31))
    day_after = base_rate(TARGETS, as_of=date(2026, 1, 1))
    assert (day_before.standing.through, day_after.standing.through) == (2024, 2025)
    assert day_after.overall == base_rate(TARGETS).overall


def test_a_day_after_the_table_ends_does_not_count_its_early_successes() -> None:
    """In 2032 the table still knows no miss of 2028: its success of 2028 must not stand alone."""
    base = base_rate(TARGETS, as_of=date(2032, 1, 1))
    assert (base.overall.met, base.overall.targets) == (31, 107)
    early = [target.id for target in base.standing.reached_early]
    assert early == ["t043", "t062", "t091", "t092"]
    assert (len(base.standing.unknown), len(base.standing.open)) == (5, 27)


def test_before_any_deadline_there_is_no_base_rate() -> None:
    with pytest.raises(NoAnswer, match="by the end of 2003"):
        base_rate(TARGETS, as_of=date(2004, 6, 1))
    with pytest.raises(NoAnswer):
        base_rate([])


def test_one_settled_target_gives_a_weak_answer_and_no_certainty() -> None:
    base = base_rate(TARGETS, required_growth=0.2, horizon=4, as_of=date(2006, 2, 1))
    assert (base.overall.met, base.overall.targets) == (1, 1)
    low, high = base.estimate.interval_80
    assert low < 0.2
    assert high > 0.9


def test_what_is_not_known_of_the_target_is_not_compared() -> None:
    nothing = base_rate(TARGETS)
    assert nothing.estimate.chance == pytest.approx(31.5 / 108)  # Jeffreys' prior adds 1/2 and 1/2
    assert nothing.comparable is None
    only_horizon = base_rate(TARGETS, horizon=5)
    assert only_horizon.estimate.targets == 107
    assert only_horizon.comparable is not None
    assert (only_horizon.comparable.rate, only_horizon.by_both) == (
        only_horizon.by_horizon[2].rate,
        None,
    )
    assert base_rate(TARGETS, required_growth=0.3).estimate.targets == 105


def test_leaving_out_memory_is_shown_beside_the_answer(reference: BaseRate) -> None:
    found = {other.choice: other for other in reference.alternatives}
    other = found["without-memory"]
    assert other.left_out == 54
    assert other.overall is not None
    assert (other.overall.met, other.overall.targets) == (24, 53)
    assert other.estimate is not None
    assert other.estimate.chance > reference.estimate.chance
    alone = base_rate(TARGETS, required_growth=0.303, horizon=5, without_memory=True)
    assert alone.estimate == other.estimate
    assert alone.overall == other.overall
    back = {one.choice: one for one in alone.alternatives}["with-memory"]
    assert (back.left_out, back.estimate) == (-54, reference.estimate)
    assert "from memory: 7 of 54" in sentences(reference)
    assert "from memory" not in sentences(alone)


def test_leaving_out_the_country_of_most_successes_is_shown(reference: BaseRate) -> None:
    found = {other.choice: other for other in reference.alternatives}
    other = found["without-leading-country"]
    assert leading_country(reference.standing.settled) == "CHN"
    assert str(other.name) == "without pairs with China"
    assert other.overall is not None
    assert (other.overall.met, other.overall.targets) == (12, 76)
    assert other.estimate is not None
    assert other.estimate.chance < reference.estimate.chance
    first = found["first-statements"].overall
    assert first is not None
    assert (first.met, first.targets) == (27, 90)


def test_restated_and_open_goals_are_counted_apart_and_said(reference: BaseRate) -> None:
    text = sentences(reference)
    assert "31 of 107 announced targets with a deadline up to 2025 were met (51 pairs)." in text
    assert "Counted apart: 27 still open, 5 whose outcome was not found, and 4 met ahead" in text
    assert "Goals that restate an earlier one: 4 of 17 met; first statements: 27 of 90." in text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"level": 500e6}, "Every settled target was larger than this one (the smallest: 1,000"),
        ({"level": 2e9}, "Only 5 settled targets were no larger than this one"),
        ({"required_growth": 0.9}, "outside what the class has seen"),
        ({"horizon": 20}, "outside what the class has seen"),
        ({"required_growth": -0.1}, "The level already reaches the target"),
    ],
)
def test_what_the_class_cannot_know_is_said(asked: dict[str, float], sentence: str) -> None:
    assert sentence in sentences(base_rate(TARGETS, **asked))  # type: ignore[arg-type]


def test_a_target_of_usual_size_needs_no_word_on_size() -> None:
    assert "size" not in sentences(base_rate(TARGETS, level=30e9))


def test_beyond_the_class_the_nearest_stands_in() -> None:
    most = max(t.required_growth for t in TARGETS if t.is_scored and t.required_growth)
    edge, beyond = (base_rate(TARGETS, required_growth=g, horizon=3) for g in (most, 5.0))
    assert beyond.estimate.chance == pytest.approx(edge.estimate.chance)


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.30, "The model is higher: it follows this one series"),
        (0.07, "The two agree within that interval"),
        (0.004, "The model is lower"),
    ],
)
def test_why_the_models_chance_and_the_base_rate_differ(
    reference: BaseRate, chance: float, said: str
) -> None:
    text = str(why_they_differ(reference, chance))
    assert said in text
    assert "about 6% were met (80% interval 3% to 13%, 105 targets of 49 pairs)" in text
    assert "This target asks for 30% a year, the median announced one asked for 17%." in text


def test_the_lower_model_is_told_what_lifts_the_class(reference: BaseRate) -> None:
    assert "(without pairs with China: 4%)" in str(why_they_differ(reference, 0.004))
    failures = [target for target in TARGETS if target.met == "no"]
    bare = base_rate(failures, required_growth=0.05, horizon=3)
    assert "lifts the class." in str(why_they_differ(bare, 0.0))


def test_without_a_baseline_the_difference_says_what_was_not_compared() -> None:
    text = str(why_they_differ(base_rate(TARGETS, horizon=5), 0.9))
    assert "What growth the target asks for is not known, so it was not compared." in text


def test_every_sentence_can_be_shown_in_the_other_language(reference: BaseRate) -> None:
    words = Words("ru")
    texts = [words(note) for note in (*notes(reference), why_they_differ(reference, 0.3))]
    assert all("{" not in text for text in texts)


@pytest.mark.parametrize(
    "asked",
    [
        {"horizon": -1},
        {"horizon": nan},
        {"required_growth": -1},
        {"required_growth": inf},
        {"level": 0},
    ],
)
def test_impossible_numbers_are_refused(asked: dict[str, float]) -> None:
    with pytest.raises(NoAnswer, match="no base rate for a"):
        base_rate(TARGETS, **asked)  # type: ignore[arg-type]


def test_a_table_without_baselines_answers_only_without_growth() -> None:
    bare = [target for target in TARGETS if target.required_growth is None]
    with pytest.raises(NoAnswer, match="no settled target has a baseline"):
        base_rate(bare, required_growth=0.3)
    assert base_rate(bare).overall.targets == 2


def test_a_table_of_memories_has_nothing_without_them() -> None:
    recalled: list[AnnouncedTarget] = [t for t in TARGETS if t.outcome_from_memory]
    with pytest.raises(NoAnswer, match="was read on a page"):
        base_rate(recalled, without_memory=True)


def test_a_table_of_successes_goes_as_far_as_the_last_of_them() -> None:
    met = [target for target in TARGETS if target.met == "yes"]
    base = base_rate(met, required_growth=0.1, horizon=4)
    assert base.standing.through == 2024
    assert base.overall.met == base.overall.targets
    assert base.overall.interval_95[1] == 1
    assert base.estimate.interval_95[1] < 1
