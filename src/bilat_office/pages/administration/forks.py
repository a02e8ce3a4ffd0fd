"""Two histories of one register: what each says from where they part, and how the office goes on.

Which of them is the right one, the two sides agree between them. With the side's key the page goes
on from the chain of this office; the chain of the other comes as an export, by a command.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bilat.language import Message, say
from bilat.register.chain import open_entry
from bilat.register.change import Change, Entry
from bilat.register.node import Fork, shown
from bilat_office.pages.administration.frame import FormWrong, Wrong, crumb, crumbs, ordered
from bilat_office.pages.sections import section_name
from bilat_office.pages.signing import keys_asked, own_actor
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.records.desk import Desk
from bilat_office.records.services.settling import fork_settle

HERE = say("The other office")


@dataclass(frozen=True)
class Told:
    """One history at the place where they part: its head, and the change that it has there.

    ``change`` None: only the head is known, as a side has confirmed it.
    """

    head: str
    change: Change | None
    records: tuple[tuple[Message, str], ...]


@require_http_methods(["GET", "HEAD", "POST"])
@page
def forks(request: HttpRequest) -> HttpResponse:
    """Both heads, what differs and from whom; then the office goes on from its own chain."""
    visit = visit_of(request)
    demand(visit.viewer, "exchange")
    if request.method != "POST":
        return _shown(visit, None)
    demand(visit.viewer, "keys")

    def order() -> tuple[Message, str]:
        if "agreed" not in request.POST:
            raise FormWrong("agreed", say("Confirm first that both sides have agreed."))
        own_actor(visit, "keys")  # whoever opens the side's key decides; nothing is signed by it
        fork_settle(agreed=None, at=visit.at)
        done = say("The office goes on from its own history. Proposals can be signed again.")
        return done, reverse("exchange_office")

    return ordered(visit, order, lambda wrong: _shown(visit, wrong))


def _shown(visit: Visit, wrong: Wrong | None) -> HttpResponse:
    with visit.desk() as desk:
        found = [_row(visit, desk, fork) for fork in desk.forks]
        place = desk.place
    may_settle = visit.can["keys"]
    context = {
        "forks": found,
        "place": place,
        "own": visit.office.side_name(visit.side),
        "may_settle": may_settle,
        "keys": keys_asked(visit, both=False) if may_settle else [],
        "wrong_field": wrong.field if wrong else "",
        "wrong_what": wrong.what if wrong else None,
        "breadcrumbs": crumbs(crumb(HERE, "exchange_office")),
    }
    status = wrong.status if wrong else 200
    return render(visit.request, "administration/forks.html", context, status=status)


def _row(visit: Visit, desk: Desk, fork: Fork) -> dict[str, Any]:
    entry = desk.entered_at(fork.place)
    said = fork.theirs.said
    theirs = open_entry(fork.theirs).proposed if isinstance(said, Entry) else None
    return {
        "place": fork.place,
        "side": visit.office.side_name(fork.side),
        "when": said.time,
        "is_entry": theirs is not None,
        "here": _told(fork.ours, entry),
        "there": _told(shown(fork.theirs), theirs),
    }


def _told(head: str, change: Change | None) -> Told:
    items = change.items if change else []
    return Told(head, change, tuple((section_name(item.section), item.id) for item in items))
