"""What the states of changes and drafts are called, and the tone in which they are shown."""

from __future__ import annotations

from collections.abc import Mapping

from bilat.language import Message, say

CHANGE: Mapping[str, Message] = {
    "open": say("awaits an answer"),
    "countersigned": say("countersigned, awaits its entry"),
    "entered": say("entered"),
    "rejected": say("rejected"),
    "withdrawn": say("withdrawn"),
    "countered": say("answered by another proposal"),
    "stale": say("overtaken: a record has changed since"),
    "ahead": say("waits for messages of the other office"),
    "lapsed": say("lapsed: its key was revoked"),
}
CHANGE_TONE: Mapping[str, str] = {
    "open": "warn",
    "countersigned": "plain",
    "entered": "good",
    "rejected": "bad",
    "stale": "bad",
}
VERDICT: Mapping[str, Message] = {
    "countersign": say("countersigned"),
    "reject": say("rejected"),
    "withdraw": say("withdrawn"),
}
DRAFT: Mapping[str, Message] = {
    "open": say("on its way"),
    "signed": say("signed"),
    "dropped": say("dropped"),
}
