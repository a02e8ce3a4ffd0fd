"""Terms: what the lexicons know, found in a run of tokens. The longest phrase wins its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bilat.reading.countries import country_phrases
from bilat.reading.data import load
from bilat.reading.forms import phrase_keys, russian_keys
from bilat.reading.tokens import MARK, Token

# Phrases of one layer compete for their words; those of different layers do not: “places” counts
# students and “places at” speaks of education.
LAYERS = {
    "names": (),
    "trade": ("trade", "change"),
    "qualifiers": ("qualifiers",),
    "comparisons": ("comparisons",),
    "statement": ("statement",),
    "numbers": ("numbers", "time"),
    "meetings": ("meetings",),
    "projects": ("projects",),
    "finance": ("finance",),
    "notes": ("notes", "links"),
}


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


@dataclass(slots=True)
class _Branch:
    """Phrases that begin with a word: by their second word, longest first; and the word alone."""

    longer: dict[str, list[_Entry]] = field(default_factory=dict)
    single: list[_Entry] = field(default_factory=list)

    def add(self, entry: _Entry) -> None:
        if not entry.rest:
            self.single.append(entry)
        for key in entry.rest[0] if entry.rest else ():
            entries = self.longer.setdefault(key, [])
            entries.append(entry)
            entries.sort(key=lambda one: -len(one.rest))


Trie = Mapping[str, _Branch]


def phrases(layer: str, language: str) -> Iterator[tuple[str, str, str]]:
    """Every phrase of a layer in one language: group, value, phrase."""
    for name in LAYERS[layer]:
        for group, values in load("lexicon", name).items():
            for value, by_language in values.items():
                for phrase in by_language.get(language, ()):
                    yield group, str(value), str(phrase)
    if layer == "names":
        yield from country_phrases(language)


@lru_cache(maxsize=16)
def trie(layer: str, language: str) -> Trie:
    """By the first word's keys: what may follow."""
    meanings: dict[tuple[frozenset[str], ...], list[tuple[str, str]]] = {}
    for group, value, phrase in phrases(layer, language):
        words = tuple(phrase_keys(word, language) for word in phrase.split())
        meanings.setdefault(words, []).append((group, value))
    out: dict[str, _Branch] = {}
    for words, found in meanings.items():
        entry = _Entry(words[1:], tuple(dict.fromkeys(found)))
        for key in words[0]:
            out.setdefault(key, _Branch()).add(entry)
    return out


def terms(tokens: Sequence[Token], language: str) -> list[Term]:
    """The terms in order; in one layer none overlaps another, unless one phrase means both."""
    out: list[Term] = []
    for layer, starts in _starts(tokens, language).items():
        out += _in_layer(tokens, trie(layer, language), starts)
    out.sort(key=lambda term: (term.first, -term.last))
    return out


@lru_cache(maxsize=4)
def _layers_of(language: str) -> Mapping[str, tuple[str, ...]]:
    """The layers that have a phrase beginning with a key."""
    out: dict[str, list[str]] = {}
    for layer in LAYERS:
        for key in trie(layer, language):
            out.setdefault(key, []).append(layer)
    return {key: tuple(layers) for key, layers in out.items()}


def _starts(tokens: Sequence[Token], language: str) -> dict[str, list[int]]:
    """Where phrases of each layer may begin: most words begin none, and are looked at once."""
    known = _layers_of(language)
    out: dict[str, list[int]] = {layer: [] for layer in LAYERS}
    for i, token in enumerate(tokens):
        if "-" in token.lower:
            for starts in out.values():
                starts.append(i)
            continue
        for key in token.keys:
            for layer in known.get(key, ()):
                out[layer].append(i)
    return out


def _in_layer(tokens: Sequence[Token], known: Trie, starts: Sequence[int]) -> Iterator[Term]:
    """starts: tokens where a phrase may begin, in order; one may stand twice."""
    end = -1
    for i in starts:
        if i <= end:
            continue
        found = _longest(known, tokens, i)
        if found is None:
            continue
        entry, end = found
        for group, value in entry.meanings:
            if group != "country" or tokens[i].is_capital:  # Того, and no “того”
                yield Term(group, value, i, end)


def _longest(known: Trie, tokens: Sequence[Token], i: int) -> tuple[_Entry, int] | None:
    token = tokens[i]
    if token.kind == MARK:
        return None
    best: tuple[_Entry, int] | None = None
    for key in token.keys:
        branch = known.get(key)
        for entry in _possible(branch, tokens, i) if branch is not None else ():
            last = _follows(entry.rest, tokens, i)
            if last is not None:
                best = _better(best, (entry, last))
    if best is None and "-" in token.lower:
        compound = _compound(known, token)
        return (compound, i) if compound else None
    return best


def _better(best: tuple[_Entry, int] | None, found: tuple[_Entry, int]) -> tuple[_Entry, int]:
    if best is None or len(found[0].rest) > len(best[0].rest):
        return found
    if len(found[0].rest) < len(best[0].rest) or found[0] is best[0]:
        return best
    return _both(best[0], found[0]), found[1]


def _possible(branch: _Branch, tokens: Sequence[Token], i: int) -> Sequence[_Entry]:
    """The phrases of a branch whose second word stands next."""
    if not branch.longer:
        return branch.single
    j = i + 1
    if j < len(tokens) and tokens[j].text == ".":
        j += 1
    if j >= len(tokens):
        return branch.single
    longer = [e for key in tokens[j].keys for e in branch.longer.get(key, ())]
    return [*longer, *branch.single] if longer else branch.single


def _both(one: _Entry, other: _Entry) -> _Entry:
    """Two phrases of one length at the same word: by its lemma, and by its form."""
    meanings = dict.fromkeys((*one.meanings, *other.meanings))
    return one if len(meanings) == len(one.meanings) else _Entry(one.rest, tuple(meanings))


def _follows(rest: Sequence[frozenset[str]], tokens: Sequence[Token], i: int) -> int | None:
    """The last token of the phrase; the stop of an abbreviation may stand in it (долл. США)."""
    for words in rest:
        i += 1
        if i < len(tokens) and tokens[i].text == ".":
            i += 1
        if i >= len(tokens) or not any(key in words for key in tokens[i].keys):
            return None
    return i


def _compound(known: Trie, token: Token) -> _Entry | None:
    """A hyphenated adjective of two countries, “Belarusian-Kyrgyz”, names both."""
    found: list[tuple[str, str]] = []
    for word in token.lower.split("-"):
        part = word if word.isascii() else _whole_adjective(word)
        entries = known[part].single if part in known else []
        found += [m for e in entries[:1] for m in e.meanings if m[0] in ("country", "people")]
    return _Entry((), tuple(found)) if found else None


def _whole_adjective(part: str) -> str:
    """белорусско- → белорусский; the last part is brought to its lemma."""
    return part[:-1] + "ий" if part.endswith(("ско", "цко")) else russian_keys(part)[0]
