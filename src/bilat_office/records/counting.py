"""How many records a list has altogether, counted once for as long as nothing was written."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.db import connection

KEPT = 1000
"""Numbers that a process keeps."""

_STAMP = (
    "SELECT (SELECT entry FROM records_entry ORDER BY place DESC LIMIT 1), "
    "(SELECT id || '@' || time FROM records_privateversion WHERE side = %s "
    "ORDER BY id DESC LIMIT 1)"
)


def stamps(side: str) -> tuple[str, str]:
    """What joint records follow from, and what ``side``'s own ones do: each changes with them.

    The head of the chain, and the number of the side's last private version with its time, as far
    as row security shows it: a number alone may come again in a database that was restored.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, [side])
        head, last = cursor.fetchone()
    return head or "", str(last or "")


class Counts:
    """The last numbers of this process, each with the stamp under which it was counted."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[str, int]] = OrderedDict()
        self._lock = Lock()

    def of(self, what: str, stamp: str, count: Callable[[], int]) -> int:
        with self._lock:
            before = self._kept.get(what)
        if before is not None and before[0] == stamp:
            return before[1]
        number = count()
        with self._lock:
            self._kept[what] = (stamp, number)
            self._kept.move_to_end(what)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return number

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()
