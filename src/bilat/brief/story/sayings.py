"""What the kinds of differences, and the grounds of a saying, are called."""

from __future__ import annotations

from collections.abc import Mapping

from bilat.language import Message, say

KINDS: Mapping[str, Message] = {
    "target_date": say("date of a target"),
    "stated": say("a figure that was stated"),
    "statistics": say("statistics of both sides"),
}
BASES: Mapping[str, Message] = {
    "announced": say("announced"),
    "stated": say("stated"),
    "baseline": say("stated, as the level from which it counts"),
    "statistics": say("by its statistics"),
    "derived": say("follows from what was stated"),
}
