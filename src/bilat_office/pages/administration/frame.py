"""What the pages of this room share: where they stand, and how an order ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat_office.jobs.refusals import JobRefused
from bilat_office.pages.refusing import status_of
from bilat_office.pages.visit import Visit
from bilat_office.people.services.persons import PersonRefused
from bilat_office.records.refusals import OfficeRefused

CRUMB = (say("Administration"), "/administration")


class FormWrong(OfficeRefused):
    """``code`` is the field that is wrong."""


@dataclass(frozen=True)
class Wrong:
    """What was refused, and at which field where it is one."""

    what: Message
    field: str = ""
    status: int = 400

    @classmethod
    def of(cls, error: BilatError) -> Wrong:
        at_field = isinstance(error, PersonRefused | JobRefused | FormWrong)
        field = error.code if at_field and isinstance(error, OfficeRefused) else ""
        return cls(error.message, field, status_of(error))


def crumbs(*more: tuple[Message | str, str]) -> list[tuple[Message | str, str]]:
    return [CRUMB, *more]


def crumb(label: Message, name: str) -> tuple[Message, str]:
    return label, reverse(name)


def ordered(
    visit: Visit,
    order: Callable[[], tuple[Message, str]],
    again: Callable[[Wrong], HttpResponse],
) -> HttpResponse:
    """Done, with what to say and where to go on; or the page again with what is wrong.

    What the role does not allow, and what is not there, is a page of its own.
    """
    try:
        done, address = order()
    except BilatError as error:
        if status_of(error) in (403, 404, 503):
            raise
        return again(Wrong.of(error))
    messages.success(visit.request, visit.words(done))
    return HttpResponseRedirect(address)


def typed(visit: Visit, name: str, most: int = 500) -> str:
    """What stands in a field of the form that was sent."""
    return visit.request.POST.get(name, "").strip()[:most]
