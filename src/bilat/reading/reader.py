"""The reader: from a kept text to everything that it proposes, each with its exact words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bilat.reading.announcing import announce
from bilat.reading.commitments import commitments, platforms
from bilat.reading.contacts import contacts
from bilat.reading.deadlines import with_deadlines, with_periods
from bilat.reading.discourse import Discourse
from bilat.reading.documents import documents
from bilat.reading.exchanges import exchanges
from bilat.reading.figures import statements
from bilat.reading.finance import finance
from bilat.reading.fiscal import in_calendars
from bilat.reading.following import follow
from bilat.reading.language import language_of
from bilat.reading.links import links
from bilat.reading.once import once
from bilat.reading.original import Original
from bilat.reading.pair import dateline_day, others_of, parties_of, remember_names, speaker_of
from bilat.reading.projects import projects
from bilat.reading.proposal import Manner, Proposal, Quote, Reading
from bilat.reading.retracted import taken_back
from bilat.reading.rules import leaves
from bilat.reading.scene import Sentence, see
from bilat.reading.sentences import Span, dateline, paragraphs, sentences
from bilat.reading.statement import Statement

VERSION = "4"
"""Of the rules and lexicons: a text read by another version is worth reading again."""

_NO_PARTIES = ("", "")
OTHER_PAIR = "text.other-pair"
"""The rule by which nothing is proposed of a text that names neither of the parties given."""


def read_text(
    original: Original,
    *,
    parties: tuple[str, str] | None = None,
    published: date | None = None,
) -> Reading:
    """Everything that the text proposes about two countries.

    parties: ISO 3166 alpha-3 codes; the two named most where not given. published: the day that
    “last year” is counted from; else the original's, else the dateline's where it has a year.
    Raises BilatError for a text that is neither English nor Russian, or has no words.
    """
    text = original.text
    language = language_of(text)
    published = published or original.published
    head = dateline(text)
    opening = None
    if head is not None:
        opening = see(text, head, 0, language, published)
        published = dateline_day(opening, published)
    seen = _sentences(text, head, language, published)
    whole = [opening, *seen] if opening else seen
    others = others_of(whole, parties) if parties else None
    parties = parties or parties_of(whole)
    discourse = Discourse(language, parties or _NO_PARTIES, published)
    discourse.currency = next((a.currency for s in seen for a in s.amounts if a.currency), None)
    if opening is not None:
        _open(opening, discourse)
    found, left = _read(seen, discourse)
    found = with_periods(found, seen)
    found, denied = taken_back(with_deadlines(found, seen, discourse), seen)
    left += denied
    kept = once(found)
    if others:
        kept, left = [], [*(replace(one, rule=OTHER_PAIR) for one in kept), *left]
    return Reading(language, parties, published, tuple(kept), tuple(left), VERSION, others)


def _sentences(
    text: str, head: Span | None, language: str, published: date | None
) -> list[Sentence]:
    out = []
    for number, (begin, end) in enumerate(paragraphs(text)):
        opens = head is not None and begin <= head[0] < end
        start = min(head[1], end) if head is not None and opens else begin
        for span in sentences(text, (start, end), language):
            sentence = see(text, span, number, language, published)
            if sentence.tokens:
                out.append(sentence)
    return out


def _open(opening: Sentence, discourse: Discourse) -> None:
    cities = [t for t in opening.terms if t.group == "city"]
    if cities:
        discourse.place = cities[0].value
    day = next((w for w in opening.whens if w.sort == "day" and w.months and w.day), None)
    year = (day and day.year) or (discourse.published and discourse.published.year)
    if day and day.months and year:
        discourse.day = f"{year}-{day.months[0]:02d}-{day.day:02d}"


def _read(seen: list[Sentence], discourse: Discourse) -> tuple[list[Proposal], list[Proposal]]:
    found: list[Proposal] = []
    left: list[Proposal] = []
    for sentence in seen:
        if not sentence.terms:
            continue
        in_calendars(sentence, discourse)
        follow(sentence, discourse)
        speaker_of(sentence, discourse)
        remember_names(sentence, discourse)
        if all(amount.sort == "count" and not amount.bare for amount in sentence.amounts):
            announce(sentence, discourse)
        if sentence.amounts:
            made = statements(sentence, discourse)
            for statement in made:
                proposal = _proposal(sentence, statement, made, discourse)
                found += _people(proposal)
                (left if statement.kind == "left" else found).append(proposal)
        for read in _READERS:
            for proposal in read(sentence, discourse):
                (left if leaves(proposal.rule) else found).append(proposal)
    return found, left


_READERS = (contacts, documents, commitments, projects, finance, exchanges, links, platforms)


def _people(proposal: Proposal) -> list[Proposal]:
    """Students and tourists that are counted are an exchange as well."""
    area = _AREAS.get(str(proposal.fields.get("indicator")))
    if area is None or proposal.rule != "amounts.people":
        return []
    return [replace(proposal, kind="exchange", fields={"area": area}, rule="exchanges.counted")]


_AREAS = {"students": "education", "tourists": "tourism"}


def _proposal(
    sentence: Sentence, statement: Statement, made: list[Statement], discourse: Discourse
) -> Proposal:
    kind = "target" if statement.kind == "target" else "figure"
    manner: Manner = statement.rule.manner  # type: ignore[assignment]
    if kind == "target" and manner == "planned" and sentence.has("paper_status"):
        manner = "agreed"
    return Proposal(
        kind,  # type: ignore[arg-type]
        _fields(statement),
        _quote(sentence, statement, made),
        manner,
        discourse.speaker,
        discourse.side,
        statement.rule.confidence,
        statement.rule.name,
        statement.rule.optional,
    )


def _fields(statement: Statement) -> dict[str, Any]:
    if statement.kind == "target":
        return {
            "indicator": _indicator(statement),
            "value": statement.value,
            "currency": statement.currency,
            "by": statement.by,
            "horizon_years": statement.horizon,
            "multiple": statement.multiple,
            "qualifier": statement.qualifier,
            "exporter": statement.exporter,
        }
    return {
        "indicator": _indicator(statement),
        "exporter": statement.exporter,
        "value": statement.value,
        "currency": statement.currency,
        "growth_pct": statement.growth,
        "qualifier": statement.qualifier,
        "period": statement.period,
    }


def _indicator(statement: Statement) -> str:
    value = "other" if statement.part else statement.subject.value
    return (
        value
        if value in ("turnover", "exports", "imports", "investment", "students", "tourists")
        else "other"
    )


def _quote(sentence: Sentence, statement: Statement, made: list[Statement]) -> Quote:
    """The clauses of the record where the sentence holds several, else the whole sentence."""
    if len([m for m in made if m.kind != "left"]) < 2:
        return sentence.whole()
    first = statement.first
    if statement.subject.term is not None and abs(statement.subject.term.first - first) < 30:
        first = min(first, statement.subject.term.first)
    return sentence.clauses_from(first, max(statement.last, first))
