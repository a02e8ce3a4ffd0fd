"""A programme of lines and deals, in the notation of its folder."""

from __future__ import annotations

from datetime import date

import yaml

from bilat.finance.lines import Line, Rates, line_of
from bilat.programme import Deal, Facility, Programme

HEAD = """
id: blr-kgz
title: Belarus and Kyrgyzstan
parties: [{code: BLR}, {code: KGZ}]
sources: [{id: s, title: Agreement, publisher: Bank}]
bodies:
  - {id: lender, name: Development Bank, party: BLR, kind: bank}
  - {id: bank-a, name: Bank A, party: KGZ, kind: bank}
  - {id: bank-b, name: Bank B, party: KGZ, kind: bank}
  - {id: farm, name: Farm, party: KGZ, kind: company}
  - {id: works, name: Works, party: BLR, kind: company}
"""


def programme_of(*parts: str) -> Programme:
    """Read as a folder is, but without a check: a test says itself what it asks."""
    return Programme.model_validate(
        yaml.load(HEAD + "\n".join(parts), Loader=yaml.BaseLoader)  # noqa: S506 (only texts)
    )


def facilities(*lines: str) -> str:
    return "facilities:\n" + "\n".join(
        f"  - {{title: Line, kind: credit, sources: [s], {line}}}" for line in lines
    )


def deals(*lines: str) -> str:
    return "deals:\n" + "\n".join(f"  - {{sources: [s], {line}}}" for line in lines)


def usd(amount: float | str) -> str:
    return f"{{amount: {amount}, currency: USD}}"


def the_line(programme: Programme, as_of: str, rates: Rates | None = None) -> Line:
    """The first line of the programme."""
    facility = programme.facilities[0]
    return line_of(programme, facility, date.fromisoformat(as_of), rates or Rates())


def the_deal(programme: Programme) -> tuple[Deal, Facility]:
    return programme.deals[0], programme.facilities[0]


def at(line: Line, day: str) -> tuple[object, object]:
    """Used and free on a day."""
    moment = date.fromisoformat(day)
    return line.used.on(moment), line.free(moment)


def figures(*values: object) -> tuple[object, ...]:
    """Amounts side by side, to be compared with whole numbers."""
    return values
