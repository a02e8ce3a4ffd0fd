"""What the coded values of records are called, and the colour that a state has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilat.brief.story.blocks import Tone
from bilat.language import Message, say

COMPLETION: Mapping[str, Message] = {
    "no_evidence": say("no evidence"),
    "not_started": say("not started"),
    "limited": say("limited"),
    "substantial": say("substantial"),
    "complete": say("complete"),
}
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
STAGE: Mapping[str, Message] = {
    "idea": say("idea"),
    "negotiated": say("negotiated"),
    "agreed": say("agreed"),
    "preparing": say("in preparation"),
    "operating": say("operating"),
    "scaled_up": say("scaled up"),
    "stopped": say("stopped"),
}
DEAL_STAGE: Mapping[str, Message] = {
    "asked": say("asked for"),
    "agreed": say("agreed"),
    "signed": say("signed"),
    "drawn": say("drawn"),
    "repaid": say("repaid"),
    "stopped": say("stopped"),
}
DOCUMENT_STATE: Mapping[str, Message] = {
    "negotiated": say("in negotiation"),
    "agreed": say("agreed, not signed"),
    "signed": say("signed"),
    "in_force": say("in force"),
    "expired": say("expired"),
    "replaced": say("replaced"),
}
DOCUMENT_KIND: Mapping[str, Message] = {
    "treaty": say("treaty"),
    "agreement": say("agreement"),
    "roadmap": say("roadmap"),
    "programme": say("programme"),
    "protocol": say("protocol"),
    "memorandum": say("memorandum"),
    "communique": say("communiqué"),
    "package": say("package of documents"),
}
CONTACT_KIND: Mapping[str, Message] = {
    "visit": say("visit"),
    "session": say("session"),
    "meeting": say("meeting"),
    "forum": say("forum"),
    "council": say("council"),
    "summit": say("summit"),
    "call": say("call"),
    "exhibition": say("exhibition"),
}
FACILITY_KIND: Mapping[str, Message] = {
    "credit": say("credit line"),
    "leasing": say("leasing"),
    "guarantee": say("guarantee"),
    "insurance": say("insurance"),
    "grant": say("grant"),
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
AREA: Mapping[str, Message] = {
    "education": say("education"),
    "culture": say("culture"),
    "sport": say("sport"),
    "tourism": say("tourism"),
    "science": say("science"),
    "health": say("health"),
    "youth": say("youth"),
    "regions": say("regions"),
    "cities": say("cities"),
    "companies": say("companies"),
    "schools": say("schools"),
    "demand": say("demand"),
}


def titled(title: Any, *, assumption: bool) -> Any:
    """A title; what nobody stated carries its mark wherever it stands."""
    return say("{title} (assumption)", title=title) if assumption else title
