"""A reading as one object in the shape of the labelled texts, so that a scorer can judge it."""

from __future__ import annotations

from typing import Any

from bilat.reading.proposal import Reading

KINDS = ("target", "figure", "contact", "document", "project", "finance", "exchange")


def as_gold(reading: Reading, id: str) -> dict[str, Any]:  # noqa: A002 - the name in the file
    """{id, lang, published, parties, facts}: what is proposed, optional proposals left out."""
    facts = [
        {"kind": p.kind, **p.fields, "quote": p.quote.text}
        for p in reading.proposals
        if not p.optional and p.kind in KINDS
    ]
    return {
        "id": id,
        "lang": reading.language,
        "published": reading.published.isoformat() if reading.published else None,
        "parties": list(reading.parties) if reading.parties else None,
        "facts": facts,
    }
