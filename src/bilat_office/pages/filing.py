"""What a person has written goes where it may: a draft, a proposal, an entry, a private record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from django.urls import reverse

from bilat.language import Message, say
from bilat.register.canonical import Document
from bilat.register.kinds import SECTIONS, Name
from bilat.register.orders import New
from bilat_office.api.services.proposing import (
    BaseMoved,
    change_enter_on,
    change_propose_on,
)
from bilat_office.api.versions import version_listed
from bilat_office.pages.addresses import address_of
from bilat_office.pages.signing import both_actors, own_actor
from bilat_office.pages.visit import Visit
from bilat_office.people.permissions import demand, demand_draft, may_draft
from bilat_office.people.services.routes import routes_of
from bilat_office.records.listing import Listed
from bilat_office.records.projection import project
from bilat_office.records.refusals import NotSeen, OfficeRefused
from bilat_office.records.services.drafts import draft_create, draft_edit
from bilat_office.records.services.private import private_save
from bilat_office.records.viewer import JOINT

How = Literal["draft", "propose", "enter"]


@dataclass(frozen=True)
class Written:
    """Joint records as they are to become. bases: record → its version as its author read it."""

    new: Sequence[New]
    reason: str
    bases: Mapping[Name, str | None] = field(default_factory=dict)
    answers: str | None = None
    draft: int | None = None
    """The draft of which this is another text."""


class ReasonMissing(OfficeRefused):
    def __init__(self) -> None:
        super().__init__("reason", say("Write why: both sides read the reason."))


def ways(visit: Visit, sections: Sequence[str]) -> tuple[How, ...]:
    """How this person may file records of these sections, the most direct one first.

    A side with stops before its key has no way around them.
    """
    found: list[How] = []
    if visit.may("sign") and not routes_of(visit.side).of(sections).steps:
        found.append("enter" if visit.office.solo else "propose")
    if visit.may("draft"):
        found.append("draft")
    return tuple(found)


def how_of(text: str) -> How:
    """A draft where a form names nothing that there is."""
    return next((how for how in get_args(How) if how == text), "draft")


def filed(visit: Visit, how: How, written: Written) -> tuple[Message, str]:
    """What was done, and where to go on. Raises what is refused; then nothing has changed."""
    if not written.reason.strip():
        raise ReasonMissing
    _check(visit, written)
    if how == "draft":
        return _drafted(visit, written)
    sections = [name[0] for name, _content in written.new]
    if how not in ways(visit, sections):
        demand(visit.viewer, "sign")
        raise OfficeRefused("stops", say("Your side’s stops come first: save it as a draft."))
    if how == "enter":
        change = change_enter_on(
            new=written.new,
            bases=written.bases,
            reason=written.reason,
            by=both_actors(visit),
            at=visit.at,
        )
        return say("Entered with both keys."), reverse("change", args=[change])
    change = change_propose_on(
        new=written.new,
        bases=written.bases,
        reason=written.reason,
        by=own_actor(visit),
        at=visit.at,
        answers=written.answers,
    )
    return say("Proposed. The other side has to countersign."), reverse("change", args=[change])


def kept_private(visit: Visit, section: str, content: Mapping[str, object]) -> tuple[Message, str]:
    """A record that the own side alone sees."""
    demand(visit.viewer, "write_private")
    name = private_save(section=section, content=dict(content), by=visit.by, at=visit.at)
    return say("Saved for your side alone."), reverse("record", args=list(name))


def may_write_over(visit: Visit, stands: Listed) -> bool:
    """Whether this person may write another text of a record, so that its form is offered."""
    if stands.visibility != JOINT:
        return visit.may("write_private")
    return may_draft(visit.viewer, stands.owners)


def filed_over(visit: Visit, stands: Listed, content: Document) -> tuple[Message, str]:
    """Another text of a record that stands, as a form with ``base``, ``how`` and ``reason`` sends
    it: a change of a joint record, or a version of one that the own side alone sees.
    """
    if stands.visibility != JOINT:
        said, _plain = kept_private(visit, stands.section, content)
        return said, address_of(stands.section, stands.id)
    demand(visit.viewer, "draft")
    post, name = visit.request.POST, (stands.section, stands.id)
    written = Written(
        new=[(name, content)],
        reason=post.get("reason", "").strip(),
        bases={name: post.get("base") or None},
    )
    return filed(visit, how_of(post.get("how", "")), written)


def _drafted(visit: Visit, written: Written) -> tuple[Message, str]:
    for name, base in written.bases.items():
        if _version(visit, name) != base:
            raise BaseMoved(name)
    new, reason, number = written.new, written.reason, written.draft
    if number is None:
        number = draft_create(
            new=new, reason=reason, by=visit.by, at=visit.at, answers=written.answers
        )
    else:
        draft_edit(draft=number, new=new, reason=reason, by=visit.by, at=visit.at)
    return say("Saved as a draft of your side."), reverse("draft", args=[number])


def _version(visit: Visit, name: Name) -> str | None:
    try:
        return version_listed(visit.door.get(*name))
    except NotSeen:
        return None


def _check(visit: Visit, written: Written) -> None:
    """Of each record its owners, as it is and as it would be: an editor may write those alone."""
    for name, content in written.new:
        if content is not None:
            made = project(SECTIONS[name[0]].model_validate(content), name[0])
            demand_draft(visit.viewer, made.owners)
        try:
            before = visit.door.get(*name)
        except NotSeen:
            continue
        demand_draft(visit.viewer, before.owners)
