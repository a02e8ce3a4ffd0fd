"""The brief as data: facts with their numbers and sources, valid against ``brief_schema()``."""

from __future__ import annotations

from bilat.brief.formats.publication import Publication


def json(output: Publication) -> bytes:
    return output.facts.to_json(output.words).encode()
