"""Lines of files stay as they are; the index of their words; on PostgreSQL row security.

The rules are those of the records: see the migrations there. A viewer's side is set by the Door.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_TABLES = ("file", "removal")
_EVENTS = {"altered": "UPDATE", "taken_out": "DELETE"}
_FTS5 = (
    "CREATE VIRTUAL TABLE files_words USING "
    "fts5(words, tokenize = 'porter unicode61 remove_diacritics 2')"
)
_WORDS = (
    "CREATE TABLE files_words (file_id bigint PRIMARY KEY REFERENCES files_file (id) "
    "ON DELETE CASCADE, visibility varchar(8) NOT NULL, words tsvector NOT NULL)"
)
_VIEWER = "(SELECT COALESCE(current_setting('bilat.viewer_side', true), ''))"
_SEEN = f"{_VIEWER} IN (visibility, '*') OR (visibility = 'joint' AND {_VIEWER} <> '')"


def _sqlite() -> Iterator[str]:
    for table in _TABLES:
        for verb, event in _EVENTS.items():
            yield (
                f"CREATE TRIGGER files_{table}_not_{verb} BEFORE {event} ON files_{table} "
                f"BEGIN SELECT RAISE(ABORT, '{table}: append-only'); END"
            )
    yield _FTS5


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE FUNCTION files_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '%: append-only', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END; $$"
    )
    for table in _TABLES:
        yield (
            f"CREATE TRIGGER files_{table}_stays BEFORE UPDATE OR DELETE ON files_{table} "
            "FOR EACH ROW EXECUTE FUNCTION files_line_stays()"
        )
    yield _WORDS
    yield "CREATE INDEX files_words_found ON files_words USING gin (words)"
    for table in (*_TABLES, "filetext", "words"):
        yield f"ALTER TABLE files_{table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE files_{table} FORCE ROW LEVEL SECURITY"
        yield f"CREATE POLICY own_side ON files_{table} USING ({_SEEN})"


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    vendors = {"sqlite": _sqlite, "postgresql": _postgresql}
    for statement in vendors[editor.connection.vendor]():
        editor.execute(statement, None)


class Migration(migrations.Migration):
    # The index of words uses the configuration of the records' search on PostgreSQL.
    dependencies: ClassVar[Any] = [("files", "0001_initial"), ("records", "0005_reading")]
    operations: ClassVar[Any] = [migrations.RunPython(guard, migrations.RunPython.noop)]
