"""The store of contents: each file stands under its SHA-256, whole or not at all.

What a person types is no part of a path here, so that no name leads anywhere else.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from bilat_office.files import refusals

ROOM = "files"
_HASH = re.compile(r"[0-9a-f]{64}\Z")


def keep(data: bytes) -> str:
    """The SHA-256 under which the content now stands. Written aside, synced, then renamed."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = _path(sha256)
    if path.is_file() and path.stat().st_size == len(data):
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{sha256}.{token_hex(8)}.part")
    try:
        with aside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(0o600)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return sha256


def content(sha256: str) -> bytes:
    """Raises FileRefused where it is gone, or is no longer what was brought."""
    try:
        data = _path(sha256).read_bytes()
    except FileNotFoundError:
        raise refusals.damaged() from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise refusals.damaged()
    return data


def _path(sha256: str) -> Path:
    if not _HASH.match(sha256):
        raise ValueError(sha256)
    return Path(settings.DATA_FOLDER) / ROOM / sha256[:2] / sha256
