"""From a proposal to the record that it would create: its section, its fields, open questions.

What a record needs and the text does not say is asked of a person, never guessed: which side
speaks, which of two indicators is meant, on which day a paper was signed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bilat.programme import Programme
from bilat.reading.proposal import Proposal
from bilat.reading.records.agreements import commitment, contact, document
from bilat.reading.records.making import Making, Mapped, Question, period_of
from bilat.reading.records.numbers import figure, target
from bilat.reading.records.works import exchange, finance, link, project
from bilat.vocabulary import Period

__all__ = ["Mapped", "Question", "to_record"]


def to_record(
    proposal: Proposal,
    programme: Programme,
    source_id: str,
    *,
    stated: Period | None = None,
    language: str = "en",
) -> Mapped:
    """The record that accepting ``proposal`` would create, citing ``source_id``.

    stated: when the text was published. language: of the text. Besides the fields that readers
    fill, a person's answers may stand in the proposal: ``title``, ``indicator_id``, ``stated``.
    """
    said = proposal.fields.get("stated")
    when = period_of(said) if said else stated
    making = Making(proposal, programme, source_id, when, language)
    return _MAPPERS[proposal.kind](making)


_MAPPERS: Mapping[str, Callable[[Making], Mapped]] = {
    "target": target,
    "figure": figure,
    "contact": contact,
    "document": document,
    "commitment": commitment,
    "project": project,
    "finance": finance,
    "exchange": exchange,
    "link": link,
}
