"""Writes down what a node has taken: messages, entries, versions, rows, all in one transaction."""

from __future__ import annotations

from bilat.language import say
from bilat.register.canonical import digest
from bilat.register.chain import Entered, Register, open_entry
from bilat.register.change import Answer, Change, Checkpoint, Entry, Item
from bilat.register.genesis import Founding
from bilat.register.messages import Message, Statement
from bilat.register.node import Node
from bilat.register.outcome import Code
from bilat.register.state import State
from bilat_office.records import models
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.rows import (
    JOINT,
    drop_row,
    is_published,
    mark_published,
    put_row,
    text_of,
)

_STANDING = {
    "accepted": models.Message.ACCEPTED,
    "same_at_once": models.Message.ACCEPTED,
    "waiting": models.Message.WAITING,
    "unknown_key": models.Message.WAITING,
    "fork": models.Message.FORK,
}
_FOUNDED = say(
    "This office holds a register already. Choose another folder for its data with --data, or "
    "bring a programme in with: bilat-office import FOLDER"
)


class Book:
    """Collects what a node tells of while it takes messages (`Node.news`), then writes it."""

    def __init__(self) -> None:
        self.notes: list[tuple[Code, Message[Statement]]] = []

    def note(self, code: Code, message: Message[Statement]) -> None:
        self.notes.append((code, message))

    def write(self, node: Node) -> int:
        """Store everything that was noted. Returns the number of the last message stored."""
        last = 0
        for code, message in self.notes:
            standing = _STANDING[code]
            said = message.said
            if standing != models.Message.ACCEPTED:
                last = write_message(message, standing)
            elif isinstance(said, Entry):
                write_entry(open_entry(message), node.register.state)
            elif isinstance(said, Checkpoint):
                models.Message.objects.filter(seal=digest(message.line)).delete()
                if node.checkpoints[said.side].id == message.id:
                    last = write_checkpoint(message, said)
            elif _change_of(message) not in node.register.places:
                last = write_message(message, standing)
        return last


def write_founding(founding: Founding) -> None:
    """The genesis and the records that it brings. Raises OfficeRefused where one stands."""
    if models.Founding.objects.exists():
        raise OfficeRefused("founded", _FOUNDED)
    models.Founding.objects.create(register=founding.id, content=founding.content)
    state = Register(founding).state
    for (section, record), content in state.records():
        item = Item(section=section, id=record, base=None, content=content)
        write_version(item, founding.id, 0, state)


def write_message(message: Message[Statement], standing: str) -> int:
    """A message that comes to stand otherwise than before is numbered anew: others then see it."""
    seal = digest(message.line)
    models.Message.objects.filter(seal=seal).delete()
    stored = models.Message.objects.create(
        message=message.id,
        seal=seal,
        type=message.said.type,
        change=_change_of(message),
        side=message.said.side,
        standing=standing,
        line=message.line,
        time=message.said.time,
    )
    return stored.pk


def write_checkpoint(message: Message[Statement], said: Checkpoint) -> int:
    models.Checkpoint.objects.update_or_create(
        side=said.side,
        place=said.place,
        defaults={"head": said.head, "line": message.line, "time": said.time},
    )
    older = models.Message.objects.filter(
        type="checkpoint", side=said.side, standing=models.Message.ACCEPTED
    )
    older.delete()
    return write_message(message, models.Message.ACCEPTED)


def write_entry(entered: Entered, state: State) -> None:
    """The entry, the versions that it made, their rows; its change is no longer under way."""
    said, change = entered.said, entered.change
    models.Entry.objects.create(
        place=said.place,
        entry=entered.entry.id,
        change=change.id,
        before_id=said.prev if said.place > 1 else None,
        line=entered.entry.line,
        time=said.time,
    )
    models.Message.objects.filter(change=change.id).exclude(
        standing__in=(models.Message.FORK, models.Message.SETTLED)
    ).delete()
    models.Message.objects.filter(message=entered.entry.id).delete()
    for item in entered.proposed.items:
        write_version(item, change.id, said.place, state)


def write_version(item: Item, change: str, place: int, state: State) -> None:
    """The new version of one record; the one before is current no longer."""
    name = {"section": item.section, "record": item.id}
    content = None if item.content is None else text_of(item.content)
    fresh = item.base is None
    if not fresh:
        models.Version.objects.filter(**name, is_current=True).update(is_current=False)
    models.Version.objects.create(**name, entry_id=place or None, change=change, content=content)
    if content is None:
        drop_row(item.name, JOINT)
    else:
        put_row(
            item.section,
            content,
            place=place,
            published=is_published(state, item.name),
            new=fresh,
        )
    if item.section == "published":
        of, record = item.id.split(".", 1)
        mark_published((of, record), published=content is not None)


def _change_of(message: Message[Statement]) -> str:
    said = message.said
    if isinstance(said, Answer):
        return said.change
    return message.id if isinstance(said, Change) else ""
