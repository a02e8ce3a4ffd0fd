"""Which errors are the storage's, and what is said of them; and what an upload leaves behind."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError

from bilat.language import Words
from bilat_office.jobs.faults import storage_trouble
from bilat_office.jobs.places import file_of, upload_keep
from bilat_office.jobs.refusals import JobRefused


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("database or disk is full"), "is full"),
        (OperationalError("disk I/O error"), "is full"),
        (OperationalError('could not extend file "base/1": No space left on device'), "is full"),
        (OSError(errno.ENOSPC, "No space left on device"), "is full"),
        (OperationalError("database is locked"), "is busy"),
        (OperationalError("connection to server failed: Connection refused"), "does not answer"),
        (InterfaceError("connection already closed"), "does not answer"),
        (IntegrityError("UNIQUE constraint failed"), None),
        (OSError(errno.ENOENT, "No such file"), None),
        (ValueError("database is locked"), None),
    ],
)
def test_a_cause_in_the_storage_is_told_as_what_it_is(error: Exception, said: str | None) -> None:
    found = storage_trouble(error)
    assert (found is None) == (said is None)
    if found is not None and said is not None:
        assert said in Words("en")(found)
        assert "Nothing was changed" in Words("en")(found)


def test_a_cause_behind_the_error_counts(settings: Any) -> None:
    error = RuntimeError("view")
    error.__cause__ = OperationalError("database is locked")
    assert storage_trouble(error) is not None
    assert storage_trouble(None) is None


def test_an_upload_is_there_whole_or_not_at_all(tmp_path: Path, settings: Any) -> None:
    settings.DATA_FOLDER = tmp_path
    name = upload_keep(name="C:\\data\\flows.csv", parts=[b"a", b"b"], secret="x" * 20)
    assert name == f"uploads/{'x' * 20}/flows.csv"
    assert file_of(name).read_bytes() == b"ab"

    def cut_off() -> Iterator[bytes]:
        yield b"a"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        upload_keep(name="flows.csv", parts=cut_off(), secret="y" * 20)
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == ["x" * 20]
    for bad in ("", ".hidden", "..", "a\nb"):
        with pytest.raises(JobRefused, match="no name"):
            upload_keep(name=bad, parts=[b""], secret="z" * 20)


def test_a_path_does_not_lead_out_of_the_folders(tmp_path: Path, settings: Any) -> None:
    settings.DATA_FOLDER, settings.OFFICE_FILES = tmp_path / "data", [str(tmp_path / "in")]
    (tmp_path / "data" / "uploads").mkdir(parents=True)
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.key").write_text("secret", encoding="utf-8")
    (tmp_path / "in" / "link.csv").symlink_to(tmp_path / "secret.key")
    (tmp_path / "data" / "office.sqlite3").write_text("private", encoding="utf-8")
    for name in (
        "link.csv",
        "../secret.key",
        "uploads/../office.sqlite3",
        "uploads",
        str(tmp_path),
    ):
        with pytest.raises(JobRefused):
            file_of(name)
