"""Read a long text into proposals; a short one is read while its reader waits."""

from __future__ import annotations

from bilat.language import say
from bilat_office.jobs.task import Arguments, Result, Task
from bilat_office.readings.models import UNREAD
from bilat_office.readings.selectors import reading_seen
from bilat_office.readings.services.taking import reading_read


class Readings(Arguments):
    """reading: number of a text that was added."""

    reading: int


def read_text(task: Task) -> Result:
    """Cut off, it is run again: what was read is kept with the last step."""
    asked: Readings = task.arguments
    reading = reading_seen(task.viewer, asked.reading)
    if reading.state != UNREAD:
        return task.done(say("{name}: read before", name=reading.name), reading=reading.pk)
    with task.door.desk() as desk:
        sides = desk.sides

    def turned(page: int, pages: int) -> None:
        task.tell(0.5 * page / max(pages, 1), say("Page {n} of {all}", n=page, all=pages))

    task.tell(0.05, say("Opening {name}", name=reading.name))
    number = reading_read(reading=reading, sides=sides, progress=turned)
    return task.done(say("{name}: read", name=reading.name), reading=number)
