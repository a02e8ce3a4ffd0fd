"""One record for each fact: repeated mentions of the same thing become one, the fullest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bilat.reading.proposal import Proposal


def once(found: Sequence[Proposal]) -> list[Proposal]:
    """In order of the text, without repetitions."""
    out: list[Proposal] = []
    for proposal in found:
        same = _SAME.get(proposal.kind, _equal)
        i = next(
            (i for i, old in enumerate(out) if old.kind == proposal.kind and same(old, proposal)),
            None,
        )
        if i is None:
            out.append(proposal)
        else:
            out[i] = _fuller(out[i], proposal)
    return out


def _fuller(old: Proposal, new: Proposal) -> Proposal:
    """The one with more known fields, with what only the other knows; optional only if both are."""
    first, second = (new, old) if _weight(new) > _weight(old) else (old, new)
    fields: dict[str, Any] = dict(first.fields)
    if len(str(second.fields.get("date") or "")) > len(str(fields.get("date") or "")):
        fields["date"] = second.fields["date"]
    if first.kind != "figure":
        for name, value in second.fields.items():
            if fields.get(name) is None:
                fields[name] = value
    return replace(first, fields=fields, optional=old.optional and new.optional)


def _weight(proposal: Proposal) -> tuple[int, ...]:
    """A meeting is told best not in the title, and where its day stands."""
    if proposal.kind != "contact":
        return (_known(proposal),)
    date = str(proposal.fields.get("date") or "")
    return (int("\n" not in proposal.quote.text), len(date), _known(proposal))


def _known(proposal: Proposal) -> int:
    return sum(value is not None for value in proposal.fields.values())


def _equal(old: Proposal, new: Proposal) -> bool:
    return dict(old.fields) == dict(new.fields)


def _agree(old: Proposal, new: Proposal, *names: str) -> bool:
    for name in names:
        a, b = old.fields.get(name), new.fields.get(name)
        if a is not None and b is not None and a != b:
            return False
    return True


def _numbers(old: Proposal, new: Proposal) -> bool:
    a, b = old.fields, new.fields
    if a.get("value") is not None or b.get("value") is not None:
        same = a.get("value") == b.get("value") and a.get("currency") == b.get("currency")
        return same and _agree(old, new, "exporter", "period", "by", "horizon_years")
    return _equal(old, new)


def _contacts(old: Proposal, new: Proposal) -> bool:
    if old.fields["type"] != new.fields["type"] or not _agree(old, new, "ordinal"):
        return False
    if old.fields["status"] != new.fields["status"]:
        return False
    a, b = old.fields.get("date"), new.fields.get("date")
    dates = a is None or b is None or a.startswith(b) or b.startswith(a) or _days_of_one(old, new)
    return dates and (_agree(old, new, "place") or old.fields["type"] in ("commission", "visit"))


def _days_of_one(old: Proposal, new: Proposal) -> bool:
    """A session of two days is told by either; no commission meets twice in a month."""
    sitting = old.fields["type"] in ("commission", "council", "summit")
    months = str(old.fields["date"])[:7], str(new.fields["date"])[:7]
    return sitting and len(months[0]) == _MONTH and months[0] == months[1]


_MONTH = len("2025-10")


def _documents(old: Proposal, new: Proposal) -> bool:
    if old.fields["type"] != new.fields["type"]:
        return False
    if not _agree(old, new, "until") or (old.quote.start == new.quote.start):
        return False
    return _bare(new) or _bare(old)


def _bare(proposal: Proposal) -> bool:
    """A second mention: the kind of document and nothing of what it is about."""
    if proposal.rule.endswith("named-fully") and proposal.fields["type"] in _MANY:
        return False
    return proposal.rule.endswith(("named", "named-fully")) and proposal.fields.get("until") is None


_MANY = frozenset(("agreement", "memorandum", "protocol", "treaty"))
"""Documents of which two countries have many: a name of several words tells which."""


def _field(name: str) -> Callable[[Proposal, Proposal], bool]:
    return lambda old, new: old.fields[name] == new.fields[name]


def _projects(old: Proposal, new: Proposal) -> bool:
    return old.fields["product"] == new.fields["product"] and _agree(old, new, "place")


def _links(old: Proposal, new: Proposal) -> bool:
    """Ties of one kind that are told in general are one; each demand is its own."""
    same = old.fields["type"] == new.fields["type"] != "demand"
    told = ("links.two-regions", "links.twins")
    return same and _agree(old, new, "partners") and not (old.rule in told and new.rule in told)


_SAME: dict[str, Callable[[Proposal, Proposal], bool]] = {
    "target": _numbers,
    "figure": _numbers,
    "contact": _contacts,
    "document": _documents,
    "project": _projects,
    "finance": _field("instrument"),
    "exchange": _field("area"),
    "link": _links,
}
