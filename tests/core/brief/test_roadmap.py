"""The secretary asks: what is late, due, undated, nobody's?"""

from __future__ import annotations

import pytest
from tests.core.brief.brief_notation import MakeBrief, measures


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("id: a, due: 2025-09", "late"),
        ("id: a, due: 2025-10-01", "due_soon"),
        ("id: a, due: 2025-12", "under_way"),
        ("id: a", "no_date"),
        ("id: a, due: 2025-09, proposed_by: BLR", "proposed"),
        ("id: a, due: 2025-09, evidence: [{on: 2025-09-20, grade: complete, text: x}]", "complete"),
        ("id: a, due: 2025-09, evidence: [{on: 2025-10-02, grade: complete, text: x}]", "late"),
    ],
)
def test_a_measure_stands_as_its_date_and_evidence_say(
    brief: MakeBrief, line: str, state: str
) -> None:
    (item,) = brief(measures(line)).roadmap.commitments
    assert item.state == state


def test_without_evidence_nothing_is_graded(brief: MakeBrief) -> None:
    (item,) = brief(measures("id: a, due: 2026")).roadmap.commitments
    assert item.completion == "no_evidence"


def test_a_changed_date_keeps_the_first_one_and_its_reason(brief: MakeBrief) -> None:
    line = (
        "id: a, due: 2025-06, due_changes: "
        "[{on: 2025-05-20, due: 2026-06, reason: supplier}, "
        "{on: 2025-11-01, due: 2027, reason: later}]"
    )
    (item,) = brief(measures(line)).roadmap.commitments
    assert (str(item.due), str(item.first_due), item.due_reason) == (
        "2026-06",
        "2025-06",
        "supplier",
    )


def test_each_ministry_sees_its_own_count_and_nobodys_are_counted_too(brief: MakeBrief) -> None:
    rows = brief(
        measures(
            "id: a, owners: [moe], due: 2025-01",
            "id: b, owners: [moe, mot], due: 2026-06",
            "id: c",
        )
    ).roadmap.owners
    counts = {row.owner.id if row.owner else None: (row.total, row.late) for row in rows}
    assert counts == {"moe": (2, 1), "mot": (1, 0), None: (1, 0)}


def test_what_is_late_comes_first_then_by_date(brief: MakeBrief) -> None:
    items = brief(
        measures(
            "id: far, due: 2027", "id: undated", "id: late, due: 2025-01", "id: near, due: 2026"
        )
    ).roadmap.commitments
    assert [item.id for item in items] == ["late", "near", "far", "undated"]


DOCUMENTS = """
documents:
  - {id: to-2027, title: Roadmap to 2027, kind: roadmap, in_force: 2022, expires: 2027,
     sources: [protocol]}
  - {id: to-2030, title: Roadmap to 2030, kind: roadmap, signed: 2025-09-29, expires: 2030,
     succeeds: to-2027, carries_over: true, sources: [protocol]}
"""


def test_an_open_measure_is_carried_over_when_the_successor_is_signed(brief: MakeBrief) -> None:
    line = measures("id: a, document: to-2027, due: 2026")
    (before,) = brief(DOCUMENTS, line, as_of="2025-09-01").roadmap.commitments
    (after,) = brief(DOCUMENTS, line).roadmap.commitments
    assert (before.document, before.carried_from) == ("to-2027", None)
    assert (after.document, after.carried_from) == ("to-2030", "to-2027")


def test_a_complete_measure_stays_with_its_own_roadmap(brief: MakeBrief) -> None:
    line = measures(
        "id: a, document: to-2027, evidence: [{on: 2025-01-01, grade: complete, text: x}]"
    )
    (item,) = brief(DOCUMENTS, line).roadmap.commitments
    assert item.carried_from is None
