"""What was made of single records, so that it is made again only of those that have changed.

A programme of thousands of records changes by a few at a time. Whoever makes something of each
record asks the memory of its programme, and hands the memory on to the programme that comes next:

    facts = programme.memory.each("measures", programme.commitments, (as_of,), make)

What is made of all records together is made once for all who ask: `Programme.once`. Nothing that is
asked for can differ by it: a record never changes, and one that was replaced is
another object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

R = TypeVar("R")
T = TypeVar("T")
MOST = 2
"""Ways to make one thing that are kept: another day, other eyes."""


class Memory:
    """What was made last under each name, with the object of which it was made."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[Any, dict[int, tuple[Any, Any]]], ...]] = {}
        self._whole: dict[str, tuple[tuple[Any, Any], ...]] = {}

    def each(
        self, name: str, records: Iterable[R], rest: tuple[Any, ...], make: Callable[[R], T]
    ) -> list[T]:
        """``make`` of each record, in their order; of one that was there before, as it was made.

        rest: everything else that ``make`` depends on. Where it is not equal to what it was, all is
        made anew. ``make`` keeps to these two, and gives what nobody changes.
        """
        ways = self._kept.get(name, ())
        known = next((made for other, made in ways if other == rest), {})
        # The record is kept beside what was made of it, so that its number stays its own.
        pairs = [known.get(id(record)) or (record, make(record)) for record in records]
        found = {id(pair[0]): pair for pair in pairs}
        if 2 * len(found) < len(known):  # asked for some of them: the others stay known
            found = {**known, **found}
        others = tuple(way for way in ways if way[0] != rest)
        self._kept[name] = ((rest, found), *others)[:MOST]
        return [made for _record, made in pairs]

    def apart(self) -> Memory:
        """For a part of the programme: the same single records, and nothing made of the whole."""
        memory = Memory()
        memory._kept = self._kept
        return memory

    def once(self, name: str, rest: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What ``make`` gives, and the same again while ``rest`` is equal to what it was."""
        ways = self._whole.get(name, ())
        for other, known in ways:
            if other == rest:
                found: T = known
                return found
        made = make()
        self._whole[name] = ((rest, made), *ways)[:MOST]
        return made
