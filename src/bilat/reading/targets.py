"""The deadline of a target: the year by which, or the years within which."""

from __future__ import annotations

from bilat.reading.amounts import Amount
from bilat.reading.calendars import When
from bilat.reading.discourse import Discourse
from bilat.reading.scene import Sentence
from bilat.reading.terms import Term

_NEXT = frozenset(
    (
        "next",
        "coming",
        "within",
        "following",
        "течение",
        "ближайший",
        "ближайшие",
        "ближайшую",
        "ближайшее",
        "следующую",
        "ближайших",
        "следующие",
        "через",
        "предстоящие",
        "предстоящих",
        "следующих",
        "последующие",
        "последующих",
        "ensuing",
        "subsequent",
    )
)
_UNKNOWN = 2024  # of undated texts: “the end of the decade” is then 2030
_LENGTH = {"decade": 10, "lustrum": 5}
_ADJECTIVES = {
    "двухлетний": 2, "трехлетний": 3, "четырехлетний": 4, "пятилетний": 5, "шестилетний": 6,
    "семилетний": 7, "десятилетний": 10, "two-year": 2, "three-year": 3, "four-year": 4,
    "five-year": 5, "six-year": 6, "seven-year": 7, "ten-year": 10,
}  # fmt: skip
_IN_DECADE = {"mid": 5, "end": 10, "next-start": 11, "next-mid": 15, "next-end": 20}
_LEADS = frozenset(("в", "за", "на", "within", "over", "in"))
_TERMS = frozenset(
    (
        "срок",
        "перспектива",
        "рамка",
        "timeframe",
        "период",
        "горизонт",
        "отрезок",
        "horizon",
        "period",
        "span",
        "term",
    )
)
_HENCE = (["from", "now"], ["from", "today"])
_FOR_IT = (
    ["for", "that"],
    ["for", "this"],
    ["for", "it"],
    ["to", "do"],
    ["на", "это"],
    ["to", "get"],
)
_FILL = frozenset(
    ("the", "-", "a", "just", "only", "о", "всего", "как", "минимум", "some", "about", "period")
)


def deadline(
    sentence: Sentence, amount: Amount, discourse: Discourse
) -> tuple[int | None, int | None]:
    """(by, horizon_years); the clause of the amount first, then the rest of the sentence."""
    beside = _beside(sentence, amount, discourse)
    if beside is not None:
        return beside, None
    clause = sentence.clause_of(amount.first)
    own = clause.last
    others = [
        a
        for a in sentence.amounts
        if a.first != amount.first
        and (a.sort in ("money", "multiple") or a.bare or a.sort == amount.sort == "count")
    ]
    before = max((a.last for a in others if a.last < amount.first), default=-1)
    after = min((a.first for a in others if a.first > amount.last), default=len(sentence.tokens))
    later = after < len(sentence.tokens)
    if later:
        own = _before_contrast(sentence, amount, clause.last)
    stretches = [(clause.first, own), (before + 1, own if later else after - 1)]
    bys = [_by(sentence, first, last, discourse) for first, last in stretches]
    horizons = [_horizon(sentence, first, last) for first, last in stretches]
    if bys[0] is not None:
        return bys[0], horizons[0]
    return _first(bys), _first(horizons)


def _beside(sentence: Sentence, amount: Amount, discourse: Discourse) -> int | None:
    """«7 млрд — в нынешнем году, 10 млрд — в 2028-м»: the year stands across the dash."""
    for when in (w for w in sentence.whens if w.sort == "year"):
        after = sentence.tokens[amount.last + 1 : when.first] if when.first > amount.last else []
        before = sentence.tokens[when.last + 1 : amount.first] if when.last < amount.first else []
        gap = after or before
        dashed = bool(gap) and (after[:1] or before[:1])[0].text in "—–:("
        year = when.end_year or when.year
        now = discourse.published.year if discourse.published else None
        if dashed and len(gap) <= 3 and year and now and year >= now and not when.base:
            return year
    return None


def _before_contrast(sentence: Sentence, amount: Amount, last: int) -> int:
    """“to 2 billion, and within two years to 1”: what follows the comma is of the next amount."""
    for i in range(amount.last + 1, last):
        if sentence.tokens[i].text == "," and sentence.after(i) in ("and", "but", "а", "и", "но"):
            return i
    return last


def _first(found: list[int | None]) -> int | None:
    return next((one for one in found if one is not None), None)


def deadline_within(
    sentence: Sentence, first: int, last: int, discourse: Discourse
) -> tuple[int | None, int | None]:
    """(by, horizon_years) named between two tokens."""
    return _by(sentence, first, last, discourse), _horizon(sentence, first, last)


