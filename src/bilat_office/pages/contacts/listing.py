"""The contacts as their pages list them: filtered, ordered, as cells of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from django.http import QueryDict

from bilat.brief.facts.contacts import ContactRow, ContactState, contact_rows
from bilat.brief.facts.meetings import CadenceFact, meetings_facts
from bilat.language import Message, Words, say
from bilat.programme import Programme
from bilat.programme.names import CONTACT_KIND
from bilat_office.pages.lists import in_order
from bilat_office.pages.reckoning import facts_of, made_once, programme_of
from bilat_office.pages.sought import texts_of
from bilat_office.pages.visit import Visit

View = Literal["list", "month", "series"]
STATE: Mapping[ContactState, Message] = {
    "planned": say("planned"),
    "held": say("held"),
    "overdue": say("was it held?"),
    "undated": say("no date"),
    "cancelled": say("cancelled"),
}
TONE: Mapping[ContactState, str] = {
    "planned": "plain",
    "held": "good",
    "overdue": "bad",
    "undated": "warn",
    "cancelled": "quiet",
}
RULE = say(
    "Blue: planned. Green: held. Red: its day is past, and nobody has said whether it was held. "
    "Amber: no date yet. Grey: cancelled."
)
BILATERAL = "-"
"""As the filter of platforms names those of the two sides alone."""
SORTS = ("date", "title", "kind", "state", "place")


@dataclass(frozen=True)
class Row:
    """One contact as a list shows it."""

    fact: ContactRow
    text: str
    """Everything that people wrote in it, in lower case, for the search."""

    @property
    def state(self) -> Message:
        return STATE[self.fact.state]

    @property
    def tone(self) -> str:
        return TONE[self.fact.state]

    @property
    def kind(self) -> Message:
        return CONTACT_KIND[self.fact.kind]


@dataclass(frozen=True)
class Asked:
    """The filters of the address."""

    view: View = "list"
    q: str = ""
    kind: str = ""
    platform: str = ""
    body: str = ""
    side: str = ""
    year: str = ""
    state: str = ""
    cadence: str = ""
    sort: str = "date"
    descending: bool = True


def asked_of(query: QueryDict) -> Asked:
    """What cannot be asked for is left out."""
    view, sort = query.get("view", ""), query.get("sort", "")
    sort = sort if sort in SORTS else "date"
    named = ("kind", "platform", "body", "side", "year", "state", "cadence")
    return Asked(
        view=next((each for each in get_args(View) if each == view), "list"),
        q=query.get("q", "").strip()[:300],
        sort=sort,
        descending=query.get("order", "desc" if sort == "date" else "asc") == "desc",
        **{name: query.get(name, "") for name in named},
    )


@dataclass(frozen=True)
class Known:
    """What one viewer’s pages show of a register and a day: made once."""

    rows: Sequence[Row]
    """The latest first."""
    cadences: Sequence[CadenceFact]


def rows_of(visit: Visit) -> Sequence[Row]:
    """Every contact that the person may see, the latest first."""
    return known_of(visit, programme_of(visit)).rows


def known_of(visit: Visit, programme: Programme) -> Known:
    def made() -> Known:
        rows = [Row(fact, _text(fact)) for fact in contact_rows(programme, visit.today)]
        return Known(rows, facts_of(visit, meetings_facts).cadences)

    return made_once(visit, "contacts", made)


def _text(fact: ContactRow) -> str:
    said = (fact.title, fact.place, fact.platform, fact.outcome, *fact.agenda, *fact.people)
    names = [body.name for body in fact.bodies]
    texts = [fact.id, *(text for each in (*said, *names) for text in texts_of(each))]
    return "\n".join(texts).lower()


def chosen(rows: Iterable[Row], asked: Asked, words: Words) -> list[Row]:
    """Those that all filters let through, in the order that is asked for."""
    found = [row for row in rows if _fits(row, asked, words)]
    return in_order(found, _key(asked.sort, words), descending=asked.descending)


def _fits(row: Row, asked: Asked, words: Words) -> bool:
    fact = row.fact
    return (
        (not asked.kind or fact.kind == asked.kind)
        and (not asked.state or fact.state == asked.state)
        and (not asked.side or asked.side in fact.sides)
        and (not asked.cadence or fact.cadence == asked.cadence)
        and (not asked.year or asked.year in years_of(fact))
        and (not asked.body or asked.body in {body.id for body in fact.bodies})
        and (not asked.platform or platform_of(fact, words) == asked.platform)
        and all(word in row.text for word in asked.q.lower().split())
    )


def years_of(fact: ContactRow) -> tuple[str, ...]:
    if fact.when is None:
        return ()
    return tuple(map(str, range(fact.when.start.year, fact.when.end.year + 1)))


def platform_of(fact: ContactRow, words: Words) -> str:
    return words(fact.platform) if fact.platform else BILATERAL


def _key(sort: str, words: Words) -> Callable[[Row], Any]:
    def day(row: Row) -> date | None:
        return row.fact.when.start if row.fact.when else None

    def place(row: Row) -> str | None:
        return words(row.fact.place) if row.fact.place else None

    keys: Mapping[str, Callable[[Row], Any]] = {
        "date": day,
        "title": lambda row: words.show(row.fact.title).lower(),
        "kind": lambda row: words(row.kind),
        "state": lambda row: words(row.state),
        "place": place,
    }
    return keys[sort]


@dataclass(frozen=True)
class Choices:
    """What the filters offer: only what some contact has."""

    kinds: Sequence[tuple[str, Message]]
    platforms: Sequence[str]
    bodies: Sequence[tuple[str, Any]]
    years: Sequence[str]
    has_bilateral: bool


def choices_of(rows: Sequence[Row], words: Words) -> Choices:
    kinds = {row.fact.kind for row in rows}
    bodies = {body.id: body.name for row in rows for body in row.fact.bodies}
    platforms = {platform_of(row.fact, words) for row in rows}
    return Choices(
        kinds=[(code, label) for code, label in CONTACT_KIND.items() if code in kinds],
        platforms=sorted(platforms - {BILATERAL}),
        bodies=sorted(bodies.items(), key=lambda pair: words.show(pair[1])),
        years=sorted({year for row in rows for year in years_of(row.fact)}, reverse=True),
        has_bilateral=BILATERAL in platforms,
    )


def file_heading(words: Words) -> list[str]:
    labels = (
        say("Id"), say("Contact"), say("Kind"), say("State"), say("First day"), say("Last day"),
        say("Place"), say("Platform"), say("Sides"), say("Bodies"), say("Took part"), say("Agenda"),
        say("Outcome"), say("Follow-ups"), say("Follow-ups open"),
    )  # fmt: skip
    return [words(label) for label in labels]


def file_row(row: Row, words: Words) -> list[str]:
    fact = row.fact
    return [
        fact.id,
        words.show(fact.title),
        words(row.kind),
        words(row.state),
        fact.when.start.isoformat() if fact.when else "",
        fact.when.end.isoformat() if fact.when else "",
        words(fact.place) if fact.place else "",
        words(fact.platform) if fact.platform else "",
        "; ".join(fact.sides),
        "; ".join(words.show(body.name) for body in fact.bodies),
        "; ".join(words.show(name) for name in fact.people),
        "; ".join(words.show(text) for text in fact.agenda),
        words(fact.outcome) if fact.outcome else "",
        "; ".join(fact.follow_up),
        str(fact.follow_up_open),
    ]
