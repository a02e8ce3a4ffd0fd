"""The register as a folder: written whole, read back whole, never over another one.

register/genesis.json     sides, first keys, rules; signed by both
register/chain.jsonl      one entry a line
register/messages.jsonl   what is under way: changes, answers, checkpoints
register/keys.json        every public key and its places, computed from the chain
register/state.jsonl      every record as it stands, computed from the chain
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bilat.filing import Draft, file_all
from bilat.register.canonical import canonical
from bilat.register.chain import Register
from bilat.register.genesis import Founding, read_founding
from bilat.register.node import Node
from bilat.register.outcome import Outcome, Refused

ROOM = "register"
GENESIS, CHAIN, MESSAGES, KEYS, STATE = (
    "genesis.json", "chain.jsonl", "messages.jsonl", "keys.json", "state.jsonl",
)  # fmt: skip


def export(node: Node, folder: Path | str) -> list[Path]:
    """Write all that this node holds; nothing in it is private. Returns the files.

    Raises Refused when the folder holds another register or entries that this node has not;
    OutputRefused when it cannot be written.
    """
    room = Path(folder) / ROOM
    _check_room(node.register, room)
    drafts = [Draft(room / name, content) for name, content in contents(node).items()]
    return file_all(drafts)


def contents(node: Node) -> dict[str, bytes]:
    """The files of an export, by name."""
    register = node.register
    entries = (entered.entry.line for entered in register.entries)
    return {
        GENESIS: register.founding.content,
        CHAIN: _lines(entries),
        MESSAGES: _lines(node.under_way()),
        KEYS: keys_file(register),
        STATE: state_file(register),
    }


def keys_file(register: Register) -> bytes:
    """Every key: since which entry it signs, and until which."""
    keys = [
        {"key": held.key.model_dump(mode="json"), "since": held.since, "until": held.until}
        for held in sorted(register.keyring.all(), key=lambda held: held.key.id)
    ]
    return canonical(keys) + b"\n"


def state_file(register: Register) -> bytes:
    """One line a record that is not deleted: section, id, change that made it, content."""
    return _lines(
        canonical({"section": name[0], "id": name[1], "base": register.state.base(name),
                   "content": content})
        for name, content in register.state.records()
    )  # fmt: skip


def open_node(folder: Path | str) -> Node:
    """The node of an exported folder, every signature checked. Raises Refused at what is wrong.

    To be told where a folder breaks, see `verify`.
    """
    room = Path(folder) / ROOM
    node = Node(founding_of(room))
    for name in (CHAIN, MESSAGES):
        for line in lines_of(room / name):
            done = node.receive(line)
            if name == CHAIN and done.code != "accepted":
                raise Refused.because(done)
    return node


def take_in(node: Node, folder: Path | str) -> list[Outcome]:
    """Add what an exported folder holds to a node: it adds, and never replaces.

    One outcome for each line: a second history comes back as ``fork``. Raises Refused for the
    folder of another register.
    """
    room = Path(folder) / ROOM
    founding = founding_of(room)
    if founding.id != node.register.id:
        raise Refused("other_register", theirs=founding.id[:12])
    return [node.receive(line) for name in (CHAIN, MESSAGES) for line in lines_of(room / name)]


def founding_of(room: Path) -> Founding:
    """Raises Refused when there is no readable genesis."""
    try:
        return read_founding((room / GENESIS).read_bytes())
    except OSError as error:
        raise Refused("unreadable", why=f"{room / GENESIS}: {error.strerror}") from None


def lines_of(path: Path) -> Iterator[bytes]:
    """Lines without their ends; nothing when there is no such file."""
    if path.is_file():
        with path.open("rb") as file:
            yield from (line.rstrip(b"\n") for line in file)


def _check_room(register: Register, room: Path) -> None:
    """A folder may be brought up to date, nothing else."""
    if not (room / GENESIS).exists():
        if room.exists() and any(room.iterdir()):
            raise Refused("overwrite", path=str(room))
        return
    if (room / GENESIS).read_bytes() != register.founding.content:
        raise Refused("overwrite", path=str(room))
    ours = (entered.entry.line for entered in register.entries)
    for line in lines_of(room / CHAIN):
        if next(ours, None) != line:
            raise Refused("overwrite", path=str(room / CHAIN))


def _lines(lines: Iterator[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)
