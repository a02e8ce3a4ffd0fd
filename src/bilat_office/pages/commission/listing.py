"""The sessions and the decisions of the commission as lists show them: filtered and ordered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from bilat.brief.facts.sessions import SessionFact
from bilat.language import Message, Words, say
from bilat_office.pages.lists import in_order
from bilat_office.pages.measures import Row
from bilat_office.pages.visit import Visit

STATE: Mapping[str, Message] = {
    "planned": say("planned"),
    "missed": say("was it held?"),
    "no_date": say("no date"),
    "held": say("held"),
    "cancelled": say("cancelled"),
}
TONE: Mapping[str, str] = {
    "planned": "plain",
    "missed": "warn",
    "no_date": "warn",
    "held": "good",
    "cancelled": "quiet",
}
SORTS = ("order", "title", "when", "decisions", "late")
COLUMNS = (
    (say("Session"), "title"),
    (say("State"), ""),
    (say("When"), "when"),
    (say("Place"), ""),
    (say("Decisions"), "decisions"),
    (say("Late"), "late"),
)


@dataclass(frozen=True)
class SessionRow:
    """One session as a list shows it."""

    fact: SessionFact

    @property
    def state(self) -> Message:
        return STATE[self.fact.state]

    @property
    def tone(self) -> str:
        return TONE[self.fact.state]


@dataclass(frozen=True)
class Asked:
    """The filters of the list of sessions."""

    state: str = ""
    q: str = ""
    sort: str = "order"
    descending: bool = False


def asked_of(query: QueryDict) -> Asked:
    """What cannot be asked for is left out."""
    sort = query.get("sort", "")
    return Asked(
        state=query.get("state", ""),
        q=query.get("q", "").strip()[:300],
        sort=sort if sort in SORTS else "order",
        descending=query.get("order") == "desc",
    )


def sessions_chosen(
    sessions: Iterable[SessionFact], asked: Asked, words: Words
) -> list[SessionRow]:
    found = [SessionRow(item) for item in sessions if _fits(item, asked, words)]
    if asked.sort == "order":
        return found[::-1] if asked.descending else found
    return in_order(found, _key(asked.sort, words), descending=asked.descending)


def _fits(item: SessionFact, asked: Asked, words: Words) -> bool:
    text = f"{words.show(item.title)} {words.show(item.place)} {item.id}".lower()
    return (not asked.state or item.state == asked.state) and all(
        word in text for word in asked.q.lower().split()
    )


def _key(sort: str, words: Words) -> Callable[[SessionRow], Any]:
    keys: Mapping[str, Callable[[SessionRow], Any]] = {
        "title": lambda row: words.show(row.fact.title).lower(),
        "when": lambda row: row.fact.when.start if row.fact.when else None,
        "decisions": lambda row: len(row.fact.decisions),
        "late": lambda row: row.fact.late,
    }
    return keys[sort]


@dataclass(frozen=True)
class DecisionRow:
    """One decision with the session that took it."""

    measure: Row
    session: SessionFact


def decisions_in(
    rows: Iterable[Row], sessions: Mapping[str, SessionFact], session: str
) -> list[DecisionRow]:
    """Those of one session, or all where ``session`` is empty."""
    found = (DecisionRow(row, sessions[row.fact.id]) for row in rows)
    return [item for item in found if not session or item.session.id == session]


def session_cells(visit: Visit, row: SessionRow) -> list[str]:
    words, fact = visit.words, row.fact
    return [
        fact.id,
        words.show(fact.title),
        words(row.state),
        str(fact.when or ""),
        words.show(fact.place) if fact.place else "",
        str(len(fact.decisions)),
        str(fact.late),
        fact.protocol or "",
    ]


def decision_cells(visit: Visit, row: DecisionRow) -> list[str]:
    words, fact = visit.words, row.measure.fact
    return [
        fact.id,
        words.show(fact.title),
        words.show(row.session.title),
        "; ".join(words.show(owner.name) for owner in fact.owners),
        "; ".join(dict.fromkeys(owner.side or "" for owner in fact.owners)),
        str(fact.due or ""),
        str(fact.first_due or ""),
        words(row.measure.completion),
        words(row.measure.state),
    ]


def headings(visit: Visit, labels: Sequence[Message]) -> list[str]:
    return [visit.words(label) for label in labels]
