"""Several datasets report one pair: whose word a number is follows a stated rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.core.trade.pair_notation import CUSTOMS, declared, of, told, warehouse

from bilat.trade import read_statistics
from bilat.trade.holdings import DatasetNotHeld
from bilat.trade.observed import Reported
from bilat.vocabulary import Period

SIDES = ("BLR", "KGZ")
DAY = date(2025, 1, 1)
NATIONAL = "KGZ BLR M 2023 TOTAL 110\nKGZ BLR X 2023 TOTAL 31"


def test_a_side_speaks_through_its_own_statistics_first(tmp_path: Path) -> None:
    kept = warehouse(tmp_path, declared(CUSTOMS), declared(NATIONAL, dataset="kgz-nsc"))
    found = read_statistics(kept, SIDES, as_of=DAY)
    assert told(found, "KGZ") == {"2023": 110}
    assert told(found, "BLR") == {"2022": 70, "2023": 100}
    assert {(item.dataset, item.reporter, item.used) for item in found.held} == {
        ("kgz-nsc", "KGZ", True),
        ("customs", "BLR", True),
        ("customs", "KGZ", False),
    }
    assert of(found, "BLR", "KGZ").dataset == "customs", "the products are there only"


def test_named_datasets_fill_each_others_gaps_in_their_order(tmp_path: Path) -> None:
    kept = warehouse(tmp_path, declared(CUSTOMS), declared(NATIONAL, dataset="kgz-nsc"))
    found = read_statistics(kept, SIDES, as_of=DAY, datasets=["kgz-nsc", "customs"])
    assert told(found, "KGZ") == {"2022": 73, "2023": 110}


def test_a_figure_made_of_both_reports_is_no_sides_word(tmp_path: Path) -> None:
    made = declared("BLR KGZ X 2022 870110 41\nBLR KGZ X 2023 870110 62", dataset="cepii-baci-hs17")
    kept = warehouse(tmp_path, made)
    found = read_statistics(kept, SIDES, as_of=DAY)
    assert found.reported == ()
    assert "cepii-baci-hs17 has exports only" in str(found.notes[0])
    assert of(found, "BLR", "BLR").dataset == "cepii-baci-hs17", "products from there, and said so"
    named = read_statistics(kept, SIDES, as_of=DAY, datasets=["cepii-baci-hs17"])
    assert told(named, "BLR") == {"2022": 41, "2023": 62}


def test_a_dataset_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    kept = warehouse(tmp_path, declared(CUSTOMS))
    with pytest.raises(DatasetNotHeld, match="name one of: customs"):
        read_statistics(kept, SIDES, as_of=DAY, datasets=["eurostat"])


def test_a_note_says_which_dataset_goes_on_for_longer(tmp_path: Path) -> None:
    later = declared(CUSTOMS + "KGZ BLR M 2024-01 TOTAL 9\n")
    kept = warehouse(tmp_path, later, declared(NATIONAL, dataset="kgz-nsc"))
    notes = [str(note) for note in read_statistics(kept, SIDES, as_of=DAY).notes]
    assert any("customs goes on to 1 January 2024 for KGZ" in note for note in notes)


def test_a_reported_number_knows_its_source() -> None:
    item = Reported(
        *("BLR", "KGZ", Period.parse("2023"), 1.0, "CIF", "Our customs", date(2024, 4, 1)),
        "published",
    )
    assert item.source == "Our-customs-2024-04-01"
