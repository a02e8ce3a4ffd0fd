"""References know whose they are and when that is due: a ministry's list needs no other rows."""

from __future__ import annotations

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from bilat_office.records.vendor import EVERYTHING, reading_as

_FILL = (
    "UPDATE records_reference SET "
    "namer = (SELECT section FROM records_row WHERE records_row.id = row_id), "
    "due_end = (SELECT due_end FROM records_row WHERE records_row.id = row_id)"
)


def fill(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Under the eyes of everybody: row security hides rows from the owner of the table too."""
    with reading_as(EVERYTHING), editor.connection.cursor() as cursor:
        cursor.execute(_FILL)


class Migration(migrations.Migration):
    dependencies = (("records", "0005_reading"),)
    operations = (
        migrations.AddField(
            "reference",
            "namer",
            models.CharField(max_length=40, default=""),
            preserve_default=False,
        ),
        migrations.AddField("reference", "due_end", models.DateField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex("reference", "reference_target"),
        migrations.AddIndex(
            "reference",
            models.Index(
                fields=["section", "record", "namer", "due_end", "visibility", "field", "row"],
                name="reference_target",
            ),
        ),
    )
