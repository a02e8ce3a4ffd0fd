"""Documents of the two sides, and where they stand in their life."""

from __future__ import annotations

from typing import Any

from bilat.reading.data import words
from bilat.reading.discourse import Discourse
from bilat.reading.occasion import opens_relative
from bilat.reading.pair import of_others
from bilat.reading.proposal import Manner, Proposal
from bilat.reading.rules import Features, named, verdict
from bilat.reading.scene import Clause, Sentence
from bilat.reading.terms import Term

_AMENDS = 7  # tokens from a paper to the one that it changes
_ORDER = ("to be signed", "signed", "drafted", "in force")
_DEFAULT = {
    "agreement": "in force",
    "treaty": "in force",
    "roadmap": "in force",
    "programme": "in force",
    "strategy": "in force",
    "convention": "in force",
}
_DISCUSSED = ("discussed", "considered", "examined", "рассматрива", "обсужда", "рассмотрен")
_UNTIL = frozenset(
    ("until", "till", "to", "through", "up", "до", "по", "for", "на", "by", "period", "период")
)
_MANNERS: dict[str, Manner] = {
    "to be signed": "planned",
    "drafted": "planned",
    "signed": "agreed",
    "in force": "agreed",
}


def documents(sentence: Sentence, discourse: Discourse) -> list[Proposal]:
    """One proposal for each document that the sentence names."""
    out: list[Proposal] = []
    for term in sentence.terms:
        if term.group != "paper" or _is_modifier(sentence, term):
            continue
        rule = verdict("documents", _features(sentence, term, discourse))
        if rule is None:
            continue
        status = status_of(sentence, term)
        fields: dict[str, Any] = {
            "type": term.value,
            "until": _until(sentence, term),
            "status": status,
        }
        out = [p for p in out if not _is_meant_again(sentence, term, p)]
        out.append(
            Proposal(
                "document",
                fields,
                sentence.clauses_from(term.first, _last_word(sentence, term)),
                _MANNERS[status],
                discourse.speaker,
                discourse.side,
                rule.confidence,
                rule.name,
                rule.optional,
            )
        )
    return out


def _is_modifier(sentence: Sentence, term: Term) -> bool:
    """In “a Partnership Agreement roadmap” the paper is the roadmap."""
    after = [t for t in sentence.terms if t.group == "paper" and t.first == term.last + 1]
    return sentence.language == "en" and bool(after)


def _is_meant_again(sentence: Sentence, term: Term, earlier: Proposal) -> bool:
    """“a protocol was agreed, and the protocol will be signed”: what is said last counts."""
    definite = sentence.language == "en" and sentence.before(term.first) in ("the", "this")
    single = term.first == term.last
    return definite and single and earlier.fields["type"] == term.value


def _last_word(sentence: Sentence, term: Term) -> int:
    """To the end of “…, which will be signed”, where that says how far the paper has come."""
    clause = sentence.clause_of(term.first)
    if sentence.within(clause.first, clause.last, "paper_status"):
        return term.last
    after = [c for c in sentence.clauses if c.number == clause.number + 1]
    if not after or not opens_relative(sentence, after[0]):
        return term.last
    return after[0].last if _status_in(sentence, after[0], term) else term.last


def _features(sentence: Sentence, term: Term, discourse: Discourse) -> Features:
    clause = sentence.clause_of(term.first)
    found = [t for t in sentence.terms if clause.first <= t.first and t.last <= clause.last]
    before = [sentence.before(term.first, n) for n in (1, 2, 3)]
    customs = {"customs", "таможенная", "таможенной", "таможенные"}
    holds = {
        "single": term.first == term.last,
        "foreign": of_others(sentence, found, discourse.parties),
        "title": _is_title(sentence),
        "unspoken": _is_unspoken(sentence, clause),
        "own": words("own_paper") & {*before, sentence.after(term.last)},
        "amended": _is_amended(sentence, term),
        "counted": _is_counted(sentence, term),
        "until": _until(sentence, term) is not None,
        "brand": _is_brand(sentence, term),
        "assumed": before[:2] in (["the", "with"], ["действующем", "при"]),
        "plural": sentence.tokens[term.last].lower in words("several_papers"),
        "general": customs & set(before) or words("any_paper") & set(before[:1]),
    }
    known = {name for name, it_holds in holds.items() if it_holds}
    return {
        "is": frozenset(known | {f"type/{term.value}"}),
        "clause": named(found),
        "sentence": named(sentence.terms),
        "near": named(t for t in found if abs(t.first - term.first) <= 5),
    }


