"""Files are put down whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilat.errors import OutputRefused
from bilat.filing import Draft, file_all


def left_aside(folder: Path) -> list[Path]:
    return list(folder.rglob("*.part"))


def test_several_files_are_written_and_their_folders_made(tmp_path: Path) -> None:
    drafts = [
        Draft(tmp_path / "brief.html", b"<p>"),
        Draft(tmp_path / "tables" / "trade.csv", b"a,b\n"),
    ]
    assert file_all(drafts) == [tmp_path / "brief.html", tmp_path / "tables" / "trade.csv"]
    assert [draft.path.read_bytes() for draft in drafts] == [b"<p>", b"a,b\n"]
    assert left_aside(tmp_path) == []


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_bytes(b"a much longer brief of last year")
    file_all([Draft(path, b"new")])
    assert path.read_bytes() == b"new"


def test_nothing_to_write_is_no_trouble() -> None:
    assert file_all([]) == []


def test_a_draft_differs_from_a_file_that_is_missing_or_other(tmp_path: Path) -> None:
    draft = Draft(tmp_path / "brief.html", b"new")
    assert draft.differs()
    draft.path.write_bytes(b"old")
    assert draft.differs()


def test_a_draft_does_not_differ_from_what_is_there_already(tmp_path: Path) -> None:
    draft = Draft(tmp_path / "brief.html", b"new")
    draft.path.write_bytes(b"new")
    assert not draft.differs()


def test_a_place_below_a_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("I am no folder")
    with pytest.raises(OutputRefused) as refused:
        file_all([Draft(tmp_path / "file" / "brief.html", b"new")])
    assert str(refused.value).startswith(f"{tmp_path / 'file'}")
    assert "Choose another folder with --out" in str(refused.value)


def test_one_impossible_file_leaves_none_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("I am no folder")
    first = Draft(tmp_path / "first.html", b"new")
    first.path.write_bytes(b"old")
    with pytest.raises(OutputRefused):
        file_all([first, Draft(tmp_path / "file" / "second.html", b"new")])
    assert first.path.read_bytes() == b"old"
    assert left_aside(tmp_path) == []


def test_a_folder_in_the_way_of_the_second_file_leaves_the_first_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "second.html").mkdir()
    first = Draft(tmp_path / "first.html", b"new")
    first.path.write_bytes(b"old")
    with pytest.raises(OutputRefused):
        file_all([first, Draft(tmp_path / "second.html", b"new")])
    assert first.path.read_bytes() == b"old"


def test_a_folder_in_the_way_of_the_second_file_takes_a_new_first_away(tmp_path: Path) -> None:
    (tmp_path / "second.html").mkdir()
    with pytest.raises(OutputRefused):
        file_all([Draft(tmp_path / name, b"new") for name in ("first.html", "second.html")])
    assert [path.name for path in tmp_path.iterdir()] == ["second.html"]


def test_a_folder_in_the_way_is_refused_when_comparing_too(tmp_path: Path) -> None:
    (tmp_path / "brief.html").mkdir()
    assert Draft(tmp_path / "brief.html", b"new").differs()
