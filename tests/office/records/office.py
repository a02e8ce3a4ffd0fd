"""Two sides at one office: what the stories of the storage share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.core.register.secretaries import AIDA, ALES, at

from bilat.register.canonical import Document
from bilat.register.kinds import Name
from bilat.register.route import Person
from bilat_office.records.door import Door
from bilat_office.records.services.changes import change_countersign, change_propose
from bilat_office.records.viewer import Viewer

IRINA = Person("irina", "BLR", frozenset({"editor", "secretary"}), "min-trade")
BAKYT = Person("bakyt", "KGZ", frozenset({"editor", "secretary"}))


@dataclass
class Office:
    """``agree``: Minsk proposes, Bishkek countersigns, and the depositary in Minsk enters."""

    minute: int = 0

    def now(self) -> datetime:
        self.minute += 1
        return at(self.minute)

    def agree(self, *new: tuple[Name, Document | None], reason: str = "Agreed") -> str:
        from bilat_office.records.services.changes import seal

        change = change_propose(new=new, reason=reason, by=ALES, at=self.now())
        change_countersign(change=change, by=AIDA, at=self.now())
        seal(by=ALES, at=self.now())
        return change

    def door(self, side: str | None) -> Door:
        return Door(Viewer(side))
