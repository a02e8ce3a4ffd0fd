"""The index of words behind the search: one place that knows how each engine holds it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet

from bilat_office.records.models import Row
from bilat_office.records.vendor import is_postgresql
from bilat_office.records.words import words

_RANKED = (
    "SELECT row_id, -ts_rank(words, to_tsquery('records_words', %s)) AS score "
    "FROM records_words_{part} WHERE words @@ to_tsquery('records_words', %s)"
)
_HITS = {
    # The sign keeps SQLite from asking the index of words once for each row of the list.
    "sqlite": (
        "SELECT +rowid AS row_id, rank AS score FROM records_words WHERE records_words MATCH %s"
    ),
    "postgresql": " UNION ALL ".join(_RANKED.format(part=part) for part in ("joint", "own")),
}
_PAGE = (
    "SELECT row_id, count(*) OVER () FROM ({hits}) AS hits WHERE row_id IN ({rows}) "
    "ORDER BY score, row_id LIMIT %s OFFSET %s"
)
_COUNT = "SELECT count(*) FROM ({hits}) AS hits WHERE row_id IN ({rows})"


def index_rows(rows: Sequence[Row]) -> None:
    """Put the words of these rows into the index, in place of those that they had."""
    texts = [" ".join(words(row.text)) for row in rows]
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.executemany(
                "INSERT INTO records_words (row_id, visibility, words) "
                "VALUES (%s, %s, to_tsvector('records_words', %s)) "
                "ON CONFLICT (row_id, visibility) DO UPDATE SET words = EXCLUDED.words",
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


def search(question: str, rows: QuerySet[Row], *, first: int, size: int) -> tuple[list[int], int]:
    """Ids of a page of those rows that hold every word of the question, the best first; how many.

    The last word may be the beginning of one. Nothing for a question without a word. rows: those
    that the viewer may see.
    """
    asked = words(question)
    if not asked:
        return [], 0
    seen, parameters = rows.order_by().values("pk").query.sql_with_params()
    parts = {"hits": _HITS[connection.vendor], "rows": seen}
    given = [*_asked(asked), *parameters]
    with connection.cursor() as cursor:
        cursor.execute(_PAGE.format(**parts), [*given, size, first])
        found = cursor.fetchall()
        if found or not first:
            return [row_id for row_id, _total in found], found[0][1] if found else 0
        cursor.execute(_COUNT.format(**parts), given)
        return [], cursor.fetchone()[0]


def _asked(asked: Sequence[str]) -> list[str]:
    """The question in the engine's language, once for each of its places in `_HITS`."""
    if is_postgresql():
        query = " & ".join(f"'{word}'" for word in asked[:-1])
        last = f"('{asked[-1]}' | '{asked[-1]}':*)"
        return [f"{query} & {last}" if query else last] * 4
    query = " ".join(f'"{word}"' for word in asked[:-1])
    last = f'("{asked[-1]}" OR "{asked[-1]}" *)'
    return [f"{query} AND {last}" if query else last]