def _is_unspoken(sentence: Sentence, clause: Clause) -> bool:
    """«Конвенция не рассматривалась», “the convention was not discussed”."""
    return any(
        sentence.tokens[i].lower in ("not", "не") and sentence.after(i).startswith(_DISCUSSED)
        for i in range(clause.first, clause.last)
    )


def _is_brand(sentence: Sentence, term: Term) -> bool:
    """“the JDS programme”: a scheme known by its letters."""
    beside = term.first - 1 if sentence.language == "en" else term.last + 1
    if term.first < term.last or not 0 <= beside < len(sentence.tokens):
        return False
    letters = sentence.tokens[beside].text
    return letters.isupper() and len(letters) > 1 and not sentence.within(beside, beside, "country")


def _is_title(sentence: Sentence) -> bool:
    """The head of a text: no sentence, and the first of its paragraphs."""
    return sentence.paragraph == 0 and sentence.text[sentence.end - 1] not in ".!?…"


def _is_amended(sentence: Sentence, term: Term) -> bool:
    """“a protocol amending the convention”: the second paper only says what the first is about."""
    papers = sentence.within(max(0, term.first - _AMENDS), term.first - 1, "paper")
    between = sentence.tokens[papers[-1].last + 1 : term.first] if papers else []
    return bool(words("amends") & {t.lower for t in between})


def _is_counted(sentence: Sentence, term: Term) -> bool:
    """“12 agreements”."""
    return any(
        a.sort == "count" and term.first - 3 <= a.last < term.first for a in sentence.amounts
    )


def status_of(sentence: Sentence, term: Term) -> str:
    """By the verb nearest in the clause, then in the sentence; else by the kind of document."""
    clause = sentence.clause_of(term.first)
    near = _stated(sentence, term) or _status_in(sentence, clause, term)
    if near is None:
        for other in _neighbours(sentence, clause):
            near = _status_in(sentence, other, term)
            if near is not None:
                break
    return near or _DEFAULT.get(term.value, "signed")


def _stated(sentence: Sentence, term: Term) -> str | None:
    """A whole phrase that says it, up to the next document: “entered into force”."""
    papers = [t.first for t in sentence.terms if t.group == "paper" and t.first > term.last]
    end = min(papers, default=len(sentence.tokens))
    found = sentence.within(term.last + 1, end - 1, "paper_status")
    said = [t for t in found if t.last > t.first and t.value in ("in force", "to be signed")]
    return said[0].value if said else None


def _not_yet(sentence: Sentence, status: Term) -> bool:
    """“not yet signed”, «пока не подписана»."""
    before = {sentence.before(status.first, n) for n in (1, 2, 3)}
    return status.value in ("signed", "in force") and bool(before & (words("never") - {"no"}))


def _neighbours(sentence: Sentence, clause: Clause) -> list[Clause]:
    n = clause.number
    return [c for c in sentence.clauses if c.number in (n - 1, n - 2, n + 1)][::-1]


def _status_in(sentence: Sentence, clause: Clause, term: Term) -> str | None:
    found = sentence.within(clause.first, clause.last, "paper_status")
    if not found:
        return None
    found = [t for t in found if not _not_yet(sentence, t)] or [
        Term("paper_status", "drafted", found[0].first, found[0].last)
    ]
    nearest = min(found, key=lambda t: (_gap(t, term), _ORDER.index(t.value)))
    if nearest.value == "signed" and _is_planned(sentence, clause, nearest):
        return "to be signed"
    best = [t for t in found if t.value == "to be signed"]
    return "to be signed" if best else nearest.value


def _gap(status: Term, term: Term) -> int:
    return status.first - term.last if status.first > term.last else term.first - status.last


def _is_planned(sentence: Sentence, clause: Clause, status: Term) -> bool:
    if sentence.language == "ru":
        word = sentence.tokens[status.first]
        if word.tense == "futr":
            return True
        ahead = sentence.within(clause.first, clause.last, "will")
        return (bool(ahead) and word.tense != "past") or sentence.before(status.first) in (
            "будет",
            "будут",
        )
    ahead = sentence.within(max(clause.first, status.first - 5), status.last + 3, "will")
    return bool(ahead)


def _until(sentence: Sentence, term: Term) -> int | None:
    clause = sentence.clause_of(term.first)
    for when in sentence.whens:
        if not (when.first in clause or 0 < when.first - term.last <= 8):
            continue
        if when.first < term.first and term.first - when.last > 4:
            continue
        if when.sort == "span" and when.end_year:
            return when.end_year
        if (
            when.sort == "year"
            and when.explicit
            and sentence.before(when.first) in _UNTIL
            and when.first > term.first - 3
        ):
            return when.year
        if when.sort == "year" and when.by and when.explicit:
            return when.year
    return None
