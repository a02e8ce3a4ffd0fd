"""What follows itself, stands above itself or waits for itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.core.programme.stopwatch import within

from bilat.programme import open_programme

Folder = Callable[..., Path]
Errors = Callable[[Path], list[str]]


def test_documents_that_succeed_each_other_are_a_ring(folder: Folder, errors: Errors) -> None:
    root = folder("""
        documents:
          - {id: to-2027, title: Roadmap, kind: roadmap, succeeds: to-2030}
          - {id: to-2030, title: Roadmap, kind: roadmap, succeeds: to-2027}
        """)
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:2:60: these documents go round in a ring: to-2027 → to-2030 → to-2027. "
        "A document cannot follow itself: take one link out."
    )


def test_a_document_that_succeeds_itself_is_a_ring(folder: Folder, errors: Errors) -> None:
    root = folder("documents: [{id: d, title: D, kind: roadmap, succeeds: d}]\n")
    (problem,) = errors(root)
    assert "go round in a ring: d → d." in problem


def test_a_chain_of_documents_is_no_ring(folder: Folder, errors: Errors) -> None:
    root = folder("""
        documents:
          - {id: c, title: C, kind: roadmap, succeeds: b}
          - {id: a, title: A, kind: roadmap}
          - {id: b, title: B, kind: roadmap, succeeds: a}
        """)
    assert errors(root) == []


def test_a_body_cannot_be_above_itself(folder: Folder, errors: Errors) -> None:
    root = folder("""
        bodies:
          - {id: ministry, name: Ministry, kind: ministry, parent: agency}
          - {id: agency, name: Agency, kind: agency, parent: ministry}
        """)
    (problem,) = errors(root)
    assert "these bodies go round in a ring: ministry → agency → ministry." in problem


def test_measures_that_wait_for_each_other_are_a_ring(folder: Folder, errors: Errors) -> None:
    root = folder("""
        commitments:
          - {id: m1, title: M, depends_on: [m2]}
          - {id: m2, title: M, depends_on: [m3]}
          - {id: m3, title: M, depends_on: [m1]}
        """)
    (problem,) = errors(root)
    assert "these commitments go round in a ring: m1 → m2 → m3 → m1." in problem


def test_two_ways_to_one_measure_are_no_ring(folder: Folder, errors: Errors) -> None:
    root = folder("""
        commitments:
          - {id: end, title: M, depends_on: [left, right]}
          - {id: left, title: M, depends_on: [start]}
          - {id: right, title: M, depends_on: [start]}
          - {id: start, title: M}
        """)
    assert errors(root) == []


def test_two_rings_apart_are_two_problems(folder: Folder, errors: Errors) -> None:
    root = folder("""
        commitments:
          - {id: a, title: M, depends_on: [a]}
          - {id: b, title: M, depends_on: [c]}
          - {id: c, title: M, depends_on: [b]}
        """)
    assert len(errors(root)) == 2


def test_a_ring_on_the_way_to_another_is_told_too(folder: Folder, errors: Errors) -> None:
    root = folder("""
        commitments:
          - {id: a, title: M, depends_on: [d, b]}
          - {id: b, title: M, depends_on: [c]}
          - {id: c, title: M, depends_on: [b]}
          - {id: d, title: M, depends_on: [a]}
        """)
    assert len(errors(root)) == 2


def test_forty_steps_of_two_measures_each_are_checked_in_a_moment(folder: Folder) -> None:
    rows = [
        f"- {{id: {name}{step}, title: M, depends_on: [a{step - 1}, b{step - 1}]}}\n"
        for step in range(40, 0, -1)
        for name in "ab"
    ]
    first = "- {id: a0, title: M}\n- {id: b0, title: M}\n"
    root = folder(**{"commitments.yaml": "".join(rows) + first})
    with within(1):
        open_programme(root)
