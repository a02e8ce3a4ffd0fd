"""Two offices post their lines to each other, and what comes is never believed unread."""

from __future__ import annotations

import random

import pytest
from tests.core.register.secretaries import AIDA, ALES
from tests.office.api.world import BEGUN, World, founding, measure

from bilat.register.node import Node
from bilat.register.orders import countersign, propose
from bilat_office.api.guard import NDJSON

pytestmark = pytest.mark.django_db


def post(world: World, lines: bytes, **headers: str) -> list[dict[str, object]]:
    answer = world.ask("KGZ").post("/messages", lines, content_type=NDJSON, **headers)
    assert answer.status_code == 200, answer.content
    outcomes: list[dict[str, object]] = answer.json()["outcomes"]
    return outcomes


def test_lines_go_out_and_come_in(world: World) -> None:
    change = world.offer(measure("a"))
    sent = world.ask("KGZ").get("/outbox")
    assert (sent.status_code, sent["Content-Type"]) == (200, NDJSON)
    bishkek = Node(founding())
    for line in sent.content.splitlines():
        bishkek.receive(line)
    answer = countersign(bishkek, change, AIDA, world.now())
    (done,) = post(world, answer.line + b"\n")
    assert (done["code"], done["accepted"]) == ("accepted", True)
    (again,) = post(world, answer.line)
    assert again["code"] == "known"
    assert world.ask("BLR").get(f"/changes/{change}").json()["status"] == "countersigned"


def test_a_list_of_lines_is_paged(world: World) -> None:
    for id_ in "abc":
        world.offer(measure(id_))
    page = world.ask("KGZ").get("/outbox?size=2&page=2")
    assert (page["X-Total-Count"], len(page.content.splitlines())) == ("3", 1)


def test_who_may_not_exchange_is_refused(world: World) -> None:
    assert world.ask("KGZ", "analyst").get("/outbox").status_code == 403
    lines = b"{}\n"
    answer = world.ask("KGZ", "analyst").post("/messages", lines, content_type=NDJSON)
    assert answer.status_code == 403
    wrong = world.ask("KGZ").post("/messages", lines, content_type="application/json")
    assert wrong.status_code == 415


def test_a_thousand_spoilt_lines_change_nothing(world: World) -> None:
    line = propose(Node(founding()), [measure("a")], "x", ALES, BEGUN).line
    spoilt = [_spoil(line, random.Random(turn)) for turn in range(1000)]  # noqa: S311 (repeatable)
    lines = b"\n".join(each.replace(b"\n", b" ") for each in spoilt)
    outcomes = post(world, lines)
    assert len(outcomes) == 1000
    taken = {outcome["code"] for outcome in outcomes if outcome["accepted"]}
    assert not taken, outcomes
    assert world.ask("BLR").get("/changes").json()["total"] == 0
    (whole,) = post(world, line)
    assert whole["accepted"]


def _spoil(line: bytes, rng: random.Random) -> bytes:
    """One byte altered, lines cut, doubled, nested, of other kinds; never the line itself."""
    place = rng.randrange(len(line))
    byte = bytes([rng.choice([value for value in range(256) if value != line[place]])])
    return rng.choice(
        (
            line[:place] + byte + line[place + 1 :],
            line[:place],
            line[place:] or b"x",
            line + line,
            b"[" * 5000,
            b"\xff\xfe" + line,
            b'{"body":' + line + b"}",
            b"null",
            line.replace(b"change", b"entry"),
            line.replace(b"a", b"\\u0000", 1),
        )
    )
