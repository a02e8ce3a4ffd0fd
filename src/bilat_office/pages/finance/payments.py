"""The payments of a schedule, a page at a time: fifty years of months are too long for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bilat.brief.facts.schedule import ScheduleFacts
from bilat.brief.story.payments import payments_table
from bilat.language import Words
from bilat_office.pages.lists import Leaf, leaves
from bilat_office.pages.story.telling import ShownTable, Teller, part

SIZE = 120
"""Ten years of months on one page."""


@dataclass(frozen=True)
class PaymentsPage:
    """One page of the table, its totals, and links to the others."""

    table: ShownTable
    total: int
    number: int
    pages: int
    leaves: Sequence[Leaf]


def payments_page(facts: ScheduleFacts, words: Words, asked: int) -> PaymentsPage:
    """asked: the number of the page; the last one where there are fewer."""
    table = payments_table(facts)
    pages = max(1, -(-len(table.rows) // SIZE))
    number = min(asked, pages)
    shown = Teller(words).table(part(table, (number - 1) * SIZE, SIZE))
    return PaymentsPage(shown, len(table.rows), number, pages, leaves(number, pages))
