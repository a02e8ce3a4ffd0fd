"""Which targets had ended by a day, and which are counted apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.announced.shown import Year
from bilat.outlook.announced.target import AnnouncedTarget

Targets = tuple[AnnouncedTarget, ...]


@dataclass(frozen=True)
class Standing:
    """The targets that were announced by a day, by what was known of them then.

    A target counts from the end of its deadline's year, met early or not: while a deadline is
    ahead only successes can be known, and counting them would flatter the share.
    """

    through: int
    """Deadlines up to the end of this year are settled."""
    settled: Targets
    reached_early: Targets
    """Met, though the deadline is still ahead."""
    unknown: Targets
    """The deadline is past, and the outcome was not found."""
    open: Targets

    @property
    def without_memory(self) -> Standing:
        """Without outcomes for which no page was read. Raises NoAnswer where none is left."""
        read = tuple(target for target in self.settled if not target.outcome_from_memory)
        if not read:
            raise NoAnswer(
                say("no outcome of a settled target was read on a page. Ask with memory too")
            )
        early = tuple(target for target in self.reached_early if not target.outcome_from_memory)
        return replace(self, settled=read, reached_early=early)


def standing(targets: Sequence[AnnouncedTarget], as_of: date | None) -> Standing:
    """None for ``as_of`` means: as far as the table goes. Raises NoAnswer where nothing is settled.

    The table goes as far as its latest miss: later deadlines may hold successes already, but their
    misses are not in it yet.
    """
    through = _closing_year(targets)
    if as_of is not None:
        through = min(through, as_of.year - 1)
        targets = [target for target in targets if target.announced.start <= as_of]
    settled = tuple(t for t in targets if t.is_scored and t.deadline_year <= through)
    if not settled:
        raise NoAnswer(
            say(
                "no announced target is known to have ended by the end of {year}. Give a later "
                "day, or a table that goes back further",
                year=Year(through),
            )
        )
    ahead = [target for target in targets if target.deadline_year > through]
    early = tuple(target for target in ahead if _is_reached(target, through))
    return Standing(
        through=through,
        settled=settled,
        reached_early=early,
        unknown=tuple(t for t in targets if not t.is_scored and t.deadline_year <= through),
        open=tuple(target for target in ahead if target not in early),
    )


def _is_reached(target: AnnouncedTarget, through: int) -> bool:
    year = target.outcome_year
    return target.met == "yes" and year is not None and year <= through


def _closing_year(targets: Sequence[AnnouncedTarget]) -> int:
    misses = [target.deadline_year for target in targets if target.met == "no"]
    if misses:
        return max(misses)
    # A table of successes alone goes as far as the last of them.
    met = [target.outcome_year for target in targets if target.met == "yes"]
    return max((year for year in met if year is not None), default=0)
