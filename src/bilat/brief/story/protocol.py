"""The protocol of a session as a document to sign; what is not known yet is a blank to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bilat.brief.facts.protocol import (
    DelegateFact,
    DelegationFact,
    EarlierLine,
    FigureLine,
    ProtocolFact,
)
from bilat.brief.facts.roadmap import OwnerRef
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Column,
    Item,
    Numbered,
    Paragraph,
    Percent,
    Section,
    Story,
    Table,
    row,
)
from bilat.brief.story.names import STATE, STATE_TONE
from bilat.brief.story.written import Lines, Written
from bilat.language import Message, say, say_many
from bilat.programme.names import COMPLETION
from bilat.vocabulary import Quantity, Unit

TITLE = say("Protocol")
ANNEX = say("Annex: figures as each side states them")
DIVERGENCE = say(
    "Done in two original copies, one for each side, in the English and Russian languages, both "
    "texts being equally authentic."
)
SHORT, LINE = "______________", "______________________________"


def tell_protocol(facts: ProtocolFact) -> Story:
    """Every section; documents set the opening, the signatures and the annex apart."""
    sections = [
        Section("session", TITLE, tuple(_opening(facts))),
        Section("agenda", say("Agenda"), tuple(_agenda(facts))),
        _minutes(facts),
        Section("decisions", say("Decisions"), tuple(_decisions(facts))),
        Section("earlier", say("State of earlier decisions"), tuple(_earlier(facts))),
        Section("final", say("Final provisions"), tuple(_final(facts))),
        Section("annex", ANNEX, tuple(_annex(facts))),
    ]
    return Story(
        title=Written(facts.title),
        subtitle=_subtitle(facts),
        sections=tuple(section for section in sections if section),
    )


def _subtitle(facts: ProtocolFact) -> Message:
    if facts.is_held:
        return say("Protocol, as of {day}", day=facts.as_of)
    return say("Draft of the protocol, as of {day}: the session is not recorded as held",
               day=facts.as_of)  # fmt: skip


def place_and_day(facts: ProtocolFact) -> tuple[Any, Any]:
    """Where and when; a blank where the record has no place, or only a month or year."""
    return Written(facts.place) if facts.place else SHORT, _day(facts)


def _day(facts: ProtocolFact) -> Any:
    when = facts.when
    if when is None:
        return say("“____” ______________ 20____")
    if when.start == when.end:
        return when.start
    return when if (when.end - when.start).days < 15 else say("“____” {period}", period=when)


def _opening(facts: ProtocolFact) -> Iterator[Block]:
    place, day = place_and_day(facts)
    for body in facts.commission:
        yield Paragraph(Written(body))
    yield Paragraph(say("Place: {place}. Date: {day}", place=place, day=day))
    for side in facts.sides:
        yield from _delegation(side)
    if facts.others:
        yield Paragraph(say("Also present: {people}", people=_people(facts.others)))


def _delegation(side: DelegationFact) -> Iterator[Block]:
    name = Written(side.name)
    if side.head is None:
        yield Paragraph(say("Co-chair, {side}: {person}", side=name, person=LINE))
        return
    yield Paragraph(say("Co-chair, {side}: {person}", side=name, person=_person(side.head)))
    if len(side.members) > 1:
        people = _people(side.members[1:])
        yield Paragraph(
            say("Members of the delegation, {side}: {people}", side=name, people=people)
        )


def _people(people: tuple[DelegateFact, ...]) -> Any:
    return _Apart(tuple(_person(item) for item in people))


def _person(item: DelegateFact) -> Any:
    name = Written(item.name)
    if not item.office:
        return say("{name}", name=name)
    return say("{name}, {office}", name=name, office=Written(item.office))


class _Apart:
    """People with their offices, which may hold commas, set apart by semicolons."""

    def __init__(self, values: tuple[Any, ...]) -> None:
        self._values = values

    def in_words(self, words: Any) -> str:
        return "; ".join(words.show(value) for value in self._values)


def _agenda(facts: ProtocolFact) -> Iterator[Block]:
    if facts.agenda:
        yield Numbered(tuple(Item(Written(point)) for point in facts.agenda))
    else:
        yield Paragraph(say("No point of the agenda is recorded."))


def _minutes(facts: ProtocolFact) -> Section | None:
    if not facts.outcome:
        return None
    return Section("minutes", say("Minutes"), (Paragraph(Written(facts.outcome)),))


def _decisions(facts: ProtocolFact) -> Iterator[Block]:
    if not facts.decisions:
        yield Paragraph(say("No decision of this session is recorded."))
        return
    yield Paragraph(say("The sides have decided:"))
    yield Table(
        "decisions",
        say("Decisions with owners and dates"),
        (
            Column(say("No."), numeric=True),
            Column(say("Decision"), wide=True),
            Column(say("Owners"), wide=True),
            Column(say("Date")),
        ),
        tuple(
            row(str(item.number), Written(item.title), _owners(item.owners), item.due)
            for item in facts.decisions
        ),
    )


def _owners(owners: tuple[OwnerRef, ...]) -> Any:
    return Lines(tuple(Written(item.name) for item in owners))


def _earlier(facts: ProtocolFact) -> Iterator[Block]:
    if not facts.earlier:
        yield Paragraph(say("No decision of an earlier session is open."))
        return
    yield Paragraph(say("The sides have heard how earlier decisions stand on {day}:",
                        day=facts.as_of))  # fmt: skip
    yield Table(
        "earlier",
        say("Decisions of earlier sessions"),
        (
            Column(say("Decision"), wide=True),
            Column(say("Session"), wide=True),
            Column(say("Owners"), wide=True),
            Column(say("Date")),
            Column(say("State")),
        ),
        tuple(_earlier_row(item) for item in facts.earlier),
    )
    if facts.earlier_more:
        yield Paragraph(
            say_many(
                "{n} more decision of earlier sessions is in the joint register.",
                "{n} more decisions of earlier sessions are in the joint register.",
                n=facts.earlier_more,
            )
        )


def _earlier_row(item: EarlierLine) -> tuple[Cell, ...]:
    state = STATE[item.state]
    if item.state != "complete":
        state = say("{state}; {completion}", state=state, completion=COMPLETION[item.completion])
    return row(
        Written(item.title), Written(item.session), _owners(item.owners), item.due,
        Cell(state, tone=STATE_TONE.get(item.state)),
    )  # fmt: skip


def _final(facts: ProtocolFact) -> Iterator[Block]:
    following = facts.next
    yield Paragraph(
        say(
            "The next session of the commission: place {place}, date {when}",
            place=Written(following.place) if following and following.place else SHORT,
            when=following.when if following and following.when else SHORT,
        )
    )
    yield Paragraph(say("The annex is an inseparable part of this protocol."))
    yield Paragraph(DIVERGENCE)


def _annex(facts: ProtocolFact) -> Iterator[Block]:
    if not facts.figures:
        yield Paragraph(say("Neither side has stated a figure."))
        return
    yield Paragraph(say("Both statements stand; nothing is averaged"))
    yield Table(
        "figures",
        say("Figures known on {day}", day=facts.as_of),
        (
            Column(say("Figure"), wide=True),
            Column(say("Period")),
            *(Column(say("Stated: {side}", side=Written(side.name)), numeric=True)
              for side in facts.sides),
            Column(say("Difference"), numeric=True),
        ),
        tuple(_figure(facts, item) for item in facts.figures),
        notes=(say("Difference: the larger less the smaller figure, against the smaller one."),),
    )  # fmt: skip
    yield _sources(facts)


def _figure(facts: ProtocolFact, item: FigureLine) -> tuple[Cell, ...]:
    unit = Unit.parse(item.unit)
    stated = []
    for side in facts.sides:
        level = next((one for one in item.levels if one.side == side.side), None)
        stated.append(
            Cell(Quantity(level.value, unit, level.qualifier), level.sources) if level else Cell()
        )
    gap = None if item.difference is None else Percent(item.difference)
    return row(Written(item.indicator), item.period, *stated, gap)


def _sources(facts: ProtocolFact) -> Table:
    return Table(
        "sources",
        say("Numbers in brackets refer to this list"),
        (
            Column(say("No."), numeric=True),
            Column(say("Source"), wide=True),
            Column(say("Publisher"), wide=True),
            Column(say("Published")),
        ),
        tuple(
            row(str(item.number), Written(item.title), Written(item.publisher), item.published)
            for item in facts.sources
        ),
    )


def signature(side: DelegationFact) -> Iterator[Any]:
    """The side, and the office of its co-chair; `signing` comes below."""
    yield say("For the side: {side}", side=Written(side.name))
    yield say("Co-chair of the commission")
    if side.head is None:
        yield LINE
    elif side.head.office:
        yield Written(side.head.office)


def signing(side: DelegationFact) -> Iterator[Any]:
    """One line to sign on, in whatever languages the document is, with the name beside it."""
    yield ""
    yield Written(side.head.name) if side.head else SHORT
    yield say("(signature)")
