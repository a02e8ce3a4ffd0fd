"""What is computed of the programme, once for as long as everything is as it was.

The key of what is kept says whose eyes it is for, the head of the register, the last version of the
side's own private records, and the day. The programme is kept by each process; the brief, which
takes a simulation, in the database's cache, so that of all processes one computes it.

After a change only what has changed is read and made anew: records that were read, and what was
made of single ones, are handed on from one programme to the next (`Held`, `Memory`). Each side has
its own of both; joint records are held once for all.
"""

from __future__ import annotations

import pickle
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.cache import cache

import bilat
from bilat.brief import Brief, make_brief
from bilat.language import Words
from bilat.outlook import Luck
from bilat.programme import KINDS, Programme
from bilat.programme.memory import Memory
from bilat.register import seen_by
from bilat.register.canonical import digest
from bilat.register.kinds import Name
from bilat_office.pages.garbage import set_aside
from bilat_office.pages.latest import Latest, Shelf
from bilat_office.pages.visit import Visit
from bilat_office.people.doorway import Watched
from bilat_office.people.services.audit import Looked
from bilat_office.records.assembling import Held
from bilat_office.records.viewer import JOINT, Viewer

KEPT_FOR = 26 * 3600
"""Seconds: the day is in the key, so that a little more than one is enough."""
COMPUTING_FOR = 110
"""Seconds that a computation may take, before another process tries it."""
LUCK = Luck(seed=0, draws=20_000)


T = TypeVar("T")
PROGRAMMES: Latest[Shelf] = Latest(4)
"""What a viewer's programme is made of now → the programme."""
FACTS: Latest[Shelf] = Latest(4)
"""The same, and the day → name → what was made of it."""
JOINT_HELD = Held()
OWN_HELD: defaultdict[str, Held] = defaultdict(Held)
"""Side → its private records."""
OWN_NAMES: Latest[Shelf] = Latest(4)
"""Register, side and the number of its last private version → what its records are called."""
MEMORIES: defaultdict[str, Memory] = defaultdict(Memory)
"""Side, or ``joint`` → what was made of single records, as its people see them."""
BRIEFS: Latest[Brief] = Latest(8)


@dataclass(frozen=True)
class Standing:
    """What a viewer's programme is made of now. ``private``: names of the own side's records."""

    key: str
    private: Sequence[Name]


def standing(visit: Visit) -> Standing:
    """Nobody is shown anything by it, so that nothing of it goes into the audit."""
    kept: Standing | None = getattr(visit.request, "office_standing", None)
    if kept is not None:
        return kept
    stamp = visit.door.stamp()
    parts = (visit.side, visit.office.register, visit.office.head, stamp, bilat.__version__)
    key = digest("\n".join(parts).encode())
    made = Standing(key, _own_names(visit, stamp.rpartition(" ")[2]))
    visit.request.office_standing = made  # type: ignore[attr-defined]
    return made


def _own_names(visit: Visit, last: str) -> Sequence[Name]:
    """last: the number of the side's last private version; without one there are no records."""
    if not last:
        return ()
    kept = OWN_NAMES.of(f"{visit.office.register} {visit.side} {last}", Shelf)
    return kept.once("names", visit.door.own_names)


def programme_of(visit: Visit) -> Programme:
    """As the person may see it; written into the audit where it holds private records."""
    found = programme_unshown(visit)
    if own := standing(visit).private:
        visit.door.saw("programme", own)
    return found


def programme_unshown(visit: Visit) -> Programme:
    """The same, to look something up in. Whoever shows a part of it says so: `saw_private`."""
    now = standing(visit)
    viewer = visit.viewer if now.private else Viewer(JOINT)
    return _held(now.key).once("programme", lambda: _read(viewer, visit.side))


def _held(key: str) -> Shelf:
    return PROGRAMMES.of(key, Shelf)


def _read(viewer: Viewer, side: str) -> Programme:
    """viewer: with the side's eyes where it has private records, else as both sides see it."""
    held = {JOINT: JOINT_HELD}
    if viewer.side != JOINT:
        held[side] = OWN_HELD[side]
    found = Watched(viewer, unwatched).programme(held).remembering(MEMORIES[side])
    set_aside()
    return found


