"""Records that one side alone may see: positions, notes, own estimates. They are never signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from pydantic import ValidationError

from bilat.language import say
from bilat.programme import KINDS
from bilat.programme.record import Record
from bilat.programme.references import references
from bilat.register.canonical import Document, document, parse, stamp
from bilat.register.kinds import Name, first_fault, name_of
from bilat.register.node import Node
from bilat.register.outcome import Refused
from bilat.register.route import Person
from bilat_office.records.keeper import KEEPER
from bilat_office.records.models import PrivateVersion
from bilat_office.records.refusals import NotSeen, OfficeRefused
from bilat_office.records.rows import drop_row, put_row, read_document, text_of

Provided = Callable[[Mapping[Name, Document | None]], None]
"""Raises when a record is no longer what its author has read; None: there is none."""


def private_save(*, section: str, content: Document, by: Person, at: datetime) -> Name:
    """A new record, or a new version of one, that ``by``'s side alone may see.

    content: the document without ``visibility``, or with that of the own side. Raises
    OfficeRefused: not valid, of another side, named like a joint record, or naming one that is
    not there.
    """
    return private_save_all(new=[(section, content)], by=by, at=at)[0]


def private_save_all(
    *,
    new: Sequence[tuple[str, Document]],
    by: Person,
    at: datetime,
    provided: Provided | None = None,
) -> list[Name]:
    """Many at once, all or none; they may name one another. Gives their names.

    provided: told of the standing documents first, in the same transaction; what it raises ends it.
    """
    records = [_read(section, content, by.side) for section, content in new]
    with KEEPER.writing() as node:
        if provided is not None:
            provided({name: private_current(by.side, name) for name in map(_name, records)})
        return store_private(node, records, by, at)


def private_delete(
    *, name: Name, by: Person, at: datetime, provided: Provided | None = None
) -> None:
    """Its versions stay. Raises NotSeen; OfficeRefused while another own record names it.

    provided: as in `private_save_all`.
    """
    with KEEPER.writing():
        before = private_current(by.side, name)
        if provided is not None:
            provided({name: before})
        if before is None:
            raise NotSeen(*name)
        for other in _perhaps_naming(by.side, name):
            if name in _named(other):
                raise _refused(
                    "still_named",
                    record=name_of(*name),
                    by=name_of(*_name(other)),
                )
        _write(name, None, by, at)
        drop_row(name, by.side)


def store_private(node: Node, records: Sequence[Record], by: Person, at: datetime) -> list[Name]:
    """Inside a transaction. Raises OfficeRefused."""
    check_side(node, by)
    names = list(map(_name, records))
    there = set(names)
    for record, name in zip(records, names, strict=True):
        if node.register.state.content(name) is not None:
            raise _refused("joint_name", record=name_of(*name))
        for target in _named(record):
            if target in there or _stands(node, target):
                continue
            if private_current(by.side, target) is None:
                raise _refused("dangling", record=name_of(*name), target=name_of(*target))
        _write(name, document(record), by, at)
        put_row(name[0], text_of(document(record)), place=None, published=False)
    return names


_SENTENCES = {
    "content": say("{record} is not a valid record: {why}."),
    "other_side": say("{record} is marked as visible to another side. Leave its visibility out."),
    "joint_name": say(
        "{record} is the name of a joint record. Propose a change of that one, or take another id."
    ),
    "dangling": say("{record} refers to {target}, which is not here. Add it too."),
    "still_named": say("{record} cannot be deleted: {by} refers to it. Change that first."),
}


def _refused(code: str, **args: Any) -> OfficeRefused:
    return OfficeRefused(code, _SENTENCES[code].with_args(**args))


def _read(section: str, content: Document, side: str) -> Record:
    name = name_of(section, str(content.get("id", "?")))
    if section not in KINDS:
        raise _refused("content", record=name, why=say("no section “{section}”", section=section))
    if content.get("visibility", side) != side:
        raise _refused("other_side", record=name)
    try:
        return KINDS[section].model_validate({**content, "visibility": side})
    except ValidationError as error:
        raise _refused("content", record=name, why=first_fault(error, KINDS[section])) from None


def check_side(node: Node, by: Person) -> None:
    """Only a side has something of its own. Raises Refused."""
    if by.side not in node.register.sides:
        raise Refused("wrong_side", side=by.side)


def _stands(node: Node, name: Name) -> bool:
    if name[0] == "parties":
        return name[1] in node.register.sides
    return node.register.state.content(name) is not None


def _named(record: Record) -> set[Name]:
    return {(item.section, item.target) for item in references(record)}


def _name(record: Record) -> Name:
    return record.section, record.id


def private_current(side: str, name: Name) -> Document | None:
    """The side's own record of that name as it stands."""
    found = _current(side).filter(section=name[0], record=name[1])
    text = found.values_list("content", flat=True).first()
    return None if text is None else parse(text.encode())


def _current(side: str) -> QuerySet[PrivateVersion]:
    return PrivateVersion.objects.filter(side=side, is_current=True, content__isnull=False)


def _perhaps_naming(side: str, name: Name) -> list[Record]:
    """Own records that hold the id somewhere: no other can name it."""
    current = _current(side).filter(content__contains=name[1])
    found = (
        read_document(section, str(content))
        for section, content in current.values_list("section", "content")
    )
    return [record for record in found if isinstance(record, Record)]


def _write(name: Name, content: Document | None, by: Person, at: datetime) -> None:
    section, record = name
    same = PrivateVersion.objects.filter(side=by.side, section=section, record=record)
    last = same.order_by("-number").values_list("number", flat=True).first() or 0
    same.filter(is_current=True).update(is_current=False)
    PrivateVersion.objects.create(
        side=by.side,
        section=section,
        record=record,
        number=last + 1,
        content=None if content is None else text_of(content),
        author=by.id,
        time=stamp(at),
    )
