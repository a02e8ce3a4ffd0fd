"""Writing the documents of a brief: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bilat.brief.formats import (
    CHART_FORMAT,
    FORMATS,
    TABLE_FORMATS,
    Publication,
    renderer,
    table_writer,
)
from bilat.brief.story.blocks import Table
from bilat.errors import BilatError, OutputRefused
from bilat.filing import Draft, file_all
from bilat.language import Message, say

Progress = Callable[[str], None]


def _silent(name: str) -> None:
    """For callers that show no progress."""


@dataclass(frozen=True)
class Published:
    """The files written, and the formats left out with the reason."""

    files: tuple[Path, ...]
    left_out: tuple[tuple[str, Message], ...]


def publish(
    output: Publication,
    folder: Path,
    formats: Sequence[str] | None = None,
    *,
    progress: Progress = _silent,
) -> Published:
    """Render ``formats`` (all documents by default) and file them in ``folder`` together.

    A format of tables gives one file for each table that has rows, ``png`` one for each chart.

    ``progress`` is told each format when its turn begins. A format that this machine cannot make is
    left out with its reason when all are asked for; asked for by name, it raises OutputRefused, as
    an unwritable folder does. Nothing partial is left in either case.
    """
    drafts: list[Draft] = []
    left_out: list[tuple[str, Message]] = []
    for name in formats or FORMATS:
        progress(name)
        try:
            drafts += _drafts(output, folder, name)
        except OutputRefused as refusal:
            if formats:
                raise
            left_out.append((name, refusal.message))
    return Published(tuple(file_all(drafts)), tuple(left_out))


def _drafts(output: Publication, folder: Path, name: str) -> list[Draft]:
    """One document, or one file for each table or chart of the story."""
    if name == CHART_FORMAT:
        return list(_pictures(output, folder))
    if name not in TABLE_FORMATS:
        return [Draft(folder / file_name(output, name), rendered(output, name))]
    write = table_writer(name)
    tables = [table for table in output.story.tables() if table.rows]
    return [
        Draft(folder / file_name(output, name, part), write(output, table))
        for part, table in zip(_parts(tables), tables, strict=True)
    ]


def _pictures(output: Publication, folder: Path) -> Iterator[Draft]:
    charts = list(output.story.charts())
    if not charts:
        raise OutputRefused(
            say(
                "png: {title} has no chart to draw. Leave this format out with --formats",
                title=output.story.title,
            )
        )
    for chart in charts:
        part = f"{chart.name}-{chart.subject}".rstrip("-")
        yield Draft(folder / file_name(output, CHART_FORMAT, part), output.charts.png(chart))


def _parts(tables: Sequence[Table]) -> list[str]:
    """The tables' names; an indicator may be called as another table is, so they are numbered."""
    found: list[str] = []
    for table in tables:
        part, number = table.name, 2
        while part.lower() in {name.lower() for name in found}:
            part, number = f"{table.name}-{number}", number + 1
        found.append(part)
    return found


def file_name(output: Publication, ending: str, part: str = "") -> str:
    """``blr-kgz-brief-2025-10-01-ru.pdf``; a table and a chart name themselves as well."""
    return f"{output.stem}-{part}.{ending}" if part else f"{output.stem}.{ending}"


def rendered(output: Publication, name: str) -> bytes:
    """One document as bytes. Raises OutputRefused where this machine cannot make it."""
    try:
        return renderer(name, output.own_formats)(output)
    except BilatError:
        raise
    except OSError as error:  # an unreadable font or template of the installation
        raise OutputRefused(
            say(
                "{name}: {file} cannot be read ({why}). Reinstall Bilat, "
                "or leave this format out with --formats",
                name=name,
                file=str(error.filename or "?"),
                why=error.strerror or str(error),
            )
        ) from None
