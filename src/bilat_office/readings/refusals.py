"""Why a text is not read, or a proposal not decided."""

from __future__ import annotations

from bilat.language import say
from bilat_office.records.refusals import OfficeRefused


class NoSuchReading(OfficeRefused):
    """Says the same of what is hidden and what is not there."""

    def __init__(self, number: int) -> None:
        super().__init__("not_found", say("There is no text {number} here.", number=str(number)))


class NoSuchProposal(OfficeRefused):
    def __init__(self) -> None:
        super().__init__(
            "not_found",
            say("There is no such proposal in this text. Perhaps it was read again since."),
        )


class DecidedBefore(OfficeRefused):
    def __init__(self) -> None:
        super().__init__(
            "decided",
            say("Somebody has decided this proposal meanwhile. Look at it again."),
        )


class NothingChosen(OfficeRefused):
    def __init__(self) -> None:
        super().__init__("nothing_chosen", say("Accept a proposal first: none is accepted yet."))
