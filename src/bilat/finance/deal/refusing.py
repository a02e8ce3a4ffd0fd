"""Terms that are refused: every problem with its place, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from bilat.errors import BilatError, Place, Problem
from bilat.language import Message, say
from bilat.programme.refusals import explain

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
    found = []
    for detail in error.errors(include_url=False):
        what, remedy = explain(detail, model)
        path = tuple(detail["loc"])
        place = locate(path, of_key=detail["type"] == "extra_forbidden")
        subject = ".".join(map(str, path))
        found.append(Problem(place, what, _fitting(remedy), subject=subject))
    return found


def _fitting(remedy: Message) -> Message:
    """`bilat schema` is about programmes; here the page on schedules helps."""
    if "bilat schema" in remedy.template:
        return say("See the terms of a deal in docs/schedule.md")
    return remedy
