"""The brief as data: facts with their numbers and sources, valid against ``brief_schema()``."""

from __future__ import annotations

from bilat.brief.formats.output import Output


def json(output: Output) -> bytes:
    return output.brief.to_json(output.words).encode()
