"""The database says no as well: what has been entered is neither altered nor taken out.

On both engines by triggers. An entry (and the versions that it made) may leave only when it has
been set aside first, which a settled fork does and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_FIXED = {
    "founding": ("number", "register", "content"),
    "entry": ("place", "entry", "change", "before_id", "line", "time"),
    "setaside": ("entry", "place", "line", "time"),
    "version": ("id", "section", "record", "entry_id", "change", "content"),
    "privateversion": (
        "id", "side", "section", "record", "number", "content", "author", "time",
    ),
}  # fmt: skip
"""Table → the columns that no update may change (``is_current`` may)."""
_ASIDE = {
    "entry": "EXISTS (SELECT 1 FROM records_setaside s WHERE s.entry = OLD.entry)",
    "version": (
        "EXISTS (SELECT 1 FROM records_entry e JOIN records_setaside s ON s.entry = e.entry"
        " WHERE e.place = OLD.entry_id)"
    ),
}
"""Table → when a row of it may be taken out all the same."""
_FOLLOWS = (
    "NEW.place > 1 AND NOT EXISTS"
    " (SELECT 1 FROM records_entry e WHERE e.entry = NEW.before_id AND e.place = NEW.place - 1)"
)


def _changed(columns: tuple[str, ...], differs: str) -> str:
    return " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in columns)


def _sqlite() -> Iterator[str]:
    for table, columns in _FIXED.items():
        yield (
            f"CREATE TRIGGER {table}_is_not_altered BEFORE UPDATE ON records_{table} "
            f"WHEN {_changed(columns, 'IS NOT')} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: append-only'); END"
        )
        yield (
            f"CREATE TRIGGER {table}_is_not_taken_out BEFORE DELETE ON records_{table} "
            f"WHEN NOT ({_ASIDE.get(table, '0')}) "
            f"BEGIN SELECT RAISE(ABORT, '{table}: append-only'); END"
        )
    yield (
        f"CREATE TRIGGER entry_follows BEFORE INSERT ON records_entry WHEN {_FOLLOWS} "
        "BEGIN SELECT RAISE(ABORT, 'entry: does not follow on the one before'); END"
    )


def _postgresql() -> Iterator[str]:
    for table, columns in _FIXED.items():
        yield _function(f"{table}_is_not_altered", _changed(columns, "IS DISTINCT FROM"), table)
        yield _trigger(f"{table}_is_not_altered", "BEFORE UPDATE", table)
        yield _function(f"{table}_is_not_taken_out", f"NOT ({_ASIDE.get(table, 'false')})", table)
        yield _trigger(f"{table}_is_not_taken_out", "BEFORE DELETE", table)
        yield _function(f"{table}_is_not_emptied", "true", table)
        yield (
            f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON records_{table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION records_{table}_is_not_emptied()"
        )
    yield _function("entry_follows", _FOLLOWS, "entry")
    yield _trigger("entry_follows", "BEFORE INSERT", "entry")


def _function(name: str, condition: str, table: str) -> str:
    return (
        f"CREATE FUNCTION records_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{table}: append-only' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )


def _trigger(name: str, when: str, table: str) -> str:
    return (
        f"CREATE TRIGGER {name} {when} ON records_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION records_{name}()"
    )


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendors = {"sqlite": _sqlite, "postgresql": _postgresql}
    for statement in vendors[schema_editor.connection.vendor]():
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = (("records", "0001_initial"),)
    operations = (migrations.RunPython(guard),)
