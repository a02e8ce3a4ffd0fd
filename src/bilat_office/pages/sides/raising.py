"""A difference as a point of the agenda, in every language: what each side states, and sources.

An agenda is read by both sides: a point is made of joint records and of published statistics alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bilat import LANGUAGES
from bilat.brief.facts.listing import Parted
from bilat.brief.facts.sayings import OneSaying, SidesDiffer, SidesFacts, sides_facts
from bilat.brief.story.sayings import BASES
from bilat.brief.trade_day import TradeDay, trade_day
from bilat.language import Message, Words, say
from bilat_office.pages.reckoning import joint_programme, made_once
from bilat_office.pages.trade.asking import Asked
from bilat_office.pages.trade.days import question
from bilat_office.pages.trade.keeping import Kept, key_of
from bilat_office.pages.trade.statistics import has_warehouse, statistics_known
from bilat_office.pages.visit import Visit
from bilat_office.records.viewer import JOINT

Titles = Mapping[str, Any]
"""Id of a source → what it is called."""


def may_be_raised(visit: Visit) -> frozenset[str]:
    """Ids of the differences that the joint records show, too."""
    return frozenset(item.id for item in _joint(visit)[1].differences)


def raised(visit: Visit, difference: str) -> dict[str, str] | None:
    """The point in every language; None where the two sides no longer differ in this."""
    day, facts = _joint(visit)
    found = next((item for item in facts.differences if item.id == difference), None)
    if found is None:
        return None
    titles = {source.id: source.title for source in day.sources}
    point = _point(visit, found, titles)
    return {lang: Words(lang)(point) for lang in LANGUAGES}


def _joint(visit: Visit) -> tuple[TradeDay, SidesFacts]:
    """With the statistics that are at hand: the page of differences has read them before."""

    def made() -> tuple[TradeDay, SidesFacts]:
        programme = joint_programme(visit)
        day = trade_day(programme, as_of=visit.today, viewer=JOINT, statistics=read.value)
        return day, sides_facts(programme, day.trade, visit.today)

    none: Kept[Any] = Kept(None)
    read = (statistics_known(question(visit, Asked())) if has_warehouse() else None) or none
    return made_once(visit, key_of("sides for both", read.value is None), made)


def _point(visit: Visit, item: SidesDiffer, titles: Titles) -> Message:
    sayings = Parted(tuple(_saying(visit, one, titles) for one in item.sayings))
    return say(
        "What the two sides state differently – {subject}. {sayings}",
        subject=item.subject,
        sayings=sayings,
    )


def _saying(visit: Visit, one: OneSaying, titles: Titles) -> Message:
    return say(
        "{side}: {text} ({how})",
        side=visit.office.side_name(one.side),
        text=one.text,
        how=Parted(tuple(_how(one, titles))),
    )


def _how(one: OneSaying, titles: Titles) -> Iterator[Message]:
    """On what ground, by whom, when, and where it can be read."""
    yield BASES[one.basis]
    if one.speaker:
        yield Message("{speaker}", {"speaker": one.speaker})
    if one.said:
        yield Message("{said}", {"said": one.said})
    if not one.sources:
        yield say("no source is named")
    for source in one.sources:
        yield say("source: {title}", title=titles.get(source, source))
