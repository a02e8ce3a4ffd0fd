"""Who is reading: what they may see follows from this alone."""

from __future__ import annotations

from dataclasses import dataclass, field

JOINT = "joint"


@dataclass(frozen=True)
class Viewer:
    """A person of one side; someone between the sides (``joint``); or the public (``side`` None).

    A side sees joint records and its own; ``joint`` sees joint ones; the public what both sides
    have published. Roles do not open more records: they say what one may *do*.
    """

    side: str | None = None
    roles: frozenset[str] = field(default=frozenset())
    body: str | None = None
    person: str | None = None

    @property
    def is_public(self) -> bool:
        return self.side is None

    @property
    def visibilities(self) -> tuple[str, ...]:
        if self.side is None or self.side == JOINT:
            return (JOINT,)
        return JOINT, self.side
