"""An amount in its place, and the words right before it."""

from __future__ import annotations

from dataclasses import dataclass

from bilat.reading.amounts import Amount
from bilat.reading.data import words
from bilat.reading.scene import Clause, Sentence
from bilat.reading.subject import Subject


@dataclass(frozen=True)
class Place:
    """An amount in its sentence, with its subject and the stretch that speaks of it.

    after_target, after_old: the amount before was a goal, or one that holds no more.
    """

    sentence: Sentence
    amount: Amount
    subject: Subject
    first: int
    last: int
    after_target: bool
    previous_end: int
    after_old: bool = False

    @property
    def timed(self) -> bool:
        """Whether its clause names a time that is no base."""
        return any(w.first in self.clause and not w.base for w in self.sentence.whens)

    @property
    def clause(self) -> Clause:
        return self.sentence.clause_of(self.amount.first)


def word_before(sentence: Sentence, amount: Amount) -> str:
    """The word before an amount, its qualifier left out: “by more than 5%” gives “by”."""
    first = sentence.tokens[amount.first].lower
    if first in ("by", "на", "наполовину"):
        return first
    held = [t for t in sentence.terms if t.group == "qualifier"]
    skipped = {n for t in held for n in range(t.first, t.last + 1)}
    i = amount.first - 1
    while i >= 0:
        lower = sentence.tokens[i].lower
        if lower in ("by", "на") or not (i in skipped or lower in words("before_amount")):
            return lower
        i -= 1
    return ""


def _is_bracketed(sentence: Sentence, amount: Amount) -> bool:
    """«58,4 млн (в 2023 году — 46,7 млн)»: in brackets with an older time of its own."""
    opened = amount.first - 1
    while opened > max(0, amount.first - 9) and sentence.tokens[opened].text not in "()":
        opened -= 1
    if opened < 1 or sentence.tokens[opened].text != "(" or amount.sort != "money":
        return False
    own = [w for w in sentence.whens if opened < w.first < amount.first and w.year]
    main = [w for w in sentence.whens if w.first < opened and w.year and w.sort != "day"]
    value = any(a.last < opened and a.sort == "money" for a in sentence.amounts)
    older = bool(main) and bool(own) and (own[0].year or 0) < (main[-1].year or 0)
    return value and (older or (bool(own) and not main))


def is_base(sentence: Sentence, amount: Amount) -> bool:
    """An amount that is only compared with: “against 95 million”, “from 64 to 80”."""
    if word_before(sentence, amount) in words("base"):
        return True
    if sentence.before(amount.first) == "(" and any(
        w.base and w.last == amount.first - 2 for w in sentence.whens
    ):
        return True  # “4.5% above the same period of last year ($947 million)”
    if _is_bracketed(sentence, amount):
        return True
    held = {n for t in sentence.terms if t.group == "qualifier" for n in range(t.first, t.last + 1)}
    for term in sentence.within(max(0, amount.first - 5), amount.first - 1, "compare/base"):
        if term.first in held:
            continue  # the “than” of “no less than 500 million”
        between = sentence.tokens[term.last + 1 : amount.first]
        if len(between) <= 2 and all(token.kind == "word" for token in between):
            return True
    return False
