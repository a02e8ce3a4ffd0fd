"""``bilat gravity``: what trade depends on, and what cheaper trade does to everyone."""

from __future__ import annotations

import click

from bilat.cli import gravity_estimate, gravity_simulate
from bilat.cli.words import translate as _


@click.group("gravity", help=_("What trade depends on, and what cheaper trade does to everyone."))
def command() -> None:
    pass


command.add_command(gravity_estimate.command)
command.add_command(gravity_simulate.command)
