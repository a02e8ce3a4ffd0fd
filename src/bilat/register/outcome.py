"""What becomes of a message or an order: each outcome has a code and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bilat.errors import BilatError
from bilat.language import Message, say

Code = Literal[
    "accepted",
    "known",
    "waiting",
    "same_at_once",
    "unreadable",
    "other_register",
    "unknown_key",
    "revoked_key",
    "key_of_other",
    "bad_signature",
    "officer_only",
    "key_unproven",
    "last_key",
    "keys_stay",
    "wrong_side",
    "other_text",
    "clock_back",
    "not_open",
    "not_known",
    "stale",
    "private",
    "dangling",
    "still_named",
    "content",
    "nothing",
    "twice",
    "entered",
    "broken_chain",
    "other_history",
    "fork",
    "no_key",
    "overwrite",
    "passphrase",
    "extra_missing",
    "not_depositary",
    "full",
    "settled",
    "no_fork",
]

SENTENCES: Mapping[Code, Message] = {
    "accepted": say("Received."),
    "known": say("This message has been received before; nothing changes."),
    "waiting": say("Something that this message builds on has not arrived yet; it is kept."),
    "same_at_once": say(
        "Both sides propose the same text for {record}. Countersign the other side's change, or "
        "wait until it countersigns yours: whichever is entered first, the other one lapses."
    ),
    "unreadable": say("Not a message of a register: {why}. Ask the other side to send it again."),
    "other_register": say(
        "This message belongs to the register {theirs}, not to this one. Check which programme "
        "the file was exported from."
    ),
    "unknown_key": say(
        "The key {key} is not in this register. Ask the side that signed whether it has been "
        "entered."
    ),
    "revoked_key": say(
        "The key {key} was revoked in entry {place}: what it signs is not accepted, whatever date "
        "it bears. Sign again with the present key."
    ),
    "key_of_other": say("The key {key} belongs to {owner}, but the message speaks for {side}."),
    "bad_signature": say(
        "The signature does not fit the text: it was altered on its way, or signed with another "
        "key. Ask the other side to send it again."
    ),
    "officer_only": say(
        "The key {key} is a recovery officer's: it can only replace keys of a side, nothing else."
    ),
    "key_unproven": say("The key {key} does not prove that its holder has it. Create it again."),
    "last_key": say("This would leave {side} without a key. Enter its new key in the same change."),
    "keys_stay": say(
        "One office has held both keys. To go over to two, replace all keys of one side in the "
        "same change."
    ),
    "wrong_side": say("{side} cannot do this: it is for the other side."),
    "other_text": say(
        "This countersignature is of another text ({theirs}). Read the change again, and "
        "countersign what it says."
    ),
    "clock_back": say(
        "The time {time} is before {before}, which it follows. Set the clock right, then try again."
    ),
    "not_open": say("This change can no longer be answered: it is {status}."),
    "not_known": say("There is no change {change} here. Receive it first."),
    "stale": say(
        "{record} has changed since this was proposed. Compare the three versions and propose "
        "afresh."
    ),
    "private": say(
        "{record} is visible to {side} alone. A private record never enters a change: make it "
        "joint first, or leave it out."
    ),
    "dangling": say(
        "{record} refers to {target}, which is not in the register. Add it to the same change."
    ),
    "still_named": say(
        "{record} cannot be deleted: {by} refers to it. Change or delete that in the same change."
    ),
    "content": say("{record} is not a valid record: {why}."),
    "nothing": say("A change has at least one record. Add one."),
    "twice": say("{record} stands twice in one change. Leave one of them out."),
    "entered": say("This change is entered already, as number {place}."),
    "broken_chain": say("Entry {place} does not follow on the one before: {why}."),
    "other_history": say("Checkpoint of {side} at entry {place} names another head."),
    "fork": say(
        "Two histories: entry {place} exists in two versions, both signed by {side}. Nothing is "
        "entered until both sides have compared them."
    ),
    "no_key": say("The key of {side} is not at hand. Unlock it first."),
    "overwrite": say(
        "{path} holds another register, or more than would be written. Choose an empty folder."
    ),
    "passphrase": say("The passphrase does not open this key, or this is no key file."),
    "extra_missing": say("The register needs {module}. Install it: pip install 'bilat[keys]'"),
    "not_depositary": say("{side} is not the depositary: {depositary} enters what is agreed."),
    "full": say("Too many messages wait for one that has not arrived. Ask for a whole export."),
    "settled": say(
        "Both sides have agreed that this history of entry {place} does not stand. Begin again "
        "from an export of the agreed one."
    ),
    "no_fork": say("There is one history only: nothing is to be settled."),
}


@dataclass(frozen=True)
class Outcome:
    """What a message did: ``code``, a sentence for the person, and the message's id."""

    code: Code
    message: Message
    id: str = ""

    @property
    def accepted(self) -> bool:
        """True when the message is now, or was before, part of what this node holds."""
        return self.code in ("accepted", "known", "same_at_once")


class Refused(BilatError):
    """The rules of the register do not allow it; nothing has changed. ``code`` says which rule."""

    def __init__(self, code: Code, **args: Any) -> None:
        super().__init__(SENTENCES[code].with_args(**args))
        self.code: Code = code

    @classmethod
    def because(cls, done: Outcome) -> Refused:
        """The refusal that an outcome tells of."""
        return cls(done.code, **done.message.args)


def outcome(code: Code, id: str = "", **args: Any) -> Outcome:  # noqa: A002 (the record's word)
    return Outcome(code, SENTENCES[code].with_args(**args), id)
