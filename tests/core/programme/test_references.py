"""Every id that a record names is known to the check, however deep it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bilat.programme import Commitment, Contact, Figure
from bilat.programme.references import Reference, references

Folder = Callable[..., Path]
Errors = Callable[[Path], list[str]]


def test_a_reference_may_be_one_id_or_a_list() -> None:
    record = Commitment(id="m", title="M", document="roadmap", owners=("mfa", "bank"))
    assert list(references(record)) == [
        Reference(("document",), "documents", "roadmap"),
        Reference(("owners", 0), "bodies", "mfa"),
        Reference(("owners", 1), "bodies", "bank"),
    ]


def test_references_inside_a_record_are_found_with_their_path() -> None:
    record = Contact.model_validate(
        {
            "id": "session",
            "title": "Session",
            "kind": "session",
            "participants": [{"name": "A"}, {"name": "B", "body": "mfa", "side": "KGZ"}],
        }
    )
    assert list(references(record)) == [
        Reference(("participants", 1, "body"), "bodies", "mfa"),
        Reference(("participants", 1, "side"), "parties", "KGZ"),
    ]


def test_a_side_is_a_reference_to_a_party() -> None:
    record = Figure.model_validate(
        {"id": "f", "indicator": "turnover", "period": "2024", "side": "BLR", "stated": "2025"}
    )
    assert set(references(record)) == {
        Reference(("indicator",), "indicators", "turnover"),
        Reference(("side",), "parties", "BLR"),
    }


def test_a_dangling_reference_is_answered_with_the_likely_id(
    folder: Folder, errors: Errors
) -> None:
    root = folder("""
        documents: [{id: roadmap-2027, title: Roadmap, kind: roadmap}]
        commitments:
          - id: m1
            title: Measure
            document: roadmap-2072
        """)
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:5:15: there is no “roadmap-2072” among documents. "
        "Did you mean “roadmap-2027”?"
    )


def test_a_reference_to_nothing_alike_says_what_to_do(folder: Folder, errors: Errors) -> None:
    root = folder("commitments: [{id: m1, title: Measure, owners: [ministry]}]\n")
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:1:49: there is no “ministry” among bodies. "
        "Add that record, or correct the id."
    )


@pytest.mark.parametrize(
    ("record", "column"),
    [
        ("{id: c, title: Visit, kind: visit, host: RUS}", 46),
        ("{id: c, title: Visit, kind: visit, participants: [{name: A, side: RUS}]}", 71),
    ],
)
def test_a_third_country_is_no_side(
    folder: Folder, errors: Errors, record: str, column: int
) -> None:
    (problem,) = errors(folder(f"contacts:\n  - {record}\n"))
    assert problem.startswith(f"programme.yaml:2:{column}: there is no “RUS” among parties.")


def test_a_cell_of_a_table_may_dangle_too(folder: Folder, errors: Errors) -> None:
    root = folder(**{"bodies.csv": "id,name,kind,party\na,A,bank,BLR\nb,B,bank,KGS\n"})
    assert errors(root) == ["bodies.csv:3: there is no “KGS” among parties. Did you mean “KGZ”?"]
