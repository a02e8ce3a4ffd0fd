"""Indexes for what lists ask, and a search that can use its index under row security.

``@@`` may not look at a row before the policy has let it through, so an index on words is of no use
in a table with a policy. Words are parted therefore: those of joint records carry none (what they
find is shown by `records_row`, which has one), those of a side's own records are read under theirs.
"""

from __future__ import annotations

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_VIEWER = "(SELECT COALESCE(current_setting('bilat.viewer_side', true), ''))"
_OWN = f"{_VIEWER} IN (visibility, '*')"
_COLUMNS = "row_id, visibility, words"
_TABLE = (
    "CREATE TABLE records_words (row_id bigint NOT NULL REFERENCES records_row (id) "
    "ON DELETE CASCADE, visibility varchar(8) NOT NULL, words tsvector NOT NULL, "
    "PRIMARY KEY (row_id, visibility)) PARTITION BY LIST (visibility)"
)
_INDEX = (
    "CREATE INDEX records_words_found ON records_words_joint USING gin (words) "
    "WITH (fastupdate = off)"
)
_PARTED = (
    "ALTER TABLE records_words RENAME TO records_words_before",
    _TABLE,
    "CREATE TABLE records_words_joint PARTITION OF records_words FOR VALUES IN ('joint')",
    "CREATE TABLE records_words_own PARTITION OF records_words DEFAULT",
    f"INSERT INTO records_words ({_COLUMNS}) SELECT {_COLUMNS} FROM records_words_before",  # noqa: S608 (constants)
    "DROP TABLE records_words_before",
    _INDEX,
)
# The reference of a joint record is asked for its row only where the viewer is the public: the
# other side's references must not make a list of every row that there is.
_REFERENCE = (
    f"{_VIEWER} IN (visibility, '*') OR (visibility = 'joint' AND ({_VIEWER} <> '' "  # noqa: S608
    "OR row_id IN (SELECT id FROM records_row WHERE published)))"
)
_TAIL = "record DESC, visibility DESC"
_ORDERS = (
    f"CREATE INDEX row_latest_due ON records_row (section, due_end DESC NULLS LAST, {_TAIL})",
    f"CREATE INDEX row_last_changed ON records_row (section, place DESC NULLS LAST, {_TAIL})",
    *(
        f"CREATE INDEX row_title_{code} ON records_row "
        f"(section, (titles ->> '{code}'), record, visibility)"
        for code in ("en", "ru")
    ),
)


def _secured(table: str, condition: str) -> tuple[str, ...]:
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY own_side ON {table} USING ({condition})",
    )


def part(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for statement in (
        "SELECT set_config('bilat.viewer_side', '*', true)",
        *_PARTED,
        *_secured("records_words", f"{_OWN} OR (visibility = 'joint' AND {_VIEWER} <> '')"),
        *_secured("records_words_own", _OWN),
        f"ALTER POLICY own_side ON records_reference USING ({_REFERENCE})",
        *_ORDERS,
        "SELECT set_config('bilat.viewer_side', '', true)",
    ):
        schema_editor.execute(statement, None)


def _index(name: str, *fields: str) -> models.Index:
    return models.Index(fields=[*fields], name=name)


class Migration(migrations.Migration):
    dependencies = (("records", "0004_row_security"),)
    operations = (
        migrations.RemoveIndex("row", "row_due"),
        migrations.RemoveIndex("row", "row_place"),
        *(
            migrations.AddIndex("row", _index(name, *fields))
            for name, *fields in (
                ("row_count", "section", "visibility", "published"),
                ("row_due", "section", "due_end", "record", "visibility"),
                ("row_changed", "section", "place", "record", "visibility"),
                ("row_state", "section", "state", "record", "visibility"),
                ("row_kind", "section", "kind", "record", "visibility"),
                ("row_sector", "section", "sector", "record", "visibility"),
                ("row_any_id", "record", "section", "visibility"),
                ("row_any_due", "due_end", "section", "record", "visibility"),
                ("row_any_changed", "place", "section", "record", "visibility"),
            )
        ),
        migrations.AddIndex("privateversion", _index("private_last", "side", "id")),
        migrations.RunPython(part),
    )
