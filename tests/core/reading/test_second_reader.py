"""A ministry runs a model in its own network; whatever it says, the rules' reading stands."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from tests.core.reading.readings import TEXT, figure, original, proposal, reading

from bilat.language import Words
from bilat.reading.original import Original
from bilat.reading.second_reader import (
    PIECE,
    ChatReader,
    ReaderFailed,
    is_second,
    read_second,
)

GOOD = {
    "kind": "exchange",
    "quote": "Students of Kyrgyzstan come to Minsk.",
    "manner": "reported",
    "speaker": None,
    "side": "KGZ",
    "fields": {"area": "education"},
}


class Model:
    """A server on this machine that answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.address = ""
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.status = 200
        self.body: bytes = b""
        self.wait: threading.Event | None = None
        self.location: str | None = None
        self.says({"proposals": []})

    def says(self, answer: object) -> None:
        content = answer if isinstance(answer, str) else json.dumps(answer)
        self.body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()


@pytest.fixture
def model() -> Iterator[Model]:
    served = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            served.asked.append({"path": self.path, **json.loads(self.rfile.read(length))})
            served.keys.append(self.headers.get("Authorization"))
            if served.wait:
                served.wait.wait(5)
            self.send_response(served.status)
            if served.location:
                self.send_header("Location", served.location)
            self.end_headers()
            self.wfile.write(served.body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its base's name)
            """Keep the output of the tests clean."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    served.address = f"http://127.0.0.1:{server.server_port}/v1"
    yield served
    if served.wait:
        served.wait.set()
    server.shutdown()
    server.server_close()


Make = Callable[..., ChatReader]


@pytest.fixture
def reader(model: Model) -> Make:
    def make(**more: Any) -> ChatReader:
        return ChatReader(model.address, "small", **more)

    return make


def warnings(reader: ChatReader) -> list[str]:
    found, problems = read_second(reader, original(), reading(figure(68_000_000.0, "KGZ")))
    assert found == reading(figure(68_000_000.0, "KGZ"))
    assert all(problem.severity == "warning" for problem in problems)
    return [problem.in_words(Words("en")) for problem in problems]


def test_a_good_proposal_is_added_marked_and_never_sure(model: Model, reader: Make) -> None:
    model.says({"proposals": [GOOD]})
    found, problems = read_second(reader(), original(), reading(figure(68_000_000.0, "KGZ")))
    assert problems == ()
    rules, second = found.proposals
    assert (is_second(rules), is_second(second)) == (False, True)
    assert second.quote.text == TEXT[second.quote.start : second.quote.end] == GOOD["quote"]
    assert (second.kind, dict(second.fields), second.side) == (
        "exchange",
        {"area": "education"},
        "KGZ",
    )
    assert (second.rule, second.confidence) == ("second-reader:small", 0.5)


def test_the_text_and_nothing_else_is_sent_with_the_key(model: Model, reader: Make) -> None:
    read_second(reader(key="secret"), original(), reading())
    (asked,) = model.asked
    assert (asked["path"], asked["model"]) == ("/v1/chat/completions", "small")
    assert asked["messages"][1]["content"].split() == TEXT.split()
    assert "BLR and KGZ" in asked["messages"][0]["content"]
    assert model.keys == ["Bearer secret"]


def test_a_long_text_goes_in_pieces_of_whole_paragraphs(model: Model, reader: Make) -> None:
    paragraph = "A paragraph of the protocol. " * 100
    text = "\n\n".join([paragraph.strip()] * 30)
    read_second(reader(), Original("t", text), reading())
    pieces = [asked["messages"][1]["content"] for asked in model.asked]
    assert len(pieces) > 1
    assert max(map(len, pieces)) <= PIECE + 4
    assert "".join(pieces).split() == text.split()


@pytest.mark.parametrize(
    "changed",
    [
        {"quote": "Students of Kyrgyzstan come to Osh."},
        {"quote": "students of kyrgyzstan come to minsk."},
        {"quote": "Minsk"},
        {"quote": None},
        {"kind": "rumour"},
        {"kind": None},
        {"manner": "shouted"},
        {"fields": {"area": ["education"]}},
        {"fields": {"command": "rm"}},
        {"fields": ["area"]},
        {
            "kind": "figure",
            "quote": "trade came to $68 million",
            "fields": {"indicator": "turnover", "value": 86_000_000, "currency": "USD"},
        },
        {"kind": "figure", "quote": "trade came to $68 million", "fields": {"value": True}},
    ],
)
def test_what_does_not_stand_in_the_text_is_refused_and_counted(
    model: Model, reader: Make, changed: dict[str, Any]
) -> None:
    model.says({"proposals": [{**GOOD, **changed}]})
    (told,) = warnings(reader())
    assert "1 proposal of the second reader was refused" in told


def test_what_the_rules_have_found_or_left_is_not_proposed_again(
    model: Model, reader: Make
) -> None:
    again = {
        "kind": "figure",
        "quote": "trade came to $68 million, a Kyrgyz minister said",
        "fields": {"indicator": "turnover", "value": 68_000_000, "currency": "USD"},
    }
    left = proposal("exchange", GOOD["quote"], area="education")  # type: ignore[arg-type]
    model.says({"proposals": [again, GOOD, GOOD]})
    before = reading(figure(68_000_000, "KGZ"), left=(left,))
    assert read_second(reader(), original(), before) == (before, ())


def test_a_speaker_who_is_not_in_the_text_is_not_believed(model: Model, reader: Make) -> None:
    model.says({"proposals": [{**GOOD, "speaker": "A. Nobody", "side": "the Kyrgyz"}]})
    found, _problems = read_second(reader(), original(), reading())
    assert (found.proposals[0].speaker, found.proposals[0].side) == (None, None)


@pytest.mark.parametrize("fenced", ["```json\n{}\n```", "Here it is: {} Done."])
def test_an_answer_in_a_fence_or_with_chatter_is_read(
    model: Model, reader: Make, fenced: str
) -> None:
    model.says(fenced.replace("{}", json.dumps({"proposals": [GOOD]})))
    found, problems = read_second(reader(), original(), reading())
    assert (len(found.proposals), problems) == (1, ())


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_a_refusing_server_is_told_and_the_reading_stands(
    model: Model, reader: Make, status: int
) -> None:
    model.status = status
    (told,) = warnings(reader())
    assert f"The second reader did not answer: HTTP {status}" in told


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"choices": []}', b'{"choices": [{"message": {}}]}', b"\xff"]
)
def test_an_answer_in_another_form_is_told_and_the_reading_stands(
    model: Model, reader: Make, body: bytes
) -> None:
    model.body = body
    (told,) = warnings(reader())
    assert "it did not answer in the form asked for" in told


@pytest.mark.parametrize("says", ["no idea", "{]", '{"proposals": 3}', '{"other": []}', "[[[["])
def test_so_is_an_answer_that_is_no_list_of_proposals(
    model: Model, reader: Make, says: str
) -> None:
    model.says(says)
    (told,) = warnings(reader())
    assert "it did not answer in the form asked for" in told


def test_a_slow_model_is_not_waited_for(model: Model, reader: Make) -> None:
    model.wait = threading.Event()
    (told,) = warnings(reader(timeout=0.2))
    assert "timed out" in told


def test_a_redirect_is_not_followed_so_neither_key_nor_text_go_elsewhere(
    model: Model, reader: Make
) -> None:
    model.status, model.location = 302, "http://127.0.0.1:9/elsewhere"
    (told,) = warnings(reader(key="secret"))
    assert "HTTP 302" in told
    assert len(model.asked) == 1


def test_nobody_there_is_told() -> None:
    (told,) = warnings(ChatReader("http://127.0.0.1:9/v1", "small"))
    assert "The second reader did not answer" in told


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "No second reader is set up. Set BILAT_READER_ADDRESS and BILAT_READER_MODEL"),
        ({"BILAT_READER_ADDRESS": "http://x/v1"}, "No second reader is set up"),
        (
            {"BILAT_READER_ADDRESS": "file:///etc/passwd", "BILAT_READER_MODEL": "m"},
            "BILAT_READER_ADDRESS is no web address",
        ),
    ],
)
def test_a_reader_that_is_not_set_up_says_what_to_set(
    environment: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ReaderFailed) as caught:
        ChatReader.from_environment(environment)
    assert sentence in Words("en")(caught.value.message)


def test_a_reader_is_set_up_by_three_variables() -> None:
    environment = {
        "BILAT_READER_ADDRESS": "http://localhost:8080/v1/",
        "BILAT_READER_MODEL": "small",
        "BILAT_READER_KEY": "",
    }
    assert ChatReader.from_environment(environment) == ChatReader(
        "http://localhost:8080/v1/", "small"
    )
