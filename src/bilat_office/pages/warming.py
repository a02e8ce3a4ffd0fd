"""What pages compute is made ready before somebody asks: after each change, and with each new day.

Each process that serves pages does it beside them, for what it keeps in its own memory; a brief,
which takes a simulation, is made by one of all processes. Nobody waits for it: who comes before it
is done has made what the page needs, as without it, or is told that it is being computed.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import DatabaseError, close_old_connections, connection
from django.http import HttpRequest
from django.utils import timezone

from bilat.brief.facts.documents import lives_facts
from bilat.brief.facts.meetings import meetings_facts
from bilat.errors import BilatError
from bilat_office.pages.commission.facts import decision_rows, points_of, sessions_of
from bilat_office.pages.contacts.listing import known_of
from bilat_office.pages.finance.reckoning import finance_unshown
from bilat_office.pages.garbage import collect
from bilat_office.pages.measures import measures_of
from bilat_office.pages.projects.standing import projects_unshown, scaling_unshown
from bilat_office.pages.reckoning import (
    brief_of,
    facts_of,
    joint_programme,
    programme_unshown,
    unwatched,
)
from bilat_office.pages.regions.standing import links_unshown, matches_unshown, places_unshown
from bilat_office.pages.trade import studies
from bilat_office.pages.trade.asking import Asked
from bilat_office.pages.trade.days import day_of, question
from bilat_office.pages.trade.keeping import warehouse_version
from bilat_office.pages.trade.statistics import has_warehouse, statistics_of
from bilat_office.pages.trade.views.opportunities import LEVEL
from bilat_office.pages.visit import Visit
from bilat_office.people.doorway import Watched
from bilat_office.people.models import Person
from bilat_office.records.refusals import NotFounded
from bilat_office.records.viewer import Viewer

PAUSE = 1.0
"""Seconds between two looks at whether something has changed."""
QUIET = timedelta(seconds=5)
"""A brief is made when nothing has changed for so long: many changes in a row make one."""
SEEN = timedelta(days=14)
"""It is made ready for a side of which somebody has signed in within these days."""
_log = logging.getLogger("bilat_office.pages")
Step = Callable[[Visit], object]
FACTS: Sequence[Step] = (
    programme_unshown,
    lambda visit: facts_of(visit, measures_of),
    lambda visit: facts_of(visit, meetings_facts),
    lambda visit: known_of(visit, programme_unshown(visit)),
    sessions_of,
    decision_rows,
    projects_unshown,
    scaling_unshown,
    finance_unshown,
    lambda visit: facts_of(visit, lives_facts),
    links_unshown,
    matches_unshown,
    places_unshown,
    joint_programme,
    points_of,
)
"""What one person's page would make for the others of its side."""


def _trade(visit: Visit) -> None:
    """What the warehouse says of the pair, and where trade can grow: for the usual filters."""
    if has_warehouse():
        whole = question(visit, Asked())
        day_of(visit, statistics_of(whole), whole)
        studies.opportunities(question(visit, Asked(level=LEVEL)), waits=True)


SLOW: Sequence[Step] = (brief_of, _trade)


class Warmth:
    """What one process has made ready, and what it has still to make."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[str, date]] = {}
        self._briefed: dict[str, tuple[str, date]] = {}
        self._changed = datetime.min.replace(tzinfo=timezone.get_default_timezone())

    def turn(self, at: datetime) -> int:
        """Make what is not as it was; how many steps were taken."""
        taken = 0
        for side in _sides(at):
            now = (f"{_door(side).stamp()} {warehouse_version()}", timezone.localdate(at))
            if self._made.get(side) != now:
                self._changed = at
                taken += warm(side, at, FACTS)
                self._made[side] = now
        if taken or at - self._changed < QUIET:
            return taken
        for side, now in self._made.items():
            if self._briefed.get(side) != now:
                taken += warm(side, at, SLOW)
                self._briefed[side] = now
        return taken


def warm(side: str, at: datetime, steps: Sequence[Step]) -> int:
    """Make for ``side`` what its pages show today. Nobody is shown anything by it."""
    for step in steps:
        step(visit_of_nobody(side, at))
    return len(steps)


def visit_of_nobody(side: str, at: datetime) -> Visit:
    """With the eyes of a side, and no person behind them: nothing of it goes into the audit."""
    visit = Visit(HttpRequest(), Person(side=side), at)
    visit.__dict__["door"] = _door(side)
    return visit


def begin(*, pause: float = PAUSE) -> threading.Thread:
    """A thread of this process that keeps everything ready as long as the process lives."""
    thread = threading.Thread(target=_keep, args=(pause,), name="warming", daemon=True)
    thread.start()
    return thread


def _keep(pause: float) -> None:
    warmth = Warmth()
    while True:
        try:
            if not warmth.turn(timezone.now()):
                collect()
        except NotFounded:
            pass  # an office that is not begun has nothing to show
        except (BilatError, DatabaseError, OSError):
            _log.exception("pages could not be made ready")
            connection.close()
        close_old_connections()
        time.sleep(pause)


def _door(side: str) -> Watched:
    return Watched(Viewer(side), unwatched)


def _sides(at: datetime) -> Iterator[str]:
    """Those whose people come, whoever came last first."""
    came = Person.objects.filter(is_active=True, last_login__gte=at - SEEN)
    ordered = came.order_by("-last_login").values_list("side", flat=True)
    yield from dict.fromkeys(ordered)
