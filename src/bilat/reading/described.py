"""Goods that no lexicon knows, by where they stand: “assembly of …”, “supply 12 …”."""

from __future__ import annotations

from bilat.reading.data import words
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term

_NEAR = 5  # tokens between a delivery and the number of pieces
_GOODS = ("product", "works", "area", "goods")
_LONG = 3  # words of a description
_FLEET = 5_000  # of more pieces it is trade


def described(sentence: Sentence, activity: Term) -> Term | None:
    """Words that no lexicon knows: after “assembly of”, «сборка», before “are assembled”."""
    i = activity.last + 1
    if sentence.language == "en":
        if sentence.after(activity.last) == "of":
            i += 1
        elif sentence.tokens[activity.last].lower == "of":
            pass
        elif (subject := _subject(sentence, activity)) is not None:
            return subject
        elif not _starts(sentence, activity):
            return None
    elif sentence.tokens[activity.first].tense and activity.value == "assembly":
        return None  # «форум собрал предпринимателей»
    end = i
    while end < len(sentence.tokens) and end - i < _LONG and _is_plain(sentence, end):
        end += 1
    head = sentence.tokens[i]
    if end == i or {head.lower, head.keys[0]} & (words("whose") | words("abstract")):
        return None
    return Term("described", "", i, end - 1)


def _subject(sentence: Sentence, activity: Term) -> Term | None:
    """“Three-wheelers … are being assembled”: the subject of an English passive."""
    if sentence.before(activity.first) not in ("being", "are", "is", "be", "been"):
        return None
    first = sentence.clause_of(activity.first).first
    while first < activity.first and _is_before_noun(sentence, first):
        first += 1
    end = first
    while end < activity.first and end - first < 3 and _names_a_thing(sentence, end, first):
        end += 1
    if end == first or sentence.tokens[first].lower in words("abstract"):
        return None  # “a little of it could be refined”
    return Term("described", "", first, end - 1)


def _starts(sentence: Sentence, activity: Term) -> bool:
    """“have begun making …”: a verb of production that says it is new, and whose object follows."""
    near = {sentence.before(activity.first, n) for n in range(1, 5)}
    noun = sentence.tokens[activity.first].lower.endswith("ion")
    return activity.value == "production" and not noun and bool(words("starts") & near)


def supplied(sentence: Sentence, activity: Term) -> Term | None:
    """“supply 12 ultrasound scanners”, «партия из 20 инкубаторов»: pieces that are counted."""
    if words("gets") & {
        sentence.tokens[activity.first].lower,
        sentence.tokens[activity.first].keys[0],
    }:
        return None  # anything can be received
    counts = [a for a in sentence.amounts if a.sort == "count" and a.value < _FLEET]
    near = [a for a in counts if -_NEAR <= a.first - activity.last <= _NEAR]
    for amount in near:
        i = amount.last + 1
        while sentence.within(i, i, "people"):
            i += 1  # “24 Indian road graders”
        end = i
        while end < len(sentence.tokens) and end - i < 3 and _is_plain(sentence, end):
            end += 1
        said = {t.lower for t in sentence.tokens[i : end + 1]}
        known = sentence.within(
            i, end, "unit", "indicator", "area", "office", "paper", "contact", "people"
        )
        keys = {t.keys[0] for t in sentence.tokens[i:end]}
        if end > i and not said & words("raw") and not keys & words("abstract") and not known:
            return Term("described", "", i, end - 1)
    return None


def in_quotes(sentence: Sentence, thing: Term) -> bool:
    """The grain of «Зерна Абиссинии»: a name in quotation marks that begins with it."""
    opened = thing.first - 1
    if opened < 0 or sentence.tokens[opened].text not in "«“" or thing.last > thing.first:
        return False
    ahead = sentence.tokens[thing.first : thing.last + _LONG + 1]
    capital = sentence.tokens[thing.first].is_capital
    return capital and any(t.text in "»”" for t in ahead)


def _is_before_noun(sentence: Sentence, i: int) -> bool:
    """An article, or whose goods they are: “the Belarusian …”."""
    return sentence.tokens[i].lower in words("plain_adjectives") or bool(
        sentence.within(i, i, "people")
    )


def _names_a_thing(sentence: Sentence, i: int, first: int) -> bool:
    token = sentence.tokens[i]
    known = any(t.first <= i <= t.last and t.group not in _GOODS for t in sentence.terms)
    lower = token.text.islower() or i == first
    return token.kind == "word" and lower and not known and token.lower not in words("stops")


def _is_plain(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    little = token.lower in words("stops") or token.lower in words("prepositions")
    return token.kind == "word" and token.text.islower() and not little


def built(sentence: Sentence, activity: Term) -> Term | None:
    """What is built, by its place beside a verb of building: “are at work on a planetarium”."""
    if words("general_activity") & {
        sentence.tokens[activity.first].lower,
        sentence.tokens[activity.first].keys[0],
    }:
        return None
    found = _object(sentence, activity) or _subject_before(sentence, activity)
    if found is None:
        return None
    said = {t.lower for t in sentence.tokens[found.first : found.last + 1]}
    keys = {t.keys[0] for t in sentence.tokens[found.first : found.last + 1]}
    return None if (said | keys) & words("abstract") else found


def _object(sentence: Sentence, activity: Term) -> Term | None:
    """The plain words after the verb, its article left out."""
    i = activity.last + 1
    while i < len(sentence.tokens) and _is_before_noun(sentence, i):
        i += 1
    end = i
    while end < len(sentence.tokens) and end - i < _LONG and _is_open(sentence, end):
        end += 1
    return Term("described", "", i, end - 1) if end > i else None


def _subject_before(sentence: Sentence, activity: Term) -> Term | None:
    """The words right before the verb and its auxiliaries: “An oncology wing is being added”."""
    i = activity.first - 1
    while i >= 0 and (
        sentence.tokens[i].lower in words("auxiliary") or sentence.tokens[i].lower == "being"
    ):
        i -= 1
    first = i + 1
    while first > 0 and i + 1 - first < _LONG and _is_open(sentence, first - 1):
        first -= 1
    return Term("described", "", first, i) if first <= i else None


def _is_open(sentence: Sentence, i: int) -> bool:
    """A plain word that no lexicon knows as something else."""
    token = sentence.tokens[i]
    known = [t for t in sentence.terms if t.first <= i <= t.last]
    adverb = sentence.language == "en" and token.lower.endswith("ly")
    return (
        _is_plain(sentence, i)
        and not adverb
        and token.lower not in words("auxiliary")
        and all(t.group in _GOODS for t in known)
    )
