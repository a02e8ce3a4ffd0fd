"""What someone is to do: proposals, instructions, what both agreed; and unions where they meet."""

from __future__ import annotations

from typing import Any, cast

from bilat.reading.deadlines import due_within
from bilat.reading.discourse import Discourse
from bilat.reading.pair import named_parties, of_others
from bilat.reading.proposal import Manner, Proposal
from bilat.reading.rules import Features, Rule, named, verdict
from bilat.reading.scene import Sentence


def commitments(sentence: Sentence, discourse: Discourse) -> list[Proposal]:
    """At most one for a sentence: its words are the measure."""
    if not sentence.has("wish", "order", "undertake"):
        return []
    holds = {
        "amount": any(a.sort != "count" or a.bare for a in sentence.amounts),
        "measure": _names_a_measure(sentence),
        "parties": sentence.has("both") or named_parties(sentence.terms, discourse.parties),
        "foreign": of_others(sentence, sentence.terms, discourse.parties),
    }
    features: Features = {
        "sentence": named(sentence.terms),
        "is": frozenset(name for name, it_holds in holds.items() if it_holds),
    }
    rule = verdict("commitments", features)
    if rule is None:
        return []
    topic = next((t.group for t in sentence.terms if t.group in ("contact", "paper", "area")), None)
    fields = {"topic": topic, "by": due_within(sentence, discourse)}
    return [_proposal("commitment", fields, sentence, rule, discourse)]


def _names_a_measure(sentence: Sentence) -> bool:
    """In Russian an infinitive, «чтобы» or a noun of doing: «предложат гарантии» has none."""
    if sentence.language == "en":
        return True
    told = sentence.within(0, len(sentence.tokens), "wish", "order", "undertake")
    after = sentence.tokens[told[0].last + 1 :]
    doing = ("ние", "ния", "нию", "ции", "цию", "ция")
    return any(t.tense == "infn" or t.lower == "чтобы" or t.lower.endswith(doing) for t in after)


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
