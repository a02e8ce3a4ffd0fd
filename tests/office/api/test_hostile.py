"""What nobody means well by: it is refused in a sentence, and the office goes on."""

from __future__ import annotations

import errno
import json
import random
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from tests.office.api.world import Caller, World, item, measure

from bilat_office.api import problems
from bilat_office.api.guard import LARGEST, server_error

pytestmark = pytest.mark.django_db
DRAFT = {"items": [item(*measure("a"))], "reason": "x"}


def spoilt(rng: random.Random) -> bytes:
    """A body that is a draft's no more: bytes lost or altered, values of other kinds."""
    text = bytearray(json.dumps(DRAFT).encode())
    for _turn in range(rng.randrange(1, 4)):
        place = rng.randrange(len(text))
        rng.choice(
            (
                lambda at: text.__setitem__(at, rng.randrange(256)),
                lambda at: text.__delitem__(slice(at, at + rng.randrange(1, 9))),
                lambda at: text.__setitem__(slice(at, at), rng.choice(ODD)),
            )
        )(place)
    return bytes(text)


ODD = (
    b"\x00", b"\\u0000", b"\xff", b"\\ud800", b"1e999", b"NaN", b"-", b"null", b"[[[[", b'"',
    b"9" * 400, b"{}", "\u202e".encode(), b"../../", b"' OR 1=1 --", b"<script>alert(1)</script>",
)  # fmt: skip


def test_five_hundred_spoilt_bodies_are_refused_or_taken_for_what_they_are(world: World) -> None:
    caller, seen = world.ask("BLR", "analyst"), set()
    for turn in range(500):
        answer = caller.post("/drafts", spoilt(random.Random(turn)))  # noqa: S311 (repeatable)
        seen.add(answer.status_code)
        assert answer.status_code in (201, 400, 422), answer.content
        assert answer["Content-Type"].startswith("application/")
        assert b"Traceback" not in answer.content
    assert {400, 422} <= seen
    assert caller.get("/drafts").status_code == 200


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b'{"items":', "application/json", 400, "unreadable_body"),
        (b"\xff\xfe", "application/json", 400, "unreadable_body"),
        (b"[" * 100_000, "application/json", 400, "unreadable_body"),
        (b"[" * 50 + b"]" * 50, "application/json", 422, "content"),
        (b'{"reason":"a\\u0000b"}', "application/json", 422, "content"),
        (b'{"reason":"\\ud800"}', "application/json", 422, "content"),
        (b'{"reason":"a","reason":"b"}', "application/json", 400, "unreadable_body"),
        (b'{"reason":' + b"9" * 5000 + b"}", "application/json", 400, "unreadable_body"),
        (b'{"reason":NaN}', "application/json", 400, "unreadable_body"),
        (b"reason=x", "application/x-www-form-urlencoded", 415, "media_type"),
        (b"<x/>", "text/xml", 415, "media_type"),
        (b"--b--", "multipart/form-data; boundary=b", 415, "media_type"),
        (b" " * (LARGEST + 1), "application/json", 413, "too_large"),
        (b"null", "application/json", 422, "content"),
        (b"", "", 422, "content"),
    ],
)
def test_a_body_that_cannot_be(
    world: World, body: bytes, kind: str, status: int, code: str
) -> None:
    answer = world.ask("BLR").post("/drafts", body, content_type=kind)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"


def test_another_method_is_a_problem_too(world: World) -> None:
    answer = world.ask("BLR").ask("PATCH", "/commitments")
    assert (answer.status_code, answer.json()["status"]) == (405, 405)
    assert "GET" in answer["Allow"]


def test_a_script_in_a_text_stays_a_text(world: World) -> None:
    text = "<script>alert(1)</script>"
    world.agree(measure("a", text))
    answer = world.ask("BLR").get("/commitments/a")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer.json()["titles"]["en"] == text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("server closed the connection: password=secret"), 503),
        (OperationalError("database or disk is full"), 503),
        (OperationalError("database is locked"), 503),
        (OSError(errno.ENOSPC, "No space left on device"), 503),
        (RuntimeError("nobody has foreseen /etc/passwd"), 500),
    ],
)
def test_a_lost_database_is_told_without_its_details(error: Exception, status: int) -> None:
    request = RequestFactory().get("/api/v1/commitments")
    answer = problems.of_exception(request, error)
    assert answer.status_code == status
    assert not any(word in answer.content for word in (b"secret", b"locked", b"passwd", b"Trace"))
    assert answer.has_header("Retry-After") == (status == 503)
    try:
        _raise(error)
    except Exception:  # noqa: BLE001 (whatever it is, Django's last handler tells of it)
        assert server_error(request).status_code == status


def _raise(error: Exception) -> None:
    raise error


def test_an_address_outside_the_api_is_no_problem_document(client: Client) -> None:
    assert "html" in client.get("/nothing/there").headers["Content-Type"]


@pytest.mark.parametrize(
    "path",
    ["/commitments?state=" + "&state=".join("x" * 60), "/search?q=%27%22%5C%3A%2A%28"],
)
def test_words_of_a_query_language_are_words(world: World, path: str) -> None:
    answer: Any = Caller().get(path)
    assert answer.status_code in (200, 422)
