"""Flows that are told without their name: “goods worth”, “of which Brazil’s share was”."""

from __future__ import annotations

from bilat.reading.amounts import Amount
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.scene import Clause, Sentence
from bilat.reading.subject import FLOW_NAMES, Subject, subject_in
from bilat.reading.terms import Term


def nameless(
    sentence: Sentence, amount: Amount, clause: Clause, discourse: Discourse
) -> Subject | None:
    """A part told by its makers, goods without export or import, the whole that is divided."""
    if amount.sort != "money":
        return None
    if _portion(sentence, amount):
        return Subject("exports")
    if (goods := _goods(sentence, amount, clause)) is not None:
        return goods
    if _is_divided(sentence, amount):
        return Subject(discourse.indicator or "turnover")
    return None


def named_after(sentence: Sentence, amount: Amount) -> Subject | None:
    """«95 млн — экспорт Беларуси, 43 млн — импорт»: the flow stands after the dash."""
    if sentence.after(amount.last) not in ("—", "–"):
        return None
    found = sentence.within(amount.last + 2, amount.last + 4, *FLOW_NAMES)
    between = sentence.tokens[amount.last + 2 : found[0].first] if found else []
    return subject_in(found[0]) if found and all(t.kind == "word" for t in between) else None


def _goods(sentence: Sentence, amount: Amount, clause: Clause) -> Subject | None:
    """“Goods worth 95 million went from Minsk to Bishkek”: a flow told without its name."""
    found = sentence.within(clause.first, clause.last, "goods/worth")
    found = [t for t in found if sentence.tokens[t.last].lower != "of" or _of_wares(sentence, t)]
    near = [t for t in found if -2 <= amount.first - t.last <= 2 or 0 < t.first - amount.last <= 2]
    if not near and not sentence.within(0, amount.first, "indicator/exports", "indicator/imports"):
        made = sentence.within(0, amount.first, "people")
        near = [t for t in made if sentence.after(t.last) in words("wares")][-1:]
    return Subject("exports", near[0]) if near and amount.sort == "money" else None


def _of_wares(sentence: Sentence, worth: Term) -> bool:
    """“worth of Belarusian goods”, and not “worth of contracts”."""
    ahead = sentence.tokens[worth.last + 1 : worth.last + 4]
    goods = sentence.within(worth.last + 1, worth.last + 3, "goods/commodity")
    return bool(goods) or any(t.lower in words("wares") for t in ahead)


def _is_divided(sentence: Sentence, amount: Amount) -> bool:
    """“Of the 138 million recorded in 2024, 95 were exports and 43 imports”: the whole of both."""
    head = next((w.first for w in sentence.whens if w.last == amount.first - 1), amount.first)
    back = [sentence.before(head, n) for n in (1, 2)]
    opens = back[0] in ("из", "of") or (
        back[0] in ("the", "this", "that", "these", "этих", "тех") and back[1] in ("of", "из")
    )
    after = [
        a for a in sentence.amounts if a.first > amount.last and a.sort in ("money", "percent")
    ]
    return opens and bool(after) and head <= 4


def _portion(sentence: Sentence, amount: Amount) -> bool:
    """“130 million of it accounted for by Uzbek fertiliser”: a part told by its makers."""
    clause = sentence.clause_of(amount.first)
    part = sentence.within(clause.first, clause.last, "each_of", "balance_share")
    makers = sentence.within(amount.last + 1, clause.last, "people", "yours", "ours")
    shares = sentence.within(clause.first, amount.first, "balance_share/share")
    owner = sentence.within(clause.first, amount.first, "country", "people")
    goods = sentence.within(clause.first, clause.last, "goods/commodity", "indicator")
    return bool(part and makers) or bool(shares and owner and not goods)
