"""Words of files: the index of each engine, and the place in a text that answers a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from bilat_office.files.models import FileText
from bilat_office.records.words import words

MOST = 2_000
"""Files that one question may find."""
AROUND = 90
"""Characters of a snippet on each side of the match."""
_WORD = re.compile(r"[^\W_]+")
_FIND = {
    "sqlite": "SELECT rowid FROM files_words WHERE files_words MATCH %s ORDER BY rank LIMIT %s",
    "postgresql": (
        "SELECT file_id FROM files_words WHERE words @@ to_tsquery('records_words', %s) "
        "ORDER BY file_id LIMIT %s"
    ),
}


@dataclass(frozen=True)
class Snippet:
    """A piece of a text around what was found."""

    before: str
    match: str
    after: str


def index(file_id: int, visibility: str, lemmas: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO files_words (file_id, visibility, words) "
                "VALUES (%s, %s, to_tsvector('records_words', %s))",
                [file_id, visibility, lemmas],
            )
        else:
            cursor.execute(
                "INSERT INTO files_words (rowid, words) VALUES (%s, %s)", [file_id, lemmas]
            )


def forget(file_id: int) -> None:
    name = "file_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM files_words WHERE {name} = %s", [file_id])  # noqa: S608


def found(asked: Sequence[str]) -> list[int]:
    """Ids of files that hold every word; whoever asks keeps those that the viewer may see.

    asked: as `words` gives them. The last one may be the beginning of a word.
    """
    if not asked:
        return []
    *first, last = asked
    if connection.vendor == "postgresql":
        parts = [f"'{word}'" for word in first]
        query = " & ".join([*parts, f"('{last}' | '{last}':*)"])
    else:
        parts = [f'"{word}"' for word in first]
        query = " AND ".join([*parts, f'("{last}" OR "{last}" *)'])
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor], [query, MOST])
        return [file_id for (file_id,) in cursor.fetchall()]


def snippet(said: FileText, asked: Sequence[str]) -> Snippet | None:
    """Around the first word of the text that answers one of the question; None where none does."""
    number = _first(said.lemmas.split(" "), asked)
    if number is None:
        return None
    for place, match in enumerate(_WORD.finditer(said.text)):
        if place == number:
            start, end = match.span()
            return Snippet(
                _tidy(said.text[max(0, start - AROUND) : start], cut_left=start > AROUND),
                match[0],
                _tidy(said.text[end : end + AROUND], cut_right=end + AROUND < len(said.text)),
            )
    return None


def _first(lemmas: Sequence[str], asked: Sequence[str]) -> int | None:
    """The exact word first; then one that begins alike, as English endings do."""
    for word in asked:
        if word in lemmas:
            return lemmas.index(word)
    for word in asked:
        beginning = word if len(word) < 5 else word[: max(4, len(word) - 3)]
        for number, lemma in enumerate(lemmas):
            if lemma.startswith(beginning):
                return number
    return None


def _tidy(text: str, *, cut_left: bool = False, cut_right: bool = False) -> str:
    """On one line, whole words, with an ellipsis where the text goes on."""
    flat = re.sub(r"\s+", " ", text)
    if cut_left:
        flat = "… " + flat.split(" ", 1)[-1]
    if cut_right:
        flat = flat.rsplit(" ", 1)[0] + " …"
    return flat


def lemmas_of(text: str) -> str:
    """One for each word of the text, parted by a space."""
    return " ".join(words(text))
