"""The measures of the roadmap as its pages list them: filtered, ordered, grouped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from django.http import QueryDict

from bilat.brief.facts.roadmap import CommitmentFact, RoadmapFact, State, roadmap_facts
from bilat.brief.story.names import STATE, STATE_TONE
from bilat.language import Message, Words, say
from bilat.programme import Commitment, Programme
from bilat.programme.agreements import Completion
from bilat.programme.names import COMPLETION
from bilat_office.pages.lists import in_order
from bilat_office.pages.sought import texts_of

OPEN: tuple[State, ...] = ("late", "due_soon", "under_way", "no_date")
By = Literal["", "chapter", "owner", "time"]
NAMELESS: Mapping[By, Message] = {
    "chapter": say("outside the chapters"),
    "owner": say("nobody yet"),
    "time": say("without a date"),
}
"""Where a measure stands that has none of what the list is grouped by: last."""
SORTS = ("urgency", "title", "due", "completion", "chapter")
STEPS: tuple[Completion, ...] = get_args(Completion)
RULE = say(
    "Red: its date has passed and it is not complete. Amber: due within 90 days, or without a "
    "date. Green: complete. Blue: under way, with more than 90 days left."
)


@dataclass(frozen=True)
class Row:
    """One measure as a list shows it."""

    fact: CommitmentFact
    chapter: Any
    text: str
    """Everything that people wrote in it, in lower case, for the search."""

    @property
    def state(self) -> Message:
        return STATE[self.fact.state]

    @property
    def tone(self) -> str:
        return STATE_TONE.get(self.fact.state) or "plain"

    @property
    def completion(self) -> Message:
        return COMPLETION[self.fact.completion]

    @property
    def step(self) -> int:
        """0, no evidence, to 4, complete."""
        return STEPS.index(self.fact.completion)

    @property
    def steps(self) -> list[bool]:
        return [number < self.step for number in range(len(STEPS) - 1)]


@dataclass(frozen=True)
class Asked:
    """The filters of the roadmap's address."""

    state: str = ""
    owner: str = ""
    side: str = ""
    chapter: str = ""
    q: str = ""
    sort: str = "urgency"
    descending: bool = False
    by: By = ""


def asked_of(query: QueryDict) -> Asked:
    """What cannot be asked for is left out."""
    sort, by = query.get("sort", ""), query.get("by", "")
    return Asked(
        state=query.get("state", ""),
        owner=query.get("owner", ""),
        side=query.get("side", ""),
        chapter=query.get("chapter", ""),
        q=query.get("q", "").strip()[:300],
        sort=sort if sort in SORTS else "urgency",
        descending=query.get("order") == "desc",
        by=next((each for each in get_args(By) if each == by), ""),
    )


@dataclass(frozen=True)
class Measures:
    """Every measure, what is late first; by its id; and as the core sums them up."""

    rows: Sequence[Row]
    by_id: Mapping[str, Row]
    facts: RoadmapFact


def measures_of(programme: Programme, as_of: date) -> Measures:
    """For `reckoning.facts_of`, which makes it once a day and change."""
    facts = roadmap_facts(programme, as_of)
    rows = rows_of(programme, facts)
    return Measures(rows, {row.fact.id: row for row in rows}, facts)


def rows_of(programme: Programme, roadmap: RoadmapFact) -> list[Row]:
    """The measures of ``roadmap`` in its order."""
    names = {body.id: texts_of(body.name) for body in programme.bodies}
    texts = programme.memory.each(
        "pages.measures",
        programme.commitments,
        (programme.bodies,),
        lambda item: _text(item, names),
    )
    known = zip(programme.commitments, texts, strict=True)
    found = {item.id: (item.chapter, text) for item, text in known}
    return [Row(fact, *found[fact.id]) for fact in roadmap.commitments]


def _text(record: Commitment, names: Mapping[str, Sequence[str]]) -> str:
    """names: body → what it is called, in every language."""
    texts = [record.id, *texts_of(record.title), *texts_of(record.chapter), record.sector or ""]
    texts += [text for item in record.evidence for text in texts_of(item.text)]
    texts += [text for owner in record.owners for text in names.get(owner, ())]
    return "\n".join(texts).lower()


def chosen(rows: Iterable[Row], asked: Asked, words: Words) -> list[Row]:
    """Those that all filters let through, in the order that is asked for."""
    found = [row for row in rows if _fits(row, asked, words)]
    if asked.sort == "urgency":
        return found[::-1] if asked.descending else found
    return in_order(found, _key(asked.sort, words), descending=asked.descending)


def _fits(row: Row, asked: Asked, words: Words) -> bool:
    fact = row.fact
    states = OPEN if asked.state == "open" else (asked.state,)
    return (
        (not asked.state or fact.state in states)
        and (not asked.owner or asked.owner in {owner.id for owner in fact.owners})
        and (not asked.side or asked.side in {owner.side for owner in fact.owners})
        and (not asked.chapter or (row.chapter and words(row.chapter) == asked.chapter))
        and all(word in row.text for word in asked.q.lower().split())
    )


def _key(sort: str, words: Words) -> Callable[[Row], Any]:
    def due(row: Row) -> date | None:
        return row.fact.due.end if row.fact.due else None

    def chapter(row: Row) -> str | None:
        return words(row.chapter) if row.chapter else None

    keys: Mapping[str, Callable[[Row], Any]] = {
        "title": lambda row: words.show(row.fact.title).lower(),
        "due": due,
        "completion": lambda row: row.step,
        "chapter": chapter,
    }
    return keys[sort]


def grouped(rows: Sequence[Row], by: By, words: Words) -> list[tuple[str, list[Row]]]:
    """Under headings: one without a text where nothing is grouped."""
    if not by:
        return [("", list(rows))]
    nameless = {words(text) for text in NAMELESS.values()}
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for heading in _headings(row, by, words):
            groups.setdefault(heading, []).append(row)
    return sorted(groups.items(), key=lambda pair: (pair[0] in nameless, pair[0]))


def _headings(row: Row, by: By, words: Words) -> list[str]:
    if by == "chapter":
        return [words(row.chapter or NAMELESS[by])]
    if by == "owner":
        return [words.show(owner.name) for owner in row.fact.owners] or [words(NAMELESS[by])]
    return [str(row.fact.due.end.year) if row.fact.due else words(NAMELESS["time"])]


def chapters_of(rows: Iterable[Row], words: Words) -> list[str]:
    return sorted({words(row.chapter) for row in rows if row.chapter})
