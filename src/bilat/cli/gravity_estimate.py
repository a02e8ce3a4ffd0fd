"""``bilat gravity estimate``: what trade depends on."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import click

from bilat.cli.gravity_options import (
    FILE,
    FORMATS,
    column_options,
    names_of_columns,
    show,
)
from bilat.cli.gravity_panel import (
    check_panel,
    dataset_option,
    of_panel,
    of_warehouse,
    pairs_option,
    warehouse_option,
)
from bilat.cli.options import as_of_option, day_of, document_options, lang_option
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words

YEARS = re.compile(r"(\d{4})(?:[-–](\d{4})(?::(\d+))?)?")


class Years(click.ParamType[tuple[int, ...]]):
    """``1986,1990``, ``1986-2006`` or ``1986-2006:4``."""

    name = "years"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, ...]:
        if isinstance(value, tuple):
            return value
        found: list[int] = []
        for part in str(value).split(","):
            match = YEARS.fullmatch(part.strip())
            if not match:
                self.fail(
                    _("“{value}” is no years: write 2006, 1986-2006 or 1986-2006:4", value=value)
                )
            first, last, step = match.groups()
            found += range(int(first), int(last or first) + 1, int(step or 1) or 1)
        return tuple(found)


@click.command("estimate", help=_("Coefficients of a gravity equation, with their errors."))
@click.argument("panel", type=FILE, required=False)
@warehouse_option
@dataset_option
@pairs_option
@column_options
@click.option("--year", default="year", show_default=True, metavar="COLUMN")
@click.option(
    "--x",
    "regressors",
    multiple=True,
    required=True,
    metavar="COLUMN[:log]",
    help=_("A regressor, or its logarithm; may be given several times."),
)
@click.option(
    "--effects",
    multiple=True,
    default=("exporter-year", "importer-year", "pair"),
    show_default=True,
    help=_("A set of fixed effects: columns, or exporter, importer, year, pair, with hyphens."),
)
@click.option("--cluster", multiple=True, help=_("Errors are clustered by it; as --effects."))
@click.option(
    "--small-sample",
    type=click.Choice(["none", "fixest"]),
    default="none",
    show_default=True,
    help=_("The errors’ correction for few clusters and rows."),
)
@click.option("--correct", is_flag=True, help=_("Take out the bias of three sets of effects."))
@click.option("--years", type=Years(), default=(), help=_("Years used: 1990,1994 or 1986-2006:4."))
@click.option("--abroad", is_flag=True, help=_("Leave out trade within countries."))
@as_of_option
@lang_option
@document_options(FORMATS, ("json", "xlsx"))
def command(
    panel: Path | None,
    as_of: datetime | None,
    lang: str | None,
    out: Path | None,
    formats: tuple[str, ...],
    *,
    address: str | None,
    dataset: str | None,
    pairs: Path | None,
    regressors: tuple[str, ...],
    effects: tuple[str, ...],
    cluster: tuple[str, ...],
    small_sample: Literal["none", "fixest"],
    correct: bool,
    years: tuple[int, ...],
    abroad: bool,
    **columns: str,
) -> None:
    from bilat.brief.formats.analysis import AnalysisOutput
    from bilat.brief.story.gravity import tell_estimate
    from bilat.potential.specification import Specification

    check_panel(panel, address, dataset, pairs)
    wanted = Specification(
        names_of_columns(**columns),
        regressors,
        effects,
        cluster,
        small_sample,
        correct,
        years,
        abroad,
    )
    words = Words(lang or reader_language())
    if panel is not None:
        facts, name = of_panel(panel, wanted, day_of(as_of)), panel.stem
    elif address is not None and pairs is not None:
        facts = of_warehouse(address, dataset, pairs, wanted, day_of(as_of))
        name = facts.panel
    show(AnalysisOutput(facts, words, f"{name}-estimate", tell_estimate), out, formats)
