"""What can be wrong with a deal: always a sentence that names the term."""

from __future__ import annotations

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.programme.complaints import Complaint, complain


class TermInvalid(BilatError):
    """Terms that allow no schedule; ``complaint`` says which, why, and what to do."""

    def __init__(self, complaint: Complaint) -> None:
        self.complaint = complaint
        named = {"term": self.term, "what": complaint.what, "remedy": complaint.remedy}
        super().__init__(say("{term}: {what}. {remedy}", **named))

    @property
    def term(self) -> str:
        """The term to mend, as a path: ``instalments[2].day``."""
        return dotted(self.complaint.path) or "terms"


def dotted(path: tuple[str | int, ...]) -> str:
    """A path as people write it: ``fees[0].percent``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).lstrip(".")


def invalid(what: Message, remedy: Message, *path: str | int) -> TermInvalid:
    return TermInvalid(complain(what, remedy, *path))
