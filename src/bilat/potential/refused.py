"""Input of an analysis that is refused: every problem with its file, line and remedy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bilat.errors import BilatError, Place, Problem
from bilat.language import Message, say


class InputRefused(BilatError):
    """A file that cannot be used; ``problems`` holds everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(say("{problems}", problems=Lines(self.problems)))


class Lines:
    """Problems, one a line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self._problems = problems

    def in_words(self, words: Any) -> str:
        return "\n".join(problem.in_words(words) for problem in self._problems)


def refused(path: Path, what: Message, remedy: Message, line: int = 0) -> InputRefused:
    """With one problem. line: from 1; 0 where it is the file as a whole."""
    return InputRefused((Problem(Place(path.name, line), what, remedy),))
