"""Where a record has its page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

SPECIAL = {
    "commitments": "measure",
    "contacts": "contact",
    "exchanges": "exchange",
    "projects": "project",
    "documents": "document",
    "facilities": "facility",
    "deals": "deal",
}
"""Section → name of the page that its records have; others have the plain one."""


def address_of(section: str, record_id: str) -> str:
    """Empty for what has no page: the parties."""
    if section == "parties":
        return ""
    try:
        if section in SPECIAL:
            return reverse(SPECIAL[section], args=[record_id])
        return reverse("record", args=[section, record_id])
    except NoReverseMatch:
        return ""


def address_of_reference(reference: str) -> str:
    """Of a record as ``section/id``."""
    section, _slash, record_id = reference.partition("/")
    return address_of(section, record_id)


def address_of_carrying(old: str, new: str) -> str:
    """Of the page on which the open measures of one document go on under another."""
    return f"{reverse('carry')}?{urlencode({'from': old, 'to': new})}"


def address_of_measure(reference: str) -> str:
    """Of a measure as forecasts and plans name it: a commitment by its id alone."""
    return address_of_reference(reference if "/" in reference else f"commitments/{reference}")
