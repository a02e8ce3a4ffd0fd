"""The audit is neither altered nor taken out, and failures to sign in are counted in a table."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_SQLITE = (
    "CREATE TRIGGER people_auditline_not_{verb} BEFORE {event} ON people_auditline "
    "BEGIN SELECT RAISE(ABORT, 'auditline: append-only'); END"
)
_EVENTS = {"altered": "UPDATE", "taken_out": "DELETE"}
_FUNCTION = (
    "CREATE FUNCTION people_auditline_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION 'auditline: append-only' USING ERRCODE = 'integrity_constraint_violation'; "
    "END; $$"
)
_TRIGGER = (
    "CREATE TRIGGER people_auditline_stays BEFORE UPDATE OR DELETE ON people_auditline "
    "FOR EACH ROW EXECUTE FUNCTION people_auditline_stays()"
)


def _guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        statements = [_FUNCTION, _TRIGGER]
    else:
        statements = [_SQLITE.format(verb=verb, event=event) for verb, event in _EVENTS.items()]
    for statement in statements:
        editor.execute(statement)


def _make_cache(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies: ClassVar[Any] = [("people", "0001_initial")]
    operations: ClassVar[Any] = [
        migrations.RunPython(_guard, migrations.RunPython.noop),
        migrations.RunPython(_make_cache, migrations.RunPython.noop),
    ]
