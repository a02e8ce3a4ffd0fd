"""Is an exported register whole? Recomputed from the folder alone; the first break is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bilat.errors import Place, Problem
from bilat.language import Message as Sentence
from bilat.language import say
from bilat.register.chain import Register, open_entry
from bilat.register.change import Checkpoint
from bilat.register.entering import append
from bilat.register.messages import read_line
from bilat.register.node import Node
from bilat.register.outcome import Refused
from bilat.register.store import (
    CHAIN,
    GENESIS,
    KEYS,
    MESSAGES,
    ROOM,
    STATE,
    founding_of,
    keys_file,
    state_file,
)  # fmt: skip


@dataclass(frozen=True)
class Verified:
    """A register that is whole. Compare ``register`` and ``head`` with what you know of it."""

    register: str
    """Hash of the genesis: another one is another register, however alike."""
    programme: str
    mode: str
    entries: int
    solo_entries: int
    """How many of them one office made alone, with both keys."""
    head: str
    last: str
    """Time of the last entry."""
    records: int
    confirmed: dict[str, int]
    """Side → the last entry that it has countersigned with a checkpoint."""
    whole: bool = field(default=True, init=False)


@dataclass(frozen=True)
class Break:
    """The first thing that does not hold, and where it stands. Everything before it does hold."""

    problem: Problem
    entries: int
    """Entries that are whole before the break."""
    whole: bool = field(default=False, init=False)


class _Broken(Exception):
    def __init__(
        self, name: str, line: int, what: Sentence, remedy: Sentence | None = None
    ) -> None:
        super().__init__(str(what))
        self.place, self.what = Place(f"{ROOM}/{name}", line), what
        self.remedy = remedy or say(
            "Take a whole copy from either side, and ask who had this one in hand"
        )


def verify(folder: Path | str) -> Verified | Break:
    """Recompute chain, signatures, keys and state of an export, trusting nothing in it.

    Raises Refused when the extra for keys is not installed.
    """
    room = Path(folder) / ROOM
    checked: list[Node] = []
    try:
        return _verified(room, checked)
    except _Broken as broken:
        problem = Problem(broken.place, broken.what, broken.remedy)
        return Break(problem, checked[0].register.place if checked else 0)


def _verified(room: Path, checked: list[Node]) -> Verified:
    if not (room / GENESIS).is_file():
        raise _Broken(
            GENESIS, 0, say("there is no register here"), say("Name the folder that it is in")
        )
    try:
        node = Node(founding_of(room))
    except Refused as refusal:
        raise _broken(refusal, GENESIS, 1) from None
    checked.append(node)
    register = node.register
    _fold(room, register)
    _check_computed(room, KEYS, keys_file(register))
    _check_computed(room, STATE, state_file(register))
    _check_messages(room, node)
    return Verified(
        register=register.id,
        programme=register.founding.said.programme,
        mode=register.rules.mode,
        entries=register.place,
        solo_entries=sum(entered.said.mode == "solo" for entered in register.entries),
        head=register.head,
        last=register.time,
        records=sum(1 for _record in register.state.records()),
        confirmed={side: node.confirmed(side) for side in register.sides},
    )


def _fold(room: Path, register: Register) -> None:
    for number, line in _numbered(room, CHAIN):
        try:
            append(register, open_entry(read_line(line)))
        except Refused as refusal:
            raise _broken(refusal, CHAIN, number) from None


def _broken(refusal: Refused, name: str, line: int) -> Exception:
    """The break that a refusal shows; a missing library is no break."""
    if refusal.code == "extra_missing":
        return refusal
    return _Broken(name, line, refusal.message)


def _numbered(room: Path, name: str) -> Iterator[tuple[int, bytes]]:
    try:
        with (room / name).open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    raise _Broken(name, number, say("the file is cut off in this line"))
                yield number, line
    except OSError as error:
        why = error.strerror or str(error)
        raise _Broken(name, 0, say("the file cannot be read: {why}", why=why)) from None


def _check_computed(room: Path, name: str, expected: bytes) -> None:
    """A file that follows from the chain says, line for line, what the chain says."""
    wanted = expected.splitlines(keepends=True)
    number = 0
    for number, line in _numbered(room, name):
        if number > len(wanted) or line != wanted[number - 1]:
            raise _Broken(name, number, say("this is not what the chain comes to"))
    if number < len(wanted):
        raise _Broken(name, number + 1, say("something that the chain comes to is missing here"))


def _check_messages(room: Path, node: Node) -> None:
    """What is under way is signed by keys in force; checkpoints name heads of this very chain."""
    for number, line in _numbered(room, MESSAGES):
        done = node.receive(line)
        if done.code == "waiting" and _beyond(line, node.register):
            what = say("a side has confirmed more entries than the chain has: its end is missing")
            raise _Broken(MESSAGES, number, what)
        if not done.accepted and done.code != "waiting":
            raise _Broken(MESSAGES, number, done.message)


def _beyond(line: bytes, register: Register) -> bool:
    said = read_line(line).said
    return isinstance(said, Checkpoint) and said.place > register.place
