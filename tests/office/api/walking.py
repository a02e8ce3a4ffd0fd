"""Every request that the project's addresses allow: from Django's resolver and from OpenAPI."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from bilat_office.api.site import api


@dataclass(frozen=True)
class Ask:
    """A request. ``path`` from the root of the server."""

    method: str
    path: str
    body: Any = None

    @property
    def text(self) -> str:
        return f"{self.method} {self.path}"


Known = Mapping[str, Sequence[str]]
"""Name of a parameter → values that are plausible for it."""


def resolved(known: Known) -> Iterator[Ask]:
    """GET of every address that Django knows, whoever has added it."""
    for route in sorted(set(_routes(get_resolver(), ""))):
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        for values in _combined(names, known):
            path = route
            for name, value in zip(names, values, strict=True):
                path = re.sub(rf"<(?:\w+:)?{name}>", quote(value, safe=""), path, count=1)
            yield Ask("GET", "/" + path)


def _routes(resolver: URLResolver, before: str) -> Iterator[str]:
    for found in resolver.url_patterns:
        route = before + re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", str(found.pattern))
        route = route.replace("^", "").replace("$", "").replace("\\Z", "")
        if isinstance(found, URLPattern):
            yield route
        else:
            yield from _routes(found, route)


def documented(known: Known) -> Iterator[Ask]:
    """Every operation with every plausible value of its parameters, one query at a time."""
    schema = _document()
    for path, operations in schema["paths"].items():
        names = re.findall(r"{(\w+)}", path)
        for method, operation in operations.items():
            body = _body(operation, schema)
            for values in _combined(names, known):
                filled = path.format(**dict(zip(names, (quote(v, safe="") for v in values),
                                                strict=True)))  # fmt: skip
                for query in _queries(operation, known):
                    yield Ask(method.upper(), filled + query, body)


@cache
def _document() -> Any:
    return api.get_openapi_schema(path_prefix="/api/v1/")


def _combined(names: Sequence[str], known: Known) -> Iterator[tuple[str, ...]]:
    return product(*(known.get(name, ("1",)) for name in names))


def _queries(operation: dict[str, Any], known: Known) -> Iterator[str]:
    asked = [each for each in operation["parameters"] if each["in"] == "query"]
    needed = {
        each["name"]: known.get(each["name"], ("x",))[0] for each in asked if each.get("required")
    }
    yield f"?{urlencode(needed)}" if needed else ""
    for each in asked:
        for value in known.get(each["name"], each["schema"].get("enum", ())):
            yield "?" + urlencode({**needed, each["name"]: value})


def _body(operation: dict[str, Any], schema: dict[str, Any]) -> Any:
    """A body that fits the schema, where there is one."""
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return None
    return _sample(content["application/json"]["schema"], schema)


def _sample(part: dict[str, Any], schema: dict[str, Any]) -> Any:
    if "$ref" in part:
        return _sample(schema["components"]["schemas"][part["$ref"].split("/")[-1]], schema)
    if "anyOf" in part:
        return _sample(part["anyOf"][0], schema)
    if "enum" in part:
        return part["enum"][0]
    kind = part.get("type")
    if kind == "object":
        needed = part.get("required", [])
        return {name: _sample(part["properties"][name], schema) for name in needed}
    if kind == "array":
        return [_sample(part["items"], schema)] * part.get("minItems", 1)
    if part.get("format") == "date":
        return "2026-05-01"
    return {"integer": 5, "boolean": True, "number": 1}.get(str(kind), "commitments")
