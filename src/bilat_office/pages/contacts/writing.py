"""What a person types about a contact, as a record: a new one, or news of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from pydantic import ValidationError

from bilat.language import Message, Words, say
from bilat.programme import Contact, Programme
from bilat.programme.names import CONTACT_KIND
from bilat.register.canonical import Document, document
from bilat.vocabulary import Period
from bilat_office.pages.forms.telling import sentence

LABELS: Mapping[str, Message] = {
    "title": say("Title"),
    "kind": say("Kind"),
    "from": say("First day"),
    "to": say("Last day"),
    "month": say("Or only the month"),
    "done": say("Planned or held"),
    "host": say("Host"),
    "news": say("What happened"),
    "outcome": say("Outcome"),
    "reason": say("Why"),
}
LONGEST_STAY = 366
"""Days between the first and the last one of a contact; more is a slip of the pen."""


class TypedWrong(Exception):
    """``errors``: field of the form → what is wrong with it."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__("; ".join(errors))
        self.errors = dict(errors)


@dataclass(frozen=True)
class When:
    """Days as they were typed: first and last, or only a month, quarter or year."""

    first: str = ""
    last: str = ""
    month: str = ""

    @classmethod
    def of(cls, post: QueryDict) -> When:
        return cls(*(post.get(name, "").strip() for name in ("from", "to", "month")))


@dataclass(frozen=True)
class Short:
    """The short form as it was typed; ``title``, ``place`` …: in the language of the page."""

    title: str = ""
    kind: str = "meeting"
    when: When = field(default_factory=When)
    done: str = "planned"
    place: str = ""
    platform: str = ""
    host: str = ""
    bodies: Sequence[str] = ()
    cadence: str = ""
    agenda: str = ""

    @classmethod
    def of(cls, post: QueryDict) -> Short:
        names = ("title", "kind", "done", "place", "platform", "host", "cadence", "agenda")
        typed = {name: post.get(name, "").replace("\r\n", "\n").strip() for name in names}
        return cls(when=When.of(post), bodies=tuple(post.getlist("bodies")), **typed)


def contact_of(
    typed: Short, programme: Programme, visibility: str, words: Words, today: date
) -> Document:
    """The record, with an id of its own. Raises TypedWrong."""
    errors: dict[str, Message] = {}
    if not typed.title:
        errors["title"] = say("Say in a few words what it is: “13th session of the commission”.")
    if typed.kind not in CONTACT_KIND:
        errors["kind"] = say("Choose the kind.")
    when = _period(typed.when, errors)
    if when is None and not errors.keys() & {"from", "to", "month"} and typed.done == "held":
        errors["from"] = say("Give the day on which it was held.")
    if when and typed.done == "held" and when.start > today:
        errors["from"] = say("This day is still to come: choose “planned”.")
    if errors:
        raise TypedWrong(errors)
    content: Document = {
        "id": new_id(programme, typed.kind, when),
        "visibility": visibility,
        "title": {words.lang: typed.title},
        "kind": typed.kind,
        "held" if typed.done == "held" else "planned": str(when) if when else None,
        "place": _known(typed.place, (item.place for item in programme.contacts), words),
        "platform": _known(typed.platform, platforms(programme), words),
        "host": typed.host or None,
        "cadence": typed.cadence or None,
        "bodies": list(typed.bodies) or None,
        "agenda": [{words.lang: line.strip()} for line in typed.agenda.splitlines() if line.strip()]
        or None,
    }
    return valid({name: value for name, value in content.items() if value is not None})


def valid(content: Document) -> Document:
    """In normal form. Raises TypedWrong with what the model says."""
    try:
        return document(Contact.model_validate(content))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "title"
        name = {"planned": "from", "held": "from"}.get(name, name)
        raise TypedWrong({name: sentence(first)}) from None


def new_id(programme: Programme, kind: str, when: Period | None) -> str:
    """``visit-2026-11-30``; with a number behind it where one of that day is there already."""
    base = f"{kind}-{when.start if when and when.is_day else str(when or 'planned')}"
    base = base.replace("/", "-")
    taken = {item.id for item in programme.contacts}
    number = 2
    found = base
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    return found


