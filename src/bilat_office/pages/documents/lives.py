"""The documents as their list shows them: filtered, ordered, with what was found in their files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from django.http import QueryDict

from bilat.brief.facts.documents import LifeFact, LivesFact, Step, StepFact
from bilat.language import Message, Words, say
from bilat.programme import Document, Programme
from bilat.programme.agreements import DocumentState
from bilat.programme.names import DOCUMENT_KIND, DOCUMENT_STATE
from bilat_office.files.cabinet import Hit
from bilat_office.pages.lists import in_order
from bilat_office.pages.sought import texts_of
from bilat_office.records.words import words as lemmas

STATES: tuple[DocumentState, ...] = get_args(DocumentState)
UNKNOWN = "unknown"
TONES: Mapping[str, str] = {
    "negotiated": "warn", "agreed": "warn", "signed": "plain", "in_force": "good",
    "expired": "quiet", "replaced": "quiet",
}  # fmt: skip
STEP_NAMES: Mapping[Step, Message] = {
    "negotiated": say("In negotiation"),
    "agreed": say("Agreed"),
    "signed": say("Signed"),
    "in_force": say("In force"),
    "ended": say("Ended"),
}
END_NAMES: Mapping[str, Message] = {
    "expires": say("Runs out"),
    "expired": say("Expired"),
    "replaced": say("Replaced"),
}
SORTS = ("life", "title", "kind", "since", "until", "measures")


@dataclass(frozen=True)
class StepShown:
    """One step of a life, with what it is called and what is known of its date."""

    name: Message
    fact: StepFact

    @property
    def when(self) -> Message | None:
        fact = self.fact
        if fact.when is None:
            return say("date not recorded") if fact.reached else None
        if fact.name == "ended":
            return say("{when}", when=fact.when)
        if not fact.reached:
            return say("planned: {when}", when=fact.when)
        return say("{when}", when=fact.when)


@dataclass(frozen=True)
class Row:
    """One document as a list shows it."""

    fact: LifeFact
    files: int = 0
    hits: tuple[Hit, ...] = ()
    """Its files in which the words were found."""

    @property
    def kind(self) -> Message:
        return DOCUMENT_KIND[self.fact.kind]

    @property
    def state(self) -> Message:
        return DOCUMENT_STATE[self.fact.state] if self.fact.state else say("state unknown")

    @property
    def tone(self) -> str:
        return TONES.get(self.fact.state or "", "quiet")

    @property
    def rests_something(self) -> bool:
        rests = self.fact.rests
        return bool(rests.measures or rests.targets or rests.contacts or rests.others or self.files)

    @property
    def steps(self) -> list[StepShown]:
        return [
            StepShown(
                END_NAMES[self.fact.ends] if step.name == "ended" else STEP_NAMES[step.name], step
            )
            for step in self.fact.steps
        ]


@dataclass(frozen=True)
class Asked:
    """The filters of the list's address."""

    kind: str = ""
    state: str = ""
    side: str = ""
    body: str = ""
    year: str = ""
    q: str = ""
    sort: str = "life"
    descending: bool = False


@dataclass(frozen=True)
class Found:
    """What the words of a question have found: ids of documents, and places in their files."""

    documents: frozenset[str] = frozenset()
    hits: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)


def asked_of(query: QueryDict) -> Asked:
    """What cannot be asked for is left out."""
    sort = query.get("sort", "")
    return Asked(
        kind=query.get("kind", ""),
        state=query.get("state", ""),
        side=query.get("side", ""),
        body=query.get("body", ""),
        year=query.get("year", ""),
        q=query.get("q", "").strip()[:300],
        sort=sort if sort in SORTS else "life",
        descending=query.get("order") == "desc",
    )


def found_by(programme: Programme, question: str, hits: Iterable[Hit]) -> Found:
    """Documents whose record or file holds every word, in any form of a Russian word."""
    asked = lemmas(question)
    by_record = {item.id for item in programme.documents if asked and _holds(item, asked)}
    by_file: dict[str, list[Hit]] = {}
    for hit in hits:
        by_file.setdefault(hit.file.document, []).append(hit)
    return Found(
        frozenset(by_record | set(by_file)),
        {name: tuple(found) for name, found in by_file.items()},
    )


def _holds(item: Document, asked: Sequence[str]) -> bool:
    texts = [item.id, *texts_of(item.title), *texts_of(item.note), *texts_of(item.next_step)]
    known = set(lemmas(" ".join([*texts, *texts_of(item.place)])))
    *first, last = asked
    return all(word in known for word in first) and any(word.startswith(last) for word in known)


def rows_of(lives: LivesFact, files: Mapping[str, int], found: Found) -> list[Row]:
    return [
        Row(item, files.get(item.id, 0), found.hits.get(item.id, ())) for item in lives.documents
    ]


def chosen(rows: Iterable[Row], asked: Asked, found: Found, words: Words) -> list[Row]:
    """Those that all filters let through, in the order that is asked for."""
    fitting = [row for row in rows if _fits(row.fact, asked, found)]
    return in_order(fitting, _key(asked.sort, words), descending=asked.descending)


def _fits(item: LifeFact, asked: Asked, found: Found) -> bool:
    return (
        (not asked.kind or item.kind == asked.kind)
        and (not asked.state or (item.state or UNKNOWN) == asked.state)
        and (not asked.side or asked.side in {body.side for body in item.bodies})
        and (not asked.body or asked.body in {body.id for body in item.bodies})
        and (not asked.year or asked.year in map(str, item.years))
        and (not asked.q or item.id in found.documents)
    )


def _key(sort: str, words: Words) -> Callable[[Row], Any]:
    def life(row: Row) -> Any:
        """What is alive before what has ended; in each step the latest first."""
        state = STATES.index(row.fact.state) if row.fact.state else len(STATES)
        since = row.fact.since.start if row.fact.since else date.min
        return state, -since.toordinal(), row.fact.id

    keys: Mapping[str, Callable[[Row], Any]] = {
        "life": life,
        "title": lambda row: words.show(row.fact.title).lower(),
        "kind": lambda row: words(row.kind),
        "since": lambda row: row.fact.since.start if row.fact.since else None,
        "until": lambda row: row.fact.expires.end if row.fact.expires else None,
        "measures": lambda row: row.fact.rests.measures,
    }
    return keys[sort]
