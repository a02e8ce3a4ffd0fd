"""A little grammar: whether a clause has a subject of its own that no lexicon of trade knows."""

from __future__ import annotations

from bilat.reading.amounts import Amount
from bilat.reading.data import words
from bilat.reading.forms import is_nominative
from bilat.reading.scene import Clause, Sentence

_VERBS = ("change", "level", "reach", "multiple")
_CLOSE = 2  # tokens between the dash and its number
_LANDS = ("country", "people", "city")
_LINKS = frozenset(("of", "in", "the", "between", "with", "to", "from"))
_ALIEN = frozenset(("product", "works", "bank", "instrument", "activity", "measure", "contract"))
_KNOWN = frozenset(
    (
        "unit_of_time",
        "year",
        "month",
        "part",
        "speech",
        "office",
        "country",
        "people",
        "goal",
        "change",
        "indicator",
        "city",
        "both",
        "qualifier",
        "compare",
        "numeral",
        "scale",
        "currency",
        "balance_share",
        "level",
        "forecast",
        "one",
        "season",
        "decade",
        "multiple",
        "fraction",
        "percent",
        "anaphora",
    )
)


def has_own_subject(sentence: Sentence, clause: Clause, amount: Amount) -> bool:
    """“Milk production grew by 3%”: the number is of the milk, not of what was told before."""
    known = {i for t in sentence.terms if t.group in _KNOWN for i in range(t.first, t.last + 1)} | {
        i for w in sentence.whens for i in range(w.first, w.last + 1)
    }
    if _moves_itself(sentence, clause, amount):
        return True
    if sentence.language == "ru":
        return any(
            i not in known
            and sentence.before(i) not in words("prepositions")
            and is_nominative(sentence.tokens[i].lower)
            for i in range(beginning(sentence, clause, amount), amount.first)
        ) or _more_of(sentence, amount)
    return _english(sentence, clause, amount, known) or _more_of(sentence, amount)


def _moves_itself(sentence: Sentence, clause: Clause, amount: Amount) -> bool:
    """“The lira lost 20%”: a currency that is no amount’s."""
    found = sentence.within(clause.first, amount.first - 1, "currency")
    return any(not any(a.first <= t.first <= a.last for a in sentence.amounts) for t in found)


def beginning(sentence: Sentence, clause: Clause, amount: Amount) -> int:
    """«Ущерб — 20 млн»: what stands before the dash is the subject."""
    near = amount.first - clause.first <= _CLOSE
    dashed = clause.number > 0 and near and sentence.tokens[clause.first - 1].text in "—–"
    return sentence.clauses[clause.number - 1].first if dashed else clause.first


def _more_of(sentence: Sentence, amount: Amount) -> bool:
    """“12% more passengers”: the growth is of what follows."""
    if sentence.after(amount.last) not in ("more", "fewer", "less", "больше", "меньше"):
        return False
    i = amount.last + 2
    word = sentence.after(amount.last, 2)
    known = any(
        t.first <= i <= t.last
        for t in sentence.terms
        if t.group in ("indicator", "compare", "year")
    )
    return word.isalpha() and not known and word not in words("after_more")


def names_a_company(sentence: Sentence, clause: Clause, amount: Amount) -> bool:
    """A name in quotation marks, or of capitals that no lexicon knows, before the amount."""
    known = {i for t in sentence.terms for i in range(t.first, t.last + 1)}
    for i in range(clause.first, amount.first):
        token = sentence.tokens[i]
        if token.text in "«“" and _is_short_name(sentence, i, amount.first):
            return True
        if i in known or token.kind != "word" or len(token.text) < 3:
            continue
        if any(letter.isupper() for letter in token.text[1:]) and "-" not in token.text:
            return True
        if i == clause.first == 0 and token.is_capital and _sells_next(sentence, i):
            return True
    return False


def _is_short_name(sentence: Sentence, i: int, end: int) -> bool:
    """«Гомсельмаш», and no sentence that somebody says."""
    for j in range(i + 1, min(i + 5, end)):
        if sentence.tokens[j].text in "»”":
            return sentence.tokens[i + 1].is_capital and sentence.tokens[j - 1].text not in ",.!?"
    return False


def _sells_next(sentence: Sentence, i: int) -> bool:
    found = sentence.within(i + 1, i + 1, "indicator/exports", "indicator/imports", "goal/verb")
    return bool(found) and sentence.language == "en"


def _english(sentence: Sentence, clause: Clause, amount: Amount, known: set[int]) -> bool:
    verbs = [t.first for t in sentence.within(clause.first, amount.first, *_VERBS)]
    verbs = verbs or [
        i for i in range(clause.first, amount.first) if sentence.tokens[i].lower in words("owns")
    ]
    if not verbs:
        return False
    i = verbs[0] - 1
    while i >= clause.first and (_is_light(sentence, i)):
        i -= 1
    land = {n for t in sentence.terms if t.group in _LANDS for n in range(t.first, t.last + 1)}
    while i > clause.first and (i in land or sentence.tokens[i].lower in _LINKS):
        i -= 1
    if i < clause.first:
        return False
    token = sentence.tokens[i]
    alien = any(t.group in _ALIEN and t.first <= i <= t.last for t in sentence.terms)
    return token.kind == "word" and (alien or i not in known)


def _is_light(sentence: Sentence, i: int) -> bool:
    lower = sentence.tokens[i].lower
    return lower in words("auxiliary") or lower.endswith("ly")
