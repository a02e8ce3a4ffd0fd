"""A side's own way to its key: draft → checked → approved. Who may do what, now: pure data.

None of this leaves the side: drafts and approvals are private, and no message holds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bilat.errors import BilatError
from bilat.language import say


class NotAllowed(BilatError):
    """This person may not do this now."""


@dataclass(frozen=True)
class Person:
    id: str
    side: str
    roles: frozenset[str]
    """Such as ``ministry_editor``, ``approver``, ``secretary``."""
    body: str | None = None


@dataclass(frozen=True)
class Step:
    """One stop: who has ``role`` may pass it; with ``body``, only people of that body."""

    name: str
    role: str
    body: str | None = None


@dataclass(frozen=True)
class Route:
    """The stops of a draft before the side's key is used. None at all: the key holder decides.

    key_role: who may then use the key. four_eyes: nobody passes a stop of their own draft, nor two
    stops of one draft; the key is the last stop.
    """

    steps: tuple[Step, ...] = ()
    key_role: str = "secretary"
    four_eyes: bool = True

    @property
    def stops(self) -> tuple[Step, ...]:
        return (*self.steps, Step("signed", self.key_role))


@dataclass(frozen=True)
class Routes:
    """One route for each record kind; ``usual`` for those that have none of their own."""

    by_section: Mapping[str, Route]
    usual: Route = Route()

    def of(self, sections: Sequence[str]) -> Route:
        """The route of a draft: of several kinds, the one with the most stops."""
        return max((self.by_section.get(name, self.usual) for name in sections), key=_length)


@dataclass(frozen=True)
class Deputy:
    """``by`` stands in for ``of`` from ``start`` to ``end``, both days included."""

    of: str
    by: str
    start: date
    end: date


@dataclass(frozen=True)
class Passed:
    """A stop behind a draft: who passed it, when, and for whom if as a deputy."""

    step: str
    by: str
    on: date
    instead_of: str | None = None


@dataclass(frozen=True)
class Draft:
    """A change on its way inside one side. ``text``: hash of what the stops have seen."""

    side: str
    sections: tuple[str, ...]
    author: str
    text: str
    passed: tuple[Passed, ...] = ()

    def edited(self, text: str, author: str) -> Draft:
        """Another text: what was passed before was another draft."""
        if text == self.text:
            return self
        return replace(self, text=text, author=author, passed=())


@dataclass(frozen=True)
class May:
    """``person`` may pass ``step``, for themselves or as a deputy."""

    person: str
    step: str
    instead_of: str | None = None


@dataclass(frozen=True)
class Staff:
    """The people of a side and who stands in for whom."""

    people: tuple[Person, ...]
    deputies: tuple[Deputy, ...] = ()

    def standing_in(self, person: Person, on: date) -> Iterator[Person]:
        """Those for whom ``person`` stands in on this day; a deputy's deputy does not count."""
        for deputy in self.deputies:
            if deputy.by == person.id and deputy.start <= on <= deputy.end:
                yield from (found for found in self.people if found.id == deputy.of)


def next_step(draft: Draft, routes: Routes) -> Step | None:
    """The stop that the draft is waiting at; None when the key has been used."""
    stops = routes.of(draft.sections).stops
    return stops[len(draft.passed)] if len(draft.passed) < len(stops) else None


def may_pass(draft: Draft, routes: Routes, staff: Staff, on: date) -> tuple[May, ...]:
    """Who may pass the next stop on this day. A deputy comes after those who may themselves."""
    step = next_step(draft, routes)
    if step is None:
        return ()
    route = routes.of(draft.sections)
    own = [May(person.id, step.name) for person in staff.people if _fits(person, step, draft)]
    instead = [
        May(person.id, step.name, absent.id)
        for person in staff.people
        if person.side == draft.side
        for absent in staff.standing_in(person, on)
        if _fits(absent, step, draft)
    ]
    fresh = {item.person: item for item in [*instead, *own]}
    allowed = [item for item in [*own, *instead] if fresh[item.person] is item]
    return tuple(item for item in allowed if not (route.four_eyes and _seen(draft, item)))


def pass_step(draft: Draft, person: str, routes: Routes, staff: Staff, on: date) -> Draft:
    """The draft one stop further. Raises NotAllowed, naming who may."""
    allowed = may_pass(draft, routes, staff, on)
    found = next((item for item in allowed if item.person == person), None)
    if found is None:
        step = next_step(draft, routes)
        raise NotAllowed(
            say(
                "{person} may not do this now: the draft is at “{step}”, which {people} may pass.",
                person=person,
                step=step.name if step else "signed",
                people=[item.person for item in allowed],
            )
        )
    passed = Passed(found.step, person, on, found.instead_of)
    return replace(draft, passed=(*draft.passed, passed))


def send_back(draft: Draft, person: str, routes: Routes, staff: Staff, on: date) -> Draft:
    """Back to its author, by whoever could have passed it. Raises NotAllowed."""
    pass_step(draft, person, routes, staff, on)
    return replace(draft, passed=())


def ready_for_key(draft: Draft, routes: Routes) -> bool:
    """True when only the use of the key is left."""
    return len(draft.passed) == len(routes.of(draft.sections).steps)


def _fits(person: Person, step: Step, draft: Draft) -> bool:
    right_body = step.body is None or step.body == person.body
    return person.side == draft.side and step.role in person.roles and right_body


def _seen(draft: Draft, may: May) -> bool:
    """A second pair of eyes: neither the author, nor who (or for whom) a stop was passed before."""
    before = {draft.author}
    for item in draft.passed:
        before |= {item.by, item.instead_of or item.by}
    return may.person in before or may.instead_of in before


def _length(route: Route) -> int:
    return len(route.stops)
