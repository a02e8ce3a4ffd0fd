"""``bilat schema``: JSON Schema of what people write and of what Bilat writes."""

from __future__ import annotations

import json

import click

from bilat.cli.words import translate as _
from bilat.programme import KINDS, programme_schema, section_schema


@click.command(
    "schema", help=_("Print the JSON Schema of programme.yaml, of one section, or of a brief.")
)
@click.option(
    "--of",
    "subject",
    type=click.Choice(["programme", "brief", *KINDS]),
    default="programme",
    show_default=True,
    help=_("What the schema is of; a section stands for a file of its own (figures.yaml)."),
)
def command(subject: str) -> None:
    click.echo(json.dumps(_schema(subject), ensure_ascii=False, indent=2))


def _schema(subject: str) -> dict[str, object]:
    if subject == "programme":
        return programme_schema()
    if subject == "brief":
        from bilat.brief import brief_schema

        return brief_schema()
    return section_schema(subject)