def platforms(programme: Programme) -> Iterable[Any]:
    yield from (item.platform for item in programme.cadences)
    yield from (item.platform for item in programme.contacts)


def _known(typed: str, texts: Iterable[Any], words: Words) -> Any:
    """The text in all its languages where it is known already; else in the reader's."""
    if not typed:
        return None
    same = (text for text in texts if text and words(text).casefold() == typed.casefold())
    return next(same, {words.lang: typed})


def _period(when: When, errors: dict[str, Message]) -> Period | None:
    """None where nothing was typed, or what was typed is wrong."""
    if when.month and (when.first or when.last):
        errors["month"] = say("Give the days, or only the month; not both.")
        return None
    if when.month:
        try:
            return Period.parse(when.month)
        except ValueError:
            errors["month"] = say(
                "“{text}” is no month, quarter or year: write 2027-06, 2027-Q2, 2027.",
                text=when.month,
            )
            return None
    if not when.first:
        if when.last:
            errors["from"] = say("Give the first day too.")
        return None
    first, last = _day("from", when.first, errors), _day("to", when.last or when.first, errors)
    if first is None or last is None:
        return None
    if last < first:
        errors["to"] = say("It ends before it begins.")
        return None
    if (last - first).days > LONGEST_STAY:
        errors["to"] = say("This is more than a year. Is the year right?")
        return None
    return Period(first, last)


def _day(name: str, text: str, errors: dict[str, Message]) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        errors[name] = say("“{text}” is no day: write it as 2027-06-30.", text=text)
        return None


@dataclass(frozen=True)
class News:
    """What happened to a contact, as it was typed."""

    news: str = ""
    when: When = field(default_factory=When)
    outcome: str = ""

    @classmethod
    def of(cls, post: QueryDict) -> News:
        outcome = post.get("outcome", "").replace("\r\n", "\n").strip()
        return cls(post.get("news", ""), When.of(post), outcome)


def with_news(content: Document, typed: News, words: Words, today: date) -> Document:
    """The record after it was held, moved or cancelled. Raises TypedWrong."""
    errors: dict[str, Message] = {}
    if typed.news not in ("held", "moved", "cancelled"):
        raise TypedWrong({"news": say("Choose whether it was held, moved or cancelled.")})
    made = dict(content)
    if typed.news == "cancelled":
        return valid({**made, "cancelled": True})
    when = _period(typed.when, errors)
    if typed.news == "held":
        when = when or (None if errors else _planned_day(content, today))
        _check_held(when, errors, today)
        made["held"] = str(when)
    else:
        _check_moved(when, content, errors)
        made["planned"] = str(when)
        made.pop("held", None)
    made.pop("cancelled", None)
    if errors:
        raise TypedWrong(errors)
    if typed.outcome:
        made["outcome"] = _in_language(content.get("outcome"), typed.outcome, words.lang)
    return valid(made)


def _planned_day(content: Document, today: date) -> Period | None:
    """Held as it was planned, where a day was planned."""
    planned = content.get("planned")
    when = Period.parse(planned) if planned else None
    return when if when and when.months is None and when.start <= today else None


def _check_held(when: Period | None, errors: dict[str, Message], today: date) -> None:
    if when is None and not errors:
        errors["from"] = say("Give the day on which it was held.")
    elif when is not None and when.start > today:
        errors["from"] = say("This day is still to come. Choose “moved” for a new date.")


def _check_moved(when: Period | None, content: Document, errors: dict[str, Message]) -> None:
    if when is None and not errors:
        errors["from"] = say("Give the new date, or the month when the day is not known.")
    elif when is not None and str(when) == content.get("planned"):
        errors["from"] = say("It is planned for this date already.")


def _in_language(before: Any, text: str, lang: str) -> Any:
    """Other languages of the text stay."""
    return {**before, lang: text} if isinstance(before, dict) else {lang: text}
