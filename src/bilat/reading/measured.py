"""The period that a figure measures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bilat.reading.amounts import Amount
from bilat.reading.brackets import is_bracketed, is_closed, is_of_base
from bilat.reading.calendars import When, measured_text
from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.scene import Clause, Sentence

if TYPE_CHECKING:
    from bilat.reading.statement import Statement

Found = tuple[When | None, str | None]
_LED = 6  # tokens of “over the very same stretch of”
_PERIODS = ("year", "part", "month", "fiscal", "span", "season")


def measured(
    sentence: Sentence,
    amount: Amount,
    earlier: list[Statement],
    discourse: Discourse,
    *,
    base: bool,
    flow: bool,
) -> Found:
    """In the clause, then the clauses before, then what is carried over from earlier figures.

    A base (“against 95 million a year earlier”) has its own period, or the year before.
    """
    clause = sentence.clause_of(amount.first)
    if base:
        return _base(sentence, amount, clause, earlier, discourse)
    floor = max((s.last for s in earlier), default=-1)
    own = _in_clause(sentence, amount, clause)
    if own is not None:
        return own, measured_text(own)
    if amount.sort != "money" and _from_years_back(sentence, amount, discourse):
        return None, None
    alone = amount.sort == "money" and (
        len(sentence.amounts) == 1 or _opens(sentence) or _begins_with_base(sentence, clause)
    )
    if alone and (told := _of_base(sentence, clause, earlier, discourse)) is not None:
        return told
    if (prior := _before(sentence, amount, clause, floor, earlier)) is not None:
        return prior, measured_text(prior)
    if earlier and flow and (carried := _carried(earlier)) is not None:
        return carried
    when = _after(sentence, amount, clause) or (discourse.when if flow else None)
    return when, when.text() if when is not None else None


def _from_years_back(sentence: Sentence, amount: Amount, discourse: Discourse) -> bool:
    """“That is twice as much as in 2021”: a growth over years measures no period."""
    if len(sentence.amounts) > 1 or discourse.when is None or discourse.when.year is None:
        return False
    bases = [w for w in sentence.whens if w.base and w.sort == "year" and w.first > amount.last]
    return any(w.year is not None and w.year < discourse.when.year - 1 for w in bases)


def _before(
    sentence: Sentence, amount: Amount, clause: Clause, floor: int, earlier: list[Statement]
) -> When | None:
    """In the clauses before, since the last number; or anywhere before the first figure."""
    for other in sentence.clauses[: clause.number][::-1]:
        taken = [s.when for s in earlier if s.base]
        found = [w for w in usable(sentence, other.first, other.last) if w not in taken]
        found = [w for w in found if not is_closed(sentence, amount, w)]
        if found and (found[-1].first > floor or not _has_figure(earlier)):
            return found[-1]
    return None


def _after(sentence: Sentence, amount: Amount, clause: Clause) -> When | None:
    """In the clauses that follow, up to one with a number and a subject of its own."""
    for other in sentence.clauses[clause.number + 1 :]:
        inside = any(a.first in other for a in sentence.amounts)
        shared = sentence.tokens[other.first].lower in ("and", "и") and len(sentence.whens) == 1
        contrast = sentence.tokens[other.first].lower in words("contrasts")
        named = sentence.within(other.first, other.last, "indicator")
        verb = sentence.within(other.first, other.last, "level", "qualifier/less than")
        if contrast and (inside or verb):
            return None
        if inside and not shared and named:
            return None
        found = usable(sentence, other.first, other.last)
        if found and not is_bracketed(sentence, amount, found[0]):
            return found[0]
    return None


def _has_figure(earlier: list[Statement]) -> bool:
    return any(s.kind == "figure" and s.when is not None for s in earlier)


def _carried(earlier: list[Statement]) -> Found | None:
    for statement in reversed(earlier):
        if statement.kind == "figure" and statement.when is not None and not statement.base:
            return statement.when, statement.period
    return None


def usable(sentence: Sentence, first: int, last: int) -> list[When]:
    """The times between two tokens that a figure may have been measured in."""
    return [
        w
        for w in sentence.whens
        if first <= w.first <= last
        and not w.base
        and not _ahead(w)
        and w.sort in _PERIODS
        and (not w.by or w.sort == "part")
    ]


def _ahead(when: When) -> bool:
    return when.shift is not None and when.shift > 0


def _in_clause(sentence: Sentence, amount: Amount, clause: Clause) -> When | None:
    found = usable(sentence, clause.first, clause.last) or _ended(sentence, clause)
    if not found:
        return None
    if (own := _respective(sentence, amount, clause, found)) is not None:
        return own
    found = [w for w in found if not is_of_base(sentence, amount, w)]
    if not found:
        return None
    spans = [w for w in found if w.sort == "span"]
    if spans and amount.sort != "money":
        return spans[0]
    found = [w for w in found if w.sort != "span"] or found
    after = [w for w in found if 0 < w.first - amount.last <= 4]
    others = [a for a in sentence.amounts if a.first in clause and a is not amount]
    if after and others and not any(amount.last < a.first < after[0].first for a in others):
        return after[0]
    before = [w for w in found if w.last < amount.first]
    return before[-1] if before else found[0]


def _ended(sentence: Sentence, clause: Clause) -> list[When]:
    """“by the end of 2024 trade had reached”: the year is over, and no deadline."""
    out = [w for w in sentence.whens if w.first in clause and w.by and w.sort == "year"]
    months = [w for w in sentence.whens if w.sort == "month" and w.by and w.months]
    out += [replace(w, sort="part", months=(1, _last(w)), by=False) for w in months if _last(w) > 1]
    return out


def _last(when: When) -> int:
    return when.months[1] if when.months else 12


def _respective(
    sentence: Sentence, amount: Amount, clause: Clause, found: list[When]
) -> When | None:
    """“in 2023 and 2024 trade came to 120 and 138 million respectively”."""
    same = [a for a in sentence.amounts if a.first in clause and a.sort == amount.sort]
    if not sentence.has("each") or len(same) != len(found) or amount.sort == "count":
        return None
    at = [a.first for a in same]
    return found[at.index(amount.first)] if amount.first in at else None


def _opens(sentence: Sentence) -> bool:
    """“A year earlier exports had been 2 and imports 5.6 billion”: a time that governs both."""
    first = sentence.whens[0] if sentence.whens else None
    return first is not None and first.base and first.first == 0 and len(sentence.whens) == 1


def _begins_with_base(sentence: Sentence, clause: Clause) -> bool:
    """“…; a year earlier it had been 120 million”, “over the same stretch of 2023 it was”."""
    bases = [w for w in sentence.whens if w.base and w.first in clause]
    return any(
        w.first - clause.first <= 1
        or (
            w.first - clause.first <= _LED
            and any(t.lower in words("same") for t in sentence.tokens[clause.first : w.first])
        )
        for w in bases
    )


def _of_base(
    sentence: Sentence, clause: Clause, earlier: list[Statement], discourse: Discourse
) -> Found | None:
    """“A year earlier trade had been 120 million”: the base is all that the clause tells of."""
    told = [w for w in sentence.whens if w.first in clause and w.base]
    alone = len([a for a in sentence.amounts if a.first in clause]) == 1
    if not told or not (alone or _opens(sentence)):
        return None
    carried = _carried(earlier)
    when = carried[0] if carried else discourse.when
    if when and when.sort in ("part", "month") and _is_like(sentence, told[0]):
        moved = replace(when, year=told[0].year, base=True)
        return moved, moved.text()
    if told[0].explicit and told[0].sort in _PERIODS:
        return told[0], told[0].text()
    if when is None or when.year is None or when.sort == "span":
        return told[0], told[0].text() if told[0].sort == "year" else None
    moved = replace(when, year=when.year - 1, base=True)
    if sentence.within(clause.first, clause.last, "year_whole"):
        moved = replace(moved, sort="year", months=(1, 12))  # «годом ранее за весь год …»
    return moved, moved.text()


def _is_like(sentence: Sentence, when: When) -> bool:
    """“over the same stretch of 2023”: the months told before, in that year."""
    back = {sentence.before(when.first, n) for n in range(2, 5)}
    return when.sort == "year" and bool(back & words("same"))


def _base(
    sentence: Sentence,
    amount: Amount,
    clause: Clause,
    earlier: list[Statement],
    discourse: Discourse,
) -> Found:
    near = [w for w in sentence.whens if clause.first <= w.first <= clause.last]
    after = [w for w in near if 0 < w.first - amount.last <= 5 and w.sort in _PERIODS]
    cut = min((a.first for a in sentence.amounts if a.first > amount.last), default=10**9)
    after = [w for w in after if w.first < cut]
    beside = [w for w in near if 0 <= amount.first - w.last <= 3 and w.year and w.sort in _PERIODS]
    beside = [w for w in beside if w.explicit or not _in_brackets(sentence, amount)]
    if beside and not after:
        return beside[-1], beside[-1].text()
    main = _carried(earlier)
    if main is None and after and after[0].shift is not None and _is_plain_year(sentence, after[0]):
        return after[0], after[0].text()
    when = main[0] if main else _main(sentence, amount) or discourse.when
    if when is not None and (part := _ordinal(sentence, amount, when)) is not None:
        return part, part.text()
    if after and after[0].explicit:
        return after[0], after[0].text()
    if when is None or when.year is None:
        return (after[0], after[0].text()) if after else (None, None)
    if when.sort == "span":
        return None, None
    moved = replace(when, year=when.year - 1)
    return moved, moved.text()


def _is_plain_year(sentence: Sentence, when: When) -> bool:
    """“last year”, and not “a year earlier”: counted from the day of publication."""
    said = {t.lower for t in sentence.tokens[when.first : when.last + 1]}
    return bool(said & words("counted_from_now"))


def _ordinal(sentence: Sentence, amount: Amount, when: When) -> When | None:
    """«во II квартале … против 276 млн в первом», “… in the first”: the part before of one kind."""
    i = amount.last + 1
    if sentence.after(i - 1) not in ("in", "в", "во", "за") or when.months is None:
        return None
    i += 1 + (sentence.after(i) == "the")
    size = when.months[1] - when.months[0] + 1
    numbers = sentence.within(i, i, "ordinal")
    ends = sentence.after(i) in ("", ".", ",", ";", ")") or i + 1 >= len(sentence.tokens)
    if not numbers or not ends or size not in (3, 6):
        return None
    last = int(float(numbers[0].value)) * size
    return replace(when, months=(last - size + 1, last)) if last <= 12 else None


def _in_brackets(sentence: Sentence, amount: Amount) -> bool:
    return sentence.before(amount.first) == "("


def _main(sentence: Sentence, amount: Amount) -> When | None:
    found = usable(sentence, 0, len(sentence.tokens))
    return found[0] if found else None
