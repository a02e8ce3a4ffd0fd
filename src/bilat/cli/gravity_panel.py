"""The panel of ``bilat gravity estimate``: a file, or a warehouse beside a file of pairs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilat.cli.words import translate as _
from bilat.language import Message, say, say_many

if TYPE_CHECKING:
    from bilat.brief.facts.gravity import EstimateFacts
    from bilat.potential.specification import Specification

FILE = click.Path(path_type=Path, dir_okay=False)
warehouse_option = click.option(
    "--warehouse",
    "address",
    metavar="PATH",
    help=_("Trade from this warehouse instead of a panel; with --pairs."),
)
dataset_option = click.option(
    "--dataset",
    metavar="ID",
    help=_("Dataset of the warehouse; by default one made of both reports, else the latest."),
)
pairs_option = click.option(
    "--pairs",
    type=FILE,
    help=_("CSV: origin, destination, perhaps year, and the columns of --x."),
)


def check_panel(
    panel: Path | None, address: str | None, dataset: str | None, pairs: Path | None
) -> None:
    if panel is None and address is None:
        raise click.UsageError(
            _("name a panel, or a warehouse with the world’s trade: --warehouse PATH")
        )
    if panel is not None and (address or dataset or pairs):
        raise click.UsageError(
            _("a panel has all columns itself: leave it out, or --warehouse, --dataset and --pairs")
        )
    if panel is None and pairs is None:
        raise click.UsageError(
            _(
                "the warehouse holds trade only: give distances, agreements and whatever else "
                "--x names with --pairs FILE (columns origin, destination, …)"
            )
        )


def of_panel(panel: Path, wanted: Specification, day: date) -> EstimateFacts:
    from bilat.brief.facts.analysis import files
    from bilat.brief.facts.gravity import estimate_facts
    from bilat.potential.specification import estimate_from

    found = estimate_from(panel, wanted)
    return estimate_facts(panel.name, wanted, found, day, sources=files(panel))


def of_warehouse(
    address: str, dataset: str | None, pairs: Path, wanted: Specification, day: date
) -> EstimateFacts:
    from bilat.brief.facts.analysis import PANEL, files
    from bilat.brief.facts.gravity import estimate_facts
    from bilat.brief.facts.potential import source_of
    from bilat.potential.flows import read_flows
    from bilat.potential.specification import estimate_panel
    from bilat.potential.warehouse_panel import WarehousePanel
    from bilat.potential.world import choose
    from bilat.warehouse import Warehouse

    warehouse = Warehouse(address)
    span = choose(warehouse, day, dataset)
    panel = WarehousePanel(read_flows(warehouse, span, years=wanted.years), pairs, wanted.names)
    found = estimate_panel(pairs, panel.known, panel.read, wanted)
    (file,) = files(pairs)
    return estimate_facts(
        span.dataset,
        wanted,
        found,
        day,
        sources=(
            source_of(span).model_copy(update={"id": PANEL}),
            file.model_copy(update={"number": 2, "id": pairs.name}),
        ),
        panel_made=_made(span.dataset, pairs.name, panel.untold()),
    )


def _made(dataset: str, pairs: str, untold: int) -> tuple[Message, ...]:
    made = say(
        "Trade: yearly reports of {dataset} by six-digit product, added up, in USD, as the exporter"
        " reports it; for one that is silent in a year, as its partners do. A flow that nobody "
        "tells is 0. Other columns: {file}.",
        dataset=dataset,
        file=pairs,
    )
    if not untold:
        return (made,)
    left_out = say_many(
        "{n} flow with trade was left out: {file} has no row for it.",
        "{n} flows with trade were left out: {file} has no row for them.",
        n=untold,
        file=pairs,
    )
    return made, left_out
