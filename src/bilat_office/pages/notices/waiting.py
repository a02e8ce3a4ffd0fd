"""What waits for one person: collected in one place, for their page and for the number in the head.

What follows from the programme is kept until the programme or the day changes, the number itself
for a minute at most: a page that finds it kept asks the database nothing for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import nsmallest

from django.urls import reverse

from bilat.brief.facts.meetings import MeetingsFact, meetings_facts
from bilat.brief.facts.roadmap import CommitmentFact
from bilat.language import Message, say, say_many
from bilat.register import route
from bilat.register.kinds import Name
from bilat.vocabulary import Period
from bilat_office.jobs.models import DONE, FAILED, Job
from bilat_office.pages.addresses import address_of
from bilat_office.pages.administration.jobs import KIND_NAMES
from bilat_office.pages.latest import Latest
from bilat_office.pages.measures import measures_of
from bilat_office.pages.reckoning import facts_of, made_once
from bilat_office.pages.statuses import CHANGE
from bilat_office.pages.visit import Visit
from bilat_office.people.doorway import Watched
from bilat_office.people.permissions import may
from bilat_office.people.services.audit import Looked
from bilat_office.people.services.notices import notices_seen
from bilat_office.people.services.routes import routes_of, staff_of
from bilat_office.readings.selectors import texts_waiting
from bilat_office.records.desk import Proposed
from bilat_office.records.stored import Answered

SOON = timedelta(days=30)
"""A measure that is due within these days is named."""
FRESH = timedelta(days=30)
"""So long answers of the other side and ended jobs are news."""
MOST = 100
"""Notices of one sort; of more, those that are due first."""
LOOKED_AT = 50
"""Entries of the register among which answers to own proposals are looked for."""
A_MINUTE = timedelta(minutes=1)
STAMP = "notices_seen"
"""In a browser's session: when something was marked there last."""
GROUPS: Mapping[str, Message] = {
    "change": say("Await your side’s key"),
    "draft": say("Drafts that await you"),
    "reading": say("Proposals of texts that wait"),
    "answer": say("Answers to your proposals"),
    "measure": say("Measures that are late or due soon"),
    "contact": say("Contacts that are overdue"),
    "job": say("Jobs that have ended"),
}


@dataclass(frozen=True)
class Notice:
    """key: the same as long as nothing has happened to it since. name: the record it tells of."""

    key: str
    group: str
    what: Message
    address: str
    day: date | None = None
    name: Name | None = None
    is_late: bool = False


COUNTS: Latest[tuple[int, datetime]] = Latest(2000)


def waiting(visit: Visit) -> list[Notice]:
    """Everything, in the order of its groups. Whoever shows it says so: `saw_private`."""
    found = [*_changes(visit), *_drafts(visit), *_readings(visit), *_answers(visit)]
    return [*found, *_dated(visit), *_jobs(visit)]


def count_of(visit: Visit) -> int:
    """How many are new to this person."""
    key = _key(visit)
    kept = COUNTS.get(key)
    if kept is not None and visit.at - kept[1] < A_MINUTE:
        return kept[0]
    return count_new(visit, waiting(visit), notices_seen(visit.person))


def count_new(visit: Visit, every: Sequence[Notice], seen: Collection[str]) -> int:
    """The same of what is at hand; the head of the page then says what the page says."""
    number = sum(item.key not in seen for item in every)
    COUNTS.put(_key(visit), (number, visit.at))
    return number


def _key(visit: Visit) -> str:
    """Changes with the register, with the person's role, and when they mark something as seen."""
    person, office = visit.person, visit.office
    parts = (
        person.pk, person.body, person.roles, office.register, office.head, office.to_enter,
        [item.id for item in office.awaiting], visit.today,
        visit.request.session.get(STAMP, ""),
    )  # fmt: skip
    return repr(parts)


def _changes(visit: Visit) -> Iterator[Notice]:
    if not visit.may("sign"):
        return
    for item in visit.office.awaiting:
        said = say_many(
            "{reason} ({n} record)", "{reason} ({n} records)",
            n=len(item.change.items), reason=item.change.reason,
        )  # fmt: skip
        yield Notice(f"change/{item.id}", "change", said, _change(item.id), _day(item.change.time))
    if n := visit.office.to_enter:
        said = say_many(
            "{n} change is signed by both sides and awaits its entry",
            "{n} changes are signed by both sides and await their entry",
            n=n,
        )
        yield Notice(f"enter/{visit.office.head}/{n}", "change", said, reverse("changes"))


def _drafts(visit: Visit) -> Iterator[Notice]:
    """Of the own side, at a stop that this person may pass today."""
    if not visit.of_a_side or not (visit.may("pass") or visit.may("sign")):
        return
    drafts = Watched(visit.viewer, _unwatched).drafts()
    if not drafts:
        return
    routes, staff = routes_of(visit.side), staff_of(visit.side)
    for item in drafts:
        ready = route.ready_for_key(item.route, routes)
        if not visit.may("sign" if ready else "pass"):
            continue
        allowed = route.may_pass(item.route, routes, staff, visit.today)
        if visit.person.handle in {each.person for each in allowed}:
            said = say("{reason}, by {person}", reason=item.reason, person=item.route.author)
            key = f"draft/{item.number}/{item.route.text[:16]}/{len(item.route.passed)}"
            address = reverse("draft", args=[item.number])
            name = ("drafts", str(item.number))
            yield Notice(key, "draft", said, address, _day(item.time), name)


