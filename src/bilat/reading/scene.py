"""A sentence as the readers see it: its words, terms, amounts, times and clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from bilat.reading.amounts import Amount, amounts
from bilat.reading.calendars import When
from bilat.reading.periods import PeriodReader
from bilat.reading.proposal import Quote
from bilat.reading.terms import Term, terms
from bilat.reading.tokens import MARK, Token, tokenise

_MARKS = frozenset(',;:()—–“”«»"')
_BEGIN = frozenset(
    (
        "while",
        "but",
        "whereas",
        "although",
        "which",
        "when",
        "after",
        "whose",
        "where",
        "as",
        "а",
        "но",
        "тогда",
        "хотя",
        "который",
        "которая",
        "которое",
        "которые",
        "причем",
        "где",
        "если",
        "if",
    )
)
_AS = frozenset(("of", "well", "a", "part", "recently", "early", "late", "long", "much", "many"))
_AND = frozenset(("and", "и", "with", "or"))
_VERBAL = frozenset(
    ("change", "level", "reach", "paper_status", "event", "goal", "activity", "contact", "speech")
)
_NOISE = " \t\n\r,;:—–-"


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens first to last, both included."""

    number: int
    first: int
    last: int

    def __contains__(self, i: int) -> bool:
        return self.first <= i <= self.last


@dataclass
class Sentence:
    """start and end: in the text. paragraph: its number."""

    text: str
    start: int
    end: int
    paragraph: int
    language: str
    tokens: list[Token]
    terms: list[Term]
    amounts: list[Amount] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    _named_of: list[Term] | None = field(default=None, repr=False)
    _names: frozenset[str] = frozenset()

    def clause_of(self, i: int) -> Clause:
        return next((c for c in self.clauses if i in c), self.clauses[-1])

    def within(self, first: int, last: int, *groups: str) -> list[Term]:
        """Terms of these groups (or ``group/value``) between two tokens, in order."""
        if self.names.isdisjoint(groups):
            return []
        return [
            t
            for t in self.terms
            if first <= t.first and t.last <= last and (t.group in groups or t.name in groups)
        ]

    @property
    def names(self) -> frozenset[str]:
        """The groups of its terms, and group/value."""
        if self._named_of is not self.terms:
            self._named_of = self.terms
            self._names = frozenset(n for t in self.terms for n in (t.group, t.name))
        return self._names

    def has(self, *groups: str) -> bool:
        return not self.names.isdisjoint(groups)

    def before(self, i: int, steps: int = 1) -> str:
        """The word so many tokens before token i, in lower case."""
        return self.tokens[i - steps].lower if i - steps >= 0 else ""

    def after(self, i: int, steps: int = 1) -> str:
        return self.tokens[i + steps].lower if i + steps < len(self.tokens) else ""

    def quote(self, first: int, last: int) -> Quote:
        """The words from token first to token last."""
        start, end = self.tokens[first].start, self.tokens[last].end
        return Quote(self.text[start:end], start, end)

    def whole(self) -> Quote:
        return Quote(self.text[self.start : self.end], self.start, self.end)

    def clauses_from(self, i: int, j: int) -> Quote:
        """The clauses from that of token i to that of token j, without marks at their ends."""
        first, last = self.clause_of(i).first, self.clause_of(j).last
        while (
            first < i and self.tokens[first].kind == MARK and self.tokens[first].text in ",;:—–)(-"
        ):
            first += 1
        while last > j and self.tokens[last].kind == MARK and self.tokens[last].text in ",;:—–(-":
            last -= 1
        return self.quote(first, last)

    def has_mark(self, first: int, last: int, marks: str) -> bool:
        return any(t.kind == MARK and t.text in marks for t in self.tokens[first : last + 1])


def is_question(sentence: Sentence) -> bool:
    return sentence.text[sentence.start : sentence.end].rstrip('»”"’)').endswith("?")


def see(
    text: str, span: tuple[int, int], paragraph: int, language: str, published: date | None
) -> Sentence:
    """Reads what stands in one sentence; judges nothing."""
    tokens = tokenise(text, language, *span)
    found = terms(tokens, language)
    sentence = Sentence(text, span[0], span[1], paragraph, language, tokens, found)
    sentence.whens = PeriodReader(tokens, found, published).read() if tokens else []
    taken = frozenset(i for w in sentence.whens for i in range(w.first, w.last + 1))
    sentence.amounts = [a for a in amounts(tokens, found, language, taken) if a.first not in taken]
    _without_qualifying_change(sentence)
    _without_names_of_money(sentence)
    _without_parts_of_names(sentence)
    _without_words_of_goals(sentence)
    _without_parts_of_years(sentence)
    sentence.clauses = list(_clauses(sentence))
    return sentence


