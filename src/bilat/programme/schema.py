"""The published JSON Schema of programme files, from the models that read them."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from bilat.programme.programme import KINDS, Programme

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def programme_schema() -> dict[str, Any]:
    """JSON Schema of ``programme.yaml``."""
    schema = Programme.model_json_schema(mode="validation")
    return {"$schema": DIALECT, **schema, "title": "Bilat programme"}


def section_schema(section: str) -> dict[str, Any]:
    """JSON Schema of a file that holds one section, such as ``figures.yaml``: a list."""
    kind: Any = KINDS[section]
    schema = TypeAdapter(list[kind]).json_schema(mode="validation")
    return {"$schema": DIALECT, **schema, "title": f"Bilat programme: {section}"}
