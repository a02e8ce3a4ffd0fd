"""Saving the example, whose file is full of remarks, headings and anchors."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

import pytest
from tests.core.programme.edits import with_fields, with_record, without_record

from bilat.programme import Programme, open_programme, save

EXAMPLE = Path(__file__).parents[3] / "examples" / "blr-kgz"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "blr-kgz"))


def lines_changed(root: Path, changed: Programme, name: str = "programme.yaml") -> list[str]:
    before = (root / name).read_text(encoding="utf-8").splitlines()
    save(changed, root)
    assert open_programme(root) == changed
    after = (root / name).read_text(encoding="utf-8").splitlines()
    return [
        line
        for line in difflib.unified_diff(before, after, n=0, lineterm="")
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]


def test_a_new_commitment_stands_at_the_end_of_its_section(root: Path) -> None:
    add = with_record(
        "commitments", id="new", title="New measure", due="2027-06", owners=["commission"]
    )
    changed = add(open_programme(root))
    assert lines_changed(root, changed) == [
        "+  - id: new",
        "+    title: New measure",
        "+    owners: [commission]",
        "+    due: 2027-06",
    ]


def test_evidence_added_to_a_measure_touches_only_that_measure(root: Path) -> None:
    evidence = [{"on": "2025-11-01", "grade": "limited", "text": "Talks held"}]
    changed = with_fields("commitments", "direct-flights", evidence=evidence)(open_programme(root))
    added = lines_changed(root, changed)
    assert all(line.startswith("+") for line in added)
    assert "+      - {on: 2025-11-01, grade: limited, text: Talks held}" in added


def test_a_removed_record_takes_no_heading_with_it(root: Path) -> None:
    programme = open_programme(root)
    last = programme.links[-1].id
    removed = lines_changed(root, without_record("links", last)(programme))
    assert removed
    assert all(line.startswith("-") and not line.startswith("-#") for line in removed)


def test_a_value_behind_an_alias_is_never_lost(root: Path) -> None:
    """Figures share a speaker by an anchor: changing one leaves the others as they are."""
    programme = open_programme(root)
    figure = next(item for item in programme.figures if item.speaker)
    changed = with_fields("figures", figure.id, speaker={"name": "Somebody else"})(programme)
    save(changed, root)
    assert open_programme(root) == changed
