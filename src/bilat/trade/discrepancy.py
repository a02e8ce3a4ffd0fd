"""Why two customs services differ on one flow: the likely reasons, each by a stated rule.

A reason is a hint for the analyst, never a correction: both values stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from types import MappingProxyType
from typing import Literal

from bilat.language import Message, say

Reason = Literal[
    "agree", "valuation", "unit_slip", "timing", "confidential", "one_sided", "transit", "open"
]

REASONS: Mapping[Reason, Message] = MappingProxyType(
    {
        "agree": say("the two agree"),
        "valuation": say("freight and insurance: the importer counts CIF, the exporter FOB"),
        "unit_slip": say("a slip of a power of ten in one of the two"),
        "timing": say("booked in neighbouring periods: over both together the two agree"),
        "confidential": say("one side keeps products of this kind confidential"),
        "one_sided": say("only one side reports it"),
        "transit": say("the importer counts by origin: goods came through a third country"),
        "open": say("no rule explains it"),
    }
)


@dataclass(frozen=True)
class Thresholds:
    """What the rules take for agreement; logs of importer over exporter."""

    agree: float = 0.05
    largest_margin: float = 0.25
    """CIF above FOB: freight and insurance beyond this share are rare."""
    slip: float = 0.2
    """How near to a power of ten a ratio must be to count as a slip."""


@dataclass(frozen=True)
class Mirrored:
    """One flow of one period as both sides have it, in dollars; 0 where nothing is reported.

    exported_around, imported_around: the sums of the periods before and after.
    confidential_share: the larger share that either side keeps confidential in this pair's total.
    """

    exported: float
    imported: float
    exported_around: float = 0.0
    imported_around: float = 0.0
    confidential_share: float = 0.0


def likely_reason(flow: Mirrored, thresholds: Thresholds | None = None) -> Reason:
    """The first rule that fits; ``open`` where none does."""
    t = thresholds or Thresholds()
    if flow.exported <= 0 or flow.imported <= 0:
        if _is_timing(flow, t):
            return "timing"
        return "confidential" if flow.confidential_share > t.agree else "one_sided"
    gap = log(flow.imported / flow.exported)
    if abs(gap) <= t.agree:
        return "agree"
    if 0 < gap <= log(1 + t.largest_margin):
        return "valuation"
    if _is_slip(gap, t):
        return "unit_slip"
    if _is_timing(flow, t):
        return "timing"
    if flow.confidential_share > abs(flow.imported - flow.exported) / max(
        flow.imported, flow.exported
    ):
        return "confidential"
    return "transit" if gap > log(1 + t.largest_margin) else "open"


def _is_slip(gap: float, t: Thresholds) -> bool:
    return any(abs(abs(gap) - power * log(10)) <= t.slip for power in (1, 2, 3))


def _is_timing(flow: Mirrored, t: Thresholds) -> bool:
    """The neighbours lean the other way, and over all together the two are within freight.

    Without the first, a gap would count as timing wherever it drowns in larger neighbours.
    """
    exported = flow.exported + flow.exported_around
    imported = flow.imported + flow.imported_around
    here, around = flow.imported - flow.exported, flow.imported_around - flow.exported_around
    if here * around >= 0 or exported <= 0 or imported <= 0:
        return False
    return -t.agree <= log(imported / exported) <= log(1 + t.largest_margin)
