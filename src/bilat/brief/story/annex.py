"""The clauses of an annex to a contract: who agreed, what is paid in all, and by which rules.

What the contract's file leaves out becomes a blank to fill in by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bilat.brief.facts.contract import Contract, Signatory
from bilat.brief.facts.schedule import ScheduleFacts
from bilat.brief.story.blocks import Item, Number, Numbered, Paragraph
from bilat.brief.story.deal_names import actor
from bilat.brief.story.payments import places
from bilat.language import Message, say

TERMS = say("Terms")
PAYMENTS = say("Payments")
RULES = say("Rules and final provisions")
SIGNATURES = say("Signatures of the sides")
SHORT, LONG, LINE = "____", "______________", "______________________________"


def reference(contract: Contract) -> Iterator[Message]:
    """The lines in the corner: which annex, to which contract."""
    yield say("Annex No. {annex}", annex=contract.annex or SHORT)
    said = {"number": contract.number or LONG, "day": contract.day or _blank_day()}
    if contract.title:
        yield say("to the contract: {title}", title=contract.title)
        yield say("No. {number} of {day}", **said)
    else:
        yield say("to Contract No. {number} of {day}", **said)


def heading(facts: ScheduleFacts) -> Message:
    if facts.terms.kind == "lease":
        return say("Schedule of lease payments")
    return say("Schedule of payments")


def place_and_day(contract: Contract) -> tuple[Any, Any]:
    """Where and when it is signed."""
    return contract.place or LONG, contract.annex_day or _blank_day()


def _blank_day() -> Message:
    return say("“____” ______________ 20____")


def presented(side: Signatory) -> Message:
    """The side and who acts for it."""
    return say(
        "{name}, represented by: {position} {person}, acting on the basis of: {document}",
        name=side.name or LINE,
        position=side.position or LONG,
        person=side.person or LINE,
        document=side.acting_on or LONG,
    )


def agreed() -> Message:
    return say("The sides have agreed on the following schedule of payments under the contract.")


def totals(facts: ScheduleFacts) -> Iterator[Paragraph]:
    """In figures: the same sums as in the table."""
    sums = facts.totals
    yield Paragraph(
        say(
            "In all {borrower} pays {total} {currency}: principal {principal}, "
            "interest {interest}, other payments {other}.",
            borrower=actor(facts, "borrower", within=True),
            total=_number(facts, sums["outlay"]),
            currency=facts.currency,
            principal=_number(facts, sums["principal"]),
            interest=_number(facts, sums["interest"] - sums["subsidy"]),
            other=_number(facts, _other(sums)),
        )
    )
    if sums["subsidy"]:
        yield Paragraph(
            say(
                "The budget pays {subsidy} {currency} of the interest on top of this.",
                subsidy=_number(facts, sums["subsidy"]),
                currency=facts.currency,
            )
        )


def _other(sums: dict[str, Decimal]) -> Decimal:
    return sums["advance"] + sums["residual"] + sums["fee"] + sums["tax"]


def _number(facts: ScheduleFacts, amount: Decimal) -> Number:
    return Number(amount, places(facts))


def rules(facts: ScheduleFacts) -> Iterator[Numbered]:
    """What was applied, and how the annex stands to the contract."""
    yield Numbered(
        (
            *(Item(rule) for rule in facts.rules),
            Item(say("This annex is an inseparable part of the contract")),
            Item(say("It is made in two copies of equal legal force, one for each of the sides")),
        )
    )


def signature(side: Signatory) -> Iterator[Any]:
    """Name, details, position, a line to sign on with the name beside it, the seal."""
    yield side.name or LINE
    if side.details:
        yield side.details
    yield side.position or LINE
    yield ""
    yield say("____________________ / {person}", person=side.person or LONG)
    yield say("(signature)")
    yield say("Seal")
