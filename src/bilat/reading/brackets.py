"""Times that belong to another number: of a base, or in brackets with a number of their own."""

from __future__ import annotations

from bilat.reading.amounts import Amount
from bilat.reading.calendars import When
from bilat.reading.place import is_base
from bilat.reading.scene import Sentence


def is_of_base(sentence: Sentence, amount: Amount, when: When) -> bool:
    """“rose to 68.7 billion from 65.7 billion in 2023-24”, “214 mln (first half of 2024: 391)”."""
    bases = [a for a in sentence.amounts if a is not amount and is_base(sentence, a)]
    if any(amount.last < a.first < when.first <= a.last + 3 for a in bases):
        return True
    return is_bracketed(sentence, amount, when)


def is_bracketed(sentence: Sentence, amount: Amount, when: When) -> bool:
    """A time in brackets with a number of its own."""
    opened = when.first - 1
    while opened > amount.last and sentence.tokens[opened].text not in "()":
        opened -= 1
    if opened <= amount.last or sentence.tokens[opened].text != "(":
        return False
    closed = next(
        (i for i in range(when.last, len(sentence.tokens)) if sentence.tokens[i].text == ")"), -1
    )
    return any(when.last < a.first < closed for a in sentence.amounts)


def is_closed(sentence: Sentence, amount: Amount, when: When) -> bool:
    """«58 млн (в 2023 году — 46 млн), в том числе экспорт — 31 млн»: in brackets shut since."""
    marks = [t.text for t in sentence.tokens[when.last + 1 : amount.first]]
    opened = "(" in [t.text for t in sentence.tokens[max(0, when.first - 4) : when.first]]
    return opened and ")" in marks
