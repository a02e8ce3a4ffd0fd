"""Options that several commands have, said once; and the day of today, read here only."""

from __future__ import annotations

from datetime import date, datetime

import click

from bilat import LANGUAGES
from bilat.cli.words import translate as _

as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help=_("The day of the brief; nothing later is used. Today by default."),
)
lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help=_("Language of the documents; the terminal's by default."),
)


def day_of(as_of: datetime | None) -> date:
    """The day asked for, else the user's today."""
    return as_of.date() if as_of else date.today()  # noqa: DTZ011 (the user's day)
