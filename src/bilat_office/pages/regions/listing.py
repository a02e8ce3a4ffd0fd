"""The links as a list shows them: filtered and ordered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from bilat.brief.facts.links import LinkFact
from bilat.language import Message, Words, say
from bilat_office.pages.codes import LINK_KIND
from bilat_office.pages.lists import in_order
from bilat_office.pages.sought import same_goods, texts_of

CAME: Mapping[str, Message] = {
    "none": say("nothing yet"),
    "meeting": say("a meeting"),
    "contract": say("a contract"),
    "deal": say("a deal"),
}
SORTS = ("title", "kind", "since", "came")


@dataclass(frozen=True)
class Row:
    """One link as a list shows it."""

    fact: LinkFact
    text: str

    @property
    def kind(self) -> Message:
        return LINK_KIND[self.fact.kind]

    @property
    def came(self) -> str:
        """The furthest that came of it."""
        if self.fact.deals:
            return "deal"
        if self.fact.contracts:
            return "contract"
        return "meeting" if self.fact.meetings else "none"

    @property
    def came_label(self) -> Message:
        return CAME[self.came]

    @property
    def tone(self) -> str:
        return {"none": "quiet", "meeting": "plain"}.get(self.came, "good")


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    q: str = ""
    kind: str = ""
    region: str = ""
    sector: str = ""
    hs: str = ""
    forum: str = ""
    came: str = ""
    only: str = ""
    """``pairs``: both sides are named; ``introduced``; ``wishes``: with a request or an offer."""
    sort: str = "title"
    descending: bool = False


def asked_of(query: QueryDict) -> Asked:
    """What cannot be asked for is left out."""
    names = ("q", "kind", "region", "sector", "hs", "forum", "came", "only")
    given = {name: query.get(name, "").strip()[:300] for name in names}
    sort = query.get("sort", "")
    return Asked(
        **given,
        sort=sort if sort in SORTS else "title",
        descending=query.get("order") == "desc",
    )


def rows_of(links: Iterable[LinkFact]) -> list[Row]:
    return [Row(item, _text(item)) for item in links]


def _text(item: LinkFact) -> str:
    texts = [item.id, *item.codes, *item.sectors, *texts_of(item.title)]
    texts += [*texts_of(item.next_step)]
    texts += [text for end in item.ends for text in texts_of(end.name)]
    return "\n".join(texts).lower()


def chosen(rows: Iterable[Row], asked: Asked, words: Words) -> list[Row]:
    """Those that all filters let through, in the order that is asked for."""
    found = [row for row in rows if _fits(row, asked)]
    return in_order(found, _key(asked.sort, words), descending=asked.descending)


def _fits(row: Row, asked: Asked) -> bool:
    item = row.fact
    return (
        (not asked.kind or item.kind == asked.kind)
        and (not asked.region or asked.region in {end.region for end in item.ends})
        and (not asked.sector or asked.sector in item.sectors)
        and (not asked.hs or any(same_goods(code, asked.hs) for code in item.codes))
        and (not asked.forum or (item.forum is not None and item.forum.ref == asked.forum))
        and (not asked.came or row.came == asked.came)
        and _is_of(item, asked.only)
        and all(word in row.text for word in asked.q.lower().split())
    )


def _is_of(item: LinkFact, only: str) -> bool:
    if only == "pairs":
        return item.is_pair
    if only == "introduced":
        return bool(item.introduces)
    return only != "wishes" or bool(item.offers or item.requests)


def _key(sort: str, words: Words) -> Callable[[Row], Any]:
    keys: Mapping[str, Callable[[Row], Any]] = {
        "title": lambda row: words.show(row.fact.title).lower(),
        "kind": lambda row: words(row.kind),
        "since": lambda row: row.fact.since.start if row.fact.since else None,
        "came": lambda row: list(CAME).index(row.came),
    }
    return keys[sort]
