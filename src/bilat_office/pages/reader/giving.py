"""What a person gives to be read: a pasted text or a file, and what they say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any, get_args

from django.core.files.uploadedfile import UploadedFile

from bilat.language import Message, say
from bilat.programme.agreements import DocumentKind
from bilat.reading.files import FILE_LIMIT
from bilat_office.readings.services.taking import About

MOST_PASTED = 500_000
"""Characters: a form is held in memory whole. A longer text comes as a file."""
AT_ONCE = 100_000
"""Bytes of a text that is read while its reader waits (about a second); of a longer one a job."""
AT_ONCE_PDF = 300_000
"""Bytes of a PDF, of which the text is a part."""
KINDS: tuple[str, ...] = get_args(DocumentKind)
NAMES = ("title", "publisher", "address", "published", "speaks_for", "kind")
_LONGEST = {"title": 500, "publisher": 300, "address": 1000}


class GivenWrong(Exception):
    """``errors``: field of the form → what is wrong with it, and what to do."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__("; ".join(errors))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Given:
    """A file’s name and what is in it, part by part."""

    name: str
    parts: Any = field(repr=False)
    size: int

    @property
    def is_short(self) -> bool:
        limit = AT_ONCE_PDF if self.name.lower().endswith(".pdf") else AT_ONCE
        return self.size <= limit


def given_of(
    typed: Mapping[str, str], file: UploadedFile[Any] | None, sides: tuple[str, str]
) -> tuple[Given, About]:
    """Raises GivenWrong with every field that is wrong."""
    errors: dict[str, Message] = {}
    about = about_of(typed, sides, errors)
    text = typed.get("text", "").strip()
    given = None
    if file is not None and text:
        errors["text"] = say("Paste a text or choose a file, not both.")
    elif file is not None:
        given = _of_file(file, errors)
    elif not text:
        errors["text"] = say("Paste the text here, or choose a file below.")
    elif len(text) > MOST_PASTED:
        errors["text"] = say(
            "{n} characters are too many to paste; up to {most} are taken. Upload it as a file.",
            n=len(text),
            most=MOST_PASTED,
        )
    else:
        data = text.replace("\r\n", "\n").encode("utf-8", "replace")
        given = Given("text.txt", [data], len(data))
    if errors or given is None:
        raise GivenWrong(errors)
    return given, about


def _of_file(file: UploadedFile[Any], errors: dict[str, Message]) -> Given | None:
    name = PurePath((file.name or "").replace("\\", "/")).name
    size = file.size or 0
    if not name or name.startswith(".") or not name.isprintable() or len(name) > 200:
        errors["file"] = say("The file needs a plain name. Give it another one.")
    elif size > FILE_LIMIT:
        errors["file"] = say(
            "{size} MB are too large for one text; up to {limit} MB are read. Save the pages that "
            "matter as a file of their own.",
            size=round(size / 1024**2),
            limit=FILE_LIMIT // 1024**2,
        )
    elif not size:
        errors["file"] = say("The file is empty. Check that the right one was saved.")
    else:
        return Given(name, file.chunks(), size)
    return None


def about_of(typed: Mapping[str, str], sides: tuple[str, str], errors: dict[str, Message]) -> About:
    """What is said of a text; what is wrong with it goes into ``errors``."""
    said = {name: " ".join(typed.get(name, "").split()) for name in NAMES}
    for name, most in _LONGEST.items():
        if len(said[name]) > most:
            errors[name] = say("Up to {most} characters. Shorten it.", most=most)
    if said["speaks_for"] not in ("", *sides):
        errors["speaks_for"] = say("Choose one of the two sides, or none.")
    if said["kind"] not in ("", *KINDS):
        errors["kind"] = say("Choose a kind from the list, or none.")
    return About(
        title=said["title"],
        publisher=said["publisher"],
        address=said["address"],
        published=_day(said["published"], errors),
        speaks_for=said["speaks_for"],
        kind=said["kind"],
    )


def _day(text: str, errors: dict[str, Message]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        errors["published"] = say("“{text}” is no day: write it as 2027-06-30.", text=text)
        return None
