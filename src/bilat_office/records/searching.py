"""The index of words behind the search: one place that knows how each engine holds it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from bilat_office.records.models import Row
from bilat_office.records.vendor import is_postgresql
from bilat_office.records.words import words

_MATCHES = {
    "sqlite": "SELECT rowid FROM records_words WHERE records_words MATCH %s ORDER BY rank",
    "postgresql": (
        "SELECT row_id FROM records_words WHERE words @@ to_tsquery('records_words', %s) "
        "ORDER BY ts_rank(words, to_tsquery('records_words', %s)) DESC, row_id"
    ),
}


def index_rows(rows: Sequence[Row]) -> None:
    """Put the words of these rows into the index, in place of those that they had."""
    texts = [" ".join(words(row.text)) for row in rows]
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.executemany(
                "INSERT INTO records_words (row_id, visibility, words) "
                "VALUES (%s, %s, to_tsvector('records_words', %s)) ON CONFLICT (row_id) "
                "DO UPDATE SET visibility = EXCLUDED.visibility, words = EXCLUDED.words",
                [(row.pk, row.visibility, text) for row, text in zip(rows, texts, strict=True)],
            )
            return
        cursor.executemany(
            "DELETE FROM records_words WHERE rowid = %s", [(row.pk,) for row in rows]
        )
        cursor.executemany(
            "INSERT INTO records_words (rowid, words) VALUES (%s, %s)",
            [(row.pk, text) for row, text in zip(rows, texts, strict=True)],
        )


def forget_row(row_id: int) -> None:
    """Take a row's words out of the index; PostgreSQL does so by its foreign key."""
    if not is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM records_words WHERE rowid = %s", [row_id])


def forget_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_words")


def matching(question: str) -> Sequence[int]:
    """Ids of the rows that hold every word of the question, the best first.

    The last word may be the beginning of one. Nothing for a question without a word. Rows are not
    yet filtered by who asks: the Door does that.
    """
    asked = words(question)
    if not asked:
        return []
    with connection.cursor() as cursor:
        if is_postgresql():
            query = " & ".join(f"'{word}'" for word in asked[:-1])
            last = f"('{asked[-1]}' | '{asked[-1]}':*)"
            query = f"{query} & {last}" if query else last
            cursor.execute(_MATCHES["postgresql"], [query, query])
        else:
            query = " ".join(f'"{word}"' for word in asked[:-1])
            last = f'("{asked[-1]}" OR "{asked[-1]}" *)'
            cursor.execute(_MATCHES["sqlite"], [f"{query} AND {last}" if query else last])
        return [row_id for (row_id,) in cursor.fetchall()]
