"""The announced targets that come with Bilat, or a user's own table, read and checked.

>>> from bilat.outlook.announced import read_announced
>>> targets, problems = read_announced()
>>> len(targets), problems
(143, ())
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from bilat.errors import BilatError, Place, Problem
from bilat.language import say
from bilat.outlook.announced.checks import complaints, restatement_complaint
from bilat.outlook.announced.row import OPTIONAL, REQUIRED, Row, target_of
from bilat.outlook.announced.target import AnnouncedTarget

SHIPPED = "announced_targets.csv"

Announced = tuple[tuple[AnnouncedTarget, ...], tuple[Problem, ...]]


def read_announced(path: Path | str | None = None) -> Announced:
    """The good rows, and what is wrong with the others.

    path: a CSV with the columns of the shipped table; None reads that table. A row with a problem
    is left out, as is every row whose id another row has too. Raises BilatError for a file that
    cannot be read at all.
    """
    name, text = _text(path)
    rows, problems = _rows(name, text)
    read = [(row, target_of(row)) for row in rows]
    for row, target in read:
        for column, what, remedy in complaints(row, target) if target else ():
            row.refuse(column, what, remedy)
    _refuse_repeated(rows)
    _refuse_restated(read)
    problems += [problem for row in rows for problem in row.problems]
    good = tuple(target for row, target in read if target and not row.problems)
    return good, tuple(sorted(problems, key=lambda problem: problem.place.line))


def _text(path: Path | str | None) -> tuple[str, str]:
    if path is None:
        return SHIPPED, files(__package__).joinpath(SHIPPED).read_text(encoding="utf-8")
    try:
        return str(path), Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BilatError(
            say(
                "{file}: the announced targets cannot be read ({why}). Give a CSV file in UTF-8",
                file=str(path),
                why=str(error),
            )
        ) from None


def _rows(name: str, text: str) -> tuple[list[Row], list[Problem]]:
    """The lines as rows of named cells, and what is wrong with the table as such."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    problems: list[Problem] = []
    try:
        head = [cell.strip() for cell in next(lines, [])]
        problems += _head_problems(name, head)
        for cells in lines if not problems else ():
            place = Place(name, lines.line_num)
            if len(cells) == len(head):
                rows.append(Row(place, dict(zip(head, cells, strict=True))))
            elif any(cell.strip() for cell in cells):
                problems.append(_ragged(place, len(cells), len(head)))
    except csv.Error as error:
        what = say("this line and those after it cannot be read as CSV: {why}", why=str(error))
        remedy = say("Put cells with a comma or a quotation mark into quotation marks")
        problems.append(Problem(Place(name, lines.line_num), what, remedy))
    return rows, problems


def _ragged(place: Place, cells: int, head: int) -> Problem:
    return Problem(
        place,
        say("the row has {cells} cells, the head has {head}", cells=cells, head=head),
        say("Give every column a cell; put commas inside a cell into quotation marks"),
    )


def _head_problems(name: str, head: list[str]) -> Iterator[Problem]:
    known = (*REQUIRED, *OPTIONAL)
    place = Place(name, 1)
    if missing := [column for column in REQUIRED if column not in head]:
        yield Problem(
            place,
            say("columns are missing: {columns}", columns=", ".join(missing)),
            say("Write them into the first line; known are {known}", known=", ".join(known)),
        )
    if odd := [column for column, times in Counter(head).items() if times > 1]:
        yield Problem(
            place,
            say("columns stand there more than once: {columns}", columns=", ".join(odd)),
            say("Give each column one name of its own"),
        )
    if unknown := [column for column in head if column not in known]:
        yield Problem(
            place,
            say("these columns are not known: {columns}", columns=", ".join(unknown)),
            say("Rename or remove them; known are {known}", known=", ".join(known)),
        )


def _refuse_repeated(rows: list[Row]) -> None:
    """Which of two rows is meant cannot be known, so neither is taken."""
    times = Counter(row.text("id") for row in rows)
    for row in rows:
        if row.text("id") and times[row.text("id")] > 1:
            row.refuse(
                "id",
                say("the id stands in more than one row"),
                say("Give each row an id of its own"),
            )


def _refuse_restated(read: list[tuple[Row, AnnouncedTarget | None]]) -> None:
    others = {row.text("id"): target for row, target in read}
    for row, target in read:
        if target and (complaint := restatement_complaint(target, others)):
            row.refuse(*complaint)
