"""Where a session's new text goes: a change of the joint record, or the side's own keeping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from pydantic import ValidationError

from bilat.language import Message, say
from bilat.programme import KINDS
from bilat.programme.labels import label_of
from bilat.register.canonical import Document, document
from bilat_office.pages.filing import Written, filed, how_of, kept_private, ways
from bilat_office.pages.forms.telling import sentence
from bilat_office.pages.signing import keys_asked
from bilat_office.pages.visit import Visit
from bilat_office.people.permissions import demand
from bilat_office.records.listing import Listed
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.viewer import JOINT


def demand_of(visit: Visit, stands: Listed) -> None:
    """Raises NotPermitted: joint sessions are written by who may draft for every body."""
    if stands.visibility == JOINT:
        demand(visit.viewer, "draft_any_body")
    else:
        demand(visit.viewer, "write_private")


def may_write(visit: Visit, *, joint: bool) -> bool:
    return visit.may("draft_any_body") if joint else visit.may("write_private")


def filing_context(visit: Visit, sections: tuple[str, ...], reason: str) -> Mapping[str, Any]:
    """What the part of a form with reason, keys and buttons needs."""
    found = ways(visit, sections)
    signs = found[:1] not in ((), ("draft",))
    return {
        "ways": found,
        "keys": keys_asked(visit, both=visit.office.solo) if signs else [],
        "reason": visit.request.POST.get("reason", reason),
    }


def saved(visit: Visit, section: str, content: Document, base: str | None) -> tuple[Message, str]:
    """One record, as the form says. base: its version as it was read; None for a new one."""
    if content.get("visibility", JOINT) != JOINT:
        kept_private(visit, section, content)
        session = content["id"] if section == "contacts" else content["contact"]
        done = say("Saved for your side alone.")
        return done, reverse("commission_session", args=[session])
    name = (section, str(content["id"]))
    post = visit.request.POST
    written = Written(
        new=[(name, content)], reason=post.get("reason", "").strip(), bases={name: base}
    )
    return filed(visit, how_of(post.get("how", "")), written)


def checked(section: str, content: Document) -> Document:
    """In normal form. Raises OfficeRefused with the first thing that is wrong."""
    try:
        return document(KINDS[section].model_validate(content))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = label_of(str(first["loc"][0])) if first["loc"] else say("Record")
        what = sentence(first)
        raise OfficeRefused("content", say("{where}: {what}", where=field, what=what)) from None
