"""What an amount is about: the indicator, measure or unit that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bilat.reading.amounts import Amount
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.forms import is_adjective, is_genitive
from bilat.reading.grammar import beginning, has_own_subject
from bilat.reading.scene import Clause, Sentence
from bilat.reading.terms import Term

FLOWS = frozenset(("turnover", "exports", "imports"))
_PEOPLE = ("indicator/students", "indicator/tourists")
_OTHER = ("indicator/services", "indicator/balance", "indicator/portfolio")
_CANDIDATES = (
    "indicator/turnover",
    "indicator/exports",
    "indicator/imports",
    "indicator/investment",
    *_OTHER,
    "indicator/freight",
    "measure",
    "instrument",
    "contract",
    "goods/reexport",
)
_FLOW_NAMES = ("indicator/turnover", "indicator/exports", "indicator/imports")
_AFTER = frozenset(("of", "in", "worth", "'s", "for", "товаров", "товара", "'"))
_CROWD = 100  # of fewer people the word stands beside the number
_NEAR = 6
_SHORT = 12  # tokens of an answer such as “In short, 4.4 billion dollars.”


@dataclass(frozen=True, slots=True)
class Subject:
    """value: an indicator's name, ``measure``, ``money`` (a loan, a contract), ``unit`` or nothing.

    term: where it stands in the sentence; None where it was carried over from before.
    exporter: where that was carried over with it.
    """

    value: str
    term: Term | None = None
    exporter: str | None = None

    @property
    def is_flow(self) -> bool:
        return self.value in FLOWS


NOTHING = Subject("nothing")


def subject_of(
    sentence: Sentence, amount: Amount, before: Subject | None, discourse: Discourse
) -> Subject:
    """The subject of an amount: in its clause, else in the sentence, else carried over."""
    if amount.sort == "count":
        return _counted(sentence, amount)
    clause = sentence.clause_of(amount.first)
    own = _named_after(sentence, amount) or _in_clause(sentence, amount, clause)
    if own is not None:
        return own
    if amount.sort == "money" and _portion(sentence, amount):
        return Subject("exports")
    if (goods := _goods(sentence, amount, clause)) is not None:
        return goods
    if amount.sort == "money" and _is_divided(sentence, amount):
        return Subject(discourse.indicator or "turnover")
    people = _people(sentence, amount, clause)
    if people is not None:
        return people
    if before is not None and before.value != "nothing" and _refers(sentence, clause):
        return before
    for other in _around(sentence, clause):
        if (found := _nearest(sentence, amount, other)) is not None:
            return found
    if before is not None and before.value not in ("nothing", "unit"):
        return before
    return _carried(sentence, amount, clause, discourse)


def _counted(sentence: Sentence, amount: Amount) -> Subject:
    """What is counted stands right after the number."""
    people = sentence.within(amount.last + 1, amount.last + 1, "people")
    noun = people and not is_adjective(sentence.tokens[people[0].first].lower, sentence.language)
    if noun and (kind := _compatriots(sentence, amount)):
        return kind
    ahead = sentence.within(amount.last + 1, amount.last + 5, "indicator", "unit", "percent")
    ahead = [t for t in ahead if t.value in ("students", "tourists", "firms") or t.group == "unit"]
    for term in ahead:
        between = sentence.tokens[amount.last + 1 : term.first]
        if any(t.kind == "mark" and t.text in ",;.:" for t in between):
            break
        if term.group == "indicator":
            return Subject(term.value, term)
        if term.value in ("mass", "length", "power", "pieces"):
            return Subject("unit", term)
        if term.value != "places" or not any(t.group == "indicator" for t in ahead):
            return Subject("counted", term)
    if (kind := _compatriots(sentence, amount)) is not None:
        return kind
    clause = sentence.clause_of(amount.first)
    if (told := _people_before(sentence, amount)) is not None:
        return told
    if sentence.within(clause.first, clause.last, "travel") and _ends(sentence, amount):
        guests = sentence.within(0, amount.first, "indicator/tourists")
        if guests:
            return Subject("tourists", guests[-1])  # «за лето их прибыло 19 тысяч»
    back = sentence.within(clause.first, amount.first, *_PEOPLE)
    verbs = ("level", "change", "balance_share", "reach")
    if back and sentence.within(clause.first, clause.last, *verbs):
        return Subject(back[-1].value, back[-1])
    return NOTHING


def _ends(sentence: Sentence, amount: Amount) -> bool:
    return amount.value >= _CROWD and sentence.after(amount.last) in ("", ",", ".", ";", ")")


def _people_before(sentence: Sentence, amount: Amount) -> Subject | None:
    """“Tourists were few; the aim is 30,000 by 2027”: nothing else follows the number."""
    if amount.value < _CROWD or not sentence.has("goal"):
        return None
    last = amount.last + 1
    ends = sentence.after(amount.last) in ("", ",", ".", ";", ")", "by")
    ends = ends or any(w.first == last for w in sentence.whens)
    back = sentence.within(0, amount.first, *_PEOPLE)
    return Subject(back[-1].value, back[-1]) if ends and back else None


def _named_after(sentence: Sentence, amount: Amount) -> Subject | None:
    """«95 млн — экспорт Беларуси, 43 млн — импорт»: the flow stands after the dash."""
    if sentence.after(amount.last) not in ("—", "–"):
        return None
    found = sentence.within(amount.last + 2, amount.last + 4, *_FLOW_NAMES)
    between = sentence.tokens[amount.last + 2 : found[0].first] if found else []
    return _subject(found[0]) if found and all(t.kind == "word" for t in between) else None


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
    back = [sentence.before(amount.first, n) for n in (1, 2)]
    opens = back[0] in ("из", "of") or (
        back[0] in ("the", "this", "that", "these", "этих", "тех") and back[1] in ("of", "из")
    )
    after = [
        a for a in sentence.amounts if a.first > amount.last and a.sort in ("money", "percent")
    ]
    return opens and bool(after) and amount.first <= 4


def _portion(sentence: Sentence, amount: Amount) -> bool:
    """“130 million of it accounted for by Uzbek fertiliser”: a part told by its makers."""
    clause = sentence.clause_of(amount.first)
    part = sentence.within(clause.first, clause.last, "each_of", "balance_share")
    makers = sentence.within(amount.last + 1, clause.last, "people", "yours", "ours")
    shares = sentence.within(clause.first, amount.first, "balance_share/share")
    owner = sentence.within(clause.first, amount.first, "country", "people")
    goods = sentence.within(clause.first, clause.last, "goods/commodity", "indicator")
    return bool(part and makers) or bool(shares and owner and not goods)


def _compatriots(sentence: Sentence, amount: Amount) -> Subject | None:
    """“700 Indians study medicine”: people of a country, who study or travel."""
    people = sentence.within(amount.last + 1, amount.last + 3, "people")
    if not people or (
        not sentence.tokens[people[0].first].is_capital and sentence.language == "en"
    ):
        return None
    if sentence.language == "ru" and is_adjective(sentence.tokens[people[0].first].lower, "ru"):
        return None
    if sentence.has("study", "indicator/students"):
        return Subject("students", people[0])
    return Subject("tourists", people[0]) if sentence.has("travel") else None


def _people(sentence: Sentence, amount: Amount, clause: Clause) -> Subject | None:
    """Growth of the number of students or tourists."""
    if amount.sort == "money":
        return None
    found = sentence.within(clause.first, clause.last, *_PEOPLE) or sentence.within(
        0, amount.first, *_PEOPLE
    )
    return Subject(found[-1].value, found[-1]) if found else None


def _in_clause(sentence: Sentence, amount: Amount, clause: Clause) -> Subject | None:
    unit = sentence.within(amount.last + 1, amount.last + 3, "unit/mass", "unit/power")
    if unit and amount.sort == "money" and amount.currency is None:
        return Subject("unit", unit[0])
    return _nearest(sentence, amount, clause)


def _nearest(sentence: Sentence, amount: Amount, clause: Clause) -> Subject | None:
    found = sentence.within(clause.first, clause.last, *_CANDIDATES)
    found = [t for t in found if not (t.first <= amount.first <= t.last)]
    if not found:
        return None
    after = [t for t in found if t.first > amount.last]
    before = [t for t in found if t.last < amount.first]
    lent = before and before[-1].value == "lending"
    if after and not lent and _belongs(sentence, amount, after[0], before):
        return _subject(after[0])
    term = before[-1] if before else after[0]
    return _subject(term)


def _belongs(sentence: Sentence, amount: Amount, term: Term, before: Sequence[Term]) -> bool:
    gap = sentence.tokens[amount.last + 1 : term.first]
    if len(gap) > _NEAR or any(t.kind == "mark" and t.text in ",;:" for t in gap):
        return not before
    linked = any(t.lower in _AFTER for t in gap[:2]) or not gap
    return linked or not before


def _subject(term: Term) -> Subject:
    if term.group == "measure" or term.value == "freight":
        return Subject("measure", term)
    if term.group in ("instrument", "contract"):
        return Subject("money", term)
    if term.group == "goods" or term.name in _OTHER:
        return Subject("other", term)
    return Subject(term.value, term)


def _refers(sentence: Sentence, clause: Clause) -> bool:
    """“it”, “the indicator”, “she”: the clause takes its subject from what went before."""
    return bool(_points(sentence, clause))


def _points(sentence: Sentence, clause: Clause) -> list[Term]:
    """“it”, “the indicator”, but not “the number of flights”, «объем перевозок»."""
    return [
        t
        for t in sentence.within(clause.first, clause.last, "anaphora")
        if not _has_complement(sentence, t)
    ]


def _has_complement(sentence: Sentence, term: Term) -> bool:
    i = term.last + 1
    word = sentence.after(term.last)
    if sentence.language == "en":
        return word == "of" and term.last > term.first
    known = sentence.within(i, i, "indicator", "both", "country", "people", "unit_of_time", "year")
    return word.isalpha() and len(word) > 3 and not known and is_genitive(word)


def _around(sentence: Sentence, clause: Clause) -> list[Clause]:
    before = sentence.clauses[: clause.number][::-1]
    return [*before, *sentence.clauses[clause.number + 1 :][:1]]


_ALIEN = ("product", "works", "instrument", "contract", "activity", "bank", "unit", "measure")


def _is_bare_goal(sentence: Sentence, amount: Amount) -> bool:
    """“Half a billion dollars is what we aim at”: a goal of officials that names no flow."""
    if amount.sort != "money":
        return False
    if sentence.has("goal/noun", "goal/call"):
        return True
    sums = not sentence.has(*_ALIEN, "indicator", "scope/company")
    return sums and sentence.has("goal") and sentence.has("office", "both", "ours")


def _carried(sentence: Sentence, amount: Amount, clause: Clause, discourse: Discourse) -> Subject:
    """From an earlier sentence, where this one speaks of a change or level without a subject."""
    if discourse.indicator is None and not _is_bare_goal(sentence, amount):
        return NOTHING
    speaks = sentence.has(
        "anaphora", "change", "level", "goal", "reach", "both", "each_of", "compare", "speech"
    )
    company = sentence.within(
        clause.first,
        clause.last,
        "scope/company",
        "activity/construction",
        "activity/modernisation",
    )
    speaks = speaks or len(sentence.tokens) < _SHORT or discourse.answering > 0
    refers = _points(sentence, clause) or sentence.within(
        clause.first, clause.last, "each_of", "goal", "both"
    )
    refers = refers or sentence.within(
        beginning(sentence, clause, amount), amount.first, "goal/noun"
    )
    lifts = sentence.language == "ru" and any(
        t.tense == "infn" for t in sentence.tokens[clause.first : amount.first]
    )
    reckons = sentence.within(clause.first, amount.first, "reckon")
    if (
        not (speaks or reckons)
        or company
        or (not (refers or lifts or reckons) and has_own_subject(sentence, clause, amount))
    ):
        return NOTHING
    if sentence.within(clause.first, amount.first, "goal/noun"):
        return Subject("turnover")  # a goal that names no flow is the pair's trade
    if _points(sentence, clause) and discourse.whole is not None:
        return Subject("turnover")  # “the indicator” is what the text is about
    return Subject(discourse.indicator or "turnover")
