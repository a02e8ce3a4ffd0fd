"""What the commands do, with time, passphrases and the way to the reader as arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from typing import cast

from bilat.errors import Problem
from bilat.language import Message, say, say_many
from bilat.programme import Programme, open_programme
from bilat.register.genesis import found
from bilat.register.keys import create_key
from bilat.register.kinds import Mode
from bilat.register.orders import Actor
from bilat.register.outcome import Refused
from bilat.register.route import Person
from bilat.register.store import CHAIN, GENESIS, MESSAGES, ROOM, founding_of, lines_of
from bilat.register.verify import Break
from bilat_office.files.exporting import files_export
from bilat_office.files.importing import Arriving, files_arriving, files_bring
from bilat_office.records.door import Door
from bilat_office.records.exchange import Plan, office_export, plan_import
from bilat_office.records.inspecting import office_verify
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.services.changes import change_enter_alone, change_propose
from bilat_office.records.services.founding import Begun, office_found, office_restore
from bilat_office.records.services.keys import key_unlock, keys_kept, locked
from bilat_office.records.services.messages import messages_receive
from bilat_office.records.services.private import private_save_all
from bilat_office.records.viewer import JOINT, Viewer

Tell = Callable[[Message], None]
Ask = Callable[[Sequence[str]], str]
"""Sides whose key it is → the passphrase."""

_KEEP_PASSPHRASES = say(
    "Next: keep the passphrases where two people find them; there is no other way in."
)
_KEYS_ELSEWHERE = (
    say("An export holds no private keys: this office cannot sign yet."),
    say("Next: in the office that has them, write each key with: bilat-office key save KEY FILE"),
    say("Next: bring it here with: bilat-office key import FILE"),
)
_AFTERWARDS = (
    say("Next: check what is stored with: bilat-office verify"),
    say("Next: keep a copy of the register elsewhere with: bilat-office export FOLDER"),
)


def begin(folder: Path, mode: str | None, person: str, at: datetime, tell: Tell, ask: Ask) -> int:
    """``init``: found a register, or begin again from an export. 1 where a file is missing."""
    programme = open_programme(folder)
    if (folder / ROOM / GENESIS).exists():
        if mode is not None:
            raise OfficeRefused(
                "mode",
                say("The register in {folder} says itself how it is kept.", folder=str(folder)),
            )
        begun = office_restore(folder=folder, programme=programme, author=person, at=at)
        keys: tuple[Message, ...] = _KEYS_ELSEWHERE
    else:
        begun = _found(programme, cast("Mode", mode or programme.keys), person, at, ask)
        keys = (_KEEP_PASSPHRASES,)
    for line in _begun(begun):
        tell(line)
    whole = _bring_files(_arriving(folder, programme.sides), tell)
    for line in (*keys, *_AFTERWARDS):
        tell(line)
    return 0 if whole else 1


def _found(programme: Programme, mode: Mode, person: str, at: datetime, ask: Ask) -> Begun:
    sides = programme.sides
    alike = ask(sides) if mode == "solo" else None
    actors, keys = [], []
    for side in sides:
        seed = token_bytes(32)
        signer = create_key(seed, side=side, holder=person)
        pem = locked(seed, alike if alike is not None else ask([side]))
        actors.append(Actor(person, signer))
        keys.append((signer.record, pem))
    founding = found(
        programme.id, [actor.signer for actor in actors], at=at, nonce=token_bytes(32), mode=mode
    )
    reason = "The programme as its folder held it"
    return office_found(
        programme=programme, founding=founding, by=actors, keys=keys, reason=reason, at=at
    )


def _begun(begun: Begun) -> Iterator[Message]:
    yield say("Register {id}", id=begun.register)
    yield say_many("{n} entry.", "{n} entries.", n=begun.entries)
    yield say_many("{n} joint record.", "{n} joint records.", n=begun.joint)
    for side, count in begun.private.items():
        yield say("{side}: {n} of its own.", side=side, n=count)


def export(folder: Path, side: str | None, *, joint: bool, tell: Tell) -> int:
    """``export``. With two keys a side has to be named, lest one side's records reach the other.

    1 where a file is no longer what was brought; all others are written.
    """
    sides, solo = _sides()
    if side is not None and side not in sides:
        raise _unknown_side(side, sides)
    if not solo and side is None and not joint:
        raise OfficeRefused(
            "side", say("Whose private records? Say --side {sides}, or --joint.", sides=[*sides])
        )
    chosen = [] if joint else [side] if side else list(sides)
    paths = office_export(folder=folder, sides=chosen)
    files, problems = files_export(folder=folder, sides=chosen)
    paths += files
    tell(say_many("{n} file written to {folder}.", "{n} files written to {folder}.",
                  n=len(paths), folder=str(folder)))  # fmt: skip
    tell(say("Check it with: bilat verify {folder}", folder=str(folder)))
    _tell_problems(problems, tell)
    return 1 if problems else 0


@dataclass(frozen=True)
class Importing:
    """What ``import`` is asked for."""

    folder: Path
    side: str | None
    reason: str | None
    delete: bool
    yes: bool
    person: str


def bring_in(
    asked: Importing, at: datetime, tell: Tell, ask: Ask, confirm: Callable[[Message], bool]
) -> int:
    """``import``: another office's messages, or what a folder would change; its files with it.

    1 where a file is missing, altered, or of no document here.
    """
    sides, solo = _sides()
    if asked.side is not None and asked.side not in sides:
        raise _unknown_side(asked.side, sides)
    own = [asked.side] if asked.side else list(sides) if solo else []
    if (asked.folder / ROOM / GENESIS).exists():
        _receive(asked.folder, tell)
        return 0 if _bring_files(_arriving(asked.folder, own), tell) else 1
    if not own:
        raise OfficeRefused("side", say("Who proposes it? Say --side {sides}.", sides=[*sides]))
    plan = plan_import(open_programme(asked.folder), own)
    for line in _planned(plan, delete=asked.delete):
        tell(line)
    arriving = _arriving(asked.folder, own)
    for listed in arriving.files:
        tell(say("file     {document}: {name} ({visibility})", document=listed.brought.document,
                 name=listed.brought.name, visibility=listed.brought.visibility))  # fmt: skip
    changes = bool(plan.new(delete=asked.delete) or plan.private)
    if (changes or arriving.files) and (asked.yes or confirm(say("Shall this be done?"))):
        _carry_out(plan, asked, sides, at, tell, ask)
        return 0 if _bring_files(arriving, tell) else 1
    _tell_problems(arriving.problems, tell)
    return 1 if arriving.problems else 0


def _arriving(folder: Path, own: Sequence[str]) -> Arriving:
    return files_arriving(folder=folder, own=own, sides=_sides()[0])


def _bring_files(arriving: Arriving, tell: Tell) -> bool:
    """False where a file that the folder lists did not come in."""
    kept, refused = files_bring(arriving.files)
    if kept:
        tell(say_many("{n} file of documents kept.", "{n} files of documents kept.", n=kept))
    problems = [*arriving.problems, *refused]
    _tell_problems(problems, tell)
    return not problems


def _tell_problems(problems: Sequence[Problem], tell: Tell) -> None:
    for problem in problems:
        tell(say("Left out: {problem}", problem=problem))


def _receive(folder: Path, tell: Tell) -> None:
    """The export of an office of the same register; records come with its messages alone."""
    theirs = founding_of(folder / ROOM).id
    with Door(Viewer(JOINT)).desk() as desk:
        ours = desk.register
    if theirs != ours:
        raise Refused("other_register", theirs=theirs[:12])
    lines = [line for name in (CHAIN, MESSAGES) for line in lines_of(folder / ROOM / name)]
    outcomes = messages_receive(lines=lines)
    taken = sum(done.code in ("accepted", "same_at_once") for done in outcomes)
    tell(say_many("{n} new message taken.", "{n} new messages taken.", n=taken))
    for done in outcomes:
        if done.code not in ("accepted", "known", "same_at_once", "entered"):
            tell(done.message)


def _planned(plan: Plan, *, delete: bool) -> Iterator[Message]:
    if plan.empty:
        yield say("The folder says what the office holds; nothing changes.")
    for coming in (*plan.joint, *plan.private):
        record = "/".join(coming.name)
        if coming.before is None:
            yield say("new      {record} ({visibility})", record=record,
                      visibility=coming.visibility)  # fmt: skip
        else:
            yield say("changed  {record} ({visibility}): {fields}", record=record,
                      visibility=coming.visibility, fields=[*coming.fields])  # fmt: skip
    for name in plan.gone:
        record = "/".join(name)
        if delete:
            yield say("deleted  {record}", record=record)
        else:
            yield say("kept     {record}: not in the folder (--delete deletes it)", record=record)


def _carry_out(
    plan: Plan, asked: Importing, sides: Sequence[str], at: datetime, tell: Tell, ask: Ask
) -> None:
    new = plan.new(delete=asked.delete)
    reason = asked.reason or f"Brought in from {asked.folder.name}"
    if new and asked.side is None:
        passphrase = ask(sides)
        actors = [actor_of(side, asked.person, passphrase) for side in sides]
        change_enter_alone(new=new, reason=reason, by=actors, at=at)
        tell(say("Entered."))
    elif new and asked.side is not None:
        actor = actor_of(asked.side, asked.person, ask([asked.side]))
        change = change_propose(new=new, reason=reason, by=actor, at=at)
        tell(say("Proposed as {change}: the other side has to countersign.", change=change[:12]))
    for side in sides:
        own = [(c.name[0], c.document) for c in plan.private if c.visibility == side]
        if own:
            private_save_all(new=own, by=Person(asked.person, side, frozenset()), at=at)


def actor_of(side: str, person: str, passphrase: str) -> Actor:
    """By the side's newest key that is kept here and still signs."""
    with Door(Viewer(JOINT)).desk() as desk:
        signing = set(desk.signing(side))
    kept = [key.id for key in keys_kept(side=side) if key.id in signing]
    if not kept:
        raise OfficeRefused(
            "no_key", say("No key of {side} that is in force is kept here.", side=side)
        )
    return Actor(person, key_unlock(key=kept[-1], passphrase=passphrase))


def inspect(tell: Tell) -> int:
    """``verify``: 0 when all that is stored is whole."""
    try:
        found, disagreeing = office_verify()
    except Refused as refusal:  # a stored line that is no message, or does not follow
        tell(refusal.message)
        return 1
    if isinstance(found, Break):
        tell(found.problem.what)
        tell(found.problem.remedy)
        return 1
    tell(say_many("{n} entry, whole.", "{n} entries, all whole.", n=found.entries))
    tell(say_many("{n} record stands.", "{n} records stand.", n=found.records))
    tell(say("Register {id}", id=found.register))
    tell(say("Head     {id}", id=found.head))
    for line in disagreeing:
        tell(line)
    return 1 if disagreeing else 0


def _sides() -> tuple[tuple[str, str], bool]:
    with Door(Viewer(JOINT)).desk() as desk:
        return desk.sides, desk.mode == "solo"


def _unknown_side(side: str, sides: Sequence[str]) -> OfficeRefused:
    return OfficeRefused(
        "side", say("{side} is no side of this programme: {sides}.", side=side, sides=[*sides])
    )
