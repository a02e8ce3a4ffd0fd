"""The other office, over HTTPS: take what it has for us, bring what it may lack."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bilat.language import say
from bilat.register.messages import LONGEST
from bilat_office.jobs.refusals import Later
from bilat_office.records.refusals import OfficeRefused

PAGE = 1000
"""Lines of one request; of long ones fewer, since a body has an end."""
MOST_BYTES = LONGEST
"""Of the lines that are sent in one request; one line may be as long."""
SECONDS = 60
NDJSON = "application/x-ndjson"
_LATER = (408, 425, 429)


class _stay(HTTPRedirectHandler):  # noqa: N801 (not used by name)
    """A token is not carried to wherever an answer points."""

    def redirect_request(self, *_args: Any) -> None:
        return None


@dataclass(frozen=True)
class Peer:
    """address: of the other office, https:// (http:// on this machine only). token: of scope
    ``exchange``, given to a person of our side there. Raises OfficeRefused for an address in clear.
    """

    address: str
    token: str = field(repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        near = parts.hostname in ("127.0.0.1", "localhost", "::1")
        if parts.scheme != "https" and not (parts.scheme == "http" and near):
            raise OfficeRefused(
                "peer", say("Write BILAT_PEER as https://…: the token must not travel in clear.")
            )

    def outbox(self) -> Iterator[bytes]:
        """The lines that it has for us. Raises Later, OfficeRefused."""
        page = 1
        while True:
            body = self._asked(f"outbox?page={page}&size={PAGE}")
            lines = [line for line in body.split(b"\n") if line.strip()]
            yield from lines
            if len(lines) < PAGE:
                return
            page += 1

    def bring(self, lines: Sequence[bytes]) -> list[str]:
        """Send lines; the code that each was answered with. Raises Later, OfficeRefused."""
        codes: list[str] = []
        for part in _portions(lines):
            answer = self._asked("messages", b"\n".join(part))
            try:
                found = [str(item["code"]) for item in json.loads(answer)["outcomes"]]
            except (ValueError, KeyError, TypeError):
                raise Later(say("The other office answers something else than Bilat.")) from None
            if len(found) != len(part):
                raise Later(say("The other office has not answered every line."))
            codes += found
        return codes

    def _asked(self, path: str, body: bytes | None = None) -> bytes:
        request = Request(  # noqa: S310 (the scheme is checked above)
            f"{self.address.rstrip('/')}/api/v1/{path}",
            data=body,
            headers={
                "Authorization": f"Bearer {self.token}",
                "Accept": f"{NDJSON}, application/json",
                **({"Content-Type": NDJSON} if body is not None else {}),
            },
        )
        try:
            with build_opener(_stay).open(request, timeout=SECONDS) as answer:
                return bytes(answer.read())
        except HTTPError as error:
            raise _refused(error) from None
        except (URLError, OSError, http.client.HTTPException) as error:
            why = str(getattr(error, "reason", error)) or type(error).__name__
            raise Later(say("The other office cannot be reached: {why}.", why=why)) from None


def _refused(error: HTTPError) -> Later | OfficeRefused:
    if error.code >= 500 or error.code in _LATER:
        return Later(say("The other office answers {status}.", status=str(error.code)))
    try:
        detail = str(json.loads(error.read())["detail"])
    except (ValueError, KeyError, TypeError):
        detail = error.reason
    return OfficeRefused(
        "peer",
        say("The other office refuses ({status}): {why}", status=str(error.code), why=detail),
    )


def _portions(lines: Sequence[bytes]) -> Iterator[list[bytes]]:
    part: list[bytes] = []
    size = 0
    for line in lines:
        if part and (len(part) == PAGE or size + len(line) > MOST_BYTES):
            yield part
            part, size = [], 0
        part.append(line)
        size += len(line) + 1
    if part:
        yield part
