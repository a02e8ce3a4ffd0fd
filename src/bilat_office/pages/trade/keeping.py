"""What takes a moment to work out of the warehouse: computed once, kept, and told when it is there.

A page shows that something is being computed and asks a second time; of all who ask at once, one
computes. What has no answer is kept as well, with its sentence.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Generic, TypeVar, cast

from django.core.cache import cache

import bilat
from bilat.errors import BilatError
from bilat.language import Message
from bilat_office.jobs.places import warehouse_folder
from bilat_office.pages.latest import Latest
from bilat_office.pages.reckoning import COMPUTING_FOR, KEPT_FOR

T = TypeVar("T")
KEPT: Latest[Any] = Latest(32)


@dataclass(frozen=True)
class Kept(Generic[T]):
    """An answer, or why there is none."""

    value: T | None
    why: Message | None = None


def warehouse_version() -> str:
    """Which state of the warehouse there is now; empty where nothing was loaded.

    The name of its last commit: read without opening the warehouse.
    """
    folder = warehouse_folder()
    log = folder / "_delta_log"
    if not log.is_dir():
        return ""
    return f"{folder} {max((each.name for each in log.glob('*.json')), default='')}"


def key_of(*parts: object) -> str:
    """Of something made of these, by this version of Bilat, from the warehouse as it is."""
    text = "\n".join(map(repr, (*parts, warehouse_version(), bilat.__version__)))
    return f"pages:trade:{sha256(text.encode()).hexdigest()}"


def known(key: str) -> Kept[Any] | None:
    """What is at hand; nothing is computed here."""
    found = KEPT.get(key)
    if found is None:
        stored: Any = cache.get(key)
        if stored is None:
            return None
        found = pickle.loads(stored)  # noqa: S301 (written below, into the office's own database)
        KEPT.put(key, found)
    return cast("Kept[Any]", found)


def computed(
    key: str, make: Callable[[], T], *, pause: Callable[[float], None] = time.sleep
) -> Kept[T]:
    """What is at hand, else what one of all who ask computes."""
    found = known(key)
    if found is None and not cache.add(f"{key}:computing", 1, timeout=COMPUTING_FOR):
        for _turn in range(COMPUTING_FOR * 2):
            pause(0.5)
            found = known(key)
            if found is not None or cache.add(f"{key}:computing", 1, timeout=COMPUTING_FOR):
                break
    return found if found is not None else _made(key, make)


def _made(key: str, make: Callable[[], T]) -> Kept[T]:
    try:
        try:
            found = Kept(make())
        except BilatError as error:
            found = Kept(None, error.message)
        cache.set(key, pickle.dumps(found), timeout=KEPT_FOR)
        KEPT.put(key, found)
    finally:
        cache.delete(f"{key}:computing")
    return found
