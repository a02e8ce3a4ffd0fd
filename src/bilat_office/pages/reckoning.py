"""What is computed of the programme, once for as long as everything is as it was.

The key of what is kept says whose eyes it is for, the head of the register, the versions of the
side's own private records, and the day. The programme is kept by each process; the brief, which
takes a simulation, in the database's cache, so that of all processes one computes it.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.cache import cache

import bilat
from bilat.brief import Brief, make_brief
from bilat.language import Words
from bilat.outlook import Luck
from bilat.programme import Programme
from bilat.register import seen_by
from bilat.register.canonical import digest
from bilat.register.kinds import Name
from bilat_office.api.versions import version_listed
from bilat_office.pages.garbage import set_aside
from bilat_office.pages.latest import Latest
from bilat_office.pages.visit import Visit
from bilat_office.people.doorway import Watched
from bilat_office.records.listing import LARGEST_PAGE, Filters

KEPT_FOR = 26 * 3600
"""Seconds: the day is in the key, so that a little more than one is enough."""
COMPUTING_FOR = 110
"""Seconds that a computation may take, before another process tries it."""
LUCK = Luck(seed=0, draws=20_000)


T = TypeVar("T")
PROGRAMMES: Latest[Programme] = Latest(4)
FACTS: Latest[dict[str, Any]] = Latest(4)
"""What a viewer's programme is made of now, and the day → name → what was made of it."""
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
    own = _private(visit)
    parts = (visit.side, visit.office.register, visit.office.head, repr(own), bilat.__version__)
    made = Standing(digest("\n".join(parts).encode()), tuple(name for name, _version in own))
    visit.request.office_standing = made  # type: ignore[attr-defined]
    return made


def programme_of(visit: Visit) -> Programme:
    """As the person may see it; written into the audit where it holds private records."""
    found = programme_unshown(visit)
    if own := standing(visit).private:
        visit.door.saw("programme", own)
    return found


def programme_unshown(visit: Visit) -> Programme:
    """The same, to look something up in. Whoever shows a part of it says so: `saw_private`."""
    now = standing(visit)
    found = PROGRAMMES.get(now.key)
    if found is None:
        found = Watched(visit.viewer, _unwatched).programme()
        PROGRAMMES.put(now.key, found)
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
    key = f"{standing(visit).key} {visit.today}"
    shelf = FACTS.get(key)
    if shelf is None:
        shelf = {}
        FACTS.put(key, shelf)
    if name not in shelf:
        shelf[name] = make()
        set_aside()
    found: T = shelf[name]
    return found


def joint_programme(visit: Visit) -> Programme:
    """Without the private records of either side: for what both sides will read."""
    whole = programme_unshown(visit)
    if not standing(visit).private:
        return whole
    return made_once(visit, "the joint programme", lambda: seen_by(whole))


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


def chart_of(visit: Visit, name: str, draw: Callable[[Words], bytes]) -> str:
    """A drawing made of today's brief, once for each language."""
    key = f"{_brief_key(visit)}:chart:{name}:{visit.words.lang}"
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


def _brief_key(visit: Visit) -> str:
    return f"pages:brief:{standing(visit).key}:{visit.today}"


def _private(visit: Visit) -> list[tuple[Name, str]]:
    """The own side's private records and their versions."""
    if not visit.of_a_side:
        return []
    door, found, page = Watched(visit.viewer, _unwatched), [], 1
    filters = Filters(visibility=visit.side)
    while True:
        part = door.list(filters=filters, page=page, size=LARGEST_PAGE)
        found += [((item.section, item.id), version_listed(item)) for item in part.rows]
        if page >= part.pages:
            return found
        page += 1


def _unwatched(_action: str, _names: Collection[Name]) -> None:
    """The names and versions are only compared: nobody is shown them."""
