"""A reading as data, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bilat.language import Words
from bilat.reading.desk import Read
from bilat.reading.kept import named
from bilat.reading.proposal import Proposal
from bilat.reading.relation import Relation
from bilat.reading.second_reader import is_second


def as_data(
    path: Path, read: Read, relations: Sequence[Relation | None], words: Words
) -> dict[str, Any]:
    """One object a text; offsets count characters of the kept text."""
    original, reading = read.opened.original, read.reading
    return {
        "file": str(path),
        "title": original.title,
        "address": read.opened.address,
        "sha256": original.sha256,
        "media": original.media,
        "language": reading.language,
        "published": reading.published.isoformat() if reading.published else None,
        "parties": list(reading.parties) if reading.parties else None,
        "version": reading.version,
        "notes": [note.in_words(words) for note in read.notes],
        "proposals": [
            {"id": kept.id, **_proposal(kept.proposal), "relation": _relation(relation, words)}
            for kept, relation in zip(named(reading.proposals), relations, strict=True)
        ],
        "left": [_proposal(kept.proposal) for kept in named(reading.left)],
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    quote = proposal.quote
    return {
        "kind": proposal.kind,
        "fields": dict(proposal.fields),
        "quote": {"text": quote.text, "start": quote.start, "end": quote.end},
        "manner": proposal.manner,
        "speaker": proposal.speaker,
        "side": proposal.side,
        "confidence": proposal.confidence,
        "rule": proposal.rule,
        "optional": proposal.optional,
        "second_reader": is_second(proposal),
    }


def _relation(relation: Relation | None, words: Words) -> dict[str, Any] | None:
    if relation is None:
        return None
    return {
        "kind": relation.kind,
        "records": [f"{section}/{name}" for section, name in relation.records],
        "difference": words(relation.difference) if relation.difference else None,
    }
