"""The two reports of one direction product by product, and why they may differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bilat.trade.discrepancy import Mirrored, Reason, likely_reason
from bilat.trade.products import Basket


@dataclass(frozen=True)
class ProductGap:
    """One product as exporter and importer report it, dollars; 0 where one reports nothing.

    gap: importer less exporter. ratio: importer over exporter, less one; None where one is silent.
    """

    code: str
    exported: float
    imported: float
    gap: float
    ratio: float | None
    reason: Reason


@dataclass(frozen=True)
class Gaps:
    """One direction in one year, by codes of ``digits``; the widest gap first.

    exporter_dataset, importer_dataset: whose reports. sources: ids of both. editions: the
    classification of the exporter and of the importer. hidden: what each shows under no product.
    """

    exporter: str
    importer: str
    year: int
    digits: int
    datasets: tuple[str, str]
    sources: tuple[str, str]
    editions: tuple[str, str]
    hidden: tuple[float, float]
    lines: tuple[ProductGap, ...]


@dataclass(frozen=True)
class Neighbours:
    """Values by code of the years before and after together, exporter's and importer's."""

    exported: Mapping[str, float]
    imported: Mapping[str, float]


def product_gaps(
    exported: Mapping[str, float],
    imported: Mapping[str, float],
    around: Neighbours,
    confidential_share: float,
) -> tuple[ProductGap, ...]:
    """Every product that either side reports. confidential_share: of the larger of the two."""
    lines = (
        _gap(code, exported.get(code, 0.0), imported.get(code, 0.0), around, confidential_share)
        for code in sorted(exported.keys() | imported.keys())
        if exported.get(code) or imported.get(code)
    )
    return tuple(sorted(lines, key=lambda line: (-abs(line.gap), line.code)))


def _gap(
    code: str, exported: float, imported: float, around: Neighbours, confidential_share: float
) -> ProductGap:
    reason = likely_reason(
        Mirrored(
            exported,
            imported,
            around.exported.get(code, 0.0),
            around.imported.get(code, 0.0),
            confidential_share,
        )
    )
    ratio = imported / exported - 1 if exported > 0 and imported > 0 else None
    return ProductGap(code, exported, imported, imported - exported, ratio, reason)


def hidden_share(one: Basket, total: float) -> float:
    """What is shown under no product, as a share of the total."""
    shown = sum(one.values.values())
    whole = max(total, shown + one.hidden)
    return (whole - shown) / whole if whole > 0 else 0.0


def at_length(values: Mapping[str, float], digits: int) -> dict[str, float]:
    """The same values by shorter codes."""
    sums: dict[str, float] = {}
    for code, value in values.items():
        sums[code[:digits]] = sums.get(code[:digits], 0.0) + value
    return sums


def added(baskets: Sequence[Basket], digits: int) -> dict[str, float]:
    """Several years together."""
    sums: dict[str, float] = {}
    for one in baskets:
        for code, value in at_length(one.values, digits).items():
            sums[code] = sums.get(code, 0.0) + value
    return sums
