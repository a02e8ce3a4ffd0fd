"""``bilat-office``: the office's commands. Each begins by setting Django up for one data folder.

The clock, the random source and passphrases are read here alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from bilat import __version__
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.errors import BilatError, ProgrammeInvalid
from bilat.language import Message, Words, say, say_many
from bilat_office.jobs import commands as jobs_commands
from bilat_office.people import commands as people_commands
from bilat_office.records import commands as records_commands

Function = TypeVar("Function", bound=Callable[..., Any])


def prepare(data: Path | None, *, migrate: bool = False) -> None:
    """Set Django up for the database of ``data`` (or of DATABASE_URL)."""
    if data is not None:
        os.environ["BILAT_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bilat_office.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    from bilat_office.environment import keep_secret

    django.setup()
    if migrate:
        folder = Path(settings.DATA_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        keep_secret(folder)
        call_command("migrate", verbosity=0, interactive=False, skip_checks=False)


data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Folder of the office's data; build/office, or what BILAT_DATA says, by default."),
)
person_option = click.option(
    "--person",
    default="office",
    show_default=True,
    help=_("In whose name it is done: a name that stands in the record for good."),
)
folder_argument = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


@click.group(help=_("The office of a two-country programme: its database, keys and exchange."))
@click.version_option(__version__, prog_name="bilat-office")
def office() -> None:
    pass


@office.command(help=_("Make the tables of the database, or bring them up to date."))
@data_option
def migrate(data: Path | None) -> None:
    prepare(data, migrate=True)
    tell(say("The tables are up to date."))


@office.command(
    help=_(
        "Found the register of the programme in FOLDER, with fresh keys: its joint records are "
        "entered as one change, private ones stay with their side. A FOLDER that bilat-office "
        "export has written begins here again with its whole register."
    )
)
@folder_argument
@click.option("--solo", "mode", flag_value="solo", help=_("One office holds both keys."))
@click.option("--two", "mode", flag_value="two", help=_("Each side has a key of its own."))
@data_option
@person_option
def init(folder: Path, mode: str | None, data: Path | None, person: str) -> int:
    prepare(data, migrate=True)
    from bilat_office.commands import begin

    return begin(folder, mode, person, now(), tell, ask_new_passphrase)


@office.command(
    "export",
    help=_("Write the programme to FOLDER, with the register beside it, as bilat verify reads it."),
)
@folder_argument
@click.option(
    "--side",
    help=_("Private records of this side go with it; solo, those of both sides by default."),
)
@click.option("--joint", is_flag=True, help=_("No private records at all."))
@data_option
def export_command(folder: Path, side: str | None, joint: bool, data: Path | None) -> int:  # noqa: FBT001 (click)
    prepare(data)
    from bilat_office.commands import export

    return export(folder, side, joint=joint, tell=tell)


@office.command(
    "import",
    help=_(
        "Bring FOLDER in. First it is shown what would change; joint records become a proposal "
        "(solo: an entry), nothing is overwritten. The export of another office gives its messages."
    ),
)
@folder_argument
@click.option("--side", help=_("The side that proposes, and whose private records come in."))
@click.option("--reason", default=None, help=_("The reason of the change."))
@click.option("--delete", is_flag=True, help=_("Also delete joint records that FOLDER has not."))
@click.option("--yes", is_flag=True, help=_("Do it without asking."))
@data_option
@person_option
def import_command(**options: Any) -> int:
    prepare(options.pop("data"))
    from bilat_office.commands import Importing, bring_in

    return bring_in(Importing(**options), now(), tell, ask_passphrase, confirmed)


@office.command(help=_("Make everything that lists and searches use afresh from the documents."))
@data_option
def rebuild(data: Path | None) -> None:
    prepare(data)
    from bilat_office.records.services.rebuilding import rebuild as make_afresh

    count = make_afresh()
    tell(say_many("{n} record, made afresh.", "{n} records, made afresh.", n=count))


@office.command(
    help=_("Recompute everything stored: signatures, chain, records. Exit status 1 at a break.")
)
@data_option
def verify(data: Path | None) -> int:
    prepare(data)
    from bilat_office.commands import inspect

    return inspect(tell)


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def tell(message: Message) -> None:
    click.echo(Words(reader_language())(message))


def confirmed(question: Message) -> bool:
    return click.confirm(Words(reader_language())(question))


def ask_passphrase(sides: Sequence[str]) -> str:
    """From BILAT_PASSPHRASE_<SIDE> or BILAT_PASSPHRASE, else asked for and not shown."""
    return _passphrase(sides) or _asked(sides, confirm=False)


def ask_new_passphrase(sides: Sequence[str]) -> str:
    return _passphrase(sides) or _asked(sides, confirm=True)


def _passphrase(sides: Sequence[str]) -> str:
    own = os.environ.get(f"BILAT_PASSPHRASE_{sides[0]}", "") if len(sides) == 1 else ""
    return own or os.environ.get("BILAT_PASSPHRASE", "")


def _asked(sides: Sequence[str], *, confirm: bool) -> str:
    text = _("Passphrase of the key of {sides}", sides=", ".join(sides))
    answer: str = click.prompt(text, hide_input=True, confirmation_prompt=confirm, err=True)
    return answer


records_commands.add_to(office, prepare, tell, ask_passphrase, ask_new_passphrase, data_option)
people_commands.add_to(office, prepare, tell, data_option)
jobs_commands.add_to(office, prepare, tell, data_option)


def main(arguments: list[str] | None = None) -> None:
    """Run the command. Errors of the input end with a sentence and exit status 2."""
    try:
        code: Any = office.main(arguments, prog_name="bilat-office", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BilatError as error:
        _show(error)
        code = 2
    except Exception as error:  # noqa: BLE001 (raised again unless it is a setting's)
        code = _misconfigured(error)
    sys.exit(code if isinstance(code, int) else 0)


def _show(error: BilatError) -> None:
    words = Words(reader_language())
    if isinstance(error, ProgrammeInvalid):
        from bilat.cli.problems import print_problems

        print_problems(error.problems, words)
    click.echo(words(error.message), err=True)


def _misconfigured(error: Exception) -> int:
    """A setting that was refused at the door, or tables that are missing, in one sentence."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, ProgrammingError

    if isinstance(error, ImproperlyConfigured):
        click.echo(str(error), err=True)
        return 2
    if isinstance(error, OperationalError | ProgrammingError):
        text = _(
            "The database does not answer, or has no tables yet ({why}). Check DATABASE_URL and "
            "--data, then run: bilat-office migrate",
            why=str(error).strip().splitlines()[0],
        )
        click.echo(text, err=True)
        return 2
    raise error
