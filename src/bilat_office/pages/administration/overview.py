"""What can be administered, by whom; and how large and how well the office is."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bilat.language import Message, say
from bilat_office.jobs.models import QUEUED, RUNNING, Job
from bilat_office.jobs.places import warehouse_folder
from bilat_office.pages.administration.frame import CRUMB
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import ACTION_NAMES, PERMISSIONS, ROLE_NAMES, ROLES, Action
from bilat_office.records.listing import Filters

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
UNTOUCHED = timedelta(minutes=2)
"""After this a job that waits says that no worker runs."""


@dataclass(frozen=True)
class Part:
    """A page of this room. action: what the role must allow to open it; None: open to everybody."""

    label: Message
    name: str
    what: Message
    action: Action | None = None


PARTS: Sequence[Part] = (
    Part(say("People"), "people", say("Who may come in, with which roles; invitations."), "people"),
    Part(say("Roles"), "roles", say("What each role may do.")),
    Part(say("Stops before the key"), "stops", say("Whom a draft passes before your side’s key.")),
    Part(say("Deputies"), "deputies", say("Who stands in for whom, and when."), "people"),
    Part(say("Keys"), "side_keys", say("Whose keys sign; new ones, lost ones.")),
    Part(say("Tokens and calendars"), "tokens", say("For your programs and your calendar.")),
    Part(say("Statistics"), "statistics_loaded", say("What is loaded, in which vintages.")),
    Part(
        say("Background jobs"), "jobs",
        say("What the office computes, how far it is, what failed."),
    ),
    Part(
        say("The other office"), "exchange_office",
        say("What each office has confirmed; files of messages."), "exchange",
    ),
    Part(say("Audit"), "audit", say("Who looked at your side’s private records."), "audit"),
)  # fmt: skip


@require_safe
@page
def administration(request: HttpRequest) -> HttpResponse:
    """The parts that the reader may open, and the others with who may."""
    visit = visit_of(request)
    context = {
        "parts": [
            (part, reverse(part.name))
            for part in PARTS
            if not part.action or visit.can[part.action]
        ],
        "closed": [
            (part, [ROLE_NAMES[role] for role in ROLES if part.action in PERMISSIONS[role]])
            for part in PARTS
            if part.action and not visit.can[part.action]
        ],
        "health": _health(visit),
        "idle": _is_idle(visit),
    }
    return render(request, "administration/administration.html", context)


@require_safe
@page
def roles(request: HttpRequest) -> HttpResponse:
    """Every role with what it may do, and which the reader has."""
    visit = visit_of(request)
    context = {
        "actions": list(ACTION_NAMES.values()),
        "roles": [
            (
                ROLE_NAMES[role],
                role in visit.viewer.roles,
                [(name, action in PERMISSIONS[role]) for action, name in ACTION_NAMES.items()],
            )
            for role in ROLES
        ],
        "breadcrumbs": [CRUMB],
    }
    return render(request, "administration/roles.html", context)


def _health(visit: Visit) -> list[tuple[Message, Any]]:
    office = visit.office
    own = visit.door.list(filters=Filters(visibility=visit.side), size=1).total
    every = sum(visit.door.sections().values())
    free = shutil.disk_usage(settings.DATA_FOLDER).free if settings.DATA_FOLDER.exists() else None
    rows: list[tuple[Message, Any]] = [
        (say("Database"), DATABASES.get(connection.vendor, connection.vendor)),
        (say("Entries of the register"), office.place),
        (say("Joint records"), every - own if visit.of_a_side else every),
    ]
    if visit.of_a_side:
        rows.append((say("Records of your side alone"), own))
    both = say("one office holds both") if office.solo else say("each side holds its own")
    rows += [
        (say("Depositary"), office.side_name(office.depositary)),
        (say("Keys"), both),
        (say("Statistics"), say("loaded") if warehouse_folder().is_dir() else say("none")),
    ]
    if free is not None:
        rows.append((say("Free on the disk"), say("{n} GB", n=round(free / 1e9, 1))))
    return rows


def _is_idle(visit: Visit) -> bool:
    """Something has waited so long that no worker seems to run."""
    since = visit.at - UNTOUCHED
    waiting = Job.objects.filter(state=QUEUED, not_before__lt=since).exists()
    return waiting and not Job.objects.filter(state=RUNNING, lease_until__gt=visit.at).exists()
