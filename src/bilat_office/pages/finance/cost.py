"""What one deal costs, as a comparison of offers counts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bilat.brief.facts.offers import Asked, Offer, offers_facts
from bilat.brief.story.blocks import Paragraph, Table
from bilat.brief.story.offers import tell_offers
from bilat.errors import NoAnswer
from bilat.finance.deal import Schedule
from bilat.language import Words
from bilat_office.pages.story.telling import ShownBlock, Teller

DISCOUNT = Decimal("0.05")
"""Of the present values: the rate of the IMF and the World Bank for the grant element."""


@dataclass(frozen=True)
class Cost:
    """rows: what each figure is called, and the figure. notes: how they are counted."""

    rows: tuple[tuple[str, str], ...]
    notes: tuple[ShownBlock, ...]


def cost_of(schedule: Schedule, name: Any, today: date, words: Words) -> Cost | None:
    """As the borrower or lessee has it; None where nothing is ever paid."""
    asked = Asked(today, "borrower", schedule.currency, DISCOUNT)
    try:
        story = tell_offers(offers_facts([Offer(name, "", schedule)], asked))
    except NoAnswer:
        return None
    tell = Teller(words)
    blocks = story.sections[0].blocks
    table = next(tell.table(block) for block in blocks if isinstance(block, Table))
    return Cost(
        tuple((cells[0].text, cells[1].text) for cells in table.rows),
        tuple(tell.block(block) for block in blocks if isinstance(block, Paragraph)),
    )
