"""What a file is, by its content and never by its name; and a name that is safe anywhere."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from pathlib import PurePosixPath
from typing import Literal

from bilat_office.files import refusals

Media = Literal["pdf", "docx", "html", "text"]
TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "text": "text/plain; charset=utf-8",
}
ENDINGS: dict[str, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "docx": (".docx",),
    "html": (".html", ".htm", ".xhtml"),
    "text": (".txt", ".md", ".csv"),
}
UNPACKED = 300 * 1024 * 1024
"""Bytes to which the parts of a DOCX may unpack."""
_OTHER = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf",
    b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"PK",
)  # fmt: skip
_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")
LONGEST = 120
"""Characters of a name, with its ending."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


def media_of(data: bytes) -> Media:
    """Raises FileRefused for whatever is kept by no name."""
    if not data.strip(b" \t\r\n\x00"):
        raise refusals.empty()
    if data.startswith(b"PK\x03\x04"):
        _check_docx(data)
        return "docx"
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_OTHER):
        raise refusals.unknown()
    head = data[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(_PAGE) and (b"<html" in head or b"<!doctype html" in head):
        return "html"
    from bilat.reading.files.decoding import decode

    if decode(data[:200_000]).binary:
        raise refusals.unknown()
    return "text"


def _check_docx(data: bytes) -> None:
    """The list of its parts is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise refusals.unknown() from None
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise refusals.unknown()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise refusals.macros()
    if sum(part.file_size for part in parts) > UNPACKED:
        raise refusals.bomb()


def safe_name(name: str, media: str) -> str:
    """The last part of a name, without what any system or screen could mistake, and its ending.

    >>> safe_name("..\\\\..\\\\Дорожная карта.exe", "pdf")
    'Дорожная карта.exe.pdf'
    """
    last = unicodedata.normalize("NFC", name.replace("\\", "/")).rsplit("/", 1)[-1]
    shown = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in last)
    plain = " ".join(_FORBIDDEN.sub(" ", shown).split()).strip(". ")
    path = PurePosixPath(plain or "file")
    known = path.suffix.lower() in ENDINGS[media]
    ending = path.suffix if known else ENDINGS[media][0]
    stem = path.stem if known else path.name
    return f"{stem[: LONGEST - len(ending)].rstrip('. ') or 'file'}{ending}"
