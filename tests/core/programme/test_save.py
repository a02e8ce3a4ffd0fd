"""Writing a programme back: the same records, and only the files that changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from tests.core.programme.edits import (
    ANNOTATED,
    contents,
    edit,
    saved_and_opened,
    with_fields,
    with_record,
)
from tests.core.programme.strategies import programmes

from bilat.errors import OutputRefused, ProgrammeInvalid
from bilat.programme import Programme, open_programme, save

Folder = Callable[..., Path]

few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(programmes())
def test_a_programme_that_is_saved_and_opened_is_the_same(programme: Programme) -> None:
    with TemporaryDirectory() as place:
        assert saved_and_opened(programme, Path(place)) == programme


@few
@given(programmes())
def test_files_of_their_own_hold_the_same_records(programme: Programme) -> None:
    with TemporaryDirectory() as place:
        root = Path(place)
        (root / "figures.yaml").write_text("[]\n")
        (root / "observations.csv").write_text("indicator,period\n")
        assert saved_and_opened(programme, root) == programme
        assert "figures" not in (root / "programme.yaml").read_text(encoding="utf-8")


@few
@given(programmes(), programmes())
def test_one_programme_saved_over_another_is_the_one_that_is_opened(
    before: Programme, after: Programme
) -> None:
    with TemporaryDirectory() as place:
        save(before, place)
        assert saved_and_opened(after, Path(place)) == after


@few
@given(programmes())
def test_saving_again_writes_nothing(programme: Programme) -> None:
    with TemporaryDirectory() as place:
        save(programme, place)
        assert save(programme, place) == []


def test_a_folder_that_is_not_there_yet_is_made(folder: Folder, tmp_path: Path) -> None:
    programme = open_programme(folder())
    root = tmp_path / "archive" / "2025"
    assert save(programme, root) == [root / "programme.yaml"]
    assert open_programme(root) == programme


def test_a_file_that_did_not_change_is_left_alone(folder: Folder) -> None:
    root = folder(
        ANNOTATED,
        **{
            "cadences.yaml": "# how often\n- {id: c, title: Sessions, kind: session}\n",
            "links.csv": 'id,"title",kind\nl,Minsk – Bishkek,cities\n',
        },
    )
    before = contents(root)
    assert save(open_programme(root), root) == []
    assert contents(root) == before


def test_only_the_file_of_the_changed_record_is_written(folder: Folder) -> None:
    listed = "- {id: c, title: Sessions, kind: session}\n"
    root = folder(ANNOTATED, **{"cadences.yaml": listed})
    change = with_fields("cadences", "c", title="Meetings")
    assert save(change(open_programme(root)), root) == [root / "cadences.yaml"]


def test_a_new_record_goes_to_the_file_of_its_section(folder: Folder) -> None:
    root = folder(**{"bodies.yaml": "- {id: mfa, name: MFA, kind: ministry}\n"})
    change = with_record("bodies", id="bank", name="Bank", kind="bank")
    assert save(change(open_programme(root)), root) == [root / "bodies.yaml"]
    assert [body.id for body in open_programme(root).bodies] == ["mfa", "bank"]


def test_a_folder_with_errors_is_not_written_over(folder: Folder) -> None:
    programme = open_programme(folder())
    root = folder("sources:\n  - {id: press, titel: One}\n")
    before = contents(root)
    with pytest.raises(ProgrammeInvalid, match="The programme has 3 errors"):
        save(programme, root)
    assert contents(root) == before


def test_a_folder_that_cannot_be_made_is_refused(folder: Folder, tmp_path: Path) -> None:
    programme = open_programme(folder())
    (tmp_path / "file").write_text("I am no folder")
    with pytest.raises(OutputRefused, match="cannot be written"):
        save(programme, tmp_path / "file" / "programme")
    assert list(tmp_path.rglob("*.part")) == []


def test_nothing_is_left_aside_after_saving(folder: Folder) -> None:
    root = folder(ANNOTATED)
    edit(root, with_fields("bodies", "mfa", kind="agency"))
    assert list(root.iterdir()) == [root / "programme.yaml"]
