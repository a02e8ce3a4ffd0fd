"""The API as a whole: its routers in order, its document, its errors."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

import bilat
from bilat_office.api import (
    about,
    audit,
    computed,
    drafts,
    exchange,
    exports,
    listing,
    orders,
    people,
    private,
    problems,
    public,
    records,
    routes,
    signing,
    tokens,
)
from bilat_office.api.asking import anybody, signed_in
from bilat_office.api.bodies import StrictParser

DESCRIPTION = (
    "The office of a two-country programme. Whoever asks gets what they may see: the public what "
    "both sides have published, a person of a side also the joint records and those of the own "
    "side. Sign in by a session (then show the CSRF token in X-CSRFToken), or send a token: "
    "`Authorization: Bearer bilat_…`. Errors are application/problem+json."
)
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string", "description": "For people, in their language."},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
            },
        },
    },
}


class Site(NinjaAPI):
    """Errors are problems, and the document of each operation says so."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        return problems.of_exception(request, exc)

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        made = super().get_openapi_schema(**kwargs)
        made["components"]["schemas"]["Problem"] = _PROBLEM
        reference = {"$ref": "#/components/schemas/Problem"}
        wrong = {
            "description": "A problem.",
            "content": {problems.MEDIA_TYPE: {"schema": reference}},
        }
        for operations in made["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = wrong
                operation["security"] = _security(operation.get("security", []))
        made["components"]["securitySchemes"] = {
            "Token": signed_in.openapi_security_schema,
            "Session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
        }
        return made


def _security(asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A token or a session; where the public may ask, also nothing."""
    if not asked:
        return []
    known: list[dict[str, Any]] = [{"Token": []}, {"Session": []}]
    return known if "Token" in asked[0] else [{}, *known]


api = Site(
    title="Bilat's office",
    version=bilat.__version__,
    description=DESCRIPTION,
    docs_url=None,
    auth=signed_in,
    parser=StrictParser(),
    urls_namespace="api",
)


for _open in (about, listing, exports):
    api.add_router("", _open.router, auth=anybody)
api.add_router("", public.router, auth=None)
for _closed in (
    orders,  # with `changes`: they share addresses
    signing,
    drafts,
    private,
    exchange,
    people,
    routes,
    tokens,
    audit,
    computed,
):
    api.add_router("", _closed.router)
api.add_router("", records.router, auth=anybody)  # last: its routes begin with any section
