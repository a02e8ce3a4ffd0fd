"""``bilat gravity simulate``: what cheaper trade does to everyone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

import click

from bilat.cli.gravity_options import (
    FILE,
    FORMATS,
    column_options,
    names_of_columns,
    show,
)
from bilat.cli.options import as_of_option, day_of, document_options, lang_option
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words

if TYPE_CHECKING:
    from bilat.brief.facts.simulation import SimulationFacts
    from bilat.potential.baseline import Baseline

Scope = Literal["conditional", "full"]
REFERENCE_HELP = _("Whose consumer prices are the unit; the largest economy by default.")


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


@click.command("simulate", help=_("What cheaper or dearer trade does: trade, prices, welfare."))
@click.argument("panel", type=FILE)
@column_options
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
def command(
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

    names = names_of_columns(trade=trade, exporter=exporter, importer=importer, year=year_column)
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
