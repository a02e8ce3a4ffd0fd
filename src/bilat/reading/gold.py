"""A reading as one object in the shape of the labelled texts, so that a scorer can judge it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilat.reading.proposal import Proposal, Reading

KINDS = ("target", "figure", "contact", "document", "project", "finance", "exchange")
# What the labels call by a wider name; None: they have no name for it.
WIDER: Mapping[tuple[str, str], Mapping[str, str | None]] = {
    ("project", "activity"): {
        "modernisation": "construction",
        "service": "construction",
        "processing": "production",
        "development": "production",
    },
    ("document", "type"): {
        "convention": "agreement",
        "communique": "declaration",
        "strategy": "programme",
    },
    ("finance", "instrument"): {"settlement": None, "bonds": None},
    ("exchange", "area"): {"youth": None, "media": None},
}


def as_gold(reading: Reading, id: str) -> dict[str, Any]:  # noqa: A002 - the name in the file
    """{id, lang, published, parties, facts}: what is proposed, in the words of the labels.

    Optional proposals are left out, and those for which the labels have no name.
    """
    known = [_labelled(p) for p in reading.proposals if not p.optional and p.kind in KINDS]
    return {
        "id": id,
        "lang": reading.language,
        "published": reading.published.isoformat() if reading.published else None,
        "parties": list(reading.parties) if reading.parties else None,
        "facts": [fact for fact in known if fact is not None],
    }


def _labelled(proposal: Proposal) -> dict[str, Any] | None:
    fields = dict(proposal.fields)
    for (kind, name), wider in WIDER.items():
        value = str(fields.get(name))
        if proposal.kind != kind or value not in wider:
            continue
        if (label := wider[value]) is None:
            return None
        fields[name] = label
    return {"kind": proposal.kind, **fields, "quote": proposal.quote.text}
