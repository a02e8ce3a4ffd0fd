"""A stored draft, as the rules of a side's own way to its key know it."""

from __future__ import annotations

from datetime import date

from bilat.register import route
from bilat.register.canonical import parse
from bilat.register.orders import New
from bilat.register.route import Passed
from bilat_office.records.models import Draft


def as_route(stored: Draft) -> route.Draft:
    """The draft as the rules of `bilat.register.route` know it."""
    sections = tuple(dict.fromkeys(name[0] for name, _content in items_of(stored)))
    passed = tuple(
        Passed(item["step"], item["by"], date.fromisoformat(item["on"]), item["instead_of"])
        for item in stored.passed
    )
    return route.Draft(stored.side, sections, stored.author, stored.text, passed)


def items_of(stored: Draft) -> list[New]:
    return [
        ((item["section"], item["id"]), item["content"]) for item in parse(stored.items.encode())
    ]
