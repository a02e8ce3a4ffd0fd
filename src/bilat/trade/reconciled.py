"""Both sides' yearly totals of each direction, made one flow: the small-sample mirror."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from bilat.language import Message, say

if TYPE_CHECKING:
    from bilat.mirror.pooled import Pooled

Years = Mapping[int, float]

METHODS: Mapping[int, Message] = MappingProxyType(
    {
        0: say("both, believed alike"),
        1: say("both; the exporter’s breaks its series"),
        2: say("both; the importer’s breaks its series"),
        3: say("exporter alone, its usual bias taken off"),
        4: say("importer alone, its usual bias and freight taken off"),
    }
)
"""Codes of `bilat.mirror.pooled`."""


@dataclass(frozen=True)
class Reconciled:
    """One direction in one year, in the unit of the reports, FOB.

    exported, imported: as reported, None where a side is silent. low, high: the 80 % interval.
    weight: the exporter's share in the value. margin: cost of the way as a share of FOB. method: a
    key of `METHODS`.
    """

    exporter: str
    year: int
    exported: float | None
    imported: float | None
    value: float
    low: float
    high: float
    weight: float
    margin: float
    method: int


def reconcile_years(
    reports: Mapping[str, tuple[Years, Years]], sides: tuple[str, str]
) -> tuple[Reconciled, ...]:
    """reports: exporter → year → what the exporter says (FOB) and what the importer says (CIF).

    Values above zero count. Both directions are learned from together. The method is that of
    `bilat.mirror.pooled`, docs/methods/mirror.md, “Few reports”.
    """
    rows = sorted(_reported(reports, sides))
    if not rows:
        return ()
    done = _pooled(rows)
    return tuple(
        Reconciled(
            sides[way],
            year,
            x or None,
            m or None,
            float(done.value[row]),
            float(done.ends[1][row]),
            float(done.ends[2][row]),
            float(done.weight[row]),
            float(done.margin[row]),
            int(done.method[row]),
        )
        for row, (way, year, x, m) in enumerate(rows)
    )


Row = tuple[int, int, float, float]
"""Place of the exporter among the sides, year, both reports; 0 where a side is silent."""


def _reported(reports: Mapping[str, tuple[Years, Years]], sides: tuple[str, str]) -> Iterator[Row]:
    for exporter, (exported, imported) in reports.items():
        for year in exported.keys() | imported.keys():
            x, m = exported.get(year) or 0.0, imported.get(year) or 0.0
            if max(x, m) > 0:
                yield sides.index(exporter), year, x, m


def _pooled(rows: Sequence[Row]) -> Pooled:
    from bilat.mirror.cells import Cells, codes  # SciPy is loaded with it
    from bilat.mirror.pooled import pool

    years = sorted({row[1] for row in rows})
    return pool(
        Cells(
            codes([row[0] for row in rows]),
            codes([1 - row[0] for row in rows]),
            codes([0] * len(rows)),
            codes([years.index(row[1]) for row in rows]),
            np.array([row[2] for row in rows]),
            np.array([row[3] for row in rows]),
            countries=2,
            products=1,
            periods=len(years),
        )
    )
