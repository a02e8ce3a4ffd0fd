"""What can be wrong with a contract: always a sentence that names the term."""

from __future__ import annotations

from bilat.errors import BilatError
from bilat.language import Message, say


class ContractInvalid(BilatError):
    """A contract whose terms allow no schedule; ``term`` is the name of the one to mend."""

    def __init__(self, contract: str, term: str, what: Message) -> None:
        self.contract = contract
        self.term = term
        named = {"contract": contract, "term": term, "what": what}
        super().__init__(
            say("{contract}: {term}: {what}", **named)
            if contract
            else say("{term}: {what}", **named)
        )
