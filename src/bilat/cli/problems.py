"""Problems in the terminal: one paragraph each, errors first in red, then warnings."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from bilat.errors import Problem
from bilat.language import Words, say

SHOWN = 200
"""More than this nobody reads at once; the count says how many there are."""


def print_problems(problems: Sequence[Problem], words: Words) -> None:
    """Every problem with its place, to standard error."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    ordered = sorted(problems, key=lambda problem: problem.severity != "error")
    for problem in ordered[:SHOWN]:
        label = say("error") if problem.severity == "error" else say("warning")
        style = "bold red" if problem.severity == "error" else "bold yellow"
        console.print(
            Text.assemble((words(label), style), " ", problem.in_words(words)),
        )
    if len(ordered) > SHOWN:
        console.print(words(say("… and {n} more", n=len(ordered) - SHOWN)))
