"""``bilat protocol``: the protocol of a session of the commission, ready to be signed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from bilat import LANGUAGES
from bilat.brief.facts.protocol import protocol_day, protocol_facts
from bilat.brief.formats.protocol import FORMATS, ProtocolOutput
from bilat.brief.publish import publish
from bilat.cli.options import as_of_option, day_of
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words, say, say_many
from bilat.programme import Contact, open_programme

BOTH, ALL = "both", "all"


@click.command("protocol", help=_("The protocol of a session, in both languages, ready to sign."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--session", required=True, metavar="ID", help=_("Id of the session’s contact."))
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build"),
    show_default=True,
    help=_("Folder for the documents."),
)
@as_of_option
@click.option(
    "--lang",
    type=click.Choice([*LANGUAGES, BOTH, ALL]),
    default=ALL,
    show_default=True,
    help=_("One language; both beside each other in one document; or all of these."),
)
@click.option(
    "--formats",
    type=click.Choice(FORMATS),
    multiple=True,
    default=("docx", "pdf"),
    show_default=True,
    help=_("A format of the documents; may be given several times."),
)
@click.option("--first", metavar="CODE", help=_("The side that is named first in this copy."))
def command(
    folder: Path,
    session: str,
    to: Path,
    as_of: datetime | None,
    lang: str,
    formats: tuple[str, ...],
    first: str | None,
) -> None:
    programme = open_programme(folder)
    if first and first.upper() not in programme.sides:
        message = say(
            "“{side}” is no party; the parties are {sides}", side=first, sides=programme.sides
        )
        raise click.BadParameter(Words(reader_language())(message), param_hint="--first")
    contact = programme.find(Contact, session)
    day = day_of(as_of)
    if as_of is None and contact is not None:
        day = protocol_day(contact, day)
    facts = protocol_facts(programme, session, as_of=day, first=first.upper() if first else None)
    for languages in _documents(lang):
        for path in publish(ProtocolOutput(facts, languages), to, formats).files:
            click.echo(path)
    click.echo(_told(len(facts.decisions), len(facts.earlier) + facts.earlier_more), err=True)


def _documents(lang: str) -> list[tuple[str, ...]]:
    """The languages of each document that is asked for."""
    if lang == ALL:
        return [*((one,) for one in LANGUAGES), tuple(LANGUAGES)]
    return [tuple(LANGUAGES)] if lang == BOTH else [(lang,)]


def _told(decisions: int, earlier: int) -> str:
    words = Words(reader_language())
    new = say_many("{n} decision", "{n} decisions", n=decisions)
    old = say_many("{n} earlier decision", "{n} earlier decisions", n=earlier)
    return words(say("{new}, {old}", new=new, old=old))
