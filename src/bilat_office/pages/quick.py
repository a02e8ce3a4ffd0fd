"""The short form on a record's own page: how far it has come, without opening all its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilat.language import Message, say
from bilat_office.api.versions import version_listed
from bilat_office.pages.filing import may_write_over, ways
from bilat_office.pages.signing import keys_asked
from bilat_office.pages.visit import Visit
from bilat_office.records.listing import Listed
from bilat_office.records.viewer import JOINT


def quick_form(
    visit: Visit,
    found: Listed,
    typed: Any,
    errors: Mapping[str, Message],
    wrong: Message | None,
    labels: Mapping[str, Message],
) -> dict[str, Any]:
    """What its part of the page needs. The record is shown above it as it is now: that is its base.

    errors: field → what is wrong with it. labels: what these fields are called.
    """
    is_joint = found.visibility == JOINT
    may_update = may_write_over(visit, found)
    open_ways = ways(visit, [found.section]) if may_update and is_joint else ()
    signs = open_ways[:1] not in ((), ("draft",))
    return {
        "is_joint": is_joint,
        "may_update": may_update,
        "typed": typed,
        "errors": summary(errors, labels),
        "wrong_at": errors,
        "wrong": wrong,
        "ways": open_ways,
        "keys": keys_asked(visit, both=visit.office.solo) if signs else [],
        "base": version_listed(found),
        "reason": visit.request.POST.get("reason", ""),
        "is_open": bool(errors or wrong),
    }


def summary(errors: Mapping[str, Message], labels: Mapping[str, Message]) -> list[dict[str, Any]]:
    """For the list of what is wrong at the head of a form."""
    return [
        {"anchor": name, "label": labels.get(name, say("Record")), "what": what}
        for name, what in errors.items()
    ]
