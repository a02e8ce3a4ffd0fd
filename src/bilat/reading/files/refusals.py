"""What is not read, and why: each refusal says what, where, and what to do next."""

from __future__ import annotations

from bilat.errors import NoAnswer
from bilat.language import Message, say, say_many

FILE_LIMIT = 32 * 1024 * 1024
"""Bytes of a file. A scanned book or a data dump is larger; a protocol with pictures is not."""
TEXT_LIMIT = 5_000_000
"""Characters of a text. It is held in memory whole, beside its sentences; a protocol of 300 pages
has about one million."""


class TextRefused(NoAnswer):
    """A file out of which no text can be read."""


def too_large(name: str, size: int) -> TextRefused:
    return TextRefused(
        say(
            "{file}: {size} MB are too large for one text; up to {limit} MB are read, because a "
            "text is held in memory whole. Save the pages that matter as a file of their own",
            file=name,
            size=round(size / 1024**2),
            limit=FILE_LIMIT // 1024**2,
        )
    )


def too_long(name: str, characters: int) -> TextRefused:
    return TextRefused(
        say(
            "{file}: a text of {n} characters is too long; up to {limit} are read at once, because "
            "a text is held in memory whole. Divide it into several files",
            file=name,
            n=characters,
            limit=TEXT_LIMIT,
        )
    )


def empty(name: str) -> TextRefused:
    return TextRefused(
        say("{file}: there is no text in it. Check that the right file was saved", file=name)
    )


def unreadable(name: str, why: str | Message) -> TextRefused:
    return TextRefused(
        say(
            "{file}: cannot be read ({why}). Check that it exists and that you may read it",
            file=name,
            why=why,
        )
    )


def binary(name: str) -> TextRefused:
    return TextRefused(
        say(
            "{file}: this is no text, HTML page, DOCX or PDF. Open it in its own program, and save "
            "it as one of these",
            file=name,
        )
    )


def old_word(name: str) -> TextRefused:
    return TextRefused(
        say(
            "{file}: this is a file of old Word (.doc) or another old office program. Open it "
            "there, and save it as DOCX",
            file=name,
        )
    )


def broken(name: str, media: str) -> TextRefused:
    return TextRefused(
        say(
            "{file}: the {media} file is damaged and cannot be opened. Get it again, or save its "
            "text as a text file",
            file=name,
            media=media.upper(),
        )
    )


def scanned(name: str, pages: int) -> TextRefused:
    return TextRefused(
        say_many(
            "{file}: {n} page without text, so it is a scan: a picture of a page. Recognise the "
            "text first (OCR), or ask its sender for the document itself",
            "{file}: {n} pages without text, so it is a scan: pictures of pages. Recognise the "
            "text first (OCR), or ask its sender for the document itself",
            n=pages,
            file=name,
        )
    )


def locked(name: str) -> TextRefused:
    return TextRefused(
        say(
            "{file}: it is locked with a password. Open it, and save a copy without one",
            file=name,
        )
    )


def bomb(name: str) -> TextRefused:
    return TextRefused(
        say(
            "{file}: it would unpack to far more than a document holds, which is a known attack. "
            "It was not unpacked; ask its sender for the text",
            file=name,
        )
    )


def entities(name: str) -> TextRefused:
    return TextRefused(
        say(
            "{file}: it declares XML entities, which no office program does and which can reach "
            "for other files. It was not read; ask its sender for the text",
            file=name,
        )
    )


def foreign(name: str) -> TextRefused:
    return TextRefused(
        say(
            "{file}: the text is neither English nor Russian. Bilat reads these two: get the "
            "release in one of them, or have it translated",
            file=name,
        )
    )
