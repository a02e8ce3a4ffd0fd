"""The node of this process, kept in step with the database; and the one way to write.

Every process (web worker, job, command) has a node of its own in memory (see `stored`). Before each
use it takes over what others have stored since. Signatures were verified when a message was stored,
and are not verified again.

    with keeper.reading() as node: …      # look, do not change
    with keeper.writing() as node: …      # one transaction; whatever the node takes is stored
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection, transaction

from bilat.register.genesis import Founding, read_founding
from bilat.register.messages import read_line
from bilat.register.node import Node, shown
from bilat_office.records import models
from bilat_office.records.book import Book, write_founding
from bilat_office.records.counting import Counts
from bilat_office.records.refusals import NotFounded
from bilat_office.records.stored import StoredNode
from bilat_office.records.vendor import EVERYTHING, lock_writers, reading_as

N = TypeVar("N", bound=Node)


class Keeper:
    """One node, and how far it has read: the last message; entries are counted by the node."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._node: StoredNode | None = None
        self._seen = 0
        self.counts = Counts()

    @contextmanager
    def reading(self) -> Iterator[StoredNode]:
        """The node as the database stands. Raises NotFounded."""
        with self._lock:
            yield self._caught_up()

    @contextmanager
    def writing(self, begin: Founding | None = None) -> Iterator[StoredNode]:
        """The node inside one transaction that no other writer shares.

        What it takes is stored with all that follows from it. When anything fails, nothing is
        stored, and a node that had changed already is thrown away. Raises NotFounded.

        begin: found this register first, in the same transaction; refused where one stands.
        """
        with self._lock:
            book = Book()
            try:
                with transaction.atomic(durable=True), reading_as(EVERYTHING):
                    lock_writers()
                    if begin is not None:
                        write_founding(begin)
                    node = self._caught_up()
                    node.news = book.note
                    yield node
                    node.news = None
                    self._seen = max(self._seen, book.write(node))
                    node.register.entries.release()
            except BaseException:
                if book.notes:
                    self.forget()
                elif self._node is not None:
                    self._node.news = None
                raise

    def forget(self) -> None:
        """Read everything again at the next use."""
        with self._lock:
            self._node, self._seen = None, 0
            self.counts.forget()

    def _caught_up(self) -> StoredNode:
        standing = _standing(self._node)
        while self._node is None or not standing.holds(self._node):
            self._seen = 0
            self._node = _aware(StoredNode(founding()))
            standing = _standing(self._node)
        node = self._node
        try:
            if standing.place > node.register.place:
                self._read_entries(node)
            if standing.message > self._seen:
                self._seen = _read_messages(node, self._seen)
        except BaseException:
            self.forget()  # a line that cannot be read must not leave half a node
            raise
        return node

    def _read_entries(self, node: StoredNode) -> None:
        after = models.Entry.objects.filter(place__gt=node.register.place).order_by("place")
        for line in after.values_list("line", flat=True).iterator():
            node.restore(read_line(bytes(line)))
        node.register.entries.release()


def founding() -> Founding:
    """The genesis of this database. Raises NotFounded."""
    found = models.Founding.objects.first()
    if found is None:
        raise NotFounded
    return read_founding(bytes(found.content))


def folded() -> Node:
    """A node made of the stored lines alone. Raises Refused where one does not fit."""
    node = _aware(Node(founding()))
    for line in models.Entry.objects.order_by("place").values_list("line", flat=True).iterator():
        node.restore(read_line(bytes(line)))
    _read_messages(node, 0)
    return node


def _aware(node: N) -> N:
    """The node, knowing what has been set aside."""
    node.settled = set(models.SetAside.objects.values_list("entry", flat=True))
    return node


def _read_messages(node: Node, seen: int) -> int:
    """Take over what is under way; the number of the last message."""
    after = models.Message.objects.filter(pk__gt=seen).order_by("pk")
    for key, standing, line in after.values_list("pk", "standing", "line").iterator():
        message = read_line(bytes(line))
        if standing == models.Message.ACCEPTED:
            node.restore(message)
        elif standing == models.Message.SETTLED:
            _settle(node, shown(message))
        else:
            node.take(message)
        seen = key
    return seen


def _settle(node: Node, head: str) -> None:
    node.settled.add(head)
    node.forks = [fork for fork in node.forks if shown(fork.theirs) not in node.settled]


@dataclass(frozen=True)
class _Standing:
    """How the database stands: the last entry, the last message, and what is at a node's place."""

    register: str | None
    entry: str | None
    place: int
    message: int

    def holds(self, node: StoredNode) -> bool:
        """False when the chain is not the one that this node has read: another one, a rollback."""
        register = node.register
        return self.register == register.id and register.head == (self.entry or register.id)


_STANDING = (
    "SELECT (SELECT register FROM records_founding), "
    "(SELECT entry FROM records_entry WHERE place = %s), "
    "(SELECT max(place) FROM records_entry), (SELECT max(id) FROM records_message)"
)


def _standing(node: StoredNode | None) -> _Standing:
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [node.register.place if node else 0])
        register, entry, place, message = cursor.fetchone()
    return _Standing(register, entry, place or 0, message or 0)


KEEPER = Keeper()
"""Of this process."""
