"""The door: a file of any kind comes in, a kept text goes out, or a sentence says why not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bilat.errors import BilatError, Place, Problem
from bilat.language import say, say_many
from bilat.reading.files import refusals
from bilat.reading.files.content import Content
from bilat.reading.files.hidden import hidden_characters, without_hidden
from bilat.reading.language import language_of
from bilat.reading.original import Original

Progress = Callable[[int, int], None]
"""Called with pages done and pages in all."""
_ZIP, _PDF, _OLD_OFFICE = b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0"
_OTHER = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")


@dataclass(frozen=True)
class Opened:
    """A kept text, where it came from as far as the file says, and what a person should know."""

    original: Original
    address: str | None = None
    publisher: str | None = None
    notes: tuple[Problem, ...] = ()
    """Warnings: a mixture of encodings, hidden characters …"""


def open_original(path: Path, *, published: date | None = None) -> Original:
    """The kept text of a text, HTML, DOCX or PDF file. Raises TextRefused with the reason."""
    return open_file(path, published=published).original


def open_file(
    path: Path, *, published: date | None = None, progress: Progress | None = None
) -> Opened:
    """The same with address, publisher and warnings. ``published`` goes before the file's own."""
    data = _bytes(path)
    media = _media(path, data)
    content = _content(path.name, data, media, progress)
    text = _writable(content.text).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise refusals.empty(path.name)
    if len(text) > refusals.TEXT_LIMIT:
        raise refusals.too_long(path.name, len(text))
    _refuse_foreign(path.name, text)
    original = Original(
        name=path.name,
        text=text,
        media=media,
        sha256=hashlib.sha256(data).hexdigest(),
        published=published or content.published,
        title=content.title,
    )
    notes = (*_encoding_notes(path.name, content), *_hidden_notes(path.name, text))
    return Opened(original, content.address, content.publisher, notes)


def _writable(text: str) -> str:
    """Halves of characters, which broken PDF fonts give, could not be kept in a file."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _refuse_foreign(name: str, text: str) -> None:
    """The reader itself would refuse, but it does not know the file."""
    if not any(map(str.isalpha, text)):
        raise refusals.empty(name)
    try:
        language_of(without_hidden(text))
    except BilatError:
        raise refusals.foreign(name) from None


def _bytes(path: Path) -> bytes:
    """The size is asked first: what is refused is not read into memory."""
    try:
        if path.is_dir():
            raise refusals.unreadable(path.name, say("it is a folder"))
        if (size := path.stat().st_size) > refusals.FILE_LIMIT:
            raise refusals.too_large(path.name, size)
        with path.open("rb") as file:
            data = file.read(refusals.FILE_LIMIT + 1)
    except OSError as error:
        raise refusals.unreadable(path.name, error.strerror or str(error)) from None
    if len(data) > refusals.FILE_LIMIT:  # a pipe or device has no size beforehand
        raise refusals.too_large(path.name, len(data))
    if not data.strip(b" \t\r\n\x00"):
        raise refusals.empty(path.name)
    return data


def _media(path: Path, data: bytes) -> str:
    """By the content, then by the ending: a saved page is often called .txt, a scan .docx."""
    if data.startswith(_ZIP):
        return "docx"
    if _PDF in data[:1024]:
        return "pdf"
    if data.startswith(_OLD_OFFICE):
        raise refusals.old_word(path.name)
    if data.startswith(_OTHER):
        raise refusals.binary(path.name)
    head = data[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    is_page = head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in head
    return "html" if is_page or path.suffix.lower() in (".html", ".htm", ".xhtml") else "text"


def _content(name: str, data: bytes, media: str, progress: Progress | None) -> Content:
    """The readers of formats are imported where they are used: a text file needs none of them."""
    if media == "docx":
        from bilat.reading.files.word import read_docx

        return read_docx(name, data)
    if media == "pdf":
        from bilat.reading.files.pages import read_pdf

        return read_pdf(name, data, progress)
    if media == "html":
        from bilat.reading.files.webpage import read_html

        return read_html(name, data)
    from bilat.reading.files.decoding import decode

    decoded = decode(data)
    if decoded.binary:
        raise refusals.binary(name)
    return Content(decoded.text, encodings=decoded.encodings, mixed_lines=decoded.mixed_lines)


def _encoding_notes(name: str, content: Content) -> tuple[Problem, ...]:
    if not content.mixed_lines:
        return ()
    first, other = content.encodings
    return (
        Problem(
            Place(name, content.mixed_lines[0]),
            say_many(
                "{n} line is in {other}, the rest in {first}",
                "{n} lines are in {other}, the rest in {first}",
                n=len(content.mixed_lines),
                other=other,
                first=first,
            ),
            say("Each was read in its own encoding; check these lines in the quotes"),
            severity="warning",
        ),
    )


def _hidden_notes(name: str, text: str) -> tuple[Problem, ...]:
    hidden, turned, first = hidden_characters(text)
    if not hidden:
        return ()
    remedy = (
        say(
            "{n} of them change the order in which text is shown: compare the quotes with the "
            "source before you accept",
            n=turned,
        )
        if turned
        else say("They stay in the original; the reader reads past them")
    )
    what = say_many(
        "{n} character that nobody sees (zero-width, direction)",
        "{n} characters that nobody sees (zero-width, direction)",
        n=hidden,
    )
    line = text.count("\n", 0, first) + 1
    return (Problem(Place(name, line), what, remedy, severity="warning"),)
