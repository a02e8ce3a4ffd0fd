"""PostgreSQL: what a side reads is seen by a transaction of that side alone, as its drafts are."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_VIEWER = "(SELECT COALESCE(current_setting('bilat.viewer_side', true), ''))"


def secure(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in ("readings_reading", "readings_finding"):
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", None)
        schema_editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY", None)
        schema_editor.execute(
            f"CREATE POLICY own_side ON {table} USING ({_VIEWER} IN (side, '*'))", None
        )


class Migration(migrations.Migration):
    dependencies = (("readings", "0001_initial"),)
    operations = (migrations.RunPython(secure, migrations.RunPython.noop),)
