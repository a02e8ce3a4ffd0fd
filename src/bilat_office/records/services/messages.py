"""What comes from the other office, and what it may still lack: lines of JSON, by any way."""

from __future__ import annotations

from collections.abc import Iterable

from bilat.register.outcome import Outcome
from bilat_office.records.keeper import KEEPER


def message_receive(*, line: bytes) -> Outcome:
    """Take one line. Never raises for what it holds: the outcome has a code and a sentence."""
    return messages_receive(lines=[line])[0]


def messages_receive(*, lines: Iterable[bytes]) -> list[Outcome]:
    """Take many lines in one transaction; one outcome for each. Raises NotFounded alone."""
    with KEEPER.writing() as node:
        return [node.receive(line) for line in lines]


def outbox(*, side: str) -> list[bytes]:
    """Every line that ``side`` may still lack, entries first; receiving one twice does no harm.

    What its last checkpoint confirms is left out, so confirm what you receive with `checkpoint`.
    """
    with KEEPER.reading() as node:
        return list(node.outbox(side))
