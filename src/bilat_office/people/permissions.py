"""What each role may do: data, in this one place. What one may *see* follows from the side alone.

A person has roles; what they may do is the union. Ministry editors write only what their own body
owns. Stops of a draft and the use of a side's key are asked of `bilat.register.route` besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal, get_args

from bilat.language import Message, say
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.viewer import JOINT, Viewer

Role = Literal[
    "co_chair", "secretary", "approver", "ministry_editor", "analyst", "finance_officer",
    "observer", "administrator",
]  # fmt: skip
Action = Literal[
    "draft",  # write and edit drafts of joint records
    "draft_any_body",  # also of records that another body owns
    "pass",  # pass a stop of the side's route, where the route says so
    "sign",  # use the side's key: propose, countersign, reject, withdraw
    "write_private",  # keep records that only the own side sees
    "load",  # load statistics, compute outlooks
    "exchange",  # send to and take from the other office
    "keys",  # make, lock, replace and revoke keys of the own side
    "people",  # invite people of the own side, give and take roles
    "audit",  # read who looked at private records of the own side
]  # fmt: skip

ROLES: tuple[Role, ...] = get_args(Role)
PERMISSIONS: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        "co_chair": frozenset(
            ("draft", "draft_any_body", "pass", "sign", "write_private", "audit")
        ),
        "secretary": frozenset(
            (
                "draft",
                "draft_any_body",
                "pass",
                "sign",
                "write_private",
                "load",
                "exchange",
                "audit",
            )
        ),
        "approver": frozenset(("draft", "draft_any_body", "pass", "write_private")),
        "ministry_editor": frozenset(("draft", "pass", "write_private")),
        "analyst": frozenset(("draft", "draft_any_body", "write_private", "load")),
        "finance_officer": frozenset(("draft", "draft_any_body", "write_private", "load")),
        "observer": frozenset(),
        "administrator": frozenset(("people", "keys", "exchange", "audit")),
    }
)
ROLE_NAMES: Mapping[Role, Message] = MappingProxyType(
    {
        "co_chair": say("co-chair"),
        "secretary": say("secretary of the commission"),
        "approver": say("approver"),
        "ministry_editor": say("editor of a ministry"),
        "analyst": say("analyst"),
        "finance_officer": say("finance officer"),
        "observer": say("observer"),
        "administrator": say("administrator"),
    }
)
ACTION_NAMES: Mapping[Action, Message] = MappingProxyType(
    {
        "draft": say("write drafts"),
        "draft_any_body": say("write drafts for other bodies"),
        "pass": say("approve drafts"),
        "sign": say("use the key of the side"),
        "write_private": say("write records of the own side"),
        "load": say("load statistics"),
        "exchange": say("exchange with the other office"),
        "keys": say("manage keys"),
        "people": say("manage people"),
        "audit": say("read the audit"),
    }
)


class NotPermitted(OfficeRefused):
    """The role does not allow it; names the roles that do."""

    def __init__(self, action: Action) -> None:
        roles = [ROLE_NAMES[role] for role in ROLES if action in PERMISSIONS[role]]
        super().__init__(
            "not_permitted",
            say(
                "Your role does not allow you to {action}. It is open to: {roles}.",
                action=ACTION_NAMES[action],
                roles=roles,
            ),
        )


class NotOwned(OfficeRefused):
    """A ministry's editor writes for the ministry alone."""

    def __init__(self, body: str | None) -> None:
        super().__init__(
            "not_owned",
            say(
                "You may write only for your own body, {body}. Ask the secretary to write it.",
                body=body or "–",
            ),
        )


def may(viewer: Viewer, action: Action) -> bool:
    """Whether any of the viewer's roles allows it. Who is of neither side may do nothing."""
    if viewer.side in (None, JOINT) or viewer.person is None:
        return False
    return any(action in PERMISSIONS[role] for role in ROLES if role in viewer.roles)


def demand(viewer: Viewer, action: Action) -> None:
    """Raises NotPermitted."""
    if not may(viewer, action):
        raise NotPermitted(action)


def may_draft(viewer: Viewer, owners: Iterable[str]) -> bool:
    """Whether the viewer may write a draft about records that ``owners`` (ids of bodies) own."""
    if not may(viewer, "draft"):
        return False
    return may(viewer, "draft_any_body") or viewer.body in set(owners)


def demand_draft(viewer: Viewer, owners: Iterable[str]) -> None:
    """To write a draft about records that ``owners`` (ids of bodies) own.

    Raises NotPermitted, or NotOwned where an editor's own body is none of the owners.
    """
    demand(viewer, "draft")
    if not may_draft(viewer, owners):
        raise NotOwned(viewer.body)
