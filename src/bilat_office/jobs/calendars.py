"""A calendar of what one viewer may see, or of what concerns one body of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bilat.brief import Brief, make_brief
from bilat.brief.formats import Output
from bilat.brief.formats.ics import DAYS_BEFORE, ics
from bilat.language import Words
from bilat.programme import Programme


def calendar_of(
    programme: Programme,
    *,
    side: str,
    body: str,
    lang: str,
    today: date,
    reminders: Sequence[int] = DAYS_BEFORE,
) -> bytes:
    """Contacts, due dates and payments, RFC 5545. programme: what the viewer may see.

    body: only contacts in which it takes part, what it answers for, and deals that it is party to;
    empty: everything. reminders: how many days before.
    """
    brief = make_brief(programme, as_of=today, viewer=side)
    if body:
        brief = _of_body(programme, brief, body)
    return ics(Output(programme, brief, Words(lang)), days_before=reminders)


def _of_body(programme: Programme, brief: Brief, body: str) -> Brief:
    contacts = {item.id for item in programme.contacts if body in item.bodies}
    deals = {item.id for item in programme.deals if body in (item.lessee, item.through)}
    roadmap, meetings, finance = brief.roadmap, brief.meetings, brief.finance
    owned = tuple(
        item for item in roadmap.commitments if body in {owner.id for owner in item.owners}
    )
    met = tuple(item for item in meetings.contacts if item.id in contacts)
    paid = tuple(item for item in finance.deals if item.id in deals)
    return brief.model_copy(
        update={
            "roadmap": roadmap.model_copy(update={"commitments": owned}),
            "meetings": meetings.model_copy(update={"contacts": met}),
            "finance": finance.model_copy(update={"deals": paid}),
        }
    )
