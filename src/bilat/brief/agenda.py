"""Points for the agenda of a session, built from what is late and what awaits a decision.

The machine proposes, in the order of weight; people decide what goes on the agenda.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bilat import LANGUAGES
from bilat.brief.brief import make_brief
from bilat.brief.facts.decision import DecisionFact
from bilat.brief.facts.listing import Parted
from bilat.language import Message, Words, say_many
from bilat.programme import Programme


def agenda_facts(programme: Programme, as_of: date) -> tuple[DecisionFact, ...]:
    """What the joint records put on the agenda: an agenda is read by both sides.

    It is what a joint brief of the same day proposes to decide.
    """
    return make_brief(programme, as_of=as_of).decisions


def changes_point(reasons: Sequence[str], refs: Sequence[str]) -> tuple[DecisionFact, ...]:
    """One point for the proposed changes that nobody has answered; none where there are none.

    reasons: what their authors say of them. refs: the records that they change, as section/id.
    """
    if not reasons:
        return ()
    point = DecisionFact(
        title=say_many(
            "Answer {n} proposed change of the joint records",
            "Answer {n} proposed changes of the joint records",
            n=len(reasons),
        ),
        reason=Message("{reasons}", {"reasons": Parted(tuple(reasons))}),
        section="changes",
        refs=tuple(dict.fromkeys(refs)),
    )
    return (point,)


def as_text(point: DecisionFact) -> dict[str, str]:
    """The point's title in every language, to be kept in the record of a session."""
    return {lang: Words(lang).show(point.title) for lang in LANGUAGES}
