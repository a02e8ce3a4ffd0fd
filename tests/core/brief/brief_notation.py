"""The notation of brief tests: pieces of a programme, put together by a test."""

from __future__ import annotations

from collections.abc import Callable

from bilat.brief import Brief
from bilat.brief.formats import Output

BASE = """
sources:
  - {id: protocol, title: {en: Protocol, ru: Протокол}, publisher: Commission}
  - {id: table, title: Table 4, publisher: Statistics, side: KGZ}
bodies:
  - {id: moe, name: {en: Ministry of Economy, ru: Министерство экономики}, party: BLR,
     kind: ministry}
  - {id: mot, name: {en: Ministry of Transport, ru: Министерство транспорта}, party: KGZ,
     kind: ministry}
indicators:
  - {id: turnover, title: {en: Trade, ru: Торговля}, measures: turnover, unit: million USD}
"""
TARGET = """
targets:
  - id: goal
    title: {en: Trade of 500 million, ru: Торговля в 500 млн}
    indicator: turnover
    value: 500
    unit: million USD
    statements:
      - {side: BLR, announced: 2024-11, horizon_years: 5, sources: [protocol]}
      - {side: KGZ, announced: 2024-11-28, horizon_years: 3, sources: [protocol]}
"""
MakeBrief = Callable[..., Brief]
MakeOutput = Callable[..., Output]


def figure(side: str, period: str, value: float, when: str = "2025-02", **more: object) -> str:
    """One stated figure of turnover, in million dollars."""
    extra = "".join(f", {key}: {text}" for key, text in more.items())
    return (
        f"  - {{id: f-{side}-{period.replace('/', '-')}, indicator: turnover, period: {period}, "
        f"side: {side}, stated: {when}, value: {value}, sources: [table]{extra}}}\n"
    )


def figures(*lines: str) -> str:
    return "figures:\n" + "".join(lines)


def measures(*lines: str) -> str:
    """Commitments, each in flow notation without its braces: ``id: a, due: 2025-06``."""
    return "commitments:\n" + "".join(
        f"  - {{title: Measure, sources: [protocol], {line}}}\n" for line in lines
    )
