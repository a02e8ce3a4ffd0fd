"""What sections and coded values are called on pages."""

from __future__ import annotations

from collections.abc import Mapping

from bilat.brief.story.deal_names import DAY_COUNT, FEE, MOVED, REPAYMENT, ROUNDING
from bilat.language import Message, say
from bilat.programme.labels import plain
from bilat.programme.names import (
    AREA,
    COMPLETION,
    CONTACT_KIND,
    DEAL_STAGE,
    DOCUMENT_KIND,
    FACILITY_KIND,
    STAGE,
)
from bilat_office.pages import codes

CODES: Mapping[tuple[str, str], Mapping[str, Message]] = {
    ("", "grade"): COMPLETION,
    ("", "area"): AREA,
    ("documents", "kind"): DOCUMENT_KIND,
    ("contacts", "kind"): CONTACT_KIND,
    ("cadences", "kind"): CONTACT_KIND,
    ("facilities", "kind"): FACILITY_KIND,
    ("projects", "stage"): STAGE,
    ("deals", "stage"): DEAL_STAGE,
    ("bodies", "kind"): codes.BODY_KIND,
    ("indicators", "measures"): codes.MEASURES,
    ("figures", "qualifier"): codes.QUALIFIER,
    ("commitments", "kind"): codes.COMMITMENT_KIND,
    ("deals", "kind"): {**codes.DEAL_KIND, **FEE},
    ("deals", "repayment"): REPAYMENT,
    ("deals", "interest_then"): codes.INTEREST_THEN,
    ("deals", "settled"): codes.SETTLED,
    ("deals", "day_count"): DAY_COUNT,
    ("deals", "moved"): MOVED,
    ("deals", "interest_to"): codes.INTEREST_TO,
    ("deals", "on"): codes.COUNTED_ON,
    ("deals", "due"): codes.FEE_DUE,
    ("deals", "effect"): codes.EFFECT,
    ("deals", "rule"): {**ROUNDING, **codes.UNROUNDED},
    ("links", "kind"): codes.LINK_KIND,
    ("links", "wants"): codes.WANTS,
    ("keys", "role"): codes.KEY_ROLE,
    ("rules", "mode"): codes.MODE,
}
"""Section (empty: of any) and field → code → what it is called."""


SECTION_NAMES: Mapping[str, Message] = {
    "sources": say("Sources"),
    "bodies": say("Bodies"),
    "documents": say("Documents"),
    "indicators": say("Indicators"),
    "observations": say("Observations"),
    "figures": say("Stated figures"),
    "targets": say("Targets"),
    "commitments": say("Measures and decisions"),
    "cadences": say("Regular contacts"),
    "contacts": say("Contacts"),
    "projects": say("Projects"),
    "facilities": say("Facilities"),
    "deals": say("Deals"),
    "exchanges": say("Exchange"),
    "links": say("Regions and companies"),
    "outlooks": say("Kept outlooks"),
    "keys": say("Keys"),
    "rules": say("Rules of the register"),
    "published": say("Published records"),
    "heading": say("Heading of the programme"),
}
GROUPS: Mapping[str, tuple[str, ...]] = {
    "agreed": ("documents", "commitments", "targets"),
    "met": ("contacts", "cadences"),
    "works": ("projects", "facilities", "deals", "exchanges", "links"),
    "numbers": ("indicators", "observations", "figures", "outlooks"),
    "who": ("bodies", "sources"),
    "register": ("heading", "rules", "keys", "published"),
}
GROUP_NAMES: Mapping[str, Message] = {
    "agreed": say("What was agreed"),
    "met": say("Who meets when"),
    "works": say("What is built, financed and exchanged"),
    "numbers": say("Numbers"),
    "who": say("Who, and from where it is known"),
    "register": say("The register itself"),
    "other": say("Others"),
}
LANGUAGE_NAMES: Mapping[str, Message] = {
    "en": say("in English"),
    "ru": say("in Russian"),
    "be": say("in Belarusian"),
    "ky": say("in Kyrgyz"),
    "kk": say("in Kazakh"),
    "uz": say("in Uzbek"),
    "tg": say("in Tajik"),
    "hy": say("in Armenian"),
    "az": say("in Azerbaijani"),
    "zh": say("in Chinese"),
    "tr": say("in Turkish"),
}


def section_name(section: str) -> Message:
    return SECTION_NAMES.get(section) or Message("{section}", {"section": plain(section)})


def code_name(section: str, field: str, code: str) -> Message:
    """What a coded value is called; the code in words where nobody has named it."""
    for names in (CODES.get((section, field), {}), CODES.get(("", field), {})):
        if code in names:
            return names[code]
    return Message("{code}", {"code": code.replace("_", " ")})
