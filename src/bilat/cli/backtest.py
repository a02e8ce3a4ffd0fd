"""``bilat backtest``: forecasts from past years, learned from their past, against what came."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click
import numpy as np

from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.errors import NoAnswer
from bilat.filing import Draft, file_all
from bilat.language import Words, say, say_many
from bilat.outlook.history.backtest import Predictions, apart, backtest, predictions
from bilat.outlook.history.scoring import Line, Odds, Scored, lines, odds, together
from bilat.outlook.history.tables import Rows, joined, read_rows, write_predictions

PICTURES: dict[str, Literal["svg", "png"]] = {".svg": "svg", ".png": "png"}
DEFAULT_ORIGINS = tuple(range(2005, 2015))


@click.command(
    "backtest", help=_("Forecast from past years, and score the forecasts against what came.")
)
@click.option(
    "--panel",
    required=True,
    type=click.Path(path_type=Path),
    help=_("Parquet or CSV to learn from: exporter, importer, year, value_usd."),
)
@click.option(
    "--cases",
    type=click.Path(path_type=Path),
    help=_(
        "Flows to forecast: exporter, importer, value_usd, and year (their histories) or origin. "
        "Without it the panel's own flows, split by country."
    ),
)
@click.option(
    "--origins",
    metavar="YEARS",
    help=_("Years to forecast from, with commas; those of the cases, else 2005 to 2014."),
)
@click.option(
    "--splits",
    default=3,
    show_default=True,
    type=click.IntRange(1),
    help=_("Random halvings of the countries, without cases; each is used both ways round."),
)
@click.option("--seed", default=1, show_default=True, help=_("Of the halvings."))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("Parquet file for the predictions."),
)
@click.option(
    "--chart",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("SVG or PNG file for the reliability of the chances."),
)
def command(
    panel: Path,
    cases: Path | None,
    origins: str | None,
    splits: int,
    seed: int,
    out: Path | None,
    chart: Path | None,
) -> None:
    if chart and chart.suffix not in PICTURES:
        raise click.UsageError(_("--chart takes a file that ends with .svg or .png"))
    words = Words(reader_language())
    rows = read_rows(panel)
    given = read_rows(cases) if cases else None
    years = _origins(origins, given)
    if given:
        made = _of_cases(rows, given, years)
    else:
        rng = np.random.default_rng(seed)
        made = backtest(rows.panel(), years, count=splits, rng=rng)
    scored = [one.scored for one in made if one.scored]
    click.echo(_table(together(scored)) if scored else _("The truth is not known: no scores."))
    if out:
        spelling = (given or rows).spelling
        n = write_predictions(out, made, spelling)
        click.echo(words(say_many("{out}: {n} row", "{out}: {n} rows", n=n, out=str(out))))
    if chart:
        _draw(chart, odds(together(scored)) if scored else [], words)


def _draw(path: Path, found: list[Odds], words: Words) -> None:
    if not found:
        raise NoAnswer(say("no chance over five years can be judged: there is nothing to draw"))
    from bilat.brief.charts import picture
    from bilat.brief.charts.reliability import reliability_chart

    draft = Draft(path, picture(reliability_chart(found, words), PICTURES[path.suffix], words.lang))
    for written in file_all([draft]):
        click.echo(written)


def _origins(text: str | None, cases: Rows | None) -> list[int]:
    if text is None:
        known = sorted(set(cases.when)) if cases and cases.are_cases else DEFAULT_ORIGINS
        return list(known)
    try:
        return [int(year) for year in text.split(",")]
    except ValueError:
        raise click.UsageError(
            _("--origins takes years with commas between them, such as 2009,2014")
        ) from None


def _of_cases(panel: Rows, cases: Rows, origins: list[int]) -> list[Predictions]:
    known, teaching = joined(panel, cases), panel.panel()
    positions = known.positions()
    made = []
    for origin in origins:
        pairs = cases.pairs(origin)
        if not pairs:
            raise NoAnswer(say("there is no case with the origin {year}", year=str(origin)))
        rows = np.array([positions[pair] for pair in pairs if pair in positions], dtype=np.int64)
        made.append(predictions(apart(teaching, pairs), known, rows, origin))
    return made


def _table(scored: Scored) -> str:
    """Scores of our forecasts, the plain reference class beside them."""
    plain, ratio = _("plain"), _("ratio")
    head = f"{'':16} {'n':>7} {'CRPS':>7} {plain:>7} {ratio:>6} {'80 %':>6} {'95 %':>6}"
    told = [head, *(_line(line) for line in lines(scored))]
    if chances := odds(scored):
        told += ["", *(_odds(one) for one in chances)]
    return "\n".join(told)


def _line(line: Line) -> str:
    return (
        f"{_name(line):16} {line.count:7} {line.crps:7.4f} {line.plain_crps:7.4f} "
        f"{line.crps / line.plain_crps:6.3f} {line.inside80:6.3f} {line.inside95:6.3f}"
    )


def _name(line: Line) -> str:
    if line.group == "horizon":
        return _("horizon {value}", value=str(line.value))
    if line.group == "third":
        return _("size third {value}", value=str(line.value + 1))
    if line.group == "origin":
        return _("origin {value}", value=str(line.value))
    return _("all")


def _odds(one: Odds) -> str:
    figures = ("said", "came", "brier", "plain_said", "plain_brier", "worst")
    return _(
        "{multiple} times in five years: said {said}, came {came}; Brier {brier} (plain: said "
        "{plain_said}, Brier {plain_brier}); worst filled tenth off by {worst}",
        multiple=f"{one.multiple:g}",
        **{name: f"{getattr(one, name):.3f}" for name in figures},
    )