def _without_qualifying_change(sentence: Sentence) -> None:
    """The “more” of “more than $5 billion” is no growth."""
    starts = {a.first for a in sentence.amounts}
    held = [
        t
        for t in sentence.terms
        if t.group == "qualifier" and any(_leads(sentence, t.last, n, starts) for n in (1, 2, 3))
    ]
    if not held:
        return
    sentence.terms = [
        t
        for t in sentence.terms
        if t.group != "change"
        or not any(q.first <= t.first and t.last <= q.last for q in held)
        or sentence.tokens[t.first].tense
        or sentence.tokens[t.first].lower not in _MORE
    ]


def _leads(sentence: Sentence, last: int, steps: int, starts: set[int]) -> bool:
    """An amount so many tokens on, with no comma between: «ниже прежнего, 396 млн» is a change."""
    between = sentence.tokens[last + 1 : last + steps]
    return last + steps in starts and all(t.text != "," for t in between)


def _is_us(sentence: Sentence, i: int) -> bool:
    """The US of “US$5 million”, and not the Angola of “exports to Angola $5 million”."""
    before = sentence.tokens[i - 1] if i else None
    return before is not None and (
        before.lower in ("us", "usa", "сша") or before.end == sentence.tokens[i].start
    )


def _without_parts_of_years(sentence: Sentence) -> None:
    """The “half of” of “in the first half of 2024” is no share."""
    taken = {i for w in sentence.whens for i in range(w.first, w.last + 1)}
    if taken:
        sentence.terms = [
            t for t in sentence.terms if t.group != "balance_share" or t.first not in taken
        ]


def _without_names_of_money(sentence: Sentence) -> None:
    """The States of “US dollars” and “долл. США” are no third country."""
    money = {i for t in sentence.terms if t.group == "currency" for i in range(t.first, t.last + 1)}
    marks = [i for i, t in enumerate(sentence.tokens) if t.text in "$€£₽¥"]
    signs = {i - 1 for i in marks if _is_us(sentence, i)}
    taken = money | signs
    sentence.terms = [
        t for t in sentence.terms if t.group not in ("country", "people") or t.first not in taken
    ]


def _without_words_of_goals(sentence: Sentence) -> None:
    """The «поставили» of «поставили целью» sells nothing; «готовность увеличить» is no rate."""
    goals = [t for t in sentence.terms if t.group == "goal" and t.last > t.first]
    held = {i for t in goals for i in range(t.first, t.last + 1)}
    if held:
        sentence.terms = [
            t
            for t in sentence.terms
            if t.group not in ("indicator", "measure", "activity")
            or not all(i in held for i in range(t.first, t.last + 1))
        ]


def _without_parts_of_names(sentence: Sentence) -> None:
    """The Africa of “South Africa” is no union of states, the «область» of a country no region."""
    named = {
        i
        for t in sentence.terms
        if t.group in ("country", "people") and t.last > t.first
        for i in range(t.first, t.last + 1)
    }
    if named:
        sentence.terms = [t for t in sentence.terms if t.group != "scope" or t.first not in named]


_MORE = frozenset(
    (
        "more",
        "less",
        "above",
        "below",
        "higher",
        "lower",
        "up",
        "fewer",
        "больше",
        "меньше",
        "выше",
        "ниже",
    )
)


def _clauses(sentence: Sentence) -> Iterator[Clause]:
    tokens = sentence.tokens
    cuts = [i for i in range(1, len(tokens)) if _begins(sentence, i)]
    edges = [0, *cuts, len(tokens)]
    for number, (first, end) in enumerate(pairwise(edges)):
        yield Clause(number, first, end - 1)


def _begins(sentence: Sentence, i: int) -> bool:
    token, before = sentence.tokens[i], sentence.tokens[i - 1]
    if before.kind == MARK and before.text in _MARKS:
        return not _inside_range(sentence, i - 1)
    if token.lower in _BEGIN:
        linked = sentence.after(i) in _AS or before.lower in _AS
        return not (token.lower == "as" and linked)
    if token.lower not in _AND or any(a.first < i <= a.last for a in sentence.amounts):
        return False  # the “and” of “one hundred and twenty million” is the number’s
    return _verbal_soon(sentence, i)


def _inside_range(sentence: Sentence, mark: int) -> bool:
    """The dash of January–May or 25–30 million, or a quotation mark, begins no clause."""
    token = sentence.tokens[mark]
    if token.text in '“”«»"':
        return True
    tight = mark > 0 and sentence.tokens[mark - 1].end == token.start
    return (
        token.text in "—–"
        and tight
        and token.end < sentence.end
        and not sentence.text[token.end].isspace()
    )


def _verbal_soon(sentence: Sentence, i: int) -> bool:
    """“and” begins a clause where a verb, or an amount after an amount, follows soon."""
    end = i + 6
    for j in range(i + 1, min(end, len(sentence.tokens))):
        if sentence.tokens[j].kind == MARK and sentence.tokens[j].text in _MARKS:
            end = j
            break
    if any(t.group in _VERBAL for t in sentence.within(i + 1, end - 1)):
        return True
    ahead = any(i < a.first < i + 8 for a in sentence.amounts)
    return ahead and any(a.last < i for a in sentence.amounts)
