"""A side's private records never reach the other side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.programme.strategies import programmes

from bilat.programme import Programme, check, load, open_programme
from bilat.register import seen_by

Folder = Callable[..., Path]


@pytest.fixture
def programme(folder: Folder) -> Programme:
    return open_programme(
        folder("""
        documents:
          - {id: roadmap, title: Roadmap, kind: roadmap}
          - {id: position-a, title: Minsk's position, kind: memorandum, visibility: BLR}
          - {id: position-b, title: Bishkek's position, kind: memorandum, visibility: KGZ}
        commitments:
          - {id: own-measure, title: Ask for more, document: position-b, visibility: KGZ}
        """)
    )


@pytest.mark.parametrize(
    ("viewer", "documents", "commitments"),
    [
        ("joint", ["roadmap"], []),
        ("BLR", ["roadmap", "position-a"], []),
        ("KGZ", ["roadmap", "position-b"], ["own-measure"]),
    ],
)
def test_a_viewer_sees_what_is_joint_and_its_own(
    programme: Programme, viewer: str, documents: list[str], commitments: list[str]
) -> None:
    seen = seen_by(programme, viewer)
    assert [record.id for record in seen.documents] == documents
    assert [record.id for record in seen.commitments] == commitments


def test_whoever_does_not_say_who_asks_sees_what_is_joint(programme: Programme) -> None:
    assert seen_by(programme) == seen_by(programme, "joint")


def test_a_third_country_sees_no_more_than_what_is_joint(programme: Programme) -> None:
    assert seen_by(programme, "RUS") == seen_by(programme)


@pytest.mark.parametrize("viewer", ["joint", "BLR"])
def test_nothing_of_the_other_side_is_left_in_the_data(programme: Programme, viewer: str) -> None:
    data = seen_by(programme, viewer).model_dump_json()
    assert "Roadmap" in data
    assert "position-b" not in data
    assert "Bishkek's" not in data


def test_looking_takes_nothing_from_the_programme_itself(programme: Programme) -> None:
    seen_by(programme)
    assert len(programme.documents) == 3


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programmes(), st.sampled_from(["joint", "BLR", "KGZ"]))
def test_exactly_the_records_of_others_are_missing_and_none_of_the_rest_dangles(
    programme: Programme, viewer: str
) -> None:
    seen = seen_by(programme, viewer)
    allowed = [r for r in programme.records() if r.visibility in ("joint", viewer)]
    assert list(seen.records()) == allowed
    assert [problem for problem in check(seen) if problem.severity == "error"] == []


def test_the_head_may_not_name_a_private_target_and_never_shows_one(folder: Folder) -> None:
    root = folder("""
        headline_target: our-own-aim
        sources: [{id: s, title: S, publisher: P}]
        indicators: [{id: trade, title: T, measures: turnover, unit: USD}]
        targets:
          - id: our-own-aim
            title: What we really want
            visibility: BLR
            indicator: trade
            value: 700
            unit: USD
            sources: [s]
            statements: [{side: BLR, announced: 2025}]
        """)
    (problem,) = load(root).errors
    assert str(problem.what) == "there is no joint target “our-own-aim”"
    programme = load(root).programme
    assert programme is not None
    assert "our-own-aim" not in seen_by(programme, "KGZ").model_dump_json()
