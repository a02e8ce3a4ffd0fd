"""The published document is true: whatever fits it is answered as it says, and never by a 5xx.

Schemathesis makes the requests, the same ones each time, in this process.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Err
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.office.api.world import Caller, World, measure

from bilat_office.wsgi import application

pytestmark = pytest.mark.django_db
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
EXAMPLES = 4
"""Requests for each operation and viewer."""


@pytest.fixture
def busy(world: World) -> World:
    """There is something to be found at the addresses."""
    world.agree(measure("a", due="2027"), measure("b"))
    world.offer(measure("c"))
    world.keep("BLR", "commitments", {"id": "own", "title": "Ours"})
    return world


@schemathesis.serializer("application/x-ndjson")
def lines(context: Any, value: Any) -> bytes:
    """Any text is a body of lines."""
    return str(value).encode(errors="replace")


def operations() -> Iterator[Any]:
    schema = schemathesis.openapi.from_dict(json.loads(Caller().get("/openapi.json").content))
    schema.app = application
    for found in schema.get_all_operations():
        assert not isinstance(found, Err)
        yield found.ok()


@pytest.mark.parametrize("viewer", [None, ("joint", "observer"), ("BLR", "secretary"),
                                    ("KGZ", "administrator")])  # fmt: skip
def test_every_operation_keeps_to_its_document(busy: World, viewer: tuple[str, str] | None) -> None:
    headers = {} if viewer is None else {"Authorization": f"Bearer {busy.tokens[viewer]}"}
    if viewer == ("BLR", "secretary"):
        headers["X-Bilat-Ticket"] = busy.ticket()
    seen: Counter[int] = Counter()
    for operation in operations():
        _try(operation, headers, seen)
    assert sum(seen.values()) > 150
    assert {200, 422} <= set(seen), seen


def _try(operation: Any, headers: dict[str, str], seen: Counter[int]) -> None:
    @hypothesis.given(case=operation.as_strategy())
    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    def run(case: Any) -> None:
        case.headers = {**(case.headers or {}), **headers}
        seen[case.call_and_validate(checks=list(CHECKS)).status_code] += 1

    run()


def test_the_document_is_for_everybody_and_in_english() -> None:
    answer = Caller().get("/openapi.json")
    document = answer.json()
    assert (answer.status_code, document["openapi"][:3]) == (200, "3.1")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (method, path)
            assert operation["description"], (method, path)
            assert "default" in operation["responses"]
    paths = document["paths"]
    assert paths["/api/v1/public"]["get"]["security"] == []
    assert {} in paths["/api/v1/{section}"]["get"]["security"]
    assert {} not in paths["/api/v1/drafts"]["get"]["security"]
