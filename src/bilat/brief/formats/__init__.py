"""One small module a document format; each is loaded only when it is asked for.

A new format is a function ``Output → bytes`` in a module of its own, and one line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from bilat.brief.formats.output import Output, Render, RenderTable
from bilat.brief.formats.publication import Publication

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "html": "bilat.brief.formats.html",
        "docx": "bilat.brief.formats.docx",
        "pdf": "bilat.brief.formats.pdf",
        "xlsx": "bilat.brief.formats.xlsx",
        "json": "bilat.brief.formats.json",
        "ics": "bilat.brief.formats.ics",
    }
)
"""Format (and file ending) → the module whose function of that name writes it."""


TABLE_FORMATS: Mapping[str, str] = MappingProxyType(
    {"csv": "bilat.brief.formats.csv", "parquet": "bilat.brief.formats.parquet"}
)
"""Formats of which every table makes a file of its own."""
CHART_FORMAT = "png"
"""The format of which every chart makes a file of its own."""


def table_writer(name: str) -> RenderTable:
    """The function that writes one table; a KeyError for a format that does not exist."""
    return cast("RenderTable", getattr(import_module(TABLE_FORMATS[name]), name))


def renderer(name: str, own: Mapping[str, str] = MappingProxyType({})) -> Render:
    """The function that writes ``name``; a KeyError for a format that does not exist.

    own: modules that write a format of this publication instead of the usual ones.
    """
    return cast("Render", getattr(import_module({**FORMATS, **own}[name]), name))


__all__ = [
    "CHART_FORMAT",
    "FORMATS",
    "TABLE_FORMATS",
    "Output",
    "Publication",
    "Render",
    "RenderTable",
    "renderer",
    "table_writer",
]
