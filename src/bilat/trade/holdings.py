"""Which of several datasets speaks for a side, by a stated rule.

A side's own best dataset is the first by: a national one (its description names the side as its
only reporter); one in which importers report too; one with exports only, which is then a figure
that somebody made of both reports, such as BACI, and counts for no side unless it is asked for.
Among equals the one with the latest period, the most periods, the latest vintage, the first id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bilat.errors import BilatError
from bilat.language import say
from bilat.trade.reports import Total

Kind = Literal["national", "shared", "exporters_only"]
_RANK: tuple[Kind, ...] = ("national", "shared", "exporters_only")


@dataclass(frozen=True)
class Holding:
    """What one dataset of the warehouse holds of one side's reports on the other.

    title, publisher …: of the dataset's description; the id where none is known. vintage: the
    latest. used: whether its totals count for the side.
    """

    dataset: str
    reporter: str
    kind: Kind
    title: str
    publisher: str
    address: str
    licence: str
    periods: int
    first: date
    last: date
    vintage: date
    used: bool = False


class DatasetNotHeld(BilatError):
    """The warehouse has no report of the pair under this dataset."""

    def __init__(self, dataset: str, held: Iterable[str]) -> None:
        super().__init__(
            say(
                "“{dataset}”: the warehouse holds no report of this pair from it. "
                "Load it, or name one of: {held}",
                dataset=dataset,
                held=", ".join(sorted(set(held))) or "–",
            )
        )


def holdings(totals: Sequence[Total], named: Sequence[str] = ()) -> tuple[Holding, ...]:
    """Every dataset and reporter, in the order of preference.

    named: the datasets asked for, in the order of preference; by default one for each side, by the
    rule above. Raises DatasetNotHeld for one that holds nothing of the pair.
    """
    held = {total.dataset for total in totals}
    for dataset in named:
        if dataset not in held:
            raise DatasetNotHeld(dataset, held)
    importers = {total.dataset for total in totals if total.flow in ("M", "RM")}
    groups: dict[tuple[str, str], list[Total]] = {}
    for total in totals:
        groups.setdefault((total.dataset, total.reporter), []).append(total)
    found = [_holding(*key, group, importers) for key, group in groups.items()]
    found.sort(key=lambda item: _preference(item, named))
    return tuple(_with_use(found, named))


def _holding(dataset: str, reporter: str, totals: Sequence[Total], importers: set[str]) -> Holding:
    title, publisher, address, licence, only = _described(dataset)
    kind: Kind = "shared" if dataset in importers else "exporters_only"
    return Holding(
        dataset,
        reporter,
        "national" if only == reporter else kind,
        title,
        publisher,
        address,
        licence,
        periods=len({(total.start, total.months) for total in totals}),
        first=min(total.start for total in totals),
        last=max(total.start for total in totals),
        vintage=max(total.vintage for total in totals),
    )


def _described(dataset: str) -> tuple[str, str, str, str, str | None]:
    """Title, publisher, address, licence and only reporter; a user's own dataset has its id."""
    from bilat.sources import DatasetUnknown  # Arrow is loaded with that room
    from bilat.sources import dataset as description

    try:
        spec = description(dataset)
    except DatasetUnknown:
        return dataset, dataset, "", "", None
    return spec.title, spec.publisher, spec.address, spec.licence, spec.reporter.code


def _preference(item: Holding, named: Sequence[str]) -> tuple[int, int, int, int, int, str]:
    place = named.index(item.dataset) if item.dataset in named else len(named)
    return (
        place,
        _RANK.index(item.kind),
        -item.last.toordinal(),
        -item.periods,
        -item.vintage.toordinal(),
        item.dataset,
    )


def _with_use(found: Iterable[Holding], named: Sequence[str]) -> Iterable[Holding]:
    """All that were named, or else the first of each side that is a side's own word."""
    settled: set[str] = set()
    for item in found:
        used = item.dataset in named
        if not named and item.kind != "exporters_only" and item.reporter not in settled:
            used = True
            settled.add(item.reporter)
        yield replace(item, used=used)
