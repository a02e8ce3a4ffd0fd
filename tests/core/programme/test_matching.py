"""A secretary asks which requests of one side fit which offers of the other."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from bilat.programme import Body, Link, Party, Programme
from bilat.programme.exchanges import Interest
from bilat.programme.matching import MOST, introduction, introduction_id, matches


def link(id_: str, side: str, wants: Any, *codes: str, **fields: Any) -> Link:
    sector = fields.pop("sector", None)
    interest = Interest(side=side, wants=wants, text=id_, products=codes, sector=sector)
    return Link.model_validate(
        {"id": id_, "title": id_, "kind": "demand", "interests": (interest,), **fields}
    )


def programme(*links: Link) -> Programme:
    return Programme(
        id="isl-nzl",
        title="Trade",
        parties=(Party(code="ISL"), Party(code="NZL")),
        bodies=(Body(id="works", name="Works", party="ISL", kind="company"),),
        links=links,
    )


@pytest.mark.parametrize(
    ("offered", "requested", "digits", "points"),
    [
        ("850421", "850421", 6, 60),
        ("850421", "850422", 4, 40),
        ("8504", "850421", 4, 40),
        ("850421", "853110", 2, 20),
        ("85", "850421", 2, 20),
    ],
)
def test_goods_agree_as_far_as_their_codes_do(
    offered: str, requested: str, digits: int, points: int
) -> None:
    (match,) = matches(
        programme(link("a", "ISL", "offers", offered), link("b", "NZL", "requests", requested))
    )
    assert (match.digits, match.points) == (digits, points)
    assert match.code == requested[:digits]


def test_a_common_sector_is_enough_and_names_count() -> None:
    (match,) = matches(
        programme(
            link("a", "ISL", "offers", sector="Food", bodies=("works",)),
            link("b", "NZL", "requests", sector=" food"),
        )
    )
    assert (match.points, match.digits, match.same_sector) == (20, 0, True)
    assert [str(why) for why in match.why] == ["same sector,  food", "one end is named"]


def test_what_differs_in_both_does_not_fit() -> None:
    offer = link("a", "ISL", "offers", "8504", sector="energy")
    assert matches(programme(offer, link("b", "NZL", "requests", "0402", sector="food"))) == ()


def test_one_side_does_not_serve_itself() -> None:
    offer, request = link("a", "ISL", "offers", "8504"), link("b", "ISL", "requests", "8504")
    assert matches(programme(offer, request)) == ()


def test_two_that_were_introduced_are_a_match_no_more() -> None:
    offer, request = link("a", "ISL", "offers", "8504"), link("b", "NZL", "requests", "8504")
    made = Link(id="c", title="c", kind="companies", introduces=("b", "a"))
    assert len(matches(programme(offer, request))) == 1
    assert matches(programme(offer, request, made)) == ()


def test_of_two_links_the_best_pair_counts() -> None:
    offers = tuple(
        Interest(side="ISL", wants="offers", text=code, products=(code,)) for code in ("85", "8504")
    )
    offer = Link(id="a", title="a", kind="companies", interests=offers)
    (match,) = matches(programme(offer, link("b", "NZL", "requests", "8504")))
    assert match.offer.interest.text == "8504"


def test_an_introduction_names_both_and_is_seen_by_who_sees_both() -> None:
    offer = link("a", "ISL", "offers", "8504", bodies=("works",), title={"en": "Coils"})
    hidden = link("b", "NZL", "requests", "8504", visibility="NZL", title="Grid")
    made = introduction(matches(programme(offer, hidden))[0], date(2026, 5, 1), {"en": "Meet"})
    assert made.id == introduction_id("b", "a") == "intro.b.a"
    assert made.title == {"en": "Grid – Coils"}
    assert made.introduces == ("b", "a")
    assert made.visibility == "NZL"
    assert made.bodies == ("works",)
    assert str(made.since) == "2026-05-01"


def test_long_ids_stay_apart_and_fit() -> None:
    first, second = (introduction_id("r" * 70, "o" * 70 + end) for end in "12")
    assert first != second
    assert len(first) == 80


def test_a_thousand_requests_and_offers_of_one_heading_take_no_ages() -> None:
    offers = [link(f"o{n}", "ISL", "offers", f"8504{n % 90 + 10}") for n in range(1000)]
    requests = [link(f"r{n}", "NZL", "requests", f"8504{n % 90 + 10}") for n in range(1000)]
    begun = time.perf_counter()
    found = matches(programme(*offers, *requests))
    assert time.perf_counter() - begun < 15
    assert len(found) == 1000 * MOST
    assert found[0].digits == 6
