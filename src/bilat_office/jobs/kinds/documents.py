"""Make the documents of the brief, with what the asker's side may see."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

import bilat
from bilat.brief.formats import FORMATS
from bilat.language import say
from bilat.programme import Programme
from bilat.trade import PairStatistics
from bilat_office.jobs.places import warehouse_folder
from bilat_office.jobs.task import Arguments, Result, Task


def _known_format(name: str) -> str:
    if name not in FORMATS:
        raise ValueError(f"formats are {', '.join(FORMATS)}")
    return name


def _known_language(lang: str) -> str:
    if lang not in bilat.LANGUAGES:
        raise ValueError(f"languages are {', '.join(bilat.LANGUAGES)}")
    return lang


Language = Annotated[str, AfterValidator(_known_language)]


class Documents(Arguments):
    """Left out: today, all formats, the asker's language."""

    as_of: date | None = None
    formats: tuple[Annotated[str, AfterValidator(_known_format)], ...] = ()
    lang: Language | None = None


def make_documents(task: Task) -> Result:
    from bilat.brief import make_brief
    from bilat.brief.formats import Output
    from bilat.brief.publish import publish
    from bilat.language import Words

    asked: Documents = task.arguments
    day = asked.as_of or task.today
    task.tell(0.05, say("Computing the brief"))
    programme = task.door.programme()
    brief = make_brief(
        programme,
        as_of=day,
        viewer=task.viewer.side or "joint",
        statistics=statistics_of(programme, day),
    )
    formats = list(dict.fromkeys(asked.formats))
    turns = formats or list(FORMATS)

    def began(name: str) -> None:
        share = 0.2 + 0.75 * turns.index(name) / len(turns)
        task.tell(share, say("Writing {name}", name=name.upper()))

    output = Output(programme, brief, Words(asked.lang) if asked.lang else task.words)
    published = publish(output, task.folder, formats or None, progress=began)
    left_out = {name: task.words(reason) for name, reason in published.left_out}
    return task.done(
        say("Documents written: {n}", n=len(published.files)),
        files=[path.name for path in published.files],
        left_out=left_out,
    )


def statistics_of(programme: Programme, day: date) -> PairStatistics | None:
    """What the office's warehouse knew of the pair on that day; None where nothing was loaded."""
    folder = warehouse_folder()
    if not Path(folder).is_dir():
        return None
    from bilat.trade.pair import read_statistics
    from bilat.warehouse import Warehouse

    return read_statistics(Warehouse(folder), programme.sides, as_of=day)
