"""Finds the sentences of templates for the translators: a method for Babel.

Of ``{% say "…" %}`` and ``{% say_many "…" "…" n=… %}`` the literals are taken, as of ``say("…")``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from django.template.base import Lexer, TokenType

Found = tuple[int, str, str | tuple[str, ...], list[str]]


def sentences(
    file: IO[bytes],
    keywords: Collection[str],
    comment_tags: Any,
    options: Mapping[str, Any],
) -> Iterator[Found]:
    """Line, name of the tag, its literals. Raises ValueError for a sentence that is no literal."""
    for token in Lexer(file.read().decode()).tokenize():
        if token.token_type != TokenType.BLOCK:
            continue
        name, *given = token.split_contents()
        if name not in ("say", "say_many") or name not in keywords:
            continue
        literals = tuple(map(_literal, given[: 2 if name == "say_many" else 1]))
        yield (
            token.lineno or 0,
            name,
            literals[0] if name == "say" else literals,
            [],
        )


def _literal(text: str) -> str:
    if len(text) < 2 or text[0] not in "\"'" or text[-1] != text[0]:
        raise ValueError(f"{text}: a sentence for translators stands in quotation marks")
    return text[1:-1]
