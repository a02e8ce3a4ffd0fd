"""Works by what they are called: “a wood-pellet factory”, «завод по выпуску минеральной ваты».

A works takes its product from the words before it, from those that follow “for the production of”
or «по выпуску», or, in Russian, from a genitive after it. The verb within such a purpose is no
activity of its own: what is done is done with the works.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bilat.reading.data import words
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term

GENERIC = "plant"
_BEFORE, _AFTER = 3, 7  # tokens in which the product of a works is named
# Adjectives made from places: Минский, Брестском.
_OF_PLACES = ("ский", "ского", "ском", "ским", "скому", "ская", "ской", "скую", "ское", "цкий")
_NAMED = 3  # words of a description, at most


@dataclass(frozen=True, slots=True)
class Plant:
    """term: the head noun; its value is the product's name. Tokens first to last are its name.

    purpose: tokens of the verb that says what it is for.
    """

    term: Term
    first: int
    last: int
    described: bool
    purpose: range = range(0)

    @property
    def is_generic(self) -> bool:
        return self.term.value == GENERIC


def plants(sentence: Sentence) -> list[Plant]:
    """The works of a sentence, without those that are the name of a company."""
    products = [t for t in sentence.terms if t.group == "product"]
    heads = [t for t in sentence.terms if t.group == "works" and not _inside(t, products)]
    heads = [t for t in heads if not sentence.tokens[t.first].lower.endswith("ed")]  # “planted”
    found = [_plant(sentence, term, products) for term in [*heads, *_joint_firms(sentence, heads)]]
    return [plant for plant in found if plant is not None]


def _joint_firms(sentence: Sentence, heads: Sequence[Term]) -> list[Term]:
    """“a joint seed company”: a firm of both, a few words after “joint”."""
    taken = {i for t in heads for i in range(t.first, t.last + 1)}
    out = []
    for i, token in enumerate(sentence.tokens):
        if token.lower in words("firms") and i not in taken and is_joint(sentence, i):
            out.append(Term("works", GENERIC, i, i))
    return out


def is_joint(sentence: Sentence, i: int) -> bool:
    """Whether token i is said to be of both sides."""
    return bool(words("jointly") & {sentence.before(i, n) for n in (1, 2, 3)})


def _inside(term: Term, products: Sequence[Term]) -> bool:
    return any(p.first <= term.first and term.last <= p.last for p in products)


def _plant(sentence: Sentence, term: Term, products: Sequence[Term]) -> Plant | None:
    if _is_company(sentence, term):
        return None
    purpose = _purpose(sentence, term)
    made = _made(sentence, term, products, purpose)
    if made is not None:
        first, last = min(term.first, made.first), max(term.last, made.last)
        named = Term("works", made.value, term.first, term.last)
        return Plant(named, first, last, described=True, purpose=purpose)
    name, first = _description(sentence, term)
    if purpose and sentence.language == "en":
        name = name or _words_from(sentence, purpose.stop)
    elif not name and sentence.language == "en" and sentence.after(term.last) == "for":
        name = _words_from(sentence, term.last + 2)  # “a farm for pigs”
    weak = term.first == term.last and sentence.tokens[term.last].lower in words("weak_heads")
    said = name or is_joint(sentence, term.first) or sentence.after(term.last) in ("для", "по")
    if weak and not said:
        return None
    telling = _tells_itself(sentence, term)
    value = name or (telling if telling and term.value == GENERIC else term.value)
    last = purpose.stop - 1 if purpose else term.last
    return Plant(
        Term("works", value, term.first, term.last),
        first,
        last,
        described=bool(name or purpose or telling or (weak and said)) or term.first < term.last,
        purpose=purpose,
    )


def _tells_itself(sentence: Sentence, term: Term) -> str:
    """A slaughterhouse or a shipyard says what it is for; a plant or a line does not."""
    head = sentence.tokens[term.last]
    if sentence.language != "en" or term.first < term.last or head.lower in words("weak_heads"):
        return ""
    plain = {head.lower, head.lower.removesuffix("s")} & words("plain_heads")
    return "" if plain else head.lower


def _is_company(sentence: Sentence, term: Term) -> bool:
    """“Minsk Tractor Works”, «Минский тракторный завод»: a name, and nothing to be built."""
    head = sentence.tokens[term.first]
    if sentence.language == "en":
        return head.is_capital and term.first > 0 and sentence.tokens[term.first - 1].is_capital
    i = term.first - 1
    while i >= 0 and i >= term.first - 2:
        token = sentence.tokens[i]
        if token.is_capital and token.lower.endswith(_OF_PLACES):
            return not sentence.within(i, i, "people")
        i -= 1
    return False


def _purpose(sentence: Sentence, term: Term) -> range:
    """The tokens of “for the production of”, «по сборке», right after a works."""
    verbs = sentence.within(term.last + 1, term.last + _AFTER, "activity")
    for verb in verbs:
        between = [t.lower for t in sentence.tokens[term.last + 1 : verb.first]]
        if between and between[0] in words("purpose") and len(between) <= 4:
            return range(verb.first, verb.last + 1)
        plain_making = sentence.tokens[verb.first].lower.endswith("ing")
        if sentence.language == "en" and not between and plain_making:
            return range(verb.first, verb.last + 1)
    return range(0)


def _made(sentence: Sentence, term: Term, products: Sequence[Term], purpose: range) -> Term | None:
    """The product named in the works' own words: after its purpose, before it, after it."""
    if purpose:
        after = [p for p in products if purpose.stop <= p.first <= purpose.stop + 3]
        if after:
            return _head_of(after, sentence)
    before = [p for p in products if term.first - _BEFORE <= p.first and p.last < term.first]
    before = [p for p in before if _is_joined(sentence, p.last + 1, term.first)]
    if before:
        return before[-1]
    same = [p for p in products if p.first <= term.last and term.first <= p.last]
    if same:
        return same[-1]
    if sentence.language == "ru":
        end = term.last + 1
        return next((p for p in products if p.first in (end, end + 1)), None)
    after = [p for p in products if p.first in range(term.last + 2, term.last + 5)]
    linked = sentence.after(term.last) in ("for", "in")
    return after[0] if linked and after else None


