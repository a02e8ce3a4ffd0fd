"""The office that `office_api` asks: many commitments, in a database of its own."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

BEGUN = datetime(2025, 1, 1, 9, 0, tzinfo=UTC)
PASSPHRASE = "the quiet office"  # noqa: S105 (of keys that live as long as this run)
A_CHANGE = 4000
"""Records that one entry brings."""
STATES = ("no_evidence", "not_started", "limited", "substantial", "complete")


def document(number: int) -> dict[str, Any]:
    """A commitment as offices write them: two languages, an owner, a deadline."""
    grade = {"on": "2026-01-15", "grade": STATES[number % 5], "text": f"Seen in report {number}"}
    return {
        "id": f"measure-{number}",
        "title": {"en": f"Open trade house number {number}", "ru": f"Торговый дом {number}"},
        "owners": [f"body-{number % 40}"],
        "due": f"20{26 + number % 5}-{1 + number % 12:02d}",
        "evidence": [grade],
    }


@contextmanager
def database(server: str, keep: str | None) -> Iterator[str]:
    """The address of a database whose owner is no superuser: row security holds for it."""
    import psycopg

    name = keep or f"bilat_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if there.fetchone() is None:
            connection.execute(f"CREATE ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS")
            connection.execute(f"CREATE DATABASE {name} OWNER {name}")
        host, port = connection.info.host, connection.info.port
        try:
            yield f"postgresql://{name}@{host}:{port}/{name}"
        finally:
            if keep is None:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
                connection.execute(f"DROP ROLE {name}")


def build(records: int) -> dict[str, str]:
    """Found the office, bring the records in, invite a secretary. Gives what the clients need."""
    from bilat_office.people.models import Person
    from bilat_office.people.services.tokens import SCOPES, token_create
    from bilat_office.records.models import Founding

    if not Founding.objects.exists():
        _fill(records)
    person = Person.objects.filter(side="BLR").first() or _secretary()
    token = token_create(
        person=person,
        name="benchmark",
        scopes=SCOPES,
        days=1,
        secret=secrets.token_urlsafe(32),
        at=datetime.now(UTC),
    )
    key = _key()
    return {"token": token, "key": key}


def _fill(records: int) -> None:
    from benchmarks.office_storage import store

    from bilat.register import orders
    from bilat.register.genesis import found
    from bilat.register.keys import create_key
    from bilat.register.node import Node
    from bilat.register.orders import Actor, New
    from bilat_office.records.services.keys import key_keep, locked

    seeds = {side: secrets.token_bytes(32) for side in ("BLR", "KGZ")}
    actors = [
        Actor("bench", create_key(seed, side=side, holder="bench")) for side, seed in seeds.items()
    ]
    node = Node(
        found("blr-kgz", [a.signer for a in actors], at=BEGUN, nonce=bytes(32), mode="solo")
    )
    bodies: list[New] = [
        (
            ("bodies", f"body-{n}"),
            {"id": f"body-{n}", "party": "BLR", "name": f"Body {n}", "kind": "ministry"},
        )
        for n in range(40)
    ]
    new = [*bodies, *((("commitments", f"measure-{n}"), document(n)) for n in range(records))]
    for first in range(0, len(new), A_CHANGE):
        at = BEGUN + timedelta(minutes=first)
        orders.enter_alone(node, new[first : first + A_CHANGE], "The programme", actors, at)
    store(node)
    for actor in actors:
        pem = locked(seeds[actor.signer.side], PASSPHRASE)
        key_keep(record=actor.signer.record, pem=pem, at=BEGUN)
    _rows()


def _rows() -> None:
    """As `rebuild` does, in few statements: 100,000 single ones would take minutes."""
    from django.db import connection, transaction

    from bilat_office.records.models import Reference, Row, Version
    from bilat_office.records.rows import row_of
    from bilat_office.records.vendor import EVERYTHING, reading_as
    from bilat_office.records.words import words

    with transaction.atomic(), reading_as(EVERYTHING):
        Row.objects.all().delete()  # those of the founding
        rows, named = [], []
        for version in Version.objects.filter(is_current=True).iterator():
            columns, references = row_of(
                version.section, str(version.content), place=version.entry_id or 0, published=False
            )
            rows.append(Row(**columns))
            named.append(references)
        Row.objects.bulk_create(rows, batch_size=1000)
        Reference.objects.bulk_create(
            (
                Reference(
                    row=row,
                    section=to[0],
                    record=to[1],
                    field=name,
                    visibility="joint",
                    namer=row.section,
                    due_end=row.due_end,
                )
                for row, references in zip(rows, named, strict=True)
                for name, to in references
            ),
            batch_size=2000,
        )
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO records_words (row_id, visibility, words) "
                "VALUES (%s, 'joint', to_tsvector('records_words', %s))",
                [(row.pk, " ".join(words(row.text))) for row in rows],
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does before long


def _secretary() -> Any:
    from bilat_office.people.services.persons import person_add

    return person_add(
        name="Bench",
        email="bench@example.org",
        side="BLR",
        sides=("BLR", "KGZ"),
        at=BEGUN,
        roles=["secretary"],
    )


def _key() -> str:
    from bilat_office.records.services.keys import keys_kept

    return keys_kept(side="BLR")[0].id
