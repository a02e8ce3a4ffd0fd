"""What the address of a trade page asks for. What there is not is refused with what there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from bilat.language import Message, say
from bilat_office.records.refusals import OfficeRefused

LEVELS = (2, 4, 6)
BOTH = "both"
"""Stands for the turnover: both directions together."""


@dataclass(frozen=True)
class Asked:
    """Empty or None where nothing is asked for. exporter: whose goods, or `BOTH`.

    reporter: whose report. level: digits of the product codes.
    """

    year: int | None = None
    since: int | None = None
    until: int | None = None
    exporter: str = ""
    reporter: str = ""
    level: int = 4
    source: str = ""
    sector: str = ""
    newest_first: bool = True


def asked_of(query: QueryDict, sides: Sequence[str], *, level: int = 4) -> Asked:
    """level: the usual one. Raises OfficeRefused for a filter that there is not."""
    return Asked(
        year=_year(query, "year"),
        since=_year(query, "since"),
        until=_year(query, "until"),
        exporter=_one_of(query, "exporter", (*sides, BOTH)),
        reporter=_one_of(query, "reporter", sides),
        level=int(_one_of(query, "level", tuple(map(str, LEVELS))) or level),
        source=query.get("source", "").strip(),
        sector=query.get("sector", "").strip(),
        newest_first=query.get("order") != "asc",
    )


def _year(query: QueryDict, name: str) -> int | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise OfficeRefused("year", say("“{text}” is no year: write it as 2024.", text=text))
    return int(text)


def _one_of(query: QueryDict, name: str, known: Sequence[str]) -> str:
    text = query.get(name, "").strip()
    if text and text not in known:
        raise OfficeRefused(
            "filter",
            say(
                "There is no “{text}” to choose here; there are: {known}.",
                text=text,
                known=", ".join(known),
            ),
        )
    return text


def not_there(what: Message) -> OfficeRefused:
    return OfficeRefused("not_found", what)
