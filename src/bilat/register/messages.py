"""Signed messages: made, written as one JSON line each, read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from bilat.language import say
from bilat.register.canonical import Document, canonical, canonical_again, digest, parse
from bilat.register.change import Answer, Change, Checkpoint, Entry, Envelope
from bilat.register.keys import Signer
from bilat.register.outcome import Refused

Statement = Change | Answer | Entry | Checkpoint
_STATEMENT: TypeAdapter[Statement] = TypeAdapter(Annotated[Statement, Field(discriminator="type")])
S_co = TypeVar("S_co", bound=Statement, covariant=True)
LONGEST = 16 * 1024 * 1024
"""Bytes of one line; a session's protocol of thousands of measures is far below."""


@dataclass(frozen=True)
class Message(Generic[S_co]):
    """What a side said, with its signature. ``id``: SHA-256 of ``text``, the canonical body."""

    said: S_co
    key: str
    signature: str
    text: bytes
    id: str

    @property
    def line(self) -> bytes:
        """The message as one line of canonical JSON, without the end of line."""
        tail = f',"key":"{self.key}","signature":"{self.signature}"}}'
        return b'{"body":' + self.text + tail.encode()

    @property
    def envelope(self) -> Envelope:
        body = self.said.model_dump(mode="json", by_alias=True)
        return Envelope(body=body, key=self.key, signature=self.signature)


def sign(body: Document, signer: Signer) -> Message[Any]:
    """A signed message. Raises Refused when the body is not one of a message."""
    said, text = _read_body(body), canonical(body)
    return Message(said, signer.record.id, signer.sign(text), text, digest(text))


def read_line(line: bytes) -> Message[Statement]:
    """The message of one line; its signature is not checked yet.

    Raises Refused unless the line is canonical JSON: a text that could be read in two ways (a key
    that stands twice) has no place in what two sides sign.
    """
    line = line.rstrip(b"\r\n")
    if len(line) > LONGEST:
        raise Refused("unreadable", why=say("too long"))
    message = open_envelope(_envelope(parse(line)))
    if message.line != line:
        raise Refused("unreadable", why=say("not canonical JSON"))
    return message


def open_envelope(envelope: Envelope) -> Message[Statement]:
    text = canonical_again(envelope.body)
    said = _read_body(envelope.body)
    return Message(said, envelope.key, envelope.signature, text, digest(text))


def _envelope(data: Any) -> Envelope:
    try:
        return Envelope.model_validate(data)
    except ValidationError as error:
        raise Refused("unreadable", why=_first(error)) from None


def _read_body(body: Document) -> Statement:
    try:
        return _STATEMENT.validate_python(body)
    except ValidationError as error:
        raise Refused("unreadable", why=_first(error)) from None


def _first(error: ValidationError) -> str:
    detail = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}"
