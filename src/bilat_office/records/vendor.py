"""What the two engines do each in their own way: the writers' lock, and who is reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

EVERYTHING = "*"
"""The viewer that services are: they keep each side's records apart themselves."""


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def lock_writers() -> None:
    """Wait until no other transaction writes. SQLite has done so by IMMEDIATE."""
    if is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('bilat.founding'))")
            cursor.execute("SELECT number FROM records_founding FOR UPDATE")


def count_anew() -> None:
    """PostgreSQL plans by what it has counted: after a great change, not a minute later."""
    if is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE records_row, records_reference, records_words")


@contextmanager
def reading_as(viewer_side: str) -> Iterator[None]:
    """Row security lets this transaction see what ``viewer_side`` may: see migration 0004.

    On SQLite there is no row security: the Door alone keeps the sides apart.
    """
    if not is_postgresql():
        yield
        return
    if not connection.in_atomic_block:
        with transaction.atomic():  # with its end the setting is gone
            _say_who_reads(viewer_side)
            yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(current_setting('bilat.viewer_side', true), '')")
        (before,) = cursor.fetchone()
        _say_who_reads(viewer_side)
        yield
        _say_who_reads(before)  # after an error the rollback does so


def _say_who_reads(viewer_side: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('bilat.viewer_side', %s, true)", [viewer_side])
