"""What the office refuses, beside what the rules of the register refuse.

OfficeRefused              a sentence, and a code for programs
├── NotFounded             no register in this database yet
├── NotSeen                no such record for this viewer (whether or not another may see it)
└── NotOpen                the sitting of a key is over, or was never opened
"""

from __future__ import annotations

from bilat.errors import BilatError
from bilat.language import Message, say


class OfficeRefused(BilatError):
    """The office cannot do this; nothing has changed."""

    def __init__(self, code: str, message: Message) -> None:
        super().__init__(message)
        self.code = code


class NotFounded(OfficeRefused):
    def __init__(self) -> None:
        super().__init__(
            "not_founded",
            say("This office holds no register yet. Found one with: bilat-office init FOLDER"),
        )


class NotSeen(OfficeRefused):
    """Says the same for what is not there and for what this viewer may not see."""

    def __init__(self, section: str, record_id: str) -> None:
        super().__init__(
            "not_seen",
            say("There is no record {name} here.", name=f"{section}/{record_id}"),
        )


class NotOpen(OfficeRefused):
    def __init__(self) -> None:
        super().__init__("not_open", say("The key is closed. Open it with its passphrase."))
