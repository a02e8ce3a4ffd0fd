"""Fetching from UN Comtrade, played by a server on this machine that answers as it does."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bilat.errors import BilatError
from bilat.sources.comtrade_online import (
    Comtrade,
    KeyRefused,
    Query,
    QuotaSpent,
    comtrade_code,
)

Answer = tuple[int, dict[str, str], object]
BELARUS, KYRGYZSTAN = 112, 417


class Service:
    """Hands out prepared answers in turn, and remembers what was asked."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.asked: list[tuple[str, dict[str, str], str | None]] = []

    def will(self, *answers: Answer) -> None:
        self.answers += answers

    def next(self) -> Answer:
        return self.answers.pop(0) if self.answers else reply([record()])


def reply(records: list[dict[str, Any]]) -> Answer:
    return 200, {}, {"elapsedTime": "0.1 secs", "count": len(records), "data": records, "error": ""}


def record(**fields: Any) -> dict[str, Any]:
    return {"reporterCode": 417, "partnerCode": 112, "flowCode": "M", "cmdCode": "TOTAL", **fields}


TOO_FAST: Answer = (
    429,
    {},
    {"statusCode": 429, "message": "Rate limit is exceeded. Try again in 7 seconds."},
)
SPENT: Answer = (
    403,
    {},
    {
        "statusCode": 403,
        "message": "Out of call volume quota. Quota will be replenished in 03:25:10.",
    },
)


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            words = {name: values[0] for name, values in parse_qs(parts.query).items()}
            service.asked.append((parts.path, words, self.headers.get("Ocp-Apim-Subscription-Key")))
            status, headers, body = service.next()
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its own name)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def comtrade(address: str, waits: list[float]) -> Callable[..., Comtrade]:
    def make(key: str | None = "secret") -> Comtrade:
        return Comtrade(waits.append, key, address)

    return make


YEARS = [Query(KYRGYZSTAN, str(year), partners=(BELARUS,)) for year in (2021, 2022, 2023)]


def test_each_reply_becomes_a_file_of_its_own(
    comtrade: Callable[..., Comtrade], service: Service, tmp_path: Path
) -> None:
    fetched = comtrade().fetch(YEARS, tmp_path)
    assert [path.name for path in fetched.files] == [
        f"417-{year}-XM-TOTAL-112.json" for year in (2021, 2022, 2023)
    ]
    assert fetched.problems == ()
    path, words, key = service.asked[0]
    assert path == "/data/v1/get/C/A/HS"
    assert (words["reportercode"], words["period"], words["flowCode"]) == ("417", "2021", "X,M")
    assert key == "secret"
    assert "subscription-key" not in words


def test_without_a_key_the_open_door_is_used(
    comtrade: Callable[..., Comtrade], service: Service, tmp_path: Path
) -> None:
    comtrade(None).fetch([Query(BELARUS, "202301")], tmp_path)
    assert service.asked[0][0] == "/public/v1/preview/C/M/HS"
    assert service.asked[0][1]["maxRecords"] == "500"


def test_a_fetch_that_stopped_goes_on_where_it_was(
    comtrade: Callable[..., Comtrade], service: Service, tmp_path: Path
) -> None:
    service.will(reply([record()]), SPENT)
    with pytest.raises(QuotaSpent, match=r"renewed in 03:25:10. Run the same command again"):
        comtrade().fetch(YEARS, tmp_path)
    again = comtrade().fetch(YEARS, tmp_path)
    assert again.asked == 2
    assert len(again.files) == 3


def test_too_fast_is_answered_by_waiting_as_long_as_asked(
    comtrade: Callable[..., Comtrade], service: Service, waits: list[float], tmp_path: Path
) -> None:
    service.will(TOO_FAST, (429, {"Retry-After": "30"}, {}), reply([record()]))
    fetched = comtrade().fetch(YEARS[:1], tmp_path)
    assert len(fetched.files) == 1
    assert waits == [7, 1, 30, 1]


def test_a_service_that_stumbles_is_asked_again_a_little_later_each_time(
    comtrade: Callable[..., Comtrade], service: Service, waits: list[float], tmp_path: Path
) -> None:
    service.will((502, {}, b"bad gateway"), (200, {}, b"<html>not JSON"), reply([record()]))
    comtrade().fetch(YEARS[:1], tmp_path)
    assert waits == [1, 1, 2, 1]


def test_a_service_that_never_answers_ends_with_a_sentence_and_keeps_what_came(
    comtrade: Callable[..., Comtrade], service: Service, tmp_path: Path
) -> None:
    service.will(reply([record()]), *[(503, {}, b"down")] * 6)
    with pytest.raises(BilatError, match=r"no answer to 417-2022-XM-TOTAL-112.json in 6 tries"):
        comtrade().fetch(YEARS, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["417-2021-XM-TOTAL-112.json"]


def test_a_refused_key_is_said_and_never_shown(
    comtrade: Callable[..., Comtrade], service: Service, tmp_path: Path
) -> None:
    service.will((401, {}, {"message": "Access denied"}))
    client = comtrade()
    with pytest.raises(KeyRefused) as refusal:
        client.fetch(YEARS, tmp_path)
    assert "COMTRADE_KEY" in str(refusal.value)
    assert "secret" not in str(refusal.value) + repr(client)


def test_an_empty_reply_is_kept_and_said(
    comtrade: Callable[..., Comtrade], service: Service, tmp_path: Path
) -> None:
    service.will(reply([]))
    fetched = comtrade().fetch(YEARS[:1], tmp_path)
    (problem,) = fetched.problems
    assert problem.severity == "warning"
    assert str(problem.what) == "Comtrade has no record for this request"
    assert comtrade().fetch(YEARS[:1], tmp_path).asked == 0


def test_a_reply_that_may_be_cut_is_asked_again_flow_by_flow(
    comtrade: Callable[..., Comtrade], service: Service, tmp_path: Path
) -> None:
    full, half = [record()] * 500, [record()] * 400
    service.will(reply(full), reply(half), reply(half))
    fetched = comtrade(None).fetch(YEARS[:1], tmp_path)
    assert [path.name for path in fetched.files] == [
        "417-2021-X-TOTAL-112.json",
        "417-2021-M-TOTAL-112.json",
    ]
    assert fetched.problems == ()
    assert comtrade(None).fetch(YEARS[:1], tmp_path).asked == 0


def test_one_flow_that_may_still_be_cut_is_a_problem(
    comtrade: Callable[..., Comtrade], service: Service, tmp_path: Path
) -> None:
    service.will(*[reply([record()] * 500)] * 3)
    fetched = comtrade(None).fetch(YEARS[:1], tmp_path)
    assert [problem.severity for problem in fetched.problems] == ["error", "error"]
    assert "500 records" in str(fetched.problems[0].what)


def test_a_wrong_request_is_not_repeated(
    comtrade: Callable[..., Comtrade], service: Service, tmp_path: Path
) -> None:
    service.will((400, {}, b"unknown cmdCode"))
    with pytest.raises(BilatError, match="400 unknown cmdCode"):
        comtrade().fetch(YEARS, tmp_path)
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("country", "code"),
    [("BLR", 112), ("KGZ", 417), ("USA", 842), ("FRA", 251), ("DEU", 276), ("XYZ", None)],
)
def test_countries_are_asked_for_by_the_numbers_of_the_service(
    country: str, code: int | None
) -> None:
    assert comtrade_code(country) == code
