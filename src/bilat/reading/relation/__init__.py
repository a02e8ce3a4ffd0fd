"""What a proposal means for a programme: is it new, does it repeat, update or contradict a record?

A contradiction opens a question: both statements stay, and nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bilat.programme import Programme
from bilat.reading.proposal import Proposal
from bilat.reading.relation.agreements import commitment, contact, document
from bilat.reading.relation.figures import figure
from bilat.reading.relation.relation import Case, Relation
from bilat.reading.relation.targets import target
from bilat.reading.relation.works import exchange, finance, link, project
from bilat.vocabulary import Period

__all__ = ["Relation", "relate"]


def relate(
    proposal: Proposal, programme: Programme, *, stated: Period | None = None, language: str = "en"
) -> Relation:
    """How ``proposal`` stands to the records of ``programme``.

    stated: when the text was published; a horizon of years counts from there. language: of the
    text, in whose words titles are compared.
    """
    return _RULES[proposal.kind](Case(proposal, programme, stated, language))


_RULES: Mapping[str, Callable[[Case], Relation]] = {
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
