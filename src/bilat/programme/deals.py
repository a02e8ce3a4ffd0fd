"""What is drawn, or committed, on a facility for a project."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bilat.language import Text
from bilat.programme.facilities import FacilityRef
from bilat.programme.projects import ProjectRef
from bilat.programme.record import BodyRef, Record
from bilat.vocabulary import Money, Period


class Deal(Record):
    """What is drawn, or committed, on a facility for a project."""

    section: ClassVar[str] = "deals"

    title: Text
    facility: FacilityRef
    project: ProjectRef | None = None
    lessee: BodyRef | None = None
    amount: Money
    signed: Period | None = None
    months: Annotated[int, Field(ge=1, le=480)] | None = None
    stage: Literal["asked", "agreed", "signed", "drawn", "repaid", "stopped"] = "asked"

    def is_open(self, as_of: date) -> bool:
        """Counts against the facility's limit on ``as_of``."""
        begun = self.signed is None or self.signed.start <= as_of
        return begun and self.stage in ("agreed", "signed", "drawn")
