"""A text that is read again by better rules: what came, what changed, what went.

What a person has decided stays as it was decided, whatever the new rules say of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bilat.reading.kept import Kept, KeptProposal, Pass, named
from bilat.reading.proposal import Proposal, Reading

KEYS = {
    "contact": "type",
    "document": "type",
    "project": "product",
    "finance": "instrument",
    "exchange": "area",
    "link": "type",
}
"""The field without which a proposal of this kind would be another one."""


def read_again(kept: Kept, reading: Reading) -> Kept:
    """The kept reading with the proposals of a new one; its last `Pass` says what changed."""
    fresh = list(named(reading.proposals))
    known = {item.id for item in kept.proposals}
    unknown = [item for item in fresh if item.id not in known]
    current = {item.id: item for item in fresh}
    result: list[KeptProposal] = []
    changed: list[tuple[str, str]] = []
    gone: list[str] = []
    for old in kept.proposals:
        if old.id in current:
            result.append(old if old.state != "open" else current[old.id])
        elif successor := _successor(old, unknown):
            unknown.remove(successor)
            changed.append((old.id, successor.id))
            result.append(old if old.state != "open" else successor)
        elif old.state == "open":
            gone.append(old.id)
        else:
            result.append(old)
    step = Pass(reading.version, tuple(item.id for item in unknown), tuple(changed), tuple(gone))
    same = kept.passes and kept.passes[-1].version == step.version
    moved = bool(step.added or step.changed or step.gone)
    return replace(
        kept,
        language=reading.language,
        parties=reading.parties,
        original=replace(kept.original, published=reading.published),
        proposals=tuple(sorted([*result, *unknown], key=lambda item: item.proposal.quote.start)),
        passes=(*kept.passes, step) if moved or not same else kept.passes,
    )


def _successor(old: KeptProposal, unknown: Iterable[KeptProposal]) -> KeptProposal | None:
    return next((item for item in unknown if is_same_thing(old.proposal, item.proposal)), None)


def is_same_thing(first: Proposal, second: Proposal) -> bool:
    """Of one kind, from overlapping words, about the same number or with the same key."""
    if first.kind != second.kind or not _overlap(first, second):
        return False
    if first.kind in ("target", "figure"):
        return any(
            first.fields.get(name) is not None and first.fields.get(name) == second.fields.get(name)
            for name in ("value", "growth_pct", "multiple")
        )
    key = KEYS.get(first.kind)
    return key is None or first.fields.get(key) == second.fields.get(key)


def _overlap(first: Proposal, second: Proposal) -> bool:
    return first.quote.start < second.quote.end and second.quote.start < first.quote.end
