"""Hand-made readings, as a reader would give them, in the trade's own notation."""

from __future__ import annotations

from datetime import date
from typing import Any

from bilat.reading.original import Original
from bilat.reading.proposal import Kind, Manner, Proposal, Quote, Reading

TEXT = """\
MINSK, 29 September – Belarus and Kyrgyzstan plan to raise trade to $500 million in three years.

In January–September 2024 trade came to $68 million, a Kyrgyz minister said. \
Elevators are assembled.

A new roadmap for the period until 2030 was signed today. Students of Kyrgyzstan come to Minsk.
"""
PUBLISHED = date(2025, 9, 29)


def original(text: str = TEXT) -> Original:
    return Original("communique.txt", text, sha256="0" * 64, published=PUBLISHED)


def quote(words: str, text: str = TEXT) -> Quote:
    start = text.index(words)
    return Quote(words, start, start + len(words))


def proposal(
    kind: Kind,
    words: str = "Elevators are assembled.",
    *,
    manner: Manner = "reported",
    side: str | None = None,
    speaker: str | None = None,
    rule: str = "rule",
    text: str = TEXT,
    **fields: Any,
) -> Proposal:
    return Proposal(kind, fields, quote(words, text), manner, speaker, side, 0.9, rule)


def figure(
    value: float | None, side: str | None, period: str = "2024-01/2024-09", **more: Any
) -> Proposal:
    fields = {"indicator": "turnover", "exporter": None, "currency": "USD", **more}
    return proposal(
        "figure", "trade came to $68 million", side=side, value=value, period=period, **fields
    )


def goal(side: str | None, value: float = 500_000_000, **terms: Any) -> Proposal:
    words = "raise trade to $500 million in three years"
    return proposal(
        "target", words, side=side, indicator="turnover", value=value, currency="USD", **terms
    )


def reading(*proposals: Proposal, version: str = "1", left: tuple[Proposal, ...] = ()) -> Reading:
    return Reading("en", ("BLR", "KGZ"), PUBLISHED, proposals, left, version)
