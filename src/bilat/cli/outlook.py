"""``bilat outlook``: how likely is each target, what is missing, what do measures add?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bilat.brief import Brief, make_brief
from bilat.brief.facts.foresight import foresight_facts
from bilat.brief.formats import Output
from bilat.brief.publish import publish
from bilat.brief.story.outlook import tell_outlook
from bilat.cli.options import (
    as_of_option,
    day_of,
    document_options,
    lang_option,
    read_warehouse,
    statistics_options,
)
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words, say, say_many
from bilat.outlook import Luck, keep_outlooks
from bilat.programme import Programme, Target, open_programme, save
from bilat.register import seen_by

FORMATS = ("html", "csv", "json", "xlsx", "parquet", "docx", "pdf", "png")


@click.command(
    "outlook", help=_("How likely each target is, what is missing, and what measures add.")
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--target",
    "targets",
    metavar="ID",
    multiple=True,
    help=_("A target to look at; all by default."),
)
@statistics_options
@as_of_option
@lang_option
@document_options(FORMATS, ("html", "csv", "json"))
@click.option(
    "--draws",
    type=click.IntRange(1_000, 1_000_000),
    default=20_000,
    show_default=True,
    help=_("Draws of the simulation."),
)
@click.option(
    "--seed", type=int, default=0, show_default=True, help=_("The same seed, the same draws.")
)
@click.option(
    "--keep",
    is_flag=True,
    help=_("Keep this outlook in the folder, to be judged when the truth is known."),
)
def command(
    folder: Path,
    targets: tuple[str, ...],
    as_of: datetime | None,
    lang: str | None,
    out: Path | None,
    formats: tuple[str, ...],
    draws: int,
    seed: int,
    keep: bool,
    **asked: Any,
) -> None:
    words, day = Words(lang or reader_language()), day_of(as_of)
    whole = open_programme(folder)
    programme = seen_by(whole)
    _refuse_unknown(programme, targets)
    luck = Luck(seed=seed, draws=draws)
    statistics = read_warehouse(folder, programme.sides, day, **asked)
    brief = _of(make_brief(programme, as_of=day, statistics=statistics, luck=luck), targets)
    chosen = tuple(target.id for target in brief.targets)
    foresight = foresight_facts(programme, day, chosen, luck)
    brief = brief.model_copy(update={"foresight": foresight})
    output = Output(programme, brief, words, "outlook", tell_outlook(brief), interactive=True)
    _print(output)
    if out:
        for path in publish(output, out, formats).files:
            click.echo(path)
    if keep:
        _keep(folder, whole, keep_outlooks(programme, day, chosen, luck), words)


def _of(brief: Brief, targets: tuple[str, ...]) -> Brief:
    """The same facts with the chosen targets only; all where none was chosen."""
    chosen = tuple(target for target in brief.targets if target.id in (targets or (target.id,)))
    return brief.model_copy(update={"targets": chosen})


def _refuse_unknown(programme: Programme, targets: tuple[str, ...]) -> None:
    known = [target.id for target in programme.targets]
    for target in targets:
        if target not in known:
            raise click.UsageError(
                _("no target “{id}”; there are: {known}", id=target, known=", ".join(known) or "–")
            )


def one_target(programme: Programme, name: str | None) -> Target:
    """The target of that id; the headline target, else the first, where none is named."""
    _refuse_unknown(programme, (name,) if name else ())
    wanted = name or programme.headline_target
    found = [target for target in programme.targets if wanted in (None, target.id)]
    if not found:
        raise click.UsageError(_("the programme has no target: add one under “targets”"))
    return found[0]


def _keep(folder: Path, whole: Programme, kept: Any, words: Words) -> None:
    known = {outlook.id for outlook in whole.outlooks}
    fresh = tuple(outlook for outlook in kept if outlook.id not in known)
    save(whole.with_fields(outlooks=(*whole.outlooks, *fresh)), folder)
    click.echo(words(say_many("{n} outlook kept", "{n} outlooks kept", n=len(fresh))))
    if len(fresh) < len(kept):
        click.echo(words(say("One of this day is kept already, and stays as it was")))


def _print(output: Output) -> None:
    from rich.console import Console

    from bilat.brief.terminal import show

    show(output, Console(highlight=False))
