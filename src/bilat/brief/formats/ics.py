"""The calendar of a programme: contacts and deadlines, for any calendar program (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vDatetime, vDuration, vText

from bilat.brief.brief import Brief
from bilat.brief.facts.roadmap import CommitmentFact
from bilat.brief.formats.output import Output
from bilat.language import Words, say
from bilat.programme import Contact
from bilat.programme.parties import Party
from bilat.vocabulary import Money, Period, time_zone

# One value for all: making each again is most of the work in a calendar of thousands of events.
DISPLAY, FREE = vText("DISPLAY"), vText("TRANSPARENT")
BEFORE = vDuration(timedelta(days=-14))
"""When a reminder comes."""
CONTACT_LENGTH = timedelta(hours=2)
"""Length of a contact whose start alone is known."""
YEARS_AROUND = 5
"""Years before and after the brief for which time zone changes are written."""


def ics(output: Output) -> bytes:
    """UTF-8 bytes, lines folded and ended as the standard asks."""
    brief, words = output.brief, output.words
    calendar = Calendar()
    calendar.add("prodid", f"-//Bilat//{brief.version}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar["x-wr-calname"] = vText(words.show(brief.title))  # escaped, as `add` does not
    for zone in _zones(output):
        calendar.add_component(_timezone(zone, brief.as_of))
    stamp = vDatetime(datetime.combine(brief.as_of, datetime.min.time(), ZoneInfo("UTC")))
    for event in (*_contacts(output), *_deadlines(brief, words), *_payments(brief, words)):
        event["dtstamp"] = stamp
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _zone_of(party: Party) -> str:
    return party.time_zone or time_zone(party.code)


def _zones(output: Output) -> list[str]:
    return sorted({_zone_of(party) for party in output.programme.parties})


def _timezone(name: str, as_of: date) -> Timezone:
    return Timezone.from_tzid(
        name,
        first_date=date(as_of.year - YEARS_AROUND, 1, 1),
        last_date=date(as_of.year + YEARS_AROUND, 1, 1),
    )


def _contacts(output: Output) -> Iterator[Event]:
    brief, words = output.brief, output.words
    records = {item.id: item for item in output.programme.contacts}
    for fact in brief.meetings.contacts:
        event = Event()
        event.add("uid", f"contact-{fact.id}@{brief.programme}.bilat")
        event.add("summary", words.show(fact.title))
        event.add("status", "CONFIRMED" if fact.held else "TENTATIVE")
        if fact.place:
            event.add("location", words.show(fact.place))
        if fact.outcome:
            event.add("description", words.show(fact.outcome))
        _when(event, fact.when, records[fact.id], output)
        if not (fact.held or fact.missed):
            event.add_component(_alarm(words.show(fact.title)))
        yield event


def _when(event: Event, when: Period, contact: Contact, output: Output) -> None:
    """At an hour where one is known; else whole days, free of “busy” when only the month is."""
    host = contact.host or output.programme.sides[0]
    if contact.starts and when.is_day:
        party = next(p for p in output.programme.parties if p.code == host)
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
        if item.due.end >= brief.as_of:
            event.add_component(_alarm(title))
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
            if due.day >= brief.as_of:
                event.add_component(_alarm(title))
            yield event


def _owners(item: CommitmentFact, words: Words) -> str:
    names = [owner.name for owner in item.owners]
    return words(say("Owner: {owners}", owners=names) if names else say("without owner"))


def _alarm(text: str) -> Alarm:
    alarm = Alarm()
    alarm["action"] = DISPLAY
    alarm.add("description", text)
    alarm["trigger"] = BEFORE
    return alarm