def _by(sentence: Sentence, first: int, last: int, discourse: Discourse) -> int | None:
    published = discourse.published
    if named_decade := sentence.within(first, last, "decade"):
        told = discourse.when.year if discourse.when else None
        now = published.year if published else told or _UNKNOWN
        return now // 10 * 10 + _IN_DECADE[named_decade[0].value]
    named = sentence.has("deadline/noun")
    for when in sentence.whens:
        year = _ahead(when, discourse, named=named) if first <= when.first <= last else None
        if year is not None:
            return year - is_before(sentence, when)
    if published is not None and _closes_year(sentence, first, last, published.year):
        return published.year
    return None


def is_before(sentence: Sentence, when: When) -> bool:
    """“before 2029” ends with 2028; «до 2029 года» and “before the end of 2029” do not."""
    before = when.sort == "year" and when.explicit and sentence.before(when.first) == "before"
    return before and sentence.after(when.last) not in ("is", "ends", "runs", "closes")


def _closes_year(sentence: Sentence, first: int, last: int, year: int) -> bool:
    """“by the end of the year”; “the plan for the whole year”, “the plan for 2025”."""
    if sentence.within(first, last, "year_end"):
        return True
    planned = sentence.has("goal/noun")
    this = [w for w in sentence.whens if first <= w.first <= last and w.year == year]
    given = any(w.sort == "year" and sentence.before(w.first) in ("for", "на") for w in this)
    return planned and (given or bool(sentence.within(first, last, "year_whole")))


def _ahead(when: When, discourse: Discourse, *, named: bool = False) -> int | None:
    """The year of a time to come. named: the sentence says that it is a deadline."""
    year = when.end_year or when.year
    if year is None or when.base or _is_academic(when):
        return None
    if when.sort == "day" and not (when.by or named):
        return None
    current = discourse.published.year if discourse.published else None
    if current is None:
        told = discourse.now
        return year if when.by or when.ahead or (told and year > told + 1) else None
    if year > current or (year == current and when.by):
        return year
    return year if year == current and when.shift == 0 else None


def _is_academic(when: When) -> bool:
    """“in the academic year 2025/26”: a time of study, and no deadline."""
    return when.sort == "span" and when.year is not None and when.end_year == when.year + 1


def _horizon(sentence: Sentence, first: int, last: int) -> int | None:
    units = sentence.within(
        first,
        last,
        "unit_of_time/year",
        "unit_of_time/decade",
        "unit_of_time/lustrum",
        "unit_of_time/month",
    )
    for unit in units:
        if sentence.tokens[unit.last].lower.endswith(("'s", "’s")):
            continue  # “the next decade's start”
        years = _count(sentence, unit)
        if years is not None and unit.value == "month":
            return years // 12 if years >= 24 and years % 12 == 0 else None
        if years is not None:
            return years * _LENGTH.get(unit.value, 1)
    return _in_one_word(sentence, first, last)


def _in_one_word(sentence: Sentence, first: int, last: int) -> int | None:
    """«в пятилетний срок», “over a five-year horizon”."""
    for i in range(max(first, 1), last):
        if "лет" not in sentence.tokens[i].lower and "year" not in sentence.tokens[i].lower:
            continue
        years = _ADJECTIVES.get(sentence.tokens[i].keys[0]) or _ADJECTIVES.get(
            sentence.tokens[i].lower
        )
        led = {sentence.before(i), sentence.before(i, 2)} & _LEADS
        if years and led and sentence.tokens[i + 1].keys[0] in _TERMS:
            return years
    return None


def _count(sentence: Sentence, unit: Term) -> int | None:
    i = unit.first - 1
    while i >= 0 and sentence.tokens[i].lower in _FILL:
        i -= 1
    number = _number(sentence, i)
    if number is None:
        cue = sentence.tokens[max(i, 0)].lower
        whole = unit.value in _LENGTH and (cue in _NEXT or cue in ("за", "over", "во"))
        return 1 if whole else None
    value, start = number
    cues = [sentence.before(start, n) for n in (1, 2, 3)]
    if sentence.within(max(0, start - 4), start, "deadline/noun"):
        return value  # «срок — пять лет», “the time frame is five years”
    if [sentence.after(unit.last), sentence.after(unit.last, 2)] in (*_HENCE, *_FOR_IT):
        return value
    ahead = any(c in _NEXT or c in ("in", "over", "за", "during", "period", "of") for c in cues)
    past = any(
        c in ("past", "last", "последние", "последних", "every", "прошедшие", "first", "минувшие")
        for c in cues
    )
    return value if ahead and not past else None


def _number(sentence: Sentence, i: int) -> tuple[int, int] | None:
    if i < 0:
        return None
    token = sentence.tokens[i]
    if token.kind == "number" and token.text.isdigit() and int(token.text) <= 50:
        return int(token.text), i
    for term in sentence.terms:
        if term.group == "numeral" and term.last == i and "." not in term.value:
            return int(term.value), term.first
    return None
