"""A secretary writes effects beside measures and projects; the outlook reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bilat.language import Words
from bilat.outlook.measures import LeftOut, Measure, measures_of
from bilat.programme import Indicator, open_programme

HEAD = """
sources: [{id: s, title: Minutes, publisher: Office}]
indicators:
  - {id: turnover, title: Trade, measures: turnover, unit: million USD}
  - {id: exports-blr, title: Exports, measures: exports, exporter: BLR, unit: thousand USD}
  - {id: students, title: Students, measures: count, unit: persons}
"""
DAY = date(2025, 10, 1)
Read = Callable[..., tuple[tuple[Measure, ...], tuple[LeftOut, ...]]]


@pytest.fixture
def read(folder: Callable[..., Path]) -> Read:
    def measures(
        text: str, indicator: str = "turnover", day: date = DAY
    ) -> tuple[tuple[Measure, ...], tuple[LeftOut, ...]]:
        programme = open_programme(folder(HEAD + text))
        asked = programme.find(Indicator, indicator)
        assert asked is not None
        return measures_of(programme, asked, day)

    return measures


def effect(indicator: str = "turnover", **more: object) -> str:
    fields = {"likely": 4, "unit": "million USD", "start": 2027, **more}
    said = ", ".join(f"{key}: {value}" for key, value in fields.items() if value is not None)
    return f"effect: {{indicator: {indicator}, {said}}}"


def project(name: str, *parts: str) -> str:
    return "  - {" + ", ".join((f"id: {name}, title: {name}, sources: [s]", *parts)) + "}\n"


def test_an_effect_is_in_dollars_and_in_years(read: Read) -> None:
    (plant,), _ = read(
        "projects:\n"
        + project(
            "plant", effect(low=3, high=6, start="2027-07", ramp_years=2, chance=60, displaced=10)
        )
    )
    assert (plant.low, plant.likely, plant.high) == (3e6, 4e6, 6e6)
    assert plant.start == pytest.approx(2027.5, abs=0.01)
    assert (plant.ramp, plant.chance, plant.displaced) == (2, 0.6, 0.1)
    assert plant.notes == ()


def test_units_times_price_is_money(read: Read) -> None:
    (lifts,), _ = read(
        "projects:\n"
        + project(
            "lifts",
            effect(likely=200, unit="units", unit_price="{amount: 30000, currency: USD}"),
        )
    )
    assert lifts.likely == 6e6


def test_exports_of_one_side_count_for_the_turnover_and_not_the_other_way_round(
    read: Read,
) -> None:
    text = "projects:\n" + project("a", effect("exports-blr", likely=50, unit="thousand USD"))
    text += project("b", effect()) + project("c", effect("students", likely=9, unit="persons"))
    assert [m.id for m in read(text)[0]] == ["projects/a", "projects/b"]
    assert read(text)[0][0].likely == 50e3
    assert [m.id for m in read(text, "exports-blr")[0]] == ["projects/a"]


def test_a_chance_that_nobody_states_comes_from_the_stage_and_says_so(read: Read) -> None:
    (idea, running), _ = read(
        "projects:\n"
        + project("idea", effect())
        + project("running", "stage: operating", effect(start=2024))
    )
    assert (idea.chance, running.chance) == (0.2, 0.95)
    assert "taken from its stage" in Words("en")(idea.notes[0])
    assert running.begun


def test_the_grade_of_a_measure_is_its_chance(read: Read) -> None:
    evidence = "evidence: [{on: 2025-06-01, grade: substantial, text: Built}]"
    (before,), _ = read("commitments:\n" + project("m", evidence, effect()), day=date(2025, 5, 1))
    (after,), _ = read("commitments:\n" + project("m", evidence, effect()))
    assert (before.chance, after.chance) == (0.35, 0.8)


def test_a_start_that_has_passed_without_work_is_counted_from_today(read: Read) -> None:
    (late,), _ = read("projects:\n" + project("late", "stage: agreed", effect(start=2024)))
    assert late.start == pytest.approx(2025.75, abs=0.01)
    assert "is past: counted from 1 October 2025" in Words("en")(late.notes[1])


def test_what_cannot_be_counted_is_told_with_its_reason(read: Read) -> None:
    measures, left = read(
        "commitments:\n"
        + project("works", effect())
        + "projects:\n"
        + project("plant", "commitments: [works]", effect())
        + project("dead", "stage: stopped", effect())
        + project("vague", effect(start=None))
        + project("rival", "excludes: [plant]", effect())
    )
    assert [m.id for m in measures] == ["projects/plant"]
    assert {item.id: Words("en")(item.why) for item in left} == {
        "commitments/works": "it is counted with the project that carries it out, plant",
        "projects/dead": "it was stopped",
        "projects/vague": "its effect does not say when it starts: add “start”",
        "projects/rival": "projects/plant takes its place, and is counted instead",
    }


def test_only_dependencies_that_are_measures_hold_one_up(read: Read) -> None:
    (a, b), _ = read(
        "projects:\n"
        + project("a", effect())
        + project("b", "depends_on: [a, c]", effect())
        + project("c")
    )
    assert a.depends_on == ()
    assert b.depends_on == ("projects/a",)
