"""Rows as the core knows them: a text with its proposals, as `bilat.reading.kept` keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bilat.reading.kept import Kept, KeptProposal, Pass, State
from bilat.reading.original import Original
from bilat.reading.proposal import Proposal, Quote
from bilat_office.readings.models import CHOSEN, FILED, REJECTED, WAITING, Finding, Reading

_STATES: Mapping[str, State] = {
    WAITING: "open",
    CHOSEN: "accepted",
    FILED: "accepted",
    REJECTED: "rejected",
}


@dataclass(frozen=True)
class Text:
    """A stored text, its findings in the order of their quotes, and both as the core knows them."""

    reading: Reading
    findings: tuple[Finding, ...]
    kept: Kept


def text_of(reading: Reading, findings: Iterable[Finding]) -> Text:
    every = tuple(findings)
    return Text(reading, every, _kept(reading, every))


def _kept(reading: Reading, findings: Iterable[Finding]) -> Kept:
    parties = reading.parties
    return Kept(
        name=source_name(reading.publisher, reading.published),
        original=Original(
            name=reading.name,
            text=reading.text,
            media=reading.media,
            sha256=reading.sha256,
            published=reading.published,
            title=reading.title or None,
        ),
        language=reading.language,
        parties=(parties[0], parties[1]) if parties else None,
        proposals=tuple(map(kept_proposal, findings)),
        address=reading.address or None,
        publisher=reading.publisher or None,
        side=reading.speaks_for or None,
        source=reading.source or None,
        passes=tuple(map(_pass, reading.passes)),
    )


def kept_proposal(finding: Finding) -> KeptProposal:
    return KeptProposal(finding.key, proposal_of(finding.content), _STATES[finding.state])


def proposal_of(content: Mapping[str, Any]) -> Proposal:
    return Proposal(**{**content, "quote": Quote(**content["quote"])})


def content_of(proposal: Proposal) -> dict[str, Any]:
    return asdict(proposal)


def source_name(publisher: str, published: date | None) -> str:
    """How the record of the source is to be called: ``belta-2025-09-29``.

    >>> source_name("BelTA", date(2025, 9, 29)), source_name("БелТА", None)
    ('belta-2025-09-29', 'text')
    """
    plain = re.sub(r"[^a-z0-9]+", "-", publisher.lower()).strip("-")[:40] or "text"
    return f"{plain}-{published}" if published else plain


def _pass(data: Mapping[str, Any]) -> Pass:
    return Pass(
        data["version"],
        tuple(data["added"]),
        tuple((before, now) for before, now in data["changed"]),
        tuple(data["gone"]),
    )
