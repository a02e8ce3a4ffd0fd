"""What the coded values of records are called, and the colour that a state has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilat.brief.story.blocks import Tone
from bilat.language import Message, say

STATE: Mapping[str, Message] = {
    "complete": say("complete"),
    "late": say("late"),
    "due_soon": say("due within 90 days"),
    "under_way": say("under way"),
    "no_date": say("no date"),
    "proposed": say("proposed by one side"),
}
STATE_TONE: Mapping[str, Tone] = {
    "complete": "good",
    "late": "bad",
    "due_soon": "warn",
    "no_date": "warn",
    "proposed": "quiet",
}
CADENCE: Mapping[str, Message] = {
    "kept": say("kept"),
    "overdue": say("overdue"),
    "planned": say("next one is planned"),
    "no_interval": say("no interval agreed"),
    "never_held": say("none held yet"),
}
CADENCE_TONE: Mapping[str, Tone] = {"kept": "good", "overdue": "bad", "no_interval": "quiet"}
VERDICT: Mapping[str, Message] = {
    "reached": say("Yes, it has been reached"),
    "missed": say("No, its date has passed"),
    "on_track": say("Yes"),
    "open": say("It is open"),
    "off_track": say("No"),
    "unknown": say("It cannot be said from the data at hand"),
}
VERDICT_TONE: Mapping[str, Tone] = {
    "reached": "good",
    "on_track": "good",
    "open": "warn",
    "missed": "bad",
    "off_track": "bad",
    "unknown": "quiet",
}
FATE: Mapping[str, Message] = {
    "continuing": say("continuing"),
    "new": say("new"),
    "lost": say("lost"),
}
HOLDING: Mapping[str, Message] = {
    "national": say("the side’s own statistics"),
    "shared": say("collected from both sides"),
    "exporters_only": say("exports only, as made from both reports"),
}


def titled(title: Any, *, assumption: bool) -> Any:
    """A title; what nobody stated carries its mark wherever it stands."""
    return say("{title} (assumption)", title=title) if assumption else title
