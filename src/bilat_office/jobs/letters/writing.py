"""Letters are written down, with what they tell of, in one transaction; then they are sent.

A person's occasion is in the table once: whatever happens between, nobody is told twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db import transaction

from bilat.brief import make_brief
from bilat.language import Message, Words, say, say_many
from bilat.register.canonical import stamp
from bilat.register.kinds import Name
from bilat_office.jobs.letters.composing import Group, composed
from bilat_office.jobs.letters.things import Thing, things_of
from bilat_office.jobs.models import Letter, Occasion
from bilat_office.people.doorway import viewer_of
from bilat_office.people.models import LetterChoice, Person
from bilat_office.people.services.audit import audit_write
from bilat_office.people.services.letters import choices_of
from bilat_office.records.door import Door
from bilat_office.records.viewer import JOINT, Viewer

Letters = Literal["reminder", "digest"]
REMINDER: Letters = "reminder"
DIGEST: Letters = "digest"
AHEAD = timedelta(days=14)
WEEK = timedelta(days=7)
MOST_NEWS = 20
"""Changed records that a digest names."""


@dataclass(frozen=True)
class News:
    """A joint record that was entered, and whose it is."""

    owners: frozenset[str]
    sentence: Message


@dataclass(frozen=True)
class Seen:
    """What one side has to do with days, and which of it only that side may see."""

    things: tuple[Thing, ...]
    private: frozenset[Name]
    title: Message
    news: tuple[News, ...]


def reminders_write(*, at: datetime) -> int:
    """One letter to each person for whom something has come up since; how many."""
    written = 0
    for side, people in _by_side():
        seen = _seen(side, at, news=False)
        choices = choices_of(people)
        written += sum(_remind(person, choices[person.pk], seen, at) for person in people)
    return written


def digests_write(*, at: datetime) -> int:
    """The week's letter to each person for whom there is anything to tell; how many."""
    written = 0
    for side, people in _by_side():
        seen = _seen(side, at, news=True)
        choices = choices_of(people)
        written += sum(_digest(person, choices[person.pk], seen, at) for person in people)
    return written


def _remind(person: Person, choice: LetterChoice, seen: Seen, at: datetime) -> bool:
    viewer, today = viewer_of(person), at.date()
    told = set(Occasion.objects.filter(person=person).values_list("key", flat=True))
    fresh = {
        key: thing
        for thing in seen.things
        if thing.concerns(viewer)
        and (stage := thing.stage(today)) is not None
        and _wants(choice, thing, stage)
        and (key := thing.occasion(stage)) not in told
    }
    if not fresh:
        return False
    subject = say_many("{title}: {n} reminder", "{title}: {n} reminders",
                       n=len(fresh), title=seen.title)  # fmt: skip
    groups = [Group(say("What has come up"), _sentences(fresh.values(), today))]
    return _write(person, REMINDER, subject, groups, list(fresh), fresh.values(), seen, at)


def _wants(choice: LetterChoice, thing: Thing, stage: int) -> bool:
    """Whether the person has not unchosen reminders of this sort."""
    if thing.kind == "changes":
        return choice.changes
    return choice.before if stage < 0 else choice.after


def _digest(person: Person, choice: LetterChoice, seen: Seen, at: datetime) -> bool:
    viewer, today = viewer_of(person), at.date()
    year, week, _day = today.isocalendar()
    key = f"digest/{year}-{week:02}"
    mine = [thing for thing in seen.things if thing.concerns(viewer)]
    waiting = [thing for thing in mine if thing.kind == "changes"]
    told_of = frozenset(choice.bodies) or frozenset(filter(None, [viewer.body]))
    dated = (
        [thing for thing in seen.things if thing.bodies & told_of]
        if choice.bodies
        else [thing for thing in mine if thing.kind != "changes"]
    )
    late = [thing for thing in dated if thing.day < today]
    soon = [thing for thing in dated if today <= thing.day <= today + AHEAD]
    if not choice.digest or Occasion.objects.filter(person=person, key=key).exists():
        return False
    news = [item for item in seen.news if not told_of or told_of & item.owners]
    if not (waiting or late or soon or news):
        return False
    groups = [
        Group(say("Awaiting your key"), _sentences(waiting, today)),
        Group(say("Overdue"), _sentences(late, today)),
        Group(say("The next two weeks"), _sentences(soon, today)),
        Group(say("Changed this week"), [item.sentence for item in news]),
    ]
    subject = say("{title}: the week of {day}", title=seen.title, day=today)
    return _write(person, DIGEST, subject, groups, [key], [*waiting, *late, *soon], seen, at)


def _write(
    person: Person, kind: Letters, subject: Message, groups: Sequence[Group], keys: Sequence[str],
    things: Collection[Thing], seen: Seen, at: datetime,
) -> bool:  # fmt: skip
    line, text, html = composed(person, Words(person.language), subject, groups)
    told = {(thing.kind, thing.id.split("/")[0]) for thing in things}
    with transaction.atomic():
        letter = Letter.objects.create(
            person=person, kind=kind, subject=line, text=text, html=html, made_at=at
        )
        Occasion.objects.bulk_create(
            Occasion(person=person, key=key, letter=letter) for key in keys
        )
        audit_write(viewer=viewer_of(person), action=kind, names=told & seen.private, at=at)
    return True


def _sentences(things: Collection[Thing], today: date) -> list[Message]:
    return [thing.sentence(today) for thing in things]


def _by_side() -> Iterator[tuple[str, list[Person]]]:
    """Those who can sign in and want letters."""
    wanting = Person.objects.filter(is_active=True, reminders=True).order_by("side", "handle")
    sides = dict.fromkeys(person.side for person in wanting)
    for side in sides:
        yield side, [person for person in wanting if person.side == side]


def _seen(side: str, at: datetime, *, news: bool) -> Seen:
    door = Door(Viewer(side))
    programme = door.programme()
    brief = make_brief(programme, as_of=at.date(), viewer=side)
    with door.desk() as desk:
        waiting = desk.awaiting_my_key()
    private = frozenset(
        (record.section, record.id) for record in programme.records() if record.visibility != JOINT
    )
    title = say("{title}", title=programme.title)
    told = tuple(_news(door, at)) if news else ()
    return Seen(tuple(things_of(programme, brief, waiting)), private, title, told)


def _news(door: Door, at: datetime) -> Iterator[News]:
    """Joint records that were entered within the week, the latest first."""
    since = stamp(at - WEEK)
    for item in door.list(sort="changed", descending=True, size=MOST_NEWS).rows:
        if item.place is None:
            return
        edits = door.history(item.section, item.id)
        if not edits or edits[-1].time < since:
            return
        day = date.fromisoformat(edits[-1].time[:10])
        title = dict(item.titles) or item.id
        yield News(frozenset(item.owners), say("{day}: {title}", day=day, title=title))
