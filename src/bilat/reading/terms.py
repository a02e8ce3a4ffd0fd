"""Terms: what the lexicons know, found in a run of tokens. The longest phrase wins its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bilat.reading.countries import country_phrases
from bilat.reading.data import load, names
from bilat.reading.forms import phrase_keys
from bilat.reading.tokens import MARK, Token

_NO_TERMS = frozenset(("irregular", "abbreviations", "countries", "cities"))


@dataclass(frozen=True, slots=True)
class Term:
    """A term in a sentence. group and value name its meaning; first and last are token numbers."""

    group: str
    value: str
    first: int
    last: int

    @property
    def name(self) -> str:
        return f"{self.group}/{self.value}"


@dataclass(frozen=True, slots=True)
class _Entry:
    rest: tuple[frozenset[str], ...]
    meanings: tuple[tuple[str, str], ...]


Trie = Mapping[str, Sequence[_Entry]]


def phrases(language: str) -> Iterator[tuple[str, str, str]]:
    """Every phrase of the lexicons in one language: group, value, phrase."""
    for name in names("lexicon"):
        if name in _NO_TERMS:
            continue
        for group, values in load("lexicon", name).items():
            for value, by_language in values.items():
                for phrase in by_language.get(language, ()):
                    yield group, str(value), str(phrase)
    yield from country_phrases(language)


@lru_cache(maxsize=4)
def trie(language: str) -> Trie:
    """By the first word's keys: what may follow, longest first."""
    meanings: dict[tuple[frozenset[str], ...], list[tuple[str, str]]] = {}
    for group, value, phrase in phrases(language):
        words = tuple(phrase_keys(word, language) for word in phrase.split())
        meanings.setdefault(words, []).append((group, value))
    out: dict[str, list[_Entry]] = {}
    for words, found in meanings.items():
        entry = _Entry(words[1:], tuple(dict.fromkeys(found)))
        for key in words[0]:
            out.setdefault(key, []).append(entry)
    for entries in out.values():
        entries.sort(key=lambda entry: -len(entry.rest))
    return out


def terms(tokens: Sequence[Token], language: str) -> list[Term]:
    """The terms in order; none overlaps another unless one phrase has several meanings."""
    known = trie(language)
    out: list[Term] = []
    i = 0
    while i < len(tokens):
        entry = _longest(known, tokens, i)
        if entry is None:
            i += 1
            continue
        last = i + len(entry.rest)
        out.extend(Term(group, value, i, last) for group, value in entry.meanings)
        i = last + 1
    return out


def _longest(known: Trie, tokens: Sequence[Token], i: int) -> _Entry | None:
    best: _Entry | None = None
    token = tokens[i]
    if token.kind == MARK:
        return None
    for key in token.keys:
        for entry in known.get(key, ()):
            if best is not None and len(entry.rest) <= len(best.rest):
                break
            if _follows(entry.rest, tokens, i + 1):
                best = entry
                break
    return best or _compound(known, token)


def _follows(rest: Sequence[frozenset[str]], tokens: Sequence[Token], i: int) -> bool:
    if i + len(rest) > len(tokens):
        return False
    return all(
        any(key in words for key in tokens[i + n].keys) for n, words in enumerate(rest)
    )


def _compound(known: Trie, token: Token) -> _Entry | None:
    """A hyphenated adjective of two countries, “Belarusian-Kyrgyz”, names both."""
    if "-" not in token.lower:
        return None
    found: list[tuple[str, str]] = []
    for part in token.lower.split("-"):
        part = part if part.isascii() else _whole_adjective(part)
        keys: tuple[Any, ...] = (part,)
        entries = [e for key in keys for e in known.get(key, ()) if not e.rest]
        found += [m for e in entries[:1] for m in e.meanings if m[0] in ("country", "people")]
    return _Entry((), tuple(found)) if found else None


def _whole_adjective(part: str) -> str:
    """белорусско- → белорусский; the last part is brought to its lemma."""
    from bilat.reading.forms import russian_keys

    return part[:-1] + "ий" if part.endswith(("ско", "цко")) else russian_keys(part)[0]
