"""The projects as a list and a board show them: filtered, ordered, by stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from django.http import QueryDict

from bilat.brief.facts.holding import HoldFact, Rule
from bilat.brief.facts.projects import ProjectStanding
from bilat.language import Message, Words, say
from bilat.programme.names import STAGE
from bilat.programme.projects import Stage
from bilat_office.pages.lists import in_order
from bilat_office.pages.sought import same_goods, texts_of

STAGES: tuple[Stage, ...] = get_args(Stage)
TONE: Mapping[str, str] = {
    "idea": "quiet", "negotiated": "quiet", "agreed": "plain", "preparing": "plain",
    "operating": "good", "scaled_up": "good", "stopped": "bad",
}  # fmt: skip
SORTS = ("stage", "title", "made", "jobs")
RULES: Mapping[Rule, Message] = {
    "late_measure": say("a late measure"),
    "waits": say("another project"),
    "finance": say("missing finance"),
    "document": say("a document"),
    "no_movement": say("no movement"),
}
CARDS = 12
"""So many projects stand in one column of the board; its heading leads to all."""
View = Literal["list", "board"]


@dataclass(frozen=True)
class Row:
    """One project as a list shows it."""

    fact: ProjectStanding
    text: str
    """Everything that people wrote in it, in lower case, for the search."""
    places: str

    @property
    def stage(self) -> Message:
        return STAGE[self.fact.stage]

    @property
    def tone(self) -> str:
        return TONE[self.fact.stage]

    @property
    def held(self) -> list[HoldFact]:
        return [hold for hold in self.fact.holds if not hold.doubtful]


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    q: str = ""
    stage: str = ""
    sector: str = ""
    hs: str = ""
    place: str = ""
    side: str = ""
    body: str = ""
    held: str = ""
    """``yes``, ``no``, or one of `RULES`."""
    sort: str = "stage"
    descending: bool = False
    view: View = "list"


def asked_of(query: QueryDict) -> Asked:
    """What cannot be asked for is left out."""
    names = ("q", "stage", "sector", "hs", "place", "side", "body", "held")
    given = {name: query.get(name, "").strip()[:300] for name in names}
    sort = query.get("sort", "")
    return Asked(
        **given,
        sort=sort if sort in SORTS else "stage",
        descending=query.get("order") == "desc",
        view="board" if query.get("view") == "board" else "list",
    )


def rows_of(projects: Iterable[ProjectStanding]) -> list[Row]:
    return [_row(item) for item in projects]


def _row(item: ProjectStanding) -> Row:
    texts = [
        item.id,
        item.sector or "",
        *item.products,
        *texts_of(item.title),
        *texts_of(item.next_step),
    ]
    texts += [text for end in item.partners for text in texts_of(end.name)]
    places = "\n".join(texts_of(item.place)).lower()
    return Row(item, "\n".join([*texts, places]).lower(), places)


def chosen(rows: Iterable[Row], asked: Asked, words: Words) -> list[Row]:
    """Those that all filters let through, in the order that is asked for."""
    found = [row for row in rows if _fits(row, asked)]
    return in_order(found, _key(asked.sort, words), descending=asked.descending)


def _fits(row: Row, asked: Asked) -> bool:
    item = row.fact
    return (
        (not asked.stage or item.stage == asked.stage)
        and (not asked.sector or item.sector == asked.sector)
        and (not asked.hs or any(same_goods(code, asked.hs) for code in item.products))
        and (not asked.side or asked.side in {end.side for end in item.partners})
        and (not asked.body or asked.body in {end.id for end in item.partners})
        and _fits_hold(row, asked.held)
        and asked.place.lower() in row.places
        and all(word in row.text for word in asked.q.lower().split())
    )


def _fits_hold(row: Row, held: str) -> bool:
    if held in RULES:
        return any(hold.rule == held for hold in row.held)
    return held not in ("yes", "no") or row.fact.is_held == (held == "yes")


def _key(sort: str, words: Words) -> Callable[[Row], Any]:
    def made(row: Row) -> Any:
        return row.fact.latest[0].units if row.fact.latest else None

    keys: Mapping[str, Callable[[Row], Any]] = {
        "stage": lambda row: STAGES.index(row.fact.stage),
        "title": lambda row: words.show(row.fact.title).lower(),
        "made": made,
        "jobs": lambda row: row.fact.jobs,
    }
    return keys[sort]


@dataclass(frozen=True)
class Pile:
    """A column of the board."""

    stage: Stage
    rows: Sequence[Row]

    @property
    def label(self) -> Message:
        return STAGE[self.stage]

    @property
    def cards(self) -> Sequence[Row]:
        return self.rows[:CARDS]

    @property
    def more(self) -> int:
        return max(0, len(self.rows) - CARDS)


def board_of(rows: Sequence[Row]) -> list[Pile]:
    """A column for each stage; that of stopped projects only where there are any."""
    piles = [Pile(stage, [row for row in rows if row.fact.stage == stage]) for stage in STAGES]
    return [pile for pile in piles if pile.rows or pile.stage != "stopped"]
