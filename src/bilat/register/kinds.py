"""What can stand in the register: the programme's records, and four kinds of its own.

``keys`` (who may sign), ``rules`` (one or two keys, and who is depositary), ``published`` (what
the public may see) and ``heading`` (what the programme is called). They change as everything else
does: by a change that both sides sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from bilat.language import Message, Text, say
from bilat.programme import KINDS, Party, Record
from bilat.programme.record import Model, RecordId, Refers
from bilat.programme.references import references
from bilat.programme.refusals import explain
from bilat.register.canonical import Document, document
from bilat.register.outcome import Refused

Name = tuple[str, str]
"""Section and id of a record."""

Mode = Literal["solo", "two"]
Hex32 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Hex64 = Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]


class Key(Model):
    """A public key: a side's own, or that of an officer who can replace a side's lost key."""

    id: RecordId
    """The first 32 digits of the SHA-256 of the public key."""
    side: str
    role: Literal["side", "officer"] = "side"
    holder: str
    """The body or person that keeps the private key."""
    public: Hex32
    proof: Hex64
    """Signature with this very key over what it is."""
    revoked: bool = False


class Rules(Model):
    """How this register is kept. Its only id is ``rules``."""

    id: Literal["rules"] = "rules"
    mode: Mode
    """One office holds both keys (``solo``), or each side holds its own (``two``)."""
    depositary: str
    """The side that numbers the entries. It chooses their order, and nothing else."""


class Published(Model):
    """A record that both sides show to the public."""

    id: RecordId
    of: str
    """Section of the record."""
    record: RecordId


class Heading(Model):
    """What the programme and its parties are called. Its only id is ``heading``."""

    id: Literal["heading"] = "heading"
    title: Text
    headline_target: Annotated[str, Refers("targets")] | None = None
    parties: tuple[Party, ...] = ()


SECTIONS: Mapping[str, type[Model]] = MappingProxyType(
    {**KINDS, "keys": Key, "rules": Rules, "published": Published, "heading": Heading}
)


def name_of(section: str, record_id: str) -> str:
    return f"{section}/{record_id}"


def read_content(section: str, record_id: str, content: Document) -> Model:
    """The record of a document. Raises Refused: not valid, not joint, or not in normal form."""
    name = name_of(section, record_id)
    kind = SECTIONS.get(section)
    if kind is None:
        raise Refused("content", record=name, why=say("no section “{section}”", section=section))
    try:
        record = kind.model_validate(content)
    except ValidationError as error:
        raise Refused("content", record=name, why=first_fault(error, kind)) from None
    if isinstance(record, Record) and record.visibility != "joint":
        raise Refused("private", record=name, side=record.visibility)
    if content.get("id", getattr(record, "id", None)) != record_id:
        raise Refused("content", record=name, why=say("its id is another"))
    if document(record) != content:
        raise Refused("content", record=name, why=say("not in normal form"))
    return record


def first_fault(error: ValidationError, kind: type[Model]) -> Message:
    """The first thing that is wrong with a document: field, and what."""
    first = error.errors(include_url=False)[0]
    what, _remedy = explain(first, kind)
    return say("{field}: {what}", field=".".join(map(str, first["loc"])), what=what)


def named_by(record: Model) -> Iterator[Name]:
    """Every record that this one names; sides are ``("parties", code)``."""
    if isinstance(record, Published):
        yield record.of, record.record
    elif isinstance(record, Key):
        yield "parties", record.side
    elif isinstance(record, Rules):
        yield "parties", record.depositary
    else:
        for reference in references(record):
            yield reference.section, reference.target
