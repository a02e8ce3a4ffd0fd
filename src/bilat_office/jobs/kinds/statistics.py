"""Load a file of statistics into the office's warehouse, as ``bilat load`` does.

A load is one commit, and the same file once more adds nothing: cut off, it is simply run again.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bilat.errors import Problem
from bilat.language import Words, say
from bilat_office.jobs.places import file_of, warehouse_folder
from bilat_office.jobs.task import Arguments, Result, Task

MOST_PROBLEMS = 200
"""Problems that the result lists; of more, the number is told."""


class Statistics(Arguments):
    """file: of an upload, or a path in one of the server's folders. vintage: its publication."""

    file: str
    dataset: str
    vintage: date
    rates: str | None = None

    def refuse(self) -> None:
        for name in (self.file, self.rates):
            if name is not None:
                file_of(name)


def load_statistics(task: Task) -> Result:
    from bilat.cli.load import How, load_file
    from bilat.sources import read_rates
    from bilat.warehouse import Warehouse

    asked: Statistics = task.arguments
    path = file_of(asked.file)
    task.tell(0.05, say("Reading {file}", file=path.name))
    rates = read_rates(file_of(asked.rates)) if asked.rates else None
    warehouse = Warehouse(warehouse_folder())
    how = How(asked.dataset, asked.vintage, rates)
    problems, loaded = load_file(path, how, warehouse)
    task.tell(0.9, say("Merging the files of small loads"))
    if warehouse.loose_loads():
        warehouse.merge_loose()
    return task.done(
        say(
            "{file}: rows loaded: {rows}; there already: {known}; problems: {problems}",
            file=path.name, rows=loaded.rows, known=loaded.known, problems=len(problems),
        ),
        rows=loaded.rows,
        known=loaded.known,
        already=loaded.already,
        problems_in_all=len(problems),
        problems=[_shown(problem, task.words, path) for problem in problems[:MOST_PROBLEMS]],
    )  # fmt: skip


def _shown(problem: Problem, words: Words, path: Path) -> str:
    """Without the folders of the server."""
    return problem.in_words(words).replace(f"{path.parent}/", "")
