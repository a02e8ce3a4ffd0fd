"""The protocol as a tagged PDF (PDF/UA-1), laid out as the Word document is."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from bilat.brief.formats.pdf import printed
from bilat.brief.formats.protocol import ProtocolOutput
from bilat.brief.story import protocol as told


def pdf(output: ProtocolOutput) -> bytes:
    """Raises OutputRefused when this machine lacks the Pango library that lays out the text."""
    return printed(_page(output), output.facts.as_of)


def _page(output: ProtocolOutput) -> str:
    environment = Environment(
        loader=PackageLoader("bilat.brief", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name
    return environment.get_template("protocol.html.j2").render(
        output=output,
        facts=output.facts,
        story=output.story,
        lang=output.words.lang,
        title=told.TITLE,
        signature=told.signature,
        both=output.said,
        cell=lambda value: output.said(value, in_table=True),
        beside=lambda value: [(words.lang, words.show(value)) for words in output.readers],
        joined=output.joined,
        cite=lambda sources: _cited(output, sources),
    )


def _cited(output: ProtocolOutput, sources: tuple[str, ...]) -> Any:
    numbers = " ".join(f"[{number}]" for number in output.numbers(sources))
    return Markup("&nbsp;<small>{0}</small>").format(numbers) if numbers else ""
