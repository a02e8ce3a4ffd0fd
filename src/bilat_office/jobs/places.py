"""Where jobs read and write: uploads, the server's own folders of statistics, the warehouse."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePath

from django.conf import settings

from bilat.language import say
from bilat_office.jobs.refusals import JobRefused

UPLOADS = "uploads"


def warehouse_folder() -> Path:
    return Path(settings.DATA_FOLDER) / "warehouse"


def upload_keep(*, name: str, parts: Iterable[bytes], secret: str) -> str:
    """Keep an uploaded file; gives the name by which a job may ask for it.

    secret: of ``secrets.token_urlsafe``. Written aside and then renamed: a file is there whole or
    not at all. Raises JobRefused for a name that is none, OSError for a full disk.
    """
    plain = PurePath(name.replace("\\", "/")).name
    if not plain or plain.startswith(".") or not plain.isprintable():
        raise JobRefused("file", say("“{name}” is no name of a file.", name=name))
    folder = Path(settings.DATA_FOLDER) / UPLOADS / secret
    folder.mkdir(parents=True)
    aside = folder / ".part"
    try:
        with aside.open("wb") as file:
            for part in parts:
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(folder / plain)
    except BaseException:
        aside.unlink(missing_ok=True)
        folder.rmdir()
        raise
    return f"{UPLOADS}/{secret}/{plain}"


def upload_drop(path: Path) -> None:
    """An uploaded file that is needed no more. One that lies elsewhere is not ours to delete."""
    uploads = (Path(settings.DATA_FOLDER) / UPLOADS).resolve()
    folder = path.resolve().parent
    if folder.parent == uploads:
        shutil.rmtree(folder, ignore_errors=True)


def file_of(name: str) -> Path:
    """An uploaded file, or one in a folder that BILAT_FILES names. Raises JobRefused.

    A link that leads out of these folders is not followed.
    """
    uploads = Path(settings.DATA_FOLDER) / UPLOADS
    tried = [(uploads.parent / name, uploads)] if name.startswith(f"{UPLOADS}/") else []
    tried += [(folder / name, folder) for folder in _server_folders()]
    for path, within in tried:
        whole = path.resolve()
        if whole.is_file() and whole.is_relative_to(within.resolve()):
            return whole
    raise JobRefused(
        "file",
        say(
            "{name}: no such file was uploaded, nor is it in a folder that BILAT_FILES names.",
            name=name,
        ),
    )


def _server_folders() -> list[Path]:
    return [Path(item) for item in settings.OFFICE_FILES]
