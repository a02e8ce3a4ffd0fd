"""What is no file of a document, and why: each sentence says what to do."""

from __future__ import annotations

from bilat.language import Message, say
from bilat_office.records.refusals import OfficeRefused

LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""


class FileRefused(OfficeRefused):
    """Nothing was kept."""

    def __init__(self, message: Message) -> None:
        super().__init__("file", message)


def missing() -> FileRefused:
    return FileRefused(say("Choose a file: PDF, DOCX, HTML or plain text, up to 20 MB."))


def empty() -> FileRefused:
    return FileRefused(say("There is nothing in the file. Check that the right one was chosen."))


def too_large(size: int) -> FileRefused:
    return FileRefused(
        say(
            "The file has {size} MB; up to {most} MB are kept. Save the pages that matter as a "
            "file of their own.",
            size=-(-size // 1024**2),
            most=LARGEST // 1024**2,
        )
    )


def unknown() -> FileRefused:
    return FileRefused(
        say(
            "By its content this is no PDF, DOCX, HTML page or plain text, whatever its name "
            "says. Open it in its own program, and save it as one of these."
        )
    )


def macros() -> FileRefused:
    return FileRefused(
        say("The document carries macros. Save it as DOCX without macros, and bring that.")
    )


def bomb() -> FileRefused:
    return FileRefused(
        say(
            "The file would unpack to far more than a document holds, which is a known attack. "
            "It was not kept; ask its sender for the document itself."
        )
    )


def damaged() -> FileRefused:
    return FileRefused(
        say(
            "The content that is stored is not the one that was brought: the file is damaged. "
            "Ask the administrator to restore it from the backup."
        )
    )
