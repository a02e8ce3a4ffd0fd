"""``bilat-office key``, ``settle``: the keys of this office; how it goes on after a fork."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bilat.cli.words import translate as _
from bilat.language import Message, say

Tell = Callable[[Message], None]
Ask = Callable[[Sequence[str]], str]
"""Whose key it is → the passphrase."""


def add_to(office: click.Group, prepare: Callable[..., None], tell: Tell, ask: Ask, ask_new: Ask,
           data_option: Callable[..., Any]) -> None:  # fmt: skip
    """Attach the commands to the office's."""

    @office.group(help=_("Keys of the sides: list, save, import, rotate, revoke."))
    def key() -> None:
        pass

    @key.command("list", help=_("Every key of the register, and whether it is kept here."))
    @data_option
    def list_command(data: Path | None) -> None:
        prepare(data)
        _list(tell)

    @key.command(help=_("Write the file of KEY, locked by its passphrase, for another office."))
    @click.argument("key")
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
    @data_option
    def save(key: str, file: Path, data: Path | None) -> None:
        prepare(data)
        _save(key, file, tell)

    @key.command("import", help=_("Keep the key of FILE here: one that the register knows."))
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
    @data_option
    def import_command(file: Path, data: Path | None) -> None:
        prepare(data)
        _import(file, tell, ask)

    _replacing(key, prepare, tell, ask, ask_new, data_option)
    _settling(office, prepare, tell, data_option)


def _replacing(key: click.Group, prepare: Callable[..., None], tell: Tell, ask: Ask, ask_new: Ask,
               data_option: Callable[..., Any]) -> None:  # fmt: skip
    person = click.option(
        "--person", default="office", show_default=True, help=_("In whose name it is done.")
    )
    why = click.option("--reason", required=True, help=_("Why: both sides read it."))

    @key.command(help=_("Propose a new key in place of KEY; it signs once that is entered."))
    @click.argument("key")
    @why
    @person
    @data_option
    def rotate(data: Path | None, **asked: str) -> None:
        prepare(data)
        _rotate(tell, ask, ask_new, **asked)

    @key.command(help=_("Propose to revoke KEY for good."))
    @click.argument("key")
    @why
    @person
    @data_option
    def revoke(data: Path | None, **asked: str) -> None:
        prepare(data)
        _revoke(tell, ask, **asked)


def _settling(office: click.Group, prepare: Callable[..., None], tell: Tell,
              data_option: Callable[..., Any]) -> None:  # fmt: skip
    @office.command(
        help=_(
            "After a fork, go on from the history that both sides have agreed: that of FOLDER, an "
            "export of the office that has it; or, with --ours, the one that stands here."
        )
    )
    @click.argument(
        "folder", required=False, type=click.Path(path_type=Path, file_okay=False, exists=True)
    )
    @click.option("--ours", is_flag=True, help=_("The history of this office stands."))
    @data_option
    def settle(folder: Path | None, data: Path | None, *, ours: bool) -> None:
        if ours is (folder is not None):
            raise click.UsageError(_("Say FOLDER or --ours: one of them."))
        prepare(data)
        _settle(folder, tell)


def _settle(folder: Path | None, tell: Tell) -> None:
    from bilat_office.records.services.settling import fork_settle

    given_up = fork_settle(agreed=folder, at=_now())
    tell(say("The office goes on from the agreed history."))
    for change in given_up:
        tell(say("Under way again: {change}", change=change[:12]))


def _list(tell: Tell) -> None:
    from bilat_office.records.door import Door
    from bilat_office.records.services.keys import keys_kept
    from bilat_office.records.viewer import JOINT, Viewer

    with Door(Viewer(JOINT)).desk() as desk:
        keys = desk.keys()
    kept = {item.id for side in {held.key.side for held in keys} for item in keys_kept(side=side)}
    for held in keys:
        item = held.key
        state = say("revoked") if item.revoked else say("in force")
        here = say("kept here") if item.id in kept else say("not kept here")
        tell(say("{key}  {side}  {holder}  {state}  {here}", key=item.id, side=item.side,
                 holder=item.holder, state=state, here=here))  # fmt: skip


def _save(key: str, file: Path, tell: Tell) -> None:
    from bilat.filing import Draft, file_all
    from bilat_office.records.services.keys import key_kept

    file_all([Draft(file, bytes(key_kept(key).pem))])
    tell(say("{file} holds the key {key}, locked by its passphrase.", file=str(file), key=key))


def _import(file: Path, tell: Tell, ask: Ask) -> None:
    from bilat_office.records.services.keys import key_import

    record = key_import(pem=file.read_bytes(), passphrase=ask([file.name]), at=_now())
    tell(say("The key {key} of {side} is kept here now.", key=record.id, side=record.side))


def _rotate(tell: Tell, ask: Ask, ask_new: Ask, *, key: str, reason: str, person: str) -> None:
    from secrets import token_bytes

    from bilat.register.orders import Actor
    from bilat_office.records.services.keys import key_create, key_kept, key_rotate, key_unlock

    side = key_kept(key).side
    signer = key_unlock(key=key, passphrase=ask([side]))
    new = key_create(side=side, holder=signer.record.holder, passphrase=ask_new([side]),
                     seed=token_bytes(32), at=_now())  # fmt: skip
    change = key_rotate(old=key, new=new, reason=reason, by=Actor(person, signer), at=_now())
    tell(say("The key {key} is made, and kept here.", key=new.id))
    _tell_proposed(change, tell)


def _revoke(tell: Tell, ask: Ask, *, key: str, reason: str, person: str) -> None:
    from bilat.register.orders import Actor
    from bilat_office.records.services.keys import key_kept, key_revoke, key_unlock

    signer = key_unlock(key=key, passphrase=ask([key_kept(key).side]))
    change = key_revoke(key=key, reason=reason, by=Actor(person, signer), at=_now())
    _tell_proposed(change, tell)


def _tell_proposed(change: str, tell: Tell) -> None:
    tell(say("Proposed as {change}: the other side has to countersign.", change=change[:12]))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
