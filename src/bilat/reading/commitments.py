"""What someone is to do: proposals of a side, instructions to both; and unions where they meet."""

from __future__ import annotations

from typing import Any, cast

from bilat.reading.discourse import Discourse
from bilat.reading.proposal import Manner, Proposal
from bilat.reading.rules import Features, Rule, named, verdict
from bilat.reading.scene import Sentence


def commitments(sentence: Sentence, discourse: Discourse) -> list[Proposal]:
    """At most one for a sentence: its words are the measure."""
    if not sentence.has("wish", "order"):
        return []
    amount = any(a.sort != "count" or a.bare for a in sentence.amounts)
    features: Features = {
        "sentence": named(sentence.terms),
        "is": frozenset(("amount",) if amount else ()),
    }
    rule = verdict("commitments", features)
    if rule is None:
        return []
    topic = next((t.group for t in sentence.terms if t.group in ("contact", "paper", "area")), None)
    return [_proposal("commitment", {"topic": topic}, sentence, rule, discourse)]


def platforms(sentence: Sentence, discourse: Discourse) -> list[Proposal]:
    """A party that takes the presidency of a union will host the other there."""
    for term in sentence.within(0, len(sentence.tokens), "scope/bloc"):
        words = sentence.tokens[term.first], sentence.tokens[term.last]
        discourse.platform = sentence.text[words[0].start : words[1].end]
    if not sentence.has("presidency"):
        return []
    features: Features = {
        "sentence": named(sentence.terms),
        "is": frozenset(("platform",) if discourse.platform else ()),
    }
    rule = verdict("platforms", features)
    if rule is None:
        return []
    fields = {
        "type": "summit",
        "ordinal": None,
        "place": None,
        "date": None,
        "status": "planned",
        "platform": discourse.platform,
    }
    return [_proposal("contact", fields, sentence, rule, discourse)]


def _proposal(
    kind: str, fields: dict[str, Any], sentence: Sentence, rule: Rule, discourse: Discourse
) -> Proposal:
    return Proposal(
        cast("Any", kind),
        fields,
        sentence.whole(),
        cast("Manner", rule.manner),
        discourse.speaker,
        discourse.side,
        rule.confidence,
        rule.name,
        rule.optional,
    )
