"""The due dates of a deal for any calendar program (RFC 5545), with reminders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vDatetime, vDuration, vText

from bilat.brief.facts.schedule import PaymentFact
from bilat.brief.formats.deal import DealOutput
from bilat.brief.formats.ics import DISPLAY, FREE
from bilat.brief.story.blocks import Number
from bilat.brief.story.deal_names import FEE, PURPOSE
from bilat.brief.story.payments import places
from bilat.language import Message, say


def ics(output: DealOutput) -> bytes:
    """UTF-8 bytes; the same deal gives the same bytes. What is past has no reminders."""
    facts = output.facts
    calendar = Calendar()
    calendar.add("prodid", f"-//Bilat//{facts.version}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar["x-wr-calname"] = vText(output.words.show(facts.title))  # escaped, as `add` does not
    stamp = vDatetime(datetime.combine(facts.as_of, datetime.min.time(), ZoneInfo("UTC")))
    for event in _events(output):
        event["dtstamp"] = stamp
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(output: DealOutput) -> Iterator[Event]:
    """One all-day event for each payment; a new import finds it again by its due date."""
    facts, words = output.facts, output.words
    seen: Counter[date] = Counter()
    for payment in (one for one in facts.payments if one.outlay):
        event = Event()
        again = f"-{seen[payment.due] + 1}" if seen[payment.due] else ""
        seen[payment.due] += 1
        event.add("uid", f"payment-{payment.due}{again}@{facts.name}.bilat")
        title = words(_title(output, payment))
        event.add("summary", title)
        event.add("dtstart", payment.day)  # a day without an end is one day
        event["transp"] = FREE
        event.add("description", _parts(output, payment))
        if not payment.past:
            for days in output.reminders:
                event.add_component(_alarm(title, days))
        yield event


def _title(output: DealOutput, payment: PaymentFact) -> Message:
    said = {
        "amount": Number(payment.outlay, places(output.facts)),
        "currency": output.facts.currency,
        "deal": output.facts.title,
    }
    if payment.number:
        return say("Payment {n}: {amount} {currency} – {deal}", n=payment.number, **said)
    return say("To pay: {amount} {currency} – {deal}", **said)


def _parts(output: DealOutput, payment: PaymentFact) -> str:
    """What the payment is made of, and the balance after it, one line each."""
    amounts = [
        (PURPOSE["advance"], payment.advance),
        (PURPOSE["principal"], payment.principal),
        (PURPOSE["interest"], payment.interest - payment.subsidy),
        (PURPOSE["residual"], payment.residual),
        *((FEE.get(fee.kind, fee.kind), fee.amount) for fee in payment.fees),
        (PURPOSE["tax"], payment.tax),
        (say("balance afterwards"), payment.balance),
    ]
    digits = places(output.facts)
    lines = [
        say("{what}: {amount}", what=what, amount=Number(amount, digits))
        for what, amount in amounts
        if amount
    ]
    return "\n".join(output.words(line) for line in lines)


def _alarm(text: str, days: int) -> Alarm:
    alarm = Alarm()
    alarm["action"] = DISPLAY
    alarm.add("description", text)
    alarm["trigger"] = vDuration(timedelta(days=-days))
    return alarm
