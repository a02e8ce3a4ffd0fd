"""Hypothesis strategies: whole programmes that no check finds fault with.

A programme has a few records of every kind. Each refers only to records of the sections that stand
before its own in ``_SECTIONS``, so references are always valid and never run in a circle.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from tests.core.vocabulary.strategies import (
    DAYS,
    HS_CODE,
    LINE,
    NUMBER,
    PERCENT,
    TEXT,
    Draw,
    maybe,
    periods,
)

from bilat.programme import Programme

Data = dict[str, Any]

SIDES = ("BLR", "KGZ")
SIDE = st.sampled_from(SIDES)


@st.composite
def programmes(draw: Draw) -> Programme:
    """A valid programme of Belarus and Kyrgyzstan."""
    data: Data = {
        "id": "blr-kgz",
        "title": draw(TEXT),
        "keys": draw(st.sampled_from(["solo", "two"])),
        "parties": [
            {"code": "BLR", "time_zone": "Europe/Minsk"},
            {"code": "KGZ", "name": draw(TEXT)},
        ],
        "indicators": _indicators(draw),
    }
    for section, entries in _SECTIONS.items():
        count = draw(st.integers(1 if section in _NEEDED else 0, 2))
        data[section] = [
            {**_cited(draw, data, section), **entries(draw, data), "id": f"{section}-{number}"}
            for number in range(count)
        ]
    data["headline_target"] = draw(maybe(st.just("targets-0")))
    return Programme.model_validate(data)


def _indicators(draw: Draw) -> list[Data]:
    exports = [
        {"id": f"exports-{side}", "title": draw(TEXT), "measures": "exports", "exporter": side}
        for side in SIDES
    ]
    turnover = {"id": "turnover", "title": draw(TEXT), "measures": "turnover"}
    return [{**trade, "unit": "million USD"} for trade in (turnover, *exports)]


def _cited(draw: Draw, data: Data, section: str) -> Data:
    """What a record says of itself; nothing refers to the kinds that may be private here."""
    private = section in ("figures", "exchanges", "links", "deals")
    return {
        "sources": _ids(draw, data, "sources", least=1) if section != "sources" else (),
        "visibility": draw(st.sampled_from(["joint", *SIDES])) if private else "joint",
        "note": draw(maybe(TEXT)),
    }


def _ids(draw: Draw, data: Data, section: str, least: int = 0) -> list[str]:
    known = _known(data, section)
    return draw(st.lists(st.sampled_from(known), unique=True, min_size=least)) if known else []


def _known(data: Data, section: str) -> list[str]:
    return [record["id"] for record in data.get(section, ())]


def _id(draw: Draw, data: Data, section: str) -> str | None:
    found: str | None = draw(st.sampled_from([None, *_known(data, section)]))
    return found


def _source(draw: Draw, data: Data) -> Data:
    return {
        "title": draw(TEXT),
        "publisher": draw(LINE),
        "published": draw(maybe(periods())),
        "side": draw(maybe(SIDE)),
    }


def _body(draw: Draw, data: Data) -> Data:
    kinds = st.sampled_from(["ministry", "bank", "company", "region"])
    return {"name": draw(TEXT), "party": draw(maybe(SIDE)), "kind": draw(kinds)}


def _document(draw: Draw, data: Data) -> Data:
    life = sorted(draw(st.lists(DAYS, min_size=5, max_size=5)))
    names = ("negotiated", "agreed", "signed", "in_force", "expires")
    return {
        "title": draw(TEXT),
        "kind": draw(st.sampled_from(["treaty", "roadmap", "protocol"])),
        "carries_over": draw(st.booleans()),
        "place": draw(maybe(LINE)),
        **{name: str(day) for name, day in zip(names, life, strict=True) if draw(st.booleans())},
    }


def _observation(draw: Draw, data: Data) -> Data:
    return {
        "indicator": draw(st.sampled_from(data["indicators"]))["id"],
        "period": draw(periods()),
        "reporter": draw(SIDE),
        "value": draw(NUMBER),
        "unit": draw(st.sampled_from(["USD", "thousand USD"])),
        "valuation": draw(st.sampled_from([None, "FOB", "CIF"])),
        "vintage": draw(maybe(DAYS)),
    }


def _figure(draw: Draw, data: Data) -> Data:
    period = draw(periods())
    return {
        "indicator": "turnover",
        "period": period,
        "side": draw(SIDE),
        "stated": period,
        "speaker": draw(maybe(st.fixed_dictionaries({"name": TEXT, "side": SIDE}))),
        "value": draw(NUMBER),
        "growth": draw(maybe(st.decimals(-100, 500, places=1))),
        "qualifier": draw(st.sampled_from([None, "about", "almost"])),
    }


def _target(draw: Draw, data: Data) -> Data:
    statements = st.fixed_dictionaries(
        {
            "side": SIDE,
            "announced": st.integers(2020, 2026).map(str),
            "by": st.integers(2027, 2035).map(str),
            "baseline": maybe(st.fixed_dictionaries({"period": st.just("2019"), "value": NUMBER})),
        }
    )
    return {
        "title": draw(TEXT),
        "indicator": "turnover",
        "value": draw(NUMBER.filter(bool)),
        "unit": "million USD",
        "document": _id(draw, data, "documents"),
        "statements": draw(st.lists(statements, min_size=1, max_size=2)),
    }


def _estimate(draw: Draw, amounts: st.SearchStrategy[Any], unit: str) -> Data:
    low, likely, high = sorted(draw(st.lists(amounts, min_size=3, max_size=3)))
    return {"low": low, "likely": likely, "high": high, "unit": unit}


def _effect(draw: Draw) -> Data:
    price = st.fixed_dictionaries({"amount": NUMBER, "currency": st.just("USD")})
    units = draw(st.booleans())
    return {
        "indicator": "turnover",
        **_estimate(draw, NUMBER, "units" if units else "million USD"),
        "unit_price": draw(price) if units else None,
        "start": draw(periods()),
        "ramp_years": draw(st.sampled_from([0, 1, 2.5])),
        "chance": draw(maybe(PERCENT)),
        "displaced": draw(PERCENT),
    }


def _commitment(draw: Draw, data: Data) -> Data:
    evidence = st.fixed_dictionaries(
        {"on": DAYS, "grade": st.sampled_from(["limited", "complete"]), "text": TEXT}
    )
    return {
        "title": draw(TEXT),
        "document": _id(draw, data, "documents"),
        "owners": _ids(draw, data, "bodies"),
        "due": draw(maybe(periods())),
        "milestones": draw(st.lists(st.fixed_dictionaries({"title": TEXT}), max_size=2)),
        "evidence": draw(st.lists(evidence, max_size=2)),
        "effect": _effect(draw),
    }


def _cadence(draw: Draw, data: Data) -> Data:
    return {"title": draw(TEXT), "kind": "session", "every_months": draw(st.integers(1, 120))}


def _contact(draw: Draw, data: Data) -> Data:
    return {
        "title": draw(TEXT),
        "kind": draw(st.sampled_from(["visit", "session", "forum"])),
        "cadence": _id(draw, data, "cadences"),
        "planned": draw(maybe(periods())),
        "held": draw(maybe(periods())),
        "agenda": draw(st.lists(TEXT, max_size=2)),
        "participants": draw(st.lists(st.fixed_dictionaries({"name": TEXT}), max_size=2)),
        "documents": _ids(draw, data, "documents"),
        "follow_up": _ids(draw, data, "commitments"),
    }


BARRED = st.lists(HS_CODE, max_size=2)


def _facility(draw: Draw, data: Data) -> Data:
    limit = st.fixed_dictionaries({"amount": NUMBER, "currency": st.sampled_from(["USD", "RUB"])})
    return {
        "title": draw(TEXT),
        "kind": draw(st.sampled_from(["credit", "leasing"])),
        "lender": _id(draw, data, "bodies"),
        "limit": draw(maybe(limit)),
        "revolving": draw(st.sampled_from([None, True, False])),
        "commitment_fee": draw(maybe(PERCENT)),
        "available": draw(maybe(periods())),
        "tied": draw(st.booleans()),
        "eligibility": draw(
            maybe(st.fixed_dictionaries({"barred": st.lists(HS_CODE, max_size=2)}))
        ),
    }


def _project(draw: Draw, data: Data) -> Data:
    return {
        "title": draw(TEXT),
        "products": draw(st.lists(HS_CODE, max_size=2)),
        "partners": _ids(draw, data, "bodies"),
        "stage": draw(st.sampled_from(["idea", "operating"])),
        "local_content": draw(maybe(PERCENT)),
        "jobs": draw(maybe(st.integers(0, 10**4))),
        "chance": _estimate(draw, PERCENT, "percent"),
        "facility": _id(draw, data, "facilities"),
        "commitments": _ids(draw, data, "commitments"),
    }


def _deal(draw: Draw, data: Data) -> Data:
    facility = _id(draw, data, "facilities") or data["facilities"][0]["id"]
    return {
        "title": draw(TEXT),
        "facility": facility,
        "project": _id(draw, data, "projects"),
        "amount": {"amount": draw(NUMBER), "currency": "USD"},
        "products": draw(st.lists(HS_CODE, max_size=2)),
        "origin_share": draw(maybe(PERCENT)),
        "reexport": draw(st.sampled_from([None, True, False])),
        "months": draw(maybe(st.integers(1, 480))),
    }


def _exchange(draw: Draw, data: Data) -> Data:
    return {
        "title": draw(TEXT),
        "area": draw(st.sampled_from(["education", "sport"])),
        "indicators": _ids(draw, data, "indicators"),
        "commitments": _ids(draw, data, "commitments"),
    }


def _link(draw: Draw, data: Data) -> Data:
    interests = st.fixed_dictionaries(
        {
            "side": SIDE,
            "wants": st.sampled_from(["offers", "requests"]),
            "text": TEXT,
            "products": st.lists(HS_CODE, max_size=2),
        }
    )
    return {
        "title": draw(TEXT),
        "kind": draw(st.sampled_from(["regions", "companies"])),
        "bodies": _ids(draw, data, "bodies"),
        "interests": draw(st.lists(interests, max_size=2)),
    }


def _outlook(draw: Draw, data: Data) -> Data:
    levels = st.lists(NUMBER, min_size=7, max_size=7).map(sorted)
    ahead = st.fixed_dictionaries({"year": st.integers(2025, 2030), "levels": levels})
    return {
        "target": draw(st.sampled_from(_known(data, "targets"))),
        "made": draw(DAYS),
        "statistics": draw(maybe(SIDE)),
        "origin": 2024,
        "deadline": 2029,
        "level": draw(NUMBER),
        "chance": draw(st.decimals(0, 1, places=4)),
        "method": draw(LINE),
        "years": draw(st.lists(ahead, max_size=2)),
    }


_NEEDED = ("sources", "targets", "facilities")
"""Other records cannot do without one of these."""

_SECTIONS: dict[str, Callable[[Draw, Data], Data]] = {
    "sources": _source,
    "bodies": _body,
    "documents": _document,
    "observations": _observation,
    "figures": _figure,
    "targets": _target,
    "commitments": _commitment,
    "cadences": _cadence,
    "contacts": _contact,
    "facilities": _facility,
    "projects": _project,
    "deals": _deal,
    "exchanges": _exchange,
    "links": _link,
    "outlooks": _outlook,
}