def _head_of(found: Sequence[Term], sentence: Sentence) -> Term:
    """Of “irrigation pumps” the pumps: in English the last of neighbours is what is meant."""
    last = found[0]
    if sentence.language == "en":
        for term in found[1:]:
            if term.first == last.last + 1:
                last = term
    return last


def _is_joined(sentence: Sentence, start: int, end: int) -> bool:
    """Nothing but plain words between, such as “processing” in “meat processing plant”."""
    between = sentence.tokens[start:end]
    plain = all(t.kind == "word" and t.lower not in words("stops") for t in between)
    return plain and not any(t.tense for t in between)


def _description(sentence: Sentence, term: Term) -> tuple[str, int]:
    """English words right before the works that say what it makes: “wood-pellet”."""
    if sentence.language != "en":
        return "", term.first
    i = term.first
    while i > 0 and term.first - i < _NAMED and _describes(sentence, i - 1):
        i -= 1
    return " ".join(t.lower for t in sentence.tokens[i : term.first]), i


def _describes(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    if token.kind != "word" or not token.text[0].islower() or token.lower in words("stops"):
        return False
    known = [t for t in sentence.terms if t.first <= i <= t.last]
    plain = token.lower not in words("plain_adjectives") and not token.lower.endswith("ly")
    return plain and all(t.group in ("product", "area", "goods", "indicator") for t in known)


def _words_from(sentence: Sentence, i: int) -> str:
    """Up to three plain words after “for the production of”."""
    while sentence.tokens[i : i + 1] and sentence.tokens[i].lower in ("of", "the"):
        i += 1
    end = i
    while end < len(sentence.tokens) and end - i < _NAMED:
        token = sentence.tokens[end]
        little = token.lower in words("stops") or token.lower in words("auxiliary")
        if token.kind != "word" or not token.text.islower() or little:
            break
        end += 1
    return " ".join(t.lower for t in sentence.tokens[i:end])
