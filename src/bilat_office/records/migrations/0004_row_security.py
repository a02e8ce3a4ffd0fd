"""PostgreSQL: rows of one side are seen only by a transaction that has said which side reads.

``bilat.viewer_side`` is set by the Door (a side, ``joint``, or empty for the public) and by
services (``*``). FORCE makes it hold for the owner of the tables too; a superuser or a role with
BYPASSRLS is above it, so the office must not connect as one (a system check says so).
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# In a subquery, so that it is asked once a query and not once a row.
_VIEWER = "(SELECT COALESCE(current_setting('bilat.viewer_side', true), ''))"
_OWN = f"{_VIEWER} IN (side, '*')"
_SEEN = f"{_VIEWER} IN (visibility, '*') OR (visibility = 'joint' AND {_VIEWER} <> '')"
_AS_ITS_ROW = f"{_SEEN} OR row_id IN (SELECT id FROM records_row)"  # noqa: S608 (constants)
_POLICIES = {
    "privateversion": _OWN,
    "draft": _OWN,
    "row": f"{_SEEN} OR published",
    "reference": _AS_ITS_ROW,
    "words": _AS_ITS_ROW,
}


def secure(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, condition in _POLICIES.items():
        schema_editor.execute(f"ALTER TABLE records_{table} ENABLE ROW LEVEL SECURITY", None)
        schema_editor.execute(f"ALTER TABLE records_{table} FORCE ROW LEVEL SECURITY", None)
        schema_editor.execute(
            f"CREATE POLICY own_side ON records_{table} USING ({condition})", None
        )


class Migration(migrations.Migration):
    dependencies = (("records", "0003_search"),)
    operations = (migrations.RunPython(secure),)
