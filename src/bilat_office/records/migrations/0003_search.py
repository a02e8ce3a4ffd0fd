"""The index of search texts: FTS5 on SQLite, a tsvector on PostgreSQL. Filled by `searching`."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_FTS5 = (
    "CREATE VIRTUAL TABLE records_words USING "
    "fts5(words, tokenize = 'porter unicode61 remove_diacritics 2')"
)
_TABLE = (
    "CREATE TABLE records_words (row_id bigint PRIMARY KEY "
    "REFERENCES records_row (id) ON DELETE CASCADE, visibility varchar(8) NOT NULL, "
    "words tsvector NOT NULL)"
)
_INDEX = "CREATE INDEX records_words_index ON records_words USING gin (words)"
# English endings without a list of stop words, as FTS5's porter does.
_STEMS = (
    "CREATE TEXT SEARCH DICTIONARY records_stem (TEMPLATE = snowball, Language = english)",
    "CREATE TEXT SEARCH CONFIGURATION records_words (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION records_words ALTER MAPPING FOR asciiword WITH records_stem",
)
_STATEMENTS = {"sqlite": (_FTS5,), "postgresql": (*_STEMS, _TABLE, _INDEX)}


def index(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = (("records", "0002_guards"),)
    operations = (migrations.RunPython(index),)
