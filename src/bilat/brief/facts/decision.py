"""One proposal for the agenda of the next session."""

from __future__ import annotations

from bilat.brief.facts.fact import Fact, Said


class DecisionFact(Fact):
    """One proposal for the agenda, with its reason and the records it rests on."""

    title: Said
    reason: Said
    section: str
    """Anchor of the section that shows the facts behind it."""
    refs: tuple[str, ...]
    """Records as section/id."""
