"""The last things that a process has made, by key."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, RLock
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """Keeps ``most`` of them, those that were asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> T | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, value: T) -> None:
        with self._lock:
            self._kept[key] = value
            self._let_go()

    def of(self, key: str, begin: Callable[[], T]) -> T:
        """What is kept, else what ``begin`` gives at once."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = begin()
                self._let_go()
            self._kept.move_to_end(key)
            return self._kept[key]

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()

    def _let_go(self) -> None:
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)


class Shelf:
    """Things by name, each made once: of all who ask for it at once one makes it, others wait."""

    def __init__(self) -> None:
        self._found: dict[str, Any] = {}
        self._making: dict[str, RLock] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def once(self, name: str, make: Callable[[], T]) -> T:
        if name not in self._found:
            with self._making.setdefault(name, RLock()):
                if name not in self._found:
                    self._found[name] = make()
        found: T = self._found[name]
        return found
