"""Records that one side alone may see: positions, notes, own estimates. They are never signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from bilat.language import say
from bilat.programme import KINDS
from bilat.programme.record import Record
from bilat.programme.references import references
from bilat.register.canonical import Document, document, stamp
from bilat.register.kinds import Name, first_fault, name_of
from bilat.register.node import Node
from bilat.register.outcome import Refused
from bilat.register.route import Person
from bilat_office.records.keeper import KEEPER
from bilat_office.records.models import PrivateVersion
from bilat_office.records.refusals import NotSeen, OfficeRefused
from bilat_office.records.rows import drop_row, put_row, read_document, text_of


def private_save(*, section: str, content: Document, by: Person, at: datetime) -> Name:
    """A new record, or a new version of one, that ``by``'s side alone may see.

    content: the document without ``visibility``, or with that of the own side. Raises
    OfficeRefused: not valid, of another side, named like a joint record, or naming one that is
    not there.
    """
    return private_save_all(new=[(section, content)], by=by, at=at)[0]


def private_save_all(
    *, new: Sequence[tuple[str, Document]], by: Person, at: datetime
) -> list[Name]:
    """Many at once, all or none; they may name one another. Gives their names."""
    records = [_read(section, content, by.side) for section, content in new]
    with KEEPER.writing() as node:
        return store_private(node, records, by, at)


def private_delete(*, name: Name, by: Person, at: datetime) -> None:
    """Its versions stay. Raises NotSeen; OfficeRefused while another own record names it."""
    with KEEPER.writing():
        if name not in _own(by.side):
            raise NotSeen(*name)
        for other in _own_records(by.side):
            if name in _named(other):
                raise _refused(
                    "still_named",
                    record=name_of(*name),
                    by=name_of(other.section, other.id),
                )
        _write(name, None, by, at)
        drop_row(name, by.side)


def store_private(node: Node, records: Sequence[Record], by: Person, at: datetime) -> list[Name]:
    """Inside a transaction. Raises OfficeRefused."""
    check_side(node, by)
    names = [(record.section, record.id) for record in records]
    there = {*_own(by.side), *names}
    for record, name in zip(records, names, strict=True):
        if node.register.state.content(name) is not None:
            raise _refused("joint_name", record=name_of(*name))
        for target in _named(record):
            if not _stands(node, target) and target not in there:
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


def _own(side: str) -> set[Name]:
    current = PrivateVersion.objects.filter(side=side, is_current=True, content__isnull=False)
    return set(current.values_list("section", "record"))


def _own_records(side: str) -> list[Record]:
    current = PrivateVersion.objects.filter(side=side, is_current=True, content__isnull=False)
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
