"""What a kind of job is, and what one run of it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bilat.language import Message, Words, say
from bilat_office.jobs.models import Job
from bilat_office.jobs.refusals import JobRefused
from bilat_office.people.doorway import Watched
from bilat_office.people.permissions import Action
from bilat_office.records.viewer import Viewer

Result = dict[str, Any]
"""``said``: a sentence; ``files``: names in the job's folder; and what else programs may want."""


class Arguments(BaseModel):
    """What may be said when a job is asked for; anything else is refused."""

    model_config = ConfigDict(extra="forbid")

    def refuse(self) -> None:
        """Raises JobRefused for what can be seen beforehand to be impossible."""


@dataclass(frozen=True)
class Task:
    """One attempt at a job: what it sees is what its asker sees now, and is written in the audit.

    folder: for its files, of this attempt alone. tell: says how far it is; raises JobStopped.
    """

    job: Job
    arguments: Any
    viewer: Viewer
    door: Watched
    words: Words
    folder: Path
    now: Callable[[], datetime]
    tell: Callable[[float, Message], None] = field(repr=False)

    @property
    def today(self) -> date:
        return self.now().date()

    def done(self, sentence: Message, **more: Any) -> Result:
        return {"said": self.words(sentence), **more}


@dataclass(frozen=True)
class Kind:
    """action: what the asker's role must allow; None: whoever is of the programme may ask.

    by_itself: asked for by the office's rounds alone.
    """

    run: Callable[[Task], Result]
    arguments: type[Arguments]
    action: Action | None = None
    by_itself: bool = False

    def check(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments as they are kept. Raises JobRefused."""
        read = self.read(given)
        read.refuse()
        return read.model_dump(mode="json")

    def read(self, given: Mapping[str, Any]) -> Arguments:
        try:
            return self.arguments.model_validate(dict(given))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"])) or "arguments"
            raise JobRefused(
                "arguments", say("{where}: {why}.", where=where, why=first["msg"])
            ) from None