def _readings(visit: Visit) -> Iterator[Notice]:
    """Texts of the own side with proposals that nobody has decided."""
    if not visit.may("draft"):
        return
    for number, title, n in texts_waiting(visit.viewer)[:MOST]:
        said = say_many("{title}: {n} proposal", "{title}: {n} proposals", n=n, title=title)
        address = reverse("reading", args=[number])
        yield Notice(f"reading/{number}/{n}", "reading", said, address)


def _answers(visit: Visit) -> Iterator[Notice]:
    """What became of this person's own proposals."""
    if not visit.may("draft") and not visit.may("sign"):
        return
    since = (visit.at - FRESH).strftime("%Y-%m-%d")
    with visit.desk() as desk:
        found = [_answer(item) for item in desk.all() if item.status != "open"]
        found += [] if visit.office.solo else desk.answered_last(LOOKED_AT)  # solo nobody waits
    for item in found:
        is_own = item.side == visit.side and item.person == visit.person.handle
        if is_own and item.time >= since and item.status != "withdrawn":
            said = say("{reason}: {state}", reason=item.reason, state=CHANGE[item.status])
            yield Notice(f"answer/{item.change}/{item.status}", "answer", said,
                         _change(item.change), _day(item.time))  # fmt: skip


def _answer(item: Proposed) -> Answered:
    """Of a change that is not entered."""
    last = max((answer.time for answer in item.answers), default=item.change.time)
    said = item.change
    return Answered(item.id, said.side, said.person, said.reason, last, item.status)


def _dated(visit: Visit) -> tuple[Notice, ...]:
    """Measures and contacts of whoever answers for them: a body's people, the secretary."""
    body = visit.person.body
    calls = bool(visit.viewer.roles & {"secretary", "co_chair"})
    tracks = body or may(visit.viewer, "sign")
    if not visit.of_a_side or not (tracks or calls):
        return ()

    def made() -> tuple[Notice, ...]:
        measures = _measures(visit, body) if tracks else ()
        contacts = _contacts(facts_of(visit, meetings_facts)) if calls else ()
        return (*_most(measures), *_most(contacts))

    return made_once(visit, f"what is due for {body!r} {tracks} {calls}", made)


def _measures(visit: Visit, body: str) -> Iterator[Notice]:
    for fact, due in _due_first(visit, body):
        is_late = fact.state == "late"
        said = (
            say("Overdue since {day}: {title}", day=due.end, title=fact.title)
            if is_late
            else say("Due {day}: {title}", day=due.end, title=fact.title)
        )
        stage = "late" if is_late else "soon"
        yield Notice(
            f"measure/{fact.id}/{due}/{stage}", "measure", said,
            address_of("commitments", fact.id), due.end, ("commitments", fact.id), is_late,
        )  # fmt: skip


def _due_first(visit: Visit, body: str) -> list[tuple[CommitmentFact, Period]]:
    """The measures of the body, else of the side, that are late or due soon: as many as are named.

    A notice is made of these alone: a large roadmap has thousands.
    """
    side, until = visit.side, visit.today + SOON
    found = [
        (fact, fact.due)
        for fact in facts_of(visit, measures_of).facts.in_state("late", "due_soon")
        if fact.due is not None
        and (fact.state == "late" or fact.due.end <= until)
        and any(owner.id == body if body else owner.side == side for owner in fact.owners)
    ]
    return nsmallest(MOST, found, key=lambda item: (item[1].end, f"{item[0].id}/"))


def _contacts(facts: MeetingsFact) -> Iterator[Notice]:
    for cadence in facts.cadences:
        if cadence.state == "overdue" and cadence.next_due is not None:
            day = cadence.next_due
            said = say("Not planned, and due since {day}: {title}", day=day, title=cadence.title)
            yield Notice(
                f"cadence/{cadence.id}/{day}", "contact", said,
                address_of("cadences", cadence.id), day, ("cadences", cadence.id), True,
            )  # fmt: skip
    for item in facts.ahead:
        if item.missed:
            said = say("Planned for {when}; was it held? {title}", when=item.when, title=item.title)
            yield Notice(
                f"contact/{item.id}/{item.when}", "contact", said,
                address_of("contacts", item.id), item.when.end, ("contacts", item.id), True,
            )  # fmt: skip


def _jobs(visit: Visit) -> Iterator[Notice]:
    since = visit.at - FRESH
    ended = Job.objects.filter(person=visit.person, state__in=(DONE, FAILED), ended_at__gte=since)
    for job in ended[:MOST]:
        told = job.error if job.state == FAILED else (job.result or {}).get("said", "")
        kind = KIND_NAMES.get(job.kind, job.kind)
        said = (
            say("{job} has failed: {why}", job=kind, why=told)
            if job.state == FAILED
            else say("{job} is done: {what}", job=kind, what=told or "–")
        )
        day = job.ended_at.date() if job.ended_at else None
        yield Notice(f"job/{job.pk}", "job", said, reverse("job", args=[job.pk]), day,
                     is_late=job.state == FAILED)  # fmt: skip


def _most(found: Iterable[Notice]) -> list[Notice]:
    return sorted(found, key=lambda item: (item.day or date.max, item.key))[:MOST]


def _change(change: str) -> str:
    return reverse("change", args=[change])


def _day(stamp: str) -> date:
    return date.fromisoformat(stamp[:10])


def _unwatched(_action: Looked, _names: Collection[Name]) -> None:
    """They are only counted: nobody is shown them."""
