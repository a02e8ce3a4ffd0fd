"""Writing the documents of a brief: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bilat.brief.formats import FORMATS, Output, renderer
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
    output: Output,
    folder: Path,
    formats: Sequence[str] | None = None,
    *,
    progress: Progress = _silent,
) -> Published:
    """Render ``formats`` (all by default) and file them in ``folder`` together.

    ``progress`` is told each format when its turn begins. A format that this machine cannot make is
    left out with its reason when all are asked for; asked for by name, it raises OutputRefused, as
    an unwritable folder does. Nothing partial is left in either case.
    """
    drafts: list[Draft] = []
    left_out: list[tuple[str, Message]] = []
    for name in formats or FORMATS:
        progress(name)
        try:
            drafts.append(Draft(folder / file_name(output, name), _rendered(output, name)))
        except OutputRefused as refusal:
            if formats:
                raise
            left_out.append((name, refusal.message))
    return Published(tuple(file_all(drafts)), tuple(left_out))


def file_name(output: Output, ending: str) -> str:
    """``blr-kgz-brief-2025-10-01-ru.pdf``; a private brief names its side."""
    brief = output.brief
    viewer = "" if brief.viewer == "joint" else f"-{brief.viewer}"
    return f"{brief.programme}-{output.subject}-{brief.as_of}{viewer}-{output.words.lang}.{ending}"


def _rendered(output: Output, name: str) -> bytes:
    try:
        return renderer(name)(output)
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
