"""``bilat``: the list of commands. Each command's module is loaded only when it is called."""

from __future__ import annotations

import gc
import gettext
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from bilat import __version__
from bilat.cli.reader import reader_language
from bilat.potential.threads import one_thread

one_thread()
LOCALE_FOLDER = Path(__file__).parents[1] / "locale"

# click asks the process-wide gettext; our catalogue holds its sentences too.
os.environ["LANGUAGE"] = reader_language()
gettext.bindtextdomain("bilat", LOCALE_FOLDER)
gettext.textdomain("bilat")
_ = gettext.gettext

COMMANDS = {
    "brief": ("bilat.cli.brief", _("Write the brief of a programme, and print its essentials.")),
    "protocol": (
        "bilat.cli.protocol",
        _("The protocol of a session, in both languages, ready to sign."),
    ),
    "check": ("bilat.cli.check", _("Check a programme folder: every problem, with its place.")),
    "new": ("bilat.cli.new", _("Start a commented programme folder for two countries.")),
    "read": ("bilat.cli.read", _("Read texts, and propose records with the words they come from.")),
    "review": ("bilat.cli.review", _("Accept, correct or reject what bilat read --save has kept.")),
    "trade": (
        "bilat.cli.trade",
        _("Growth by side, both reports of each direction, and why they differ."),
    ),
    "outlook": (
        "bilat.cli.outlook",
        _("How likely each target is, what is missing, and what measures add."),
    ),
    "plan": ("bilat.cli.plan", _("Which measures to take, when, and at which scale.")),
    "finance": (
        "bilat.cli.finance",
        _("What credit lines have left, how deals stand, what finance is missing."),
    ),
    "schedule": (
        "bilat.cli.schedule",
        _("Every payment of a loan or lease: who pays what and when, with an annex to sign."),
    ),
    "compare": (
        "bilat.cli.compare",
        _("Offers side by side: cost, payments, grant element, and what the rules say of them."),
    ),
    "actus": (
        "bilat.cli.actus",
        _("Run reference contracts in the ACTUS test layout, and list every difference."),
    ),
    "sources": (
        "bilat.cli.sources",
        _("List the statistics that can be read, or look into a file."),
    ),
    "fetch": (
        "bilat.cli.fetch",
        _("Fetch what countries reported to UN Comtrade; goes on where it stopped."),
    ),
    "load": ("bilat.cli.load", _("Load statistics files into a warehouse, with their vintage.")),
    "warehouse": ("bilat.cli.warehouse", _("Look after a warehouse: status, history, export …")),
    "mirror": (
        "bilat.cli.mirror",
        _("Make one flow of two customs reports, with its uncertainty."),
    ),
    "potential": (
        "bilat.cli.potential",
        _("Where trade can grow: products by unrealised potential, and why."),
    ),
    "complexity": (
        "bilat.cli.complexity",
        _("How complex countries and products are, and what lies near a country."),
    ),
    "worked": (
        "bilat.cli.worked",
        _("Did a measure work? Its trade against a control without it."),
    ),
    "gravity": (
        "bilat.cli.gravity",
        _("What trade depends on, and what cheaper trade does to everyone."),
    ),
    "backtest": (
        "bilat.cli.backtest",
        _("Forecast from past years, and score the forecasts against what came."),
    ),
    "verify": ("bilat.cli.verify", _("Check an exported register: signatures, chain, records.")),
    "schema": ("bilat.cli.schema", _("Print the JSON Schema of programme files or of a brief.")),
}
"""Command → its module and what it does, so that --help loads neither."""


STATISTICS = ("pyarrow", "duckdb", "deltalake")
"""Libraries of the extra ``statistics``: heavy, and a brief needs none of them."""


class Lazy(click.Group):
    """A group whose help comes from `COMMANDS` and whose commands are imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        try:
            command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        except ModuleNotFoundError as error:
            if error.name not in STATISTICS:
                raise
            text = _("This command needs {module}. Install it: pip install 'bilat[statistics]'")
            raise click.ClickException(text.format(module=error.name)) from None
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, text) for name, (_module, text) in COMMANDS.items()])


@click.group(
    cls=Lazy,
    help=_(
        "Bilat: what two countries agreed, what happened, how likely the target is, "
        "and what to decide next."
    ),
)
@click.version_option(__version__, prog_name="bilat")
def bilat() -> None:
    pass


# A command makes many small records and ends: the collector's rounds over them are wasted time.
gc.set_threshold(200_000, 50, 100)


def main(arguments: list[str] | None = None) -> None:
    """Run the command. Errors of the input end with a sentence and exit status 2."""
    try:
        code: Any = bilat.main(arguments, prog_name="bilat", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:  # the reader of our output has gone: `bilat … | head`
        sys.stdout = None
        code = 1
    except Exception as error:  # noqa: BLE001 (raised again unless it is one of ours)
        code = _known(error)
    sys.exit(code if isinstance(code, int) else 0)


def _known(error: Exception) -> int:
    """A BilatError as its sentence; anything else is a defect and keeps its traceback."""
    from bilat.errors import BilatError, ProgrammeInvalid
    from bilat.language import Words

    if not isinstance(error, BilatError):
        raise error
    words = Words(reader_language())
    if isinstance(error, ProgrammeInvalid):
        from bilat.cli.problems import print_problems

        print_problems(error.problems, words)
    click.echo(words(error.message), err=True)
    return 2


if __name__ == "__main__":
    main()
