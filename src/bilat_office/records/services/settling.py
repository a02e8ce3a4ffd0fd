"""After a fork: both sides have agreed which chain is right; the office goes on from it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bilat.register.canonical import stamp
from bilat.register.chain import Entered
from bilat.register.node import Node, shown
from bilat.register.settling import settle
from bilat.register.store import open_node
from bilat_office.records import models
from bilat_office.records.book import write_checkpoint, write_entry, write_message
from bilat_office.records.keeper import KEEPER
from bilat_office.records.rows import rebuild_rows


def fork_settle(*, agreed: Path | None, at: datetime) -> list[str]:
    """Go on from the agreed chain. Gives the changes whose entries stand no longer.

    agreed: the folder of an export with that chain, every signature of which is checked; None when
    the chain of this office is the right one. What stands no longer is kept aside, and its changes
    are under way again. Raises Refused where nothing has been forked.
    """
    other = None if agreed is None else open_node(agreed)
    with KEEPER.writing() as node:
        done = settle(node, other or node)
        for entered in reversed(done.aside):
            _set_aside(entered, at)
        _enter(done.node, done.place)
        _message_anew(done.node, node)
        rebuild_rows()
    KEEPER.forget()
    return [entered.change.id for entered in done.aside]


def _set_aside(entered: Entered, at: datetime) -> None:
    """Kept as evidence first: only then does the database let the entry go."""
    place = entered.said.place
    models.SetAside.objects.get_or_create(
        entry=entered.entry.id,
        defaults={"place": place, "line": entered.entry.line, "time": stamp(at)},
    )
    for version in models.Version.objects.filter(entry_id=place):
        version.delete()
        before = models.Version.objects.filter(
            section=version.section, record=version.record
        ).order_by("-pk")[:1]
        models.Version.objects.filter(pk__in=[item.pk for item in before]).update(is_current=True)
    models.Entry.objects.filter(place=place).delete()


def _enter(node: Node, place: int) -> None:
    for entered in node.register.entries[place:]:
        if not models.Entry.objects.filter(place=entered.said.place).exists():
            write_entry(entered, node.register.state)


def _message_anew(settled: Node, before: Node) -> None:
    """What is under way, and the proofs of the fork, which count for nothing any more."""
    models.Message.objects.exclude(standing=models.Message.SETTLED).delete()
    models.Checkpoint.objects.all().delete()
    proofs = {shown(fork.theirs): fork.theirs for fork in before.forks}
    for message in proofs.values():
        write_message(message, models.Message.SETTLED)
    for message in settled.changes.messages():
        write_message(message, models.Message.ACCEPTED)
    for confirmed in settled.checkpoints.values():
        write_checkpoint(confirmed, confirmed.said)
