"""What is counted: students, tourists, firms, pieces."""

from __future__ import annotations

from bilat.reading.amounts import Amount
from bilat.reading.data import words
from bilat.reading.forms import is_adjective
from bilat.reading.scene import Clause, Sentence
from bilat.reading.subject import NOTHING, Subject

_PEOPLE = ("indicator/students", "indicator/tourists")
_CROWD = 100  # of fewer people the word stands beside the number


def counted(sentence: Sentence, amount: Amount) -> Subject:
    """What is counted stands right after the number."""
    people = sentence.within(amount.last + 1, amount.last + 1, "people")
    noun = people and not is_adjective(sentence.tokens[people[0].first].lower, sentence.language)
    if noun and (kind := _compatriots(sentence, amount)):
        return kind
    found = _right_after(sentence, amount) or _compatriots(sentence, amount)
    found = found or _citizens(sentence, amount) or _number_of(sentence, amount)
    return found or _people_before(sentence, amount) or _told_before(sentence, amount)


def _right_after(sentence: Sentence, amount: Amount) -> Subject | None:
    ahead = sentence.within(amount.last + 1, amount.last + 5, "indicator", "unit", "percent")
    ahead = [t for t in ahead if t.value in ("students", "tourists", "firms") or t.group == "unit"]
    ahead = [t for t in ahead if not any(w.first <= t.first <= w.last for w in sentence.whens)]
    for term in ahead:
        between = sentence.tokens[amount.last + 1 : term.first]
        if any((t.kind == "mark" and t.text in ",;.:") or t.lower in ("and", "и") for t in between):
            break
        if term.value == "time" and any(t.lower in words("before_times") for t in between):
            break  # “reached 4,100 in the current academic year”
        if term.group == "indicator":
            return Subject(term.value, term)
        if term.value in ("mass", "length", "power", "pieces"):
            return Subject("unit", term)
        if term.value != "places" or not any(t.group == "indicator" for t in ahead):
            return Subject("counted", term)
    return None


def _told_before(sentence: Sentence, amount: Amount) -> Subject:
    """“Tourists numbered 30,000”, «гости … за лето их прибыло 19 тысяч»."""
    clause = sentence.clause_of(amount.first)
    if sentence.before(clause.first) in ("—", "–") and clause.number:  # «турпоток — до 120 тыс.»
        before = sentence.clauses[clause.number - 1]
        held = sentence.within(before.first, amount.first, *_PEOPLE)
        if held and _ends(sentence, amount, *_MEN):
            return Subject(held[-1].value, held[-1])
    if sentence.within(clause.first, clause.last, "travel") and _ends(sentence, amount):
        guests = sentence.within(0, amount.first, "indicator/tourists")
        if guests:
            return Subject("tourists", guests[-1])  # «за лето их прибыло 19 тысяч»
    back = sentence.within(clause.first, amount.first, *_PEOPLE)
    firms = sentence.within(clause.first, amount.first, "indicator/firms")
    if firms and sentence.after(amount.last) in ("", ",", ".", ";", ")"):
        return Subject("firms", firms[-1])  # «компаний с саудовским участием зарегистрировано 58»
    number = sentence.within(0, amount.first, "anaphora")
    named = sentence.within(clause.first, amount.first, "people")
    nouns = [
        t for t in named if not is_adjective(sentence.tokens[t.first].lower, sentence.language)
    ]
    if number and nouns and sentence.has("travel") and _ends(sentence, amount):
        return Subject("tourists", nouns[-1])  # “the number of Mongolians visiting Korea”
    verbs = ("level", "change", "balance_share", "reach")
    if back and (amount.bare or sentence.within(clause.first, clause.last, *verbs)):
        return Subject(back[-1].value, back[-1])
    return NOTHING


def _ends(sentence: Sentence, amount: Amount, *more: str) -> bool:
    ends = ("", ",", ".", ";", ")", *more)
    return amount.value >= _CROWD and sentence.after(amount.last) in ends


_MEN = ("человек", "people", "persons", "a", "в", "ежегодно", "annually")


def _people_before(sentence: Sentence, amount: Amount) -> Subject | None:
    """“Tourists were few; the aim is 30,000 by 2027”: nothing else follows the number."""
    if amount.value < _CROWD or not sentence.has("goal"):
        return None
    last = amount.last + 1
    ends = sentence.after(amount.last) in ("", ",", ".", ";", ")", "by")
    ends = ends or any(w.first == last for w in sentence.whens)
    back = sentence.within(0, amount.first, *_PEOPLE)
    return Subject(back[-1].value, back[-1]) if ends and back else None


def _citizens(sentence: Sentence, amount: Amount) -> Subject | None:
    """«учатся 3,3 тыс. граждан Индии», “200 Mongolian nurses a year to be trained”."""
    i = amount.last + 1
    people = [
        t
        for n in range(i, i + 3)
        for t in sentence.terms
        if t.first == n and t.group in ("country", "people", "one")
    ]
    persons = [t for t in sentence.tokens[i : i + 4] if {t.lower, t.keys[0]} & words("persons")]
    if not people or not persons:
        return None
    if sentence.has("study", "indicator/students"):
        return Subject("students", people[0])
    return Subject("tourists", people[0]) if sentence.has("travel") else None


def _number_of(sentence: Sentence, amount: Amount) -> Subject | None:
    """«увеличить вдвое, до 80, число грантов для аспирантов»: what is numbered follows."""
    i = amount.last + 1
    i += sentence.after(amount.last) == ","
    if sentence.after(i - 1) not in ("число", "числа", "количество", "количества"):
        return None
    found = sentence.within(i, i + 6, *_PEOPLE)
    return Subject(found[0].value, found[0]) if found else None


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


def growing_people(sentence: Sentence, amount: Amount, clause: Clause) -> Subject | None:
    """Growth of the number of students or tourists."""
    if amount.sort == "money":
        return None
    found = sentence.within(clause.first, clause.last, *_PEOPLE) or sentence.within(
        0, amount.first, *_PEOPLE
    )
    return Subject(found[-1].value, found[-1]) if found else None
