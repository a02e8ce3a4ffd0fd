"""How far a document or a commitment has come by a day."""

from __future__ import annotations

from datetime import date

import pytest

from bilat.programme import Commitment, Document

ROADMAP = Document.model_validate(
    {
        "id": "roadmap",
        "title": "Roadmap",
        "kind": "roadmap",
        "negotiated": "2024-03",
        "agreed": "2024-09-10",
        "signed": "2024-11-28",
        "in_force": "2025",
        "expires": "2027",
    }
)
MEASURE = Commitment.model_validate(
    {
        "id": "m1",
        "title": "Exchange customs statistics",
        "due": "2025-06",
        "due_changes": [
            {"on": "2025-05-20", "due": "2025-12", "reason": "The agreement is late"},
            {"on": "2025-11-20", "due": "2026-06", "reason": "The software is late"},
        ],
        "evidence": [
            {"on": "2025-10-01", "grade": "substantial", "text": "Tables exchanged"},
            {"on": "2025-04-01", "grade": "limited", "text": "Formats agreed"},
        ],
    }
)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2024, 2, 29), None),
        (date(2024, 3, 1), "negotiated"),
        (date(2024, 9, 10), "agreed"),
        (date(2024, 11, 27), "agreed"),
        (date(2024, 11, 28), "signed"),
        (date(2025, 1, 1), "in_force"),
        (date(2027, 12, 31), "in_force"),
        (date(2028, 1, 1), "expired"),
    ],
)
def test_a_document_lives_from_talks_to_its_end(day: date, state: str | None) -> None:
    assert ROADMAP.state(day) == state


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2025, 5, 19), "2025-06"),
        (date(2025, 5, 20), "2025-12"),
        (date(2025, 11, 20), "2026-06"),
    ],
)
def test_a_date_that_was_moved_counts_from_the_day_it_was_moved(day: date, due: str) -> None:
    assert str(MEASURE.due_on(day)) == due


@pytest.mark.parametrize(
    ("day", "grade", "updated"),
    [
        (date(2025, 3, 31), "no_evidence", None),
        (date(2025, 4, 1), "limited", date(2025, 4, 1)),
        (date(2025, 12, 1), "substantial", date(2025, 10, 1)),
    ],
)
def test_the_latest_evidence_grades_a_measure(day: date, grade: str, updated: date | None) -> None:
    assert (MEASURE.completion(day), MEASURE.updated(day)) == (grade, updated)
