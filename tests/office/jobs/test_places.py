"""Of the files that jobs read, only those that were uploaded are the office's to delete."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilat_office.jobs.places import file_of, upload_drop, upload_keep


@pytest.fixture
def data(tmp_path: Path, settings: object) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    settings.DATA_FOLDER = folder  # type: ignore[attr-defined]
    return folder


def test_an_upload_is_deleted_with_its_folder(data: Path) -> None:
    path = file_of(upload_keep(name="text.txt", parts=[b"words"], secret="one"))  # noqa: S106 (a name)
    upload_drop(path)
    assert not path.parent.exists()
    assert (data / "uploads").is_dir()


def test_a_file_of_the_server_and_the_offices_own_data_stay(data: Path, tmp_path: Path) -> None:
    register = data / "office.sqlite3"
    statistics = tmp_path / "statistics" / "flows.csv"
    statistics.parent.mkdir()
    for path in (register, statistics):
        path.write_text("kept")
        upload_drop(path)
        assert path.read_text() == "kept"
