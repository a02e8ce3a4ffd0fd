"""One request of one person: who they are, what they may see and do, what every page says.

    @page
    def roadmap(request: HttpRequest) -> HttpResponse:
        visit = visit_of(request)

`page` lets in whoever has signed in, and makes a page of whatever is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, cast, get_args

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bilat.errors import BilatError
from bilat.language import Text, Words
from bilat.register import route
from bilat.register.canonical import Document
from bilat.register.route import NotAllowed
from bilat.vocabulary import country_name
from bilat_office.pages.latest import Latest
from bilat_office.pages.refusing import refused
from bilat_office.pages.templatetags.says import reader
from bilat_office.people.doorway import Watched
from bilat_office.people.middleware import door_for, person_of
from bilat_office.people.models import Person
from bilat_office.people.permissions import Action, may
from bilat_office.people.services.routes import as_route
from bilat_office.records.desk import Desk, Proposed
from bilat_office.records.viewer import JOINT, Viewer

P = ParamSpec("P")
HEADINGS: Latest[Document] = Latest(4)
"""Of this process: register and head → what both sides call the programme."""
TICKET = "bilat_key_"
"""How the cookies begin that hold the tickets of open keys."""
TICKET_MINUTES = 15
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


@dataclass(frozen=True)
class Office:
    """What the head of every page says, read once a request."""

    register: str
    head: str
    place: int
    title: Text
    sides: tuple[str, str]
    mode: str
    depositary: str
    side_names: Mapping[str, Text]
    awaiting: tuple[Proposed, ...]
    """Changes that await the key of the reader's side."""
    signing: Mapping[str, tuple[str, ...]]
    """Side → ids of its keys that are in force."""
    to_enter: int
    """Countersigned changes that the reader's side, as depositary, has to enter."""

    @property
    def solo(self) -> bool:
        return self.mode == "solo"

    def side_name(self, side: str | None) -> Any:
        return self.side_names.get(side or "", side)


@dataclass
class Visit:
    """One person's request. Views ask it, and nothing else, for the door."""

    request: HttpRequest = field(repr=False)
    person: Person
    at: datetime
    tickets: dict[str, str] = field(default_factory=dict, repr=False)
    """Side → ticket of a key that was opened in this request; for the browser alone."""

    @cached_property
    def door(self) -> Watched:
        return door_for(self.request)

    @property
    def viewer(self) -> Viewer:
        return self.door.viewer

    @property
    def side(self) -> str:
        """A party's code, or ``joint``."""
        return self.person.side

    @property
    def of_a_side(self) -> bool:
        return self.side != JOINT

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    @property
    def by(self) -> route.Person:
        """The person as the rules of a side's route know them."""
        return as_route(self.person)

    @cached_property
    def words(self) -> Words:
        return reader()

    @property
    def own_side_name(self) -> Any:
        return self.office.side_name(self.side)

    def ticket_cookie(self, side: str) -> str:
        """The name of the cookie with this person's ticket for the key of ``side``."""
        return f"{TICKET}{self.person.pk}_{side}"

    @property
    def open_key(self) -> bool:
        """Whether the reader's browser holds the ticket of an open key."""
        return any(name.startswith(self.ticket_cookie("")) for name in self.request.COOKIES)

    def may(self, action: Action) -> bool:
        return may(self.viewer, action)

    @cached_property
    def can(self) -> Mapping[str, bool]:
        """Action → whether the person's roles allow it: for templates."""
        return {action: self.may(action) for action in get_args(Action)}

    @cached_property
    def office(self) -> Office:
        """Raises NotFounded."""
        with self.door.desk() as desk:
            return _read(desk, self.side)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The desk; what the page's head needs of it is read with it."""
        with self.door.desk() as desk:
            read = _read(desk, self.side) if "office" not in self.__dict__ else None
            yield desk
        if read is not None:
            self.__dict__.setdefault("office", read)


def _read(desk: Desk, side: str) -> Office:
    opened = desk.open()
    office = Office(
        register=desk.register,
        head=desk.head,
        place=desk.place,
        title=desk.register,
        sides=desk.sides,
        mode=desk.mode,
        depositary=desk.depositary,
        side_names={},
        signing={each: desk.signing(each) for each in desk.sides},
        awaiting=tuple(
            item for item in opened if item.status == "open" and item.change.side != side
        )
        if side in desk.sides
        else (),
        to_enter=sum(item.status == "countersigned" for item in opened)
        if desk.depositary == side
        else 0,
    )
    return _named(office, desk)


def _named(office: Office, desk: Desk) -> Office:
    """With what both sides call the programme and the parties; before they do, their codes.

    The heading is joint, and as it is as long as the register's head is.
    """
    key = f"{office.register} {office.head}"
    heading = HEADINGS.get(key)
    if heading is None:
        heading = desk.heading or {"title": office.register}
        HEADINGS.put(key, heading)
    usual: dict[str, Text] = {
        side: {"en": country_name(side, "en"), "ru": country_name(side, "ru")}
        for side in office.sides
    }
    named = {each["code"]: each["name"] for each in heading.get("parties", ()) if "name" in each}
    return replace(office, title=heading["title"], side_names={**usual, **named})


def visit_of(request: HttpRequest) -> Visit:
    """Of a request that `page` has let in; the same one for the whole request."""
    kept = getattr(request, "office_visit", None)
    if kept is None:
        person = cast("Person", person_of(request))
        kept = Visit(request, person, timezone.now())
        request.office_visit = kept  # type: ignore[attr-defined]
    return cast("Visit", kept)


def keep_tickets(visit: Visit, answer: HttpResponse) -> None:
    """Give the browser the tickets of the keys that were opened in this request."""
    for side, ticket in visit.tickets.items():
        answer.set_cookie(
            visit.ticket_cookie(side),
            ticket,
            max_age=TICKET_MINUTES * 60,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Strict",
        )


def page(view: View[P]) -> View[P]:
    """For people who have signed in; what the office refuses becomes a page that says so."""

    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = person_of(request)
        if person is None or not person.is_active:
            return redirect_to_login(request.get_full_path(), str(settings.LOGIN_URL))
        try:
            answer = view(request, *args, **kwargs)
        except (BilatError, NotAllowed) as error:
            answer = refused(request, error)
        keep_tickets(visit_of(request), answer)
        if not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "private, no-store"
        return answer

    return opened
