"""A secretary sees who is tied to whom: regions, cities, firms, schools; who offers what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bilat.reading.gold import as_gold
from bilat.reading.original import Original
from bilat.reading.proposal import Proposal, Reading
from bilat.reading.reader import read_text


def read(text: str) -> Reading:
    return read_text(Original("release", text), parties=("BLR", "KGZ"), published=date(2025, 10, 2))


def links(text: str) -> list[Proposal]:
    return [p for p in read(text).proposals if p.kind == "link"]


def only(text: str) -> dict[str, Any]:
    (found,) = links(text)
    return dict(found.fields)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Osh and Vitebsk have been twin cities since 2019.", "cities"),
        ("The mayors of Gomel and Osh signed a twinning agreement.", "cities"),
        ("Brest Region and Osh Region signed an agreement on cooperation.", "regions"),
        ("Interaction is established at the interregional level.", "regions"),
        ("Business contacts are actively developing.", "companies"),
        ("The tractor works appointed an official dealer in Bishkek.", "companies"),
        ("Grodno has partner universities in Bishkek and Osh.", "schools"),
        ("Витебск и Ош — города-побратимы.", "cities"),
        ("Брестская и Ошская области подписали соглашение о сотрудничестве.", "regions"),
        ("Развивается межрегиональное сотрудничество.", "regions"),
        ("Заключено дилерское соглашение с кыргызской фирмой.", "companies"),
        ("Вузы-партнёры в Гродно и Оше обмениваются студентами.", "schools"),
    ],
)
def test_ends_of_the_two_countries_that_are_tied(text: str, kind: str) -> None:
    assert only(text)["type"] == kind


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("Kyrgyz companies expressed interest in buying Belarusian lifts.", "requests"),
        ("Belarusian farms are ready to supply potatoes to Kyrgyzstan.", "offers"),
        ("Кыргызские компании заинтересованы в закупке белорусских лифтов.", "requests"),
        ("Белорусские хозяйства готовы поставлять картофель в Кыргызстан.", "offers"),
    ],
)
def test_what_one_side_seeks_or_offers(text: str, wants: str) -> None:
    found = only(text)
    assert (found["type"], found["wants"]) == ("demand", wants)


def test_twin_cities_carry_their_names() -> None:
    assert only("Osh and Vitebsk are twin cities.")["partners"] == "Osh – Vitebsk"
    assert only("Osh has a twin city in Belarus.")["partners"] is None


@pytest.mark.parametrize(
    "text",
    [
        "Almaty of Kazakhstan has a twin city in China.",
        "The mayor denied that Osh has a twin city in Belarus.",
        "Gomel Region and Chuy Region are large.",
        "Мэр опроверг, что у Оша есть город-побратим в Беларуси.",
    ],
)
def test_ties_of_others_and_denied_ones_are_left(text: str) -> None:
    assert links(text) == []


def test_each_demand_is_its_own_and_a_general_tie_is_told_once() -> None:
    text = (
        "Kyrgyz farms are looking for suppliers of seeds. Belarus is ready to supply potatoes. "
        "Interregional ties grow. Interregional ties matter for Belarus."
    )
    kinds = [p.fields["type"] for p in links(text)]
    assert kinds == ["demand", "demand", "regions"]


def test_the_labelled_texts_know_no_links() -> None:
    reading = read("Osh and Vitebsk are twin cities.")
    assert [p.kind for p in reading.proposals] == ["link"]
    assert as_gold(reading, "release")["facts"] == []
