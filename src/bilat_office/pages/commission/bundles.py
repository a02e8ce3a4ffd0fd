"""Bundles: a held session, its protocol and its decisions, signed by both sides all together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bilat.language import Message
from bilat.register.canonical import Document
from bilat.register.kinds import Name
from bilat.register.orders import New
from bilat_office.pages.latest import Latest, Shelf
from bilat_office.pages.statuses import CHANGE, CHANGE_TONE, DRAFT
from bilat_office.pages.visit import Visit
from bilat_office.records.desk import Desk, Proposed

ENTERED: Latest[Shelf] = Latest(500)
"""Register, entered change and session → the change, where it is the session's bundle."""


@dataclass(frozen=True)
class BundleShown:
    """One bundle with its state. ``draft``: its number, when it is a draft of the own side."""

    status: Message
    tone: str
    reason: str
    person: str
    side: Any
    time: str
    count: int
    change: str = ""
    draft: int | None = None
    is_entered: bool = False

    @property
    def query(self) -> str:
        """What the address of its papers ends with."""
        return f"&draft={self.draft}" if self.draft else f"&change={self.change}"


def bundles_of(visit: Visit, session: str) -> list[BundleShown]:
    """The own side's drafts first, then the changes, the latest first."""
    name = ("contacts", session)
    entered = [edit.change for edit in visit.door.history(*name)]
    with visit.desk() as desk:
        changes = [item for item in desk.all() if _is_bundle(_items(item), name)]
        done = [_entered(desk, change, name) for change in dict.fromkeys(entered) if change]
    changes += [item for item in done if item is not None]
    found = {item.id: item for item in changes}
    latest = sorted(found.values(), key=lambda item: item.change.time, reverse=True)
    return [*_drafts(visit, name), *(_shown(visit, item) for item in latest)]


def _entered(desk: Desk, change: str, name: Name) -> Proposed | None:
    """Where it is a bundle. What was entered stays as it is: each change is opened once."""

    def made() -> Proposed | None:
        found = desk.get(change)
        return found if _is_bundle(_items(found), name) else None

    return ENTERED.of(f"{desk.register} {change} {name[1]}", Shelf).once("bundle", made)


def _drafts(visit: Visit, name: Name) -> Iterable[BundleShown]:
    for draft in visit.door.drafts() if visit.of_a_side else ():
        if _is_bundle(draft.new, name):
            yield BundleShown(
                status=DRAFT[draft.state],
                tone="quiet",
                reason=draft.reason,
                person=draft.route.author,
                side=visit.own_side_name,
                time=draft.time,
                count=len(draft.new),
                draft=draft.number,
            )


def _shown(visit: Visit, item: Proposed) -> BundleShown:
    return BundleShown(
        status=CHANGE[item.status],
        tone=CHANGE_TONE.get(item.status, "quiet"),
        reason=item.change.reason,
        person=item.change.person,
        side=visit.office.side_name(item.change.side),
        time=item.change.time,
        count=len(item.change.items),
        change=item.id,
        is_entered=item.status == "entered",
    )


def _items(item: Proposed) -> list[New]:
    return [(each.name, each.content) for each in item.change.items]


def _is_bundle(items: Iterable[tuple[Name, Document | None]], session: Name) -> bool:
    """Whether the session comes with the document that is its protocol."""
    found = dict(items)
    return session in found and any(
        section == "documents" and content and content.get("kind") == "protocol"
        for (section, _id), content in found.items()
    )


def contents_of(visit: Visit, *, draft: str, change: str) -> dict[Name, Document | None]:
    """The records of a draft of the own side, or of a change. Empty where neither is named.

    Raises NotSeen, and Refused for a change that is not here.
    """
    if draft.isascii() and draft.isdecimal() and len(draft) < 10:
        return dict(visit.door.draft(int(draft)).new)
    if change:
        with visit.desk() as desk:
            return dict(_items(desk.get(change)))
    return {}
