"""What the base template needs on every page, asked for when the template asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

import bilat
from bilat_office.pages.navigation import rows
from bilat_office.pages.notices.waiting import count_of
from bilat_office.pages.templatetags.says import reader
from bilat_office.pages.visit import Visit, visit_of
from bilat_office.people.middleware import person_of
from bilat_office.people.models import Person
from bilat_office.records.refusals import NotFounded

LANGUAGE_NAMES = {"en": "English", "ru": "Русский"}


def every_page(request: HttpRequest) -> dict[str, Any]:
    """``visit``: None for whoever has not signed in. Nothing is read before it is shown."""
    return {
        "visit": SimpleLazyObject(lambda: _visit(request)),
        "notices_count": lambda: count_of(visit_of(request)),
        "navigation": lambda: list(rows(request.path)),
        "lang": reader().lang,
        "languages": [(code, LANGUAGE_NAMES.get(code, code)) for code in bilat.LANGUAGES],
        "bilat_version": bilat.__version__,
    }


def _visit(request: HttpRequest) -> Visit | None:
    """None also before a register is founded: then there is nothing to say of it."""
    person = person_of(request) if hasattr(request, "user") else None
    if not isinstance(person, Person) or not person.is_active:
        return None
    visit = visit_of(request)
    try:
        _ = visit.office
    except NotFounded:
        return None
    return visit
