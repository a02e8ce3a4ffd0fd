"""Everything that can go wrong, on one page.

    BilatError                 a sentence: what, where, what to do next
    ├── FolderMissing          no programme folder there
    ├── ProgrammeInvalid       a programme with problems: carries all of them
    ├── NoAnswer               the data cannot carry the answer asked for
    └── OutputRefused          a document or folder that cannot be written

Bad *rows* are not exceptions: they come back as `Problem` beside the good rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bilat.language import Message, Words, say, say_many

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Place:
    """Where something stands: a file, a line (from 1) and a column (from 1); 0 when unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.file, *numbers])


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with the input, where it stands, and what to do about it."""

    place: Place
    what: Message
    remedy: Message
    severity: Severity = "error"
    subject: str = ""
    """What it is about, as a path in the programme: ``targets[0].statements[1].by``."""

    def in_words(self, words: Words) -> str:
        return f"{self.place}: {_sentence(words(self.what))} {_sentence(words(self.remedy))}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else text + "."


class BilatError(Exception):
    """Carries a message that any interface can show in its reader's language."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class FolderMissing(BilatError):
    """There is no programme at this address."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            say(
                "{folder}: no programme.yaml here. Name the folder that holds it, "
                "or start one with: bilat new BLR KGZ {folder}",
                folder=str(folder),
            )
        )


class ProgrammeInvalid(BilatError):
    """The programme has errors; ``problems`` holds every one of them, warnings included."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        errors = sum(problem.severity == "error" for problem in self.problems)
        super().__init__(
            say_many(
                "The programme has {n} error. Mend it, then try again",
                "The programme has {n} errors. Mend them, then try again",
                n=errors,
            )
        )


class NoAnswer(BilatError):
    """The question is well formed, but the data cannot carry an answer."""


class OutputRefused(BilatError):
    """A file or folder that cannot be written; nothing partial was left."""
