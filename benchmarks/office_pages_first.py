"""How long does the first page after a change take, and the first of a day?

In one process, as a server's process would answer: each page is asked for once after a change of
one measure that both sides have signed, and once with another day. "At once": nothing was made
ready; "ready": what pages compute was made in the background, as the serving process does within a
second or two. The change is entered by the same process, so that reading its entry (1 to 2 ms) is
not in the figures. Beside the seconds stands the processor time of the process: others that use
the machine do not lengthen it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from unittest.mock import patch

SIDE, MOST_DAYS = "BLR", 10


@dataclass(frozen=True)
class Look:
    """Milliseconds by the clock and of the processor, and how many questions the database got."""

    clock: float
    processor: float
    queries: int


class Reader:
    """One signed-in browser, without a network between."""

    def __init__(self, sign_in: Callable[[], str]) -> None:
        from django.conf import settings
        from django.test import Client

        settings.ALLOWED_HOSTS = ["*"]
        self._client = Client(headers={"Accept-Language": "en"})
        self._sign_in = sign_in

    def come(self) -> None:
        """Sign in as of now: who was away for a day has to."""
        name, _equals, value = self._sign_in().partition("=")
        self._client.cookies[name] = value

    def look(self, address: str) -> Look:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        clock, processor = time.perf_counter(), time.process_time()
        with CaptureQueriesContext(connection) as asked:
            answer = self._client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        seconds = time.perf_counter() - clock, time.process_time() - processor
        return Look(seconds[0] * 1000, seconds[1] * 1000, len(asked))


class Sides:
    """Two sides with open keys: each change gives one more measure another title."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        from bilat.register.orders import Actor
        from bilat_office.records.door import Door
        from bilat_office.records.services.keys import key_unlock, keys_kept
        from bilat_office.records.viewer import Viewer

        self._actors = {
            side: Actor("secretary", key_unlock(key=keys_kept(side=side)[0].id, passphrase=phrase))
            for side, phrase in phrases.items()
        }
        self._door, self._numbers = Door(Viewer(SIDE)), count(1)
        with self._door.desk() as desk:
            self._depositary = desk.depositary

    def change(self) -> None:
        from bilat_office.records.services.changes import change_countersign, change_propose

        number = next(self._numbers)
        found = self._door.get("commitments", f"measure-{number % 10_000}").content
        record = {**found, "title": {"en": f"Changed {number}", "ru": f"Изменено {number}"}}
        other = next(side for side in self._actors if side != self._depositary)
        now = datetime.now(UTC).replace(microsecond=0)
        change = change_propose(
            new=[(("commitments", found["id"]), record)],
            reason="Another title",
            by=self._actors[other],
            at=now,
        )
        by = self._actors[self._depositary]
        assert change_countersign(change=change, by=by, at=now) == "entered"


def firsts(
    addresses: Iterable[str],
    sign_in: Callable[[], str],
    phrases: Mapping[str, str],
    turns: int,
) -> Iterator[tuple[str, str, list[Look]]]:
    """Address, what was before it, and the looks. sign_in: gives a session's cookie."""
    reader, sides, days = Reader(sign_in), Sides(phrases), count()
    for address in addresses:
        _at(reader, address, lambda: _changed(None, 0, ready=True))  # today again, as all day
        for name, before in (
            ("change, at once", lambda: _changed(sides, 0, ready=False)),
            ("change, ready", lambda: _changed(sides, 0, ready=True)),
            ("day, at once", lambda: _changed(None, 1 + next(days) % MOST_DAYS, ready=False)),
            ("day, ready", lambda: _changed(None, 1 + next(days) % MOST_DAYS, ready=True)),
        ):
            yield address, name, [_at(reader, address, before) for _turn in range(turns)]


def _at(reader: Reader, address: str, before: Callable[[], datetime]) -> Look:
    at = before()
    with patch("django.utils.timezone.now", return_value=at):
        reader.come()
        return reader.look(address)


def _changed(sides: Sides | None, days: int, *, ready: bool) -> datetime:
    """The moment of the look that follows."""
    from bilat_office.pages.warming import FACTS, warm

    if sides is not None:
        sides.change()
    at = datetime.now(UTC) + timedelta(days=days)
    if ready:
        warm(SIDE, at, FACTS)
    return at


def told(name: str, looks: Sequence[Look]) -> str:
    clock, processor = [one.clock for one in looks], [one.processor for one in looks]
    return (
        f"{name:16} p50 {statistics.median(clock):6.0f} p95 {_p95(clock):6.0f} "
        f"max {max(clock):6.0f} ms; processor p50 {statistics.median(processor):6.0f} "
        f"p95 {_p95(processor):6.0f} max {max(processor):6.0f} ms; "
        f"queries {max(one.queries for one in looks)}"
    )


def _p95(values: Sequence[float]) -> float:
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=20, method="inclusive")[18]
