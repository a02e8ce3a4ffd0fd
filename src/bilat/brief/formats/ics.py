"""The calendar of a programme: contacts and deadlines, for any calendar program (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vDatetime, vDuration, vText

import bilat
from bilat.brief.brief import Brief
from bilat.brief.facts.contacts import ContactRow, ContactState
from bilat.brief.facts.meetings import ContactFact
from bilat.brief.facts.roadmap import CommitmentFact
from bilat.brief.formats.output import Output
from bilat.language import Words, say
from bilat.programme import Contact, Programme
from bilat.programme.parties import Party
from bilat.vocabulary import Money, Period, time_zone

# One value for all: making each again is most of the work in a calendar of thousands of events.
DISPLAY, FREE = vText("DISPLAY"), vText("TRANSPARENT")
DAYS_BEFORE = (14,)
"""How many days before a reminder comes, where nobody has chosen otherwise."""
STATUSES: Mapping[ContactState, str] = {"held": "CONFIRMED", "cancelled": "CANCELLED"}
"""What is neither is still tentative."""
REMINDED = "x-reminded"
"""Stands in an event while a calendar is made: whether it gets reminders."""
CONTACT_LENGTH = timedelta(hours=2)
"""Length of a contact whose start alone is known."""
YEARS_AROUND = 5
"""Years before and after the brief for which time zone changes are written."""


def ics(output: Output, *, days_before: Sequence[int] = DAYS_BEFORE) -> bytes:
    """UTF-8 bytes, lines folded and ended as the standard asks. days_before: of reminders."""
    brief, words = output.brief, output.words
    events = (*_contacts(output), *_deadlines(brief, words), *_payments(brief, words))
    return _calendar(output.programme, events, brief.as_of, words, days_before)


def contacts_ics(
    programme: Programme, rows: Iterable[ContactRow], as_of: date, words: Words
) -> bytes:
    """A calendar of these contacts alone. One without any date cannot stand in a calendar."""
    events = []
    for row in rows:
        record = programme.find(Contact, row.id)
        if record is None or row.when is None:
            continue
        event = _contact(row, STATUSES.get(row.state, "TENTATIVE"), programme, words)
        _when(event, row.when, record, programme)
        event[REMINDED] = row.state == "planned"
        events.append(event)
    return _calendar(programme, events, as_of, words, DAYS_BEFORE)


def _calendar(
    programme: Programme,
    events: Iterable[Event],
    as_of: date,
    words: Words,
    days_before: Sequence[int],
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//Bilat//{bilat.__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar["x-wr-calname"] = vText(words.show(programme.title))  # escaped, as `add` does not
    for zone in _zones(programme):
        calendar.add_component(_timezone(zone, as_of))
    stamp = vDatetime(datetime.combine(as_of, datetime.min.time(), ZoneInfo("UTC")))
    triggers = [vDuration(timedelta(days=-days)) for days in days_before]
    for event in events:
        event["dtstamp"] = stamp
        if event.pop(REMINDED, False):
            for trigger in triggers:
                event.add_component(_alarm(event["summary"], trigger))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _zone_of(party: Party) -> str:
    return party.time_zone or time_zone(party.code)


def _zones(programme: Programme) -> list[str]:
    return sorted({_zone_of(party) for party in programme.parties})


def _timezone(name: str, as_of: date) -> Timezone:
    return Timezone.from_tzid(
        name,
        first_date=date(as_of.year - YEARS_AROUND, 1, 1),
        last_date=date(as_of.year + YEARS_AROUND, 1, 1),
    )


def _contacts(output: Output) -> Iterator[Event]:
    programme = output.programme
    records = {item.id: item for item in programme.contacts}
    for fact in output.brief.meetings.contacts:
        status = "CONFIRMED" if fact.held else "TENTATIVE"
        event = _contact(fact, status, programme, output.words)
        _when(event, fact.when, records[fact.id], programme)
        event[REMINDED] = not (fact.held or fact.missed)
        yield event


def _contact(
    fact: ContactFact | ContactRow, status: str, programme: Programme, words: Words
) -> Event:
    event = Event()
    event.add("uid", f"contact-{fact.id}@{programme.id}.bilat")
    event.add("summary", words.show(fact.title))
    event.add("status", status)
    if fact.place:
        event.add("location", words.show(fact.place))
    if fact.outcome:
        event.add("description", words.show(fact.outcome))
    return event


def _when(event: Event, when: Period, contact: Contact, programme: Programme) -> None:
    """At an hour where one is known; else whole days, free of “busy” when only the month is."""
    host = contact.host or programme.sides[0]
    if contact.starts and when.is_day:
        party = next(p for p in programme.parties if p.code == host)
        start = datetime.combine(when.start, contact.starts, ZoneInfo(_zone_of(party)))
        event.add("dtstart", start)
        event.add("dtend", start + CONTACT_LENGTH)
        return
    event.add("dtstart", when.start)
    event.add("dtend", when.end + timedelta(days=1))
    event.add("transp", "OPAQUE" if when.is_day else "TRANSPARENT")


def _deadlines(brief: Brief, words: Words) -> Iterator[Event]:
    """One all-day event on the last day of each open commitment that has a date."""
    for item in brief.roadmap.commitments:
        if item.due is None or item.state == "complete":
            continue
        event = Event()
        event.add("uid", f"commitment-{item.id}@{brief.programme}.bilat")
        title = words(say("Due: {title}", title=item.title))
        event.add("summary", title)
        event.add("dtstart", item.due.end)  # a day without an end is one day
        event["transp"] = FREE
        event.add("description", _owners(item, words))
        event[REMINDED] = item.due.end >= brief.as_of
        yield event


def _payments(brief: Brief, words: Words) -> Iterator[Event]:
    """One all-day event for each payment of a deal with terms that is still to be made."""
    for deal in brief.finance.deals:
        if deal.stage == "asked":
            continue
        for due in deal.dues:
            event = Event()
            event.add("uid", f"deal-{deal.id}-{due.day}@{brief.programme}.bilat")
            amount = Money(amount=due.total, currency=deal.amount.currency)
            title = words(say("Payment due: {amount}, {title}", amount=amount, title=deal.title))
            event.add("summary", title)
            event.add("dtstart", due.day)
            event["transp"] = FREE
            parts = say(
                "Principal {principal}, interest {interest}, fees and taxes {fees}",
                principal=due.principal,
                interest=due.interest,
                fees=due.fees,
            )
            event.add("description", words(parts))
            event[REMINDED] = due.day >= brief.as_of
            yield event


def _owners(item: CommitmentFact, words: Words) -> str:
    names = [owner.name for owner in item.owners]
    return words(say("Owner: {owners}", owners=names) if names else say("without owner"))


def _alarm(text: Any, trigger: vDuration) -> Alarm:
    alarm = Alarm()
    alarm["action"] = DISPLAY
    alarm["description"] = text
    alarm["trigger"] = trigger
    return alarm