def facts_of(visit: Visit, make: Callable[[Programme, date], T]) -> T:
    """What ``make`` says of the programme today, made once while everything is as it was.

    ``make`` is a function of a module: its name is part of the key. As with `programme_unshown`,
    whoever shows a part of it says so.
    """
    name = f"{make.__module__}.{make.__qualname__}"
    return made_once(visit, name, lambda: make(programme_unshown(visit), visit.today))


def made_once(visit: Visit, name: str, make: Callable[[], T]) -> T:
    """The same of what follows from other facts. name: what it is, and nothing that a person types.

    All facts of one programme go together when the programme has changed.
    """
    shelf = FACTS.of(f"{standing(visit).key} {visit.today}", Shelf)
    return shelf.once(name, lambda: _set_aside(make()))


def _set_aside(made: T) -> T:
    set_aside()
    return made


def joint_programme(visit: Visit) -> Programme:
    """Without the private records of either side: for what both sides will read."""
    whole = programme_unshown(visit)
    if not standing(visit).private:
        return whole
    return made_once(visit, "the joint programme", lambda: seen_by(whole))


def called_by(visit: Visit) -> Callable[[str, str], str]:
    """What joint records are called, with their ids; of a private one the id alone.

    The programme is read when the first name is asked for.
    """

    def called(section: str, record_id: str) -> str:
        if section == "parties":
            return visit.words.show(visit.office.side_name(record_id))
        kind = KINDS.get(section)
        found = joint_programme(visit).find(kind, record_id) if kind else None
        return f"{visit.words.show(found.label)} ({record_id})" if found else record_id

    return called


def saw_private(visit: Visit, names: Iterable[Name]) -> None:
    """Write into the audit which private records are named on a page."""
    private = set(standing(visit).private)
    if shown := sorted(private & set(names)):
        visit.door.saw("named", shown)


def brief_if_known(visit: Visit) -> Brief | None:
    """The brief of today, when it has been computed; nothing is computed here."""
    return _known(visit, _brief_key(visit))


def brief_of(visit: Visit, *, pause: Callable[[float], None] = time.sleep) -> Brief:
    """The brief of today. Of all who ask at once one computes it, and the others wait."""
    key = _brief_key(visit)
    found = _known(visit, key)
    if found is not None:
        return found
    if not cache.add(f"{key}:computing", 1, timeout=COMPUTING_FOR):
        for _turn in range(COMPUTING_FOR * 2):
            pause(0.5)
            found = _known(visit, key)
            if found is not None or cache.add(f"{key}:computing", 1, timeout=COMPUTING_FOR):
                break
    if found is None:
        found = _computed(visit, key)
    return found


def chart_of(visit: Visit, name: str, draw: Callable[[Words], bytes], *, of: object = None) -> str:
    """A drawing made of today's brief, once for each language.

    of: all that is drawn, where that is less than the whole brief and its ``repr`` tells it: then
    a change of other records leaves the drawing as it is.
    """
    drawn = _brief_key(visit) if of is None else _drawing_key(visit, of)
    key = f"{drawn}:chart:{name}:{visit.words.lang}"
    kept = cache.get(key)
    if kept is None:
        kept = draw(visit.words).decode()
        cache.set(key, kept, timeout=KEPT_FOR)
    return str(kept)


def _computed(visit: Visit, key: str) -> Brief:
    try:
        made = make_brief(programme_of(visit), as_of=visit.today, viewer=visit.side, luck=LUCK)
        cache.set(key, pickle.dumps(made), timeout=KEPT_FOR)
        BRIEFS.put(key, made)
    finally:
        cache.delete(f"{key}:computing")
    return made


def _known(visit: Visit, key: str) -> Brief | None:
    found = BRIEFS.get(key)
    if found is None:
        stored: Any = cache.get(key)
        if stored is None:
            return None
        found = pickle.loads(stored)  # noqa: S301 (written above, into the office's own database)
        BRIEFS.put(key, found)
    if own := standing(visit).private:
        visit.door.saw("brief", own)
    return found


def _drawing_key(visit: Visit, of: object) -> str:
    parts = (visit.side, visit.office.register, repr(of), bilat.__version__)
    return f"pages:drawn:{digest(repr(parts).encode())}:{visit.today}"


def _brief_key(visit: Visit) -> str:
    return f"pages:brief:{standing(visit).key}:{visit.today}"


def unwatched(_action: Looked, _names: Collection[Name]) -> None:
    """For what is only made ready: nobody is shown it by that."""
