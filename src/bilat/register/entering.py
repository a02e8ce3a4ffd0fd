"""What must hold before a change becomes an entry: order, both keys, the same text, the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bilat.language import say
from bilat.register.chain import Entered, Register
from bilat.register.change import Change
from bilat.register.genesis import Founding
from bilat.register.keys import check_key
from bilat.register.kinds import Key, Rules, name_of
from bilat.register.outcome import Refused
from bilat.register.state import Step


def append(register: Register, entered: Entered, *, signatures: bool = True) -> None:
    """Check an entry against everything before it, and fold it. Raises Refused, changing nothing.

    signatures: False only for a chain whose signatures have been verified before.
    """
    register.take(entered, check_entry(register, entered, signatures=signatures))


def fold(founding: Founding, entries: Iterable[Entered], *, signatures: bool = True) -> Register:
    """The register that these entries make. Raises Refused at the first that does not fit."""
    register = Register(founding)
    for entered in entries:
        append(register, entered, signatures=signatures)
    return register


def check_entry(register: Register, entered: Entered, *, signatures: bool = True) -> list[Step]:
    """The steps to fold. Raises Refused with the first rule that does not hold."""
    _check_place(register, entered)
    _check_pair(register, entered)
    _check_times(register, entered)
    place, change = register.place + 1, entered.proposed
    for message in (entered.change, entered.answer, entered.entry):
        register.keyring.check(message, place, change=change, signature=signatures)
    return check_change(register, change)


def check_change(register: Register, change: Change) -> list[Step]:
    """The steps of a change that could be entered next. Raises Refused."""
    steps = register.state.read(change)
    if any(step.name[0] in ("keys", "rules") for step in steps):
        _check_own(register, change, steps)
    return steps


def _check_place(register: Register, entered: Entered) -> None:
    said, place = entered.said, register.place + 1
    if said.register_id != register.id:
        raise Refused("other_register", theirs=said.register_id[:12])
    if said.place != place:
        raise Refused("broken_chain", place=said.place, why=say("number {n} comes next", n=place))
    if said.prev != register.head:
        raise Refused(
            "broken_chain", place=place, why=say("the head is {head}…", head=register.head[:12])
        )
    if said.mode != register.rules.mode:
        raise Refused(
            "broken_chain",
            place=place,
            why=say("the register is kept by other rules: {mode}", mode=register.rules.mode),
        )
    if said.side != register.rules.depositary:
        raise Refused("not_depositary", side=said.side, depositary=register.rules.depositary)


def _check_pair(register: Register, entered: Entered) -> None:
    change, answer = entered.proposed, entered.answered
    for said in (change, answer):
        if said.register_id != register.id:
            raise Refused("other_register", theirs=said.register_id[:12])
        if said.side not in register.sides:
            raise Refused("wrong_side", side=said.side)
    if answer.verdict != "countersign" or answer.change != entered.change.id:
        raise Refused("other_text", theirs=answer.change[:12])
    if answer.side == change.side:
        raise Refused("wrong_side", side=answer.side)
    if entered.change.id in register.places:
        raise Refused("entered", place=register.places[entered.change.id])


def _check_times(register: Register, entered: Entered) -> None:
    times = (entered.proposed.time, entered.answered.time, entered.said.time)
    for before, after in ((times[0], times[1]), (times[1], times[2]), (register.time, times[2])):
        if after < before:
            raise Refused("clock_back", time=after, before=before)


def _check_own(register: Register, change: Change, steps: Sequence[Step]) -> None:
    """Keys and rules are never deleted, and never leave a side without its own key."""
    for step in steps:
        if step.name[0] in ("keys", "rules") and step.record is None:
            raise Refused("content", record=name_of(*step.name), why=say("it cannot be deleted"))
        if isinstance(step.record, Key):
            _check_key_change(register, step.record)
    after = _keys_after(register, steps)
    for side in register.sides:
        if not any(key.side == side for key in after.values()):
            raise Refused("last_key", side=side)
    rules = next((step.record for step in steps if isinstance(step.record, Rules)), register.rules)
    if register.rules.mode == "solo" and rules.mode == "two":
        _check_parting(register, after)


def _check_key_change(register: Register, key: Key) -> None:
    """A key is entered with its proof, and afterwards only revoked, once and for all."""
    check_key(key)
    held = register.keyring.get(key.id)
    if held is None:
        if key.revoked:
            raise Refused("unknown_key", key=key.id)
        return
    if held.key.revoked or not key.revoked or key != held.key.model_copy(update={"revoked": True}):
        why = say("a key that is entered can only be revoked")
        raise Refused("content", record=name_of("keys", key.id), why=why)


def _keys_after(register: Register, steps: Sequence[Step]) -> dict[str, Key]:
    place = register.place + 1
    keys = {key.id: key for side in register.sides for key in register.keyring.signing(side, place)}
    keys.update({step.record.id: step.record for step in steps if isinstance(step.record, Key)})
    return {id_: key for id_, key in keys.items() if key.role == "side" and not key.revoked}


def _check_parting(register: Register, after: dict[str, Key]) -> None:
    """Solo to two: an office that held both keys must not go on holding both."""
    place = register.place + 1
    for side in register.sides:
        before = {key.id for key in register.keyring.signing(side, place)}
        if not before & set(after):
            return
    raise Refused("keys_stay")
