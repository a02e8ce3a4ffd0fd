"""Terms that are refused: every problem with its place, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from bilat.errors import BilatError, Place, Problem
from bilat.language import say
from bilat.programme.refusals import problems_of

Locate = Callable[..., Place]
"""From the path of a value, and ``of_key``, to its place."""


class TermsRefused(BilatError):
    """Terms of a deal, preset or contract with problems: carries all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(say("{problems}", problems=Lines(self.problems)))


class Lines:
    """Problems, one a line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self._problems = problems

    def in_words(self, words: Any) -> str:
        return "\n".join(problem.in_words(words) for problem in self._problems)


def told(error: ValidationError, model: type[BaseModel], locate: Locate) -> list[Problem]:
    """pydantic's refusals as problems, each where `locate` finds it."""
    return problems_of(error, model, locate, say("See the terms of a deal in docs/schedule.md"))
