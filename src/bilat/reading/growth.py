"""Growth in per cent, from per cent and multiples; falls are negative."""

from __future__ import annotations

from bilat.reading.amounts import Amount
from bilat.reading.scene import Sentence


def growth(sentence: Sentence, amount: Amount) -> float:
    """Per cent; falls are negative."""
    sign = signed(sentence, amount)
    down = _falls(sentence, amount) if sign is None else sign < 0
    if amount.sort == "multiple":
        factor = amount.value
        if down and factor > 1:
            factor = 1 / factor
        return round((factor - 1) * 100, 1)
    if is_level(sentence, amount):
        return round(amount.value - 100, 1)
    return -amount.value if down else amount.value


def signed(sentence: Sentence, amount: Amount) -> int | None:
    """+1 or -1 of a change written as “+8%”, “(–5%)”; None without a sign."""
    i = amount.first - 1
    if i < 0 or sentence.tokens[i].text not in _SIGNS:
        return None
    glued = sentence.tokens[i].end == sentence.tokens[amount.first].start
    apart = i == 0 or sentence.tokens[i - 1].end < sentence.tokens[i].start
    opened = i > 0 and sentence.tokens[i - 1].text == "("
    return _SIGNS[sentence.tokens[i].text] if glued and (apart or opened) else None


def is_level(sentence: Sentence, amount: Amount) -> bool:
    """“130% of the level of last year” is a growth of 30."""
    ahead = [sentence.after(amount.last, n) for n in (1, 2, 3)]
    level = ahead[0] in ("к", "от") or "level" in ahead or ahead[:2] == ["of", "last"]
    prior = sentence.before(amount.first)
    rate = sentence.before(amount.first, 2) == "темп" or bool(
        _RATE & {t.lower for t in sentence.tokens[: amount.first]}
    )
    return (level or rate) and amount.value > 60 and prior not in ("на", "by")


_SIGNS = {"+": 1, "-": -1, "−": -1, "–": -1}
_RATE = frozenset(("темп", "темпы", "темпом"))


def _falls(sentence: Sentence, amount: Amount) -> bool:
    """The change word nearest to the amount, in its clause or else before it, points down."""
    clause = sentence.clause_of(amount.first)
    found = sentence.within(clause.first, clause.last, "change")
    found = found or sentence.within(0, amount.first, "change")
    if not found:
        return False

    def distance(first: int, last: int) -> int:
        return first - amount.last if first > amount.last else amount.first - last + 0

    nearest = min(found, key=lambda t: abs(distance(t.first, t.last)))
    adjacent = [
        t for t in found if t.first in (amount.last + 1, amount.last + 2) and t.value == "up"
    ]
    if adjacent and sentence.tokens[adjacent[0].first].lower in (
        "больше",
        "выше",
        "more",
        "higher",
    ):
        return False
    return nearest.value == "down"
