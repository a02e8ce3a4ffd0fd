"""What the coded values of records are called."""

from __future__ import annotations

from collections.abc import Mapping

from bilat.language import Message, say

COMPLETION: Mapping[str, Message] = {
    "no_evidence": say("no evidence"),
    "not_started": say("not started"),
    "limited": say("limited"),
    "substantial": say("substantial"),
    "complete": say("complete"),
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
    "declaration": say("declaration"),
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
