"""``bilat schedule``: every payment of a loan or lease, from a file, a preset, or options alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from bilat import LANGUAGES
from bilat.brief.facts.contract import Contract, read_contract
from bilat.brief.facts.schedule import ScheduleFacts, schedule_facts
from bilat.brief.formats.deal import REMINDERS, DealOutput
from bilat.brief.publish import publish
from bilat.cli.reader import reader_language
from bilat.cli.schedule_deal import Recorded, recorded_deal
from bilat.cli.schedule_options import DAY, asked_terms, formats_option, term_options
from bilat.cli.words import translate as _
from bilat.finance.deal import TermInvalid, schedule_of
from bilat.finance.presets import (
    Preset,
    assemble,
    preset_of,
    presets,
    read_stated,
    refused,
)
from bilat.language import Words

DEFAULT = ("xlsx", "docx", "html", "ics", "json")
BOTH = "both"
PATH = click.Path(path_type=Path, dir_okay=False)
FILE_OR_FOLDER = click.Path(path_type=Path)


@click.command(
    "schedule",
    help=_("Every payment of a loan or lease: who pays what and when, with an annex to sign."),
)
@click.argument("source", required=False, type=FILE_OR_FOLDER, metavar="[DEAL.YAML | FOLDER]")
@click.option("--deal", "id_", metavar="ID", help=_("A deal of the programme in the folder."))
@click.option(
    "--for",
    "side",
    metavar="SIDE",
    help=_("With --deal: look among this party's private records too. Joint ones by default."),
)
@click.option("--preset", metavar="NAME", help=_("Start from these terms: a name or a file."))
@click.option("--presets", "listed", is_flag=True, help=_("List the presets, and end."))
@click.option(
    "--presets-from",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("A folder with presets of your own."),
)
@term_options
@click.option(
    "--as-of",
    type=DAY,
    metavar="YYYY-MM-DD",
    help=_("Mark what is due up to this day, and say the balance."),
)
@click.option(
    "--lang",
    type=click.Choice([*LANGUAGES, BOTH]),
    help=_("Language of the documents, or both; the terminal's by default."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Folder for the documents; without it the schedule is only printed."),
)
@formats_option(DEFAULT)
@click.option("--contract", type=PATH, help=_("YAML file with contract and sides, for the annex."))
@click.option(
    "--remind",
    type=click.IntRange(0, 365),
    multiple=True,
    default=REMINDERS,
    show_default=True,
    help=_("Days before a due date on which the calendar reminds."),
)
def command(
    source: Path | None,
    id_: str | None,
    side: str | None,
    preset: str | None,
    listed: bool,
    presets_from: Path | None,
    as_of: Any,
    lang: str | None,
    out: Path | None,
    formats: tuple[str, ...],
    contract: Path | None,
    remind: tuple[int, ...],
    **asked: Any,
) -> None:
    languages = LANGUAGES if lang == BOTH else (lang or reader_language(),)
    if listed:
        _list(presets(presets_from), Words(languages[0]))
        return
    start = preset_of(preset, presets_from) if preset else None
    day = as_of.date() if as_of else None
    recorded = _recorded(source, id_, side)
    facts = _facts(recorded or source, start, day, asked)
    signed = read_contract(contract) if contract else recorded.contract if recorded else Contract()
    outputs = [DealOutput(facts, Words(one), signed, remind) for one in languages]
    _print(outputs[0] if lang != BOTH else DealOutput(facts, Words(reader_language())))
    for output in outputs if out else ():
        for path in publish(output, out or Path(), formats).files:
            click.echo(path)


def _recorded(source: Path | None, id_: str | None, side: str | None) -> Recorded | None:
    if id_ is None:
        if side is not None:
            raise click.UsageError(_("{option} needs --deal", option="--for"))
        if source is not None and source.is_dir():
            text = _("{folder} is a folder: name one of its deals with --deal", folder=str(source))
            raise click.UsageError(text)
        return None
    if source is None:
        raise click.UsageError(_("name the folder of the programme: bilat schedule FOLDER --deal"))
    return recorded_deal(source, id_, side)


def _facts(
    deal: Path | Recorded | None, preset: Preset | None, as_of: date | None, asked: dict[str, Any]
) -> ScheduleFacts:
    """Computed once for all languages."""
    stated, options, folder, name = None, asked_terms(**asked), Path(), "deal"
    if isinstance(deal, Recorded):
        stated, folder, name = deal.stated, deal.folder, deal.name
    elif deal is not None:
        stated, folder, name = read_stated(deal), deal.parent, deal.stem
    elif preset is not None:
        name = preset.id
    terms = assemble(preset, stated, options)
    try:
        schedule = schedule_of(terms, folder=folder)
    except TermInvalid as fault:
        raise refused(fault, preset, stated, options) from None
    return schedule_facts(schedule, name=name, as_of=as_of, preset=preset)


def _list(found: tuple[Preset, ...], words: Words) -> None:
    from bilat.cli.schedule_presets import print_presets

    print_presets(found, words)


def _print(output: DealOutput) -> None:
    from rich.console import Console

    from bilat.brief.terminal import show_story

    longest = max(len(table.rows) for table in output.story.tables())
    show_story(output, Console(highlight=False), longest)
