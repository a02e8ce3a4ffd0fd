"""Whatever is stated has a source; whatever is assumed, an author and a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.core.programme.trade import TRADE

from bilat.language import Words
from bilat.programme import load

Folder = Callable[..., Path]
Errors = Callable[[Path], list[str]]


def warnings(root: Path) -> list[str]:
    return [p.in_words(Words("en")) for p in load(root).problems if p.severity == "warning"]


@pytest.mark.parametrize("given", ["", "author: Analyst", "reason: Past growth"])
def test_an_assumption_has_an_author_and_a_reason(
    folder: Folder, errors: Errors, given: str
) -> None:
    root = folder(f"""
        projects:
          - id: elevators
            title: Elevators
            assumption: true
            {given}
        """)
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:4:17: an assumption without author or reason. "
        "Add “author” and “reason”: the brief shows both."
    )


def test_an_assumption_inside_a_record_has_an_author_too(folder: Folder, errors: Errors) -> None:
    root = folder(
        """
        projects:
          - id: elevators
            title: Elevators
            sources: [press]
            chance:
              likely: 60
              unit: percent
              assumption: true
        """,
        **TRADE,
    )
    (problem,) = errors(root)
    assert problem.startswith("programme.yaml:8:19: an assumption without author or reason.")


def test_an_assumption_of_someone_for_a_reason_is_accepted(folder: Folder, errors: Errors) -> None:
    root = folder("""
        projects:
          - id: elevators
            title: Elevators
            assumption: true
            author: Analyst
            reason: {en: Past growth}
        """)
    assert load(root).problems == ()


def test_a_figure_without_a_source_is_hearsay(folder: Folder, errors: Errors) -> None:
    root = folder(
        """
        figures:
          - {id: a, indicator: turnover, period: 2024, side: BLR, stated: 2025, value: 133,
             sources: [press]}
          - {id: b, indicator: turnover, period: 2024, side: KGZ, stated: 2025, value: 130}
        """,
        **TRADE,
    )
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:4:5: a figure or observation without a source. "
        "Add “sources” with the id of the page or table that says so."
    )


def test_an_observation_without_a_source_is_hearsay(folder: Folder, errors: Errors) -> None:
    table = "indicator,reporter,period,value,unit\nturnover,BLR,2024,133,million USD\n"
    (problem,) = errors(folder(**TRADE, **{"observations.csv": table}))
    assert problem.startswith("observations.csv:2: a figure or observation without a source.")


def test_an_announced_target_without_a_source_is_named_at_its_statement(
    folder: Folder, errors: Errors
) -> None:
    root = folder(
        """
        targets:
          - id: trade-500
            title: Raise trade
            indicator: turnover
            value: 500
            unit: million USD
            statements:
              - {side: BLR, announced: 2025, by: 2030, sources: [press]}
              - {side: KGZ, announced: 2025, by: 2030}
        """,
        **TRADE,
    )
    (problem,) = errors(root)
    assert problem.startswith("programme.yaml:9:9: an announced target without a source.")


def test_an_announcement_that_someone_assumes_needs_no_source(
    folder: Folder, errors: Errors
) -> None:
    root = folder(
        """
        targets:
          - id: trade-500
            title: Raise trade
            indicator: turnover
            value: 500
            unit: million USD
            statements:
              - {side: BLR, announced: 2025, assumption: true, author: Analyst, reason: Past talks}
        """,
        **TRADE,
    )
    assert errors(root) == []


def test_records_without_source_are_one_warning_a_section(folder: Folder) -> None:
    root = folder(
        """
        documents:
          - {id: a, title: A, kind: roadmap, sources: [press]}
          - {id: b, title: B, kind: roadmap}
          - {id: c, title: C, kind: roadmap}
        projects:
          - {id: p, title: P}
        """,
        **TRADE,
    )
    assert warnings(root) == [
        (
            "programme.yaml:3:5: 2 records of documents name no source (the first is here). "
            "Add “sources”, or mark it “assumption: true” with author and reason."
        ),
        (
            "programme.yaml:6:5: 1 record of projects names no source (the first is here). "
            "Add “sources”, or mark it “assumption: true” with author and reason."
        ),
    ]


def test_a_record_whose_part_is_sourced_is_not_warned_of(folder: Folder) -> None:
    root = folder(
        """
        projects:
          - {id: p, title: P, units_per_year: {likely: 3, unit: units, sources: [press]}}
        """,
        **TRADE,
    )
    assert warnings(root) == []


def test_sources_bodies_indicators_and_cadences_need_no_source(folder: Folder) -> None:
    root = folder(
        """
        bodies: [{id: mfa, name: MFA, kind: ministry}]
        cadences: [{id: c, title: Sessions, kind: session}]
        """,
        **TRADE,
    )
    assert load(root).problems == ()
