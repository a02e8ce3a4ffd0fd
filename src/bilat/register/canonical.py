"""One text for one document: canonical JSON (RFC 8785), and its SHA-256.

Amounts are ``Decimal`` and written as JSON strings (``"8613.55"``, as pydantic's JSON mode does),
so that no digit passes through a binary number; a message has no JSON number that is not whole.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel

from bilat.register.outcome import Refused

Document = dict[str, Any]


def canonical(document: Any) -> bytes:
    """The bytes that are hashed and signed. Raises Refused for what JSON cannot say exactly."""
    try:
        from rfc8785 import CanonicalizationError, dumps
    except ModuleNotFoundError:
        raise Refused("extra_missing", module="rfc8785") from None
    try:
        return dumps(document)
    except (CanonicalizationError, RecursionError) as error:
        raise Refused("unreadable", why=str(error)) from None


def digest(text: bytes) -> str:
    """SHA-256 in 64 hexadecimal digits."""
    return hashlib.sha256(text).hexdigest()


def document(record: BaseModel) -> Document:
    """The record as JSON values, without what is only a default: its canonical document."""
    return record.model_dump(mode="json", exclude_defaults=True)


def parse(text: bytes) -> Any:
    """Any JSON value. Raises Refused."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused("unreadable", why=str(error)) from None


def stamp(at: datetime) -> str:
    """A time as messages write it, in UTC and whole seconds: ``2026-03-01T09:30:00Z``.

    Written so, times sort as texts. Raises ValueError for a time without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
