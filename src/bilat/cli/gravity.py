"""``bilat gravity``: what trade depends on, and what cheaper trade does to everyone."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

import click

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

if TYPE_CHECKING:
    from bilat.brief.facts.simulation import SimulationFacts
    from bilat.brief.formats.analysis import AnalysisOutput
    from bilat.potential.baseline import Baseline, Names

FORMATS = ("json", "csv", "xlsx", "html", "docx", "pdf", "parquet", "png")
FILE = click.Path(path_type=Path, dir_okay=False)
Scope = Literal["conditional", "full"]
YEARS = re.compile(r"(\d{4})(?:[-–](\d{4})(?::(\d+))?)?")
REFERENCE_HELP = _("Whose consumer prices are the unit; the largest economy by default.")


@click.group("gravity", help=_("What trade depends on, and what cheaper trade does to everyone."))
def command() -> None:
    pass


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


_columns = (
    click.option(
        "--trade", default="trade", show_default=True, metavar="COLUMN", help=_("What is traded.")
    ),
    click.option(
        "--exporter", default="exporter", show_default=True, metavar="COLUMN", help=_("Who sells.")
    ),
    click.option(
        "--importer", default="importer", show_default=True, metavar="COLUMN", help=_("Who buys.")
    ),
)


def _column_options(function: Any) -> Any:
    for option in reversed(_columns):
        function = option(function)
    return function


@command.command("estimate", help=_("Coefficients of a gravity equation, with their errors."))
@click.argument("panel", type=FILE, required=False)
@warehouse_option
@dataset_option
@pairs_option
@_column_options
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
def estimate(
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
        _names(**columns), regressors, effects, cluster, small_sample, correct, years, abroad
    )
    words = Words(lang or reader_language())
    if panel is not None:
        facts, name = of_panel(panel, wanted, day_of(as_of)), panel.stem
    elif address is not None and pairs is not None:
        facts = of_warehouse(address, dataset, pairs, wanted, day_of(as_of))
        name = facts.panel
    show(AnalysisOutput(facts, words, f"{name}-estimate", tell_estimate), out, formats)


def _names(**columns: str) -> Names:
    from bilat.potential.baseline import Names

    return Names(**columns)


def _elasticity(ctx: click.Context, param: click.Parameter, value: float) -> float:
    if not 1 < value < float("inf"):
        raise click.BadParameter(
            _(
                "σ = {value}: the elasticity of substitution is above 1, else cheaper trade would "
                "not be more trade. Usual are 4 to 9",
                value=f"{value:g}",
            )
        )
    return value


@command.command("simulate", help=_("What cheaper or dearer trade does: trade, prices, welfare."))
@click.argument("panel", type=FILE)
@_column_options
@click.option("--year", type=int, required=True, help=_("The year that is the baseline."))
@click.option("--year-column", default="year", show_default=True, metavar="COLUMN")
@click.option("--shock", type=FILE, required=True, help=_("YAML file: who, and how much cheaper."))
@click.option(
    "--sigma",
    type=float,
    required=True,
    callback=_elasticity,
    help=_("Elasticity of substitution σ between countries’ goods, above 1."),
)
@click.option("--scope", type=click.Choice(get_args(Scope)), default="full", show_default=True)
@click.option("--reference", metavar="COUNTRY", help=REFERENCE_HELP)
@click.option(
    "--pair", nargs=2, required=True, metavar="COUNTRY COUNTRY", help=_("Whose effects are told.")
)
@click.option("--internal", type=FILE, help=_("CSV: country, production; sales at home from it."))
@click.option("--complete-only", is_flag=True, help=_("Leave out countries without sales at home."))
@click.option("--unit", help=_("What the trade is in, for the tables: “million USD”."))
@as_of_option
@lang_option
@document_options(FORMATS, ("json", "xlsx", "html"))
def simulate(
    panel: Path,
    as_of: datetime | None,
    lang: str | None,
    out: Path | None,
    formats: tuple[str, ...],
    *,
    pair: tuple[str, str],
    year_column: str,
    trade: str,
    exporter: str,
    importer: str,
    year: int,
    internal: Path | None,
    complete_only: bool,
    **asked: Any,
) -> None:
    from bilat.brief.formats.analysis import AnalysisOutput
    from bilat.brief.story.simulation import tell_simulation
    from bilat.potential.baseline import read_baseline

    names = _names(trade=trade, exporter=exporter, importer=importer, year=year_column)
    baseline = read_baseline(panel, names, year, production=internal, complete_only=complete_only)
    for code in (*pair, *filter(None, [asked["reference"]])):
        _refuse_unknown(code, baseline)
    if pair[0] == pair[1]:
        raise click.UsageError(_("--pair takes two different countries"))
    facts = _simulated(baseline, pair, panel, internal, day_of(as_of), **asked)
    words = Words(lang or reader_language())
    name = f"{asked['shock'].stem}-{'-'.join(pair)}-{year}".lower()
    show(AnalysisOutput(facts, words, name, tell_simulation, _drawings), out, formats)


def _simulated(
    baseline: Baseline,
    pair: tuple[str, str],
    panel: Path,
    internal: Path | None,
    day: Any,
    *,
    shock: Path,
    sigma: float,
    scope: str,
    reference: str | None,
    unit: str | None,
) -> SimulationFacts:
    from bilat.brief.facts.simulation import simulation_facts
    from bilat.potential.equilibrium import equilibrium
    from bilat.potential.shock_file import read_shock

    countries = baseline.countries
    costs = read_shock(shock, countries, sigma)
    named = reference or countries[int(baseline.flows.sum(axis=0).argmax())]
    chosen = cast("Scope", scope)
    found = equilibrium(
        baseline.flows,
        costs.factors,
        elasticity=sigma,
        scope=chosen,
        reference=countries.index(named),
    )
    return simulation_facts(
        baseline,
        costs,
        found,
        pair=pair,
        sigma=sigma,
        scope=chosen,
        reference=named,
        unit=unit,
        as_of=day,
        panel=panel,
        shock=shock,
        production=internal,
    )


def _refuse_unknown(code: str, baseline: Baseline) -> None:
    if code in baseline.countries:
        return
    from bilat.programme.refusals import suggest

    near = suggest(code, baseline.countries)
    left = code in baseline.left_out
    text = (
        _("{country} was left out: it has no sales at home", country=code)
        if left
        else _(
            "“{country}” is no country of the panel in {year}. Write it as the panel does",
            country=code,
            year=str(baseline.year),
        )
    )
    more = f". {Words(reader_language())(near)}" if near and not left else ""
    raise click.UsageError(text + more)


def _drawings() -> dict[str, Any]:
    from bilat.brief.charts.simulation import welfare_chart

    return {"welfare": welfare_chart}


def show(output: AnalysisOutput[Any], out: Path | None, formats: tuple[str, ...]) -> None:
    """Print it, and write the documents where a folder is given."""
    from rich.console import Console

    from bilat.brief.publish import publish
    from bilat.brief.terminal import show_story

    show_story(output, Console(highlight=False))
    if out:
        for path in publish(output, out, formats).files:
            click.echo(path)
