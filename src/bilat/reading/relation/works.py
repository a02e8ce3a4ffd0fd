"""Projects, finance, exchanges and links against those that the programme has."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

from bilat.language import say
from bilat.programme import Facility, Project
from bilat.programme.projects import Stage
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


def _all_words(record: Project) -> str:
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
    known = [item for item in case.programme.facilities if item.kind == instrument]
    return _limit(case, known[0]) if known else NEW


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
    text = case.proposal.quote.text
    found = max(known, key=lambda item: likeness(item.title, text, case.language), default=None)
    is_alike = found is not None and likeness(found.title, text, case.language) >= ALIKE
    return repeats(found) if found and is_alike else NEW
