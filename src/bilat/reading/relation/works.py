"""Projects, finance, exchanges and links against those that the programme has."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

from bilat.language import Words, say
from bilat.programme import Commitment, Facility, Link, Project
from bilat.programme.projects import Stage
from bilat.reading.records.titles import INSTRUMENTS
from bilat.reading.records.works import AREAS, LINK_KINDS, stage_of
from bilat.reading.relation.agreements import ALIKE
from bilat.reading.relation.figures import is_same
from bilat.reading.relation.relation import (
    NEW,
    Case,
    Relation,
    contradicts,
    likeness,
    repeats,
    same_place,
    updates,
)

_STAGES: tuple[str, ...] = get_args(Stage)


def project(case: Case) -> Relation:
    """The same product, at a place that is not another one."""
    product = str(case.get("product") or "")
    found = next(
        (
            item
            for item in case.programme.projects
            if product
            and likeness(product, _all_words(item), "en") == 1.0
            and same_place(item.place, case.get("place")) is not False
        ),
        None,
    )
    return _progress(case, found) if found else NEW


def _all_words(record: Project | Facility | Commitment | Link) -> str:
    title = record.title
    return title if isinstance(title, str) else " ".join(title.values())


def _progress(case: Case, record: Project) -> Relation:
    stage = stage_of(case.proposal)
    if _STAGES.index(stage) > _STAGES.index(record.stage) and record.stage != "stopped":
        difference = say("stage: {before} → {after}", before=record.stage, after=stage)
        return updates(record, difference, "stage")
    if record.place is None and case.get("place"):
        return updates(record, say("its place was not known before"), "place")
    return repeats(record)


def finance(case: Case) -> Relation:
    instrument = str(case.get("instrument")).replace("_", " ")
    if instrument == "bank agreement":
        agreements = [item for item in case.programme.documents if item.kind == "agreement"]
        found = next(
            (item for item in agreements if likeness("banks", str(item.title), "en")), None
        )
        return repeats(found) if found else NEW
    if instrument == "settlement":
        return _measure(case)
    if instrument in INSTRUMENTS:
        return _under_its_own_name(case, instrument)
    known = [item for item in case.programme.facilities if item.kind == instrument]
    return _limit(case, known[0]) if known else NEW


def _under_its_own_name(case: Case, instrument: str) -> Relation:
    """A fund or a subsidy against the lines that say so; a subsidy may belong to a known credit."""
    lines = [item for item in case.programme.facilities if item.kind == "credit"]
    if instrument == "subsidy":
        if found := next((item for item in lines if item.subsidy), None):
            return repeats(found)
        if len(lines) == 1:
            return updates(lines[0], say("its subsidy was not known before"), "subsidy")
        return NEW
    name = Words("en")(INSTRUMENTS[instrument])
    found = next((item for item in lines if likeness(name, _all_words(item), "en") == 1.0), None)
    return _limit(case, found) if found else NEW


def _measure(case: Case) -> Relation:
    """Settlements in national currencies stand among the commitments."""
    wanted = "national currencies"
    known = case.programme.commitments
    found = next((item for item in known if likeness(wanted, _all_words(item), "en") == 1.0), None)
    return repeats(found) if found else NEW


def _limit(case: Case, record: Facility) -> Relation:
    value, currency = case.get("value"), case.get("currency")
    if value is None or currency is None:
        return repeats(record)
    if record.limit is None:
        return updates(record, say("its limit was not known before"), "limit")
    if currency == record.limit.currency and is_same(Decimal(str(value)), record.limit.amount):
        return repeats(record)
    difference = say(
        "the text says {here} {currency}, the programme {there}",
        here=value,
        currency=currency,
        there=record.limit,
    )
    return contradicts(difference, record)


def exchange(case: Case) -> Relation:
    area = AREAS.get(str(case.get("area")))
    found = next((item for item in case.programme.exchanges if item.area == area), None)
    return repeats(found) if found else NEW


def link(case: Case) -> Relation:
    kind = LINK_KINDS.get(str(case.get("type")))
    known = [item for item in case.programme.links if item.kind == kind]
    if partners := str(case.get("partners") or ""):
        names = partners.lower().split(" – ")
        twins = (item for item in known if all(name in _all_words(item).lower() for name in names))
        found = next(twins, None)
        return repeats(found) if found else NEW
    text = case.proposal.quote.text
    found = max(known, key=lambda item: likeness(item.title, text, case.language), default=None)
    is_alike = found is not None and likeness(found.title, text, case.language) >= ALIKE
    return repeats(found) if found and is_alike else NEW
