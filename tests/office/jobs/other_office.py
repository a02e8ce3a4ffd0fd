"""The other office as ours sees it: an HTTP server before a node, which may also misbehave."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bilat.register.node import Node

TOKEN = "bilat_token"  # noqa: S105


@dataclass
class OtherOffice:
    """status: what every request is answered with; 200: as an office does."""

    node: Node
    status: int = 200
    body: bytes | None = None
    received: list[int] = field(default_factory=list)
    """Number of lines in each request."""
    address: str = ""

    def answer(self, method: str, path: str, token: str, body: bytes) -> tuple[int, bytes]:
        if self.status != 200:
            return self.status, json.dumps({"detail": "out of order"}).encode()
        if token != f"Bearer {TOKEN}":
            return 401, json.dumps({"detail": "Sign in, or send a token."}).encode()
        if self.body is not None:
            return 200, self.body
        if method == "GET" and path.startswith("/api/v1/outbox?page=1&"):
            return 200, b"".join(line + b"\n" for line in self.node.outbox("BLR"))
        assert (method, path) == ("POST", "/api/v1/messages")
        lines = [line for line in body.split(b"\n") if line]
        self.received.append(len(lines))
        done = [self.node.receive(line) for line in lines]
        told = [{"code": item.code, "accepted": item.accepted} for item in done]
        return 200, json.dumps({"accepted": 0, "outcomes": told}).encode()


@contextmanager
def serving(office: OtherOffice) -> Iterator[OtherOffice]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body: bytes) -> None:
            token = self.headers.get("Authorization", "")
            status, text = office.answer(self.command, self.path, token, body)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_arguments: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    office.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield office
    finally:
        server.shutdown()
        server.server_close()
