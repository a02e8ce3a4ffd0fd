"""What the reader's coded values are called: those that records share, and its own."""

from __future__ import annotations

from collections.abc import Mapping

from bilat.language import Message, say
from bilat.programme.names import AREA, CONTACT_KIND, DOCUMENT_KIND, FACILITY_KIND

_STATUS: Mapping[str, Message] = {
    "held": say("held"),
    "planned": say("planned"),
    "drafted": say("being drafted"),
    "to be signed": say("to be signed"),
    "signed": say("signed"),
    "in force": say("in force"),
}
_ACTIVITY: Mapping[str, Message] = {
    "assembly": say("assembly"),
    "construction": say("construction"),
    "joint venture": say("joint venture"),
    "production": say("production"),
    "supply": say("supply"),
}
NAMES: Mapping[str, Mapping[str, Message]] = {
    "type": {
        **CONTACT_KIND,
        **DOCUMENT_KIND,
        "commission": say("commission"),
        "declaration": say("declaration"),
        "plan": say("plan"),
    },
    "status": _STATUS,
    "activity": _ACTIVITY,
    "instrument": {
        **FACILITY_KIND,
        "bank agreement": say("agreement between banks"),
        "fund": say("fund"),
        "settlement": say("settlement"),
        "subsidy": say("subsidy"),
    },
    "area": AREA,
}
"""Field → value → what people call it; a value that is missing is said as it is."""
