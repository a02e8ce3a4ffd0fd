"""The warehouse's totals become observations of the programme's own indicators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.core.trade.pair_notation import CUSTOMS, MILLION, declared, warehouse

from bilat.outlook import target_outlook
from bilat.programme import Indicator, Programme, open_programme
from bilat.trade import join, read_statistics, side_series
from bilat.trade.observed import Joined
from bilat.vocabulary import Period

DAY = date(2025, 1, 1)
WAYS = """
sources: [{id: table, title: Table, publisher: Statistics}]
indicators:
  - {id: turnover, title: Trade, measures: turnover, unit: million USD}
  - {id: x-blr, title: Exports, measures: exports, exporter: BLR, unit: million USD}
  - {id: x-kgz, title: Exports, measures: exports, exporter: KGZ, unit: million USD}
  - {id: lifts, title: Lifts, measures: exports, exporter: BLR, unit: million USD, sector: lifts}
  - {id: roubles, title: Exports, measures: exports, exporter: BLR, unit: million BYN}
"""
Folder = Callable[..., Path]


@pytest.fixture
def joined(folder: Folder, tmp_path: Path) -> Callable[..., Joined]:
    """A programme from its text, joined with the declarations of `CUSTOMS`."""

    def make(text: str = WAYS, day: date = DAY) -> Joined:
        programme = open_programme(folder(text))
        found = read_statistics(warehouse(tmp_path, declared(CUSTOMS)), programme.sides, as_of=DAY)
        return join(programme, found.reported, found.sources, day, cited=found.cited)

    return make


def years(programme: Programme, indicator: str, side: str) -> dict[str, Decimal]:
    """Year → value in millions, as the brief and the outlook see it."""
    found = programme.find(Indicator, indicator)
    assert found is not None
    series = side_series(programme, found, side, DAY)
    return {str(point.period): point.value / MILLION for point in series.years}


def test_every_direction_and_side_has_its_series(joined: Callable[..., Joined]) -> None:
    programme = joined().programme
    assert years(programme, "x-blr", "BLR") == {"2022": 70, "2023": 100}
    assert years(programme, "x-blr", "KGZ") == {"2022": 73, "2023": 117}
    assert years(programme, "x-kgz", "KGZ") == {"2023": 30}
    assert years(programme, "turnover", "KGZ") == {"2023": 147}


def test_a_sector_and_another_currency_get_nothing(joined: Callable[..., Joined]) -> None:
    programme = joined().programme
    assert years(programme, "lifts", "BLR") == years(programme, "roubles", "BLR") == {}


def test_where_only_turnover_is_followed_it_is_both_directions(
    joined: Callable[..., Joined],
) -> None:
    text = "indicators: [{id: t, title: Trade, measures: turnover, unit: million USD}]\n"
    programme = joined(text).programme
    assert years(programme, "t", "KGZ") == {"2023": 147}
    assert years(programme, "t", "BLR") == {}, "Belarus reports one direction only"


def test_the_source_of_a_loaded_number_says_dataset_publisher_and_version(
    joined: Callable[..., Joined],
) -> None:
    programme = joined().programme
    (item,) = [
        one
        for one in programme.observations
        if (one.indicator, one.reporter, one.period) == ("x-blr", "KGZ", Period.parse("2023"))
    ]
    (source,) = [one for one in programme.sources if one.id in item.sources]
    assert (source.title, source.published) == ("customs", Period.parse("2024-04-01"))
    assert (item.valuation, item.vintage) == ("CIF", date(2024, 4, 1))


ENTERED = (
    WAYS
    + """
observations:
  - {indicator: x-blr, reporter: KGZ, period: 2023, value: 110, unit: million USD, sources: [table]}
  - {indicator: x-blr, reporter: BLR, period: 2023, value: 100.04, unit: million USD,
     sources: [table]}
"""
)


def test_an_entered_value_stands_and_the_difference_is_told(
    joined: Callable[..., Joined],
) -> None:
    """117 was loaded where 110 was entered; 100 against 100.04 is one value, rounded."""
    done = joined(ENTERED)
    assert years(done.programme, "x-blr", "KGZ")["2023"] == 110
    (kept,) = done.kept
    assert (kept.indicator, kept.reporter, str(kept.period)) == ("x-blr", "KGZ", "2023")
    assert (kept.entered, kept.loaded) == (110 * MILLION, 117 * MILLION)
    assert kept.loaded_sources == ("customs-2024-04-01",)


def test_the_outlook_reckons_with_loaded_years(joined: Callable[..., Joined]) -> None:
    target = """
targets:
  - id: goal
    title: Goal
    indicator: x-blr
    value: 200
    unit: million USD
    statements: [{side: BLR, announced: 2024-11, horizon_years: 5, sources: [table]}]
"""
    programme = joined(WAYS + target).programme
    outlook = target_outlook(programme, programme.targets[0], DAY)
    assert outlook is not None
    baselines = {path.side: path.baseline.value for path in outlook.announcements[0].paths}
    assert baselines == {"BLR": 100 * MILLION, "KGZ": 117 * MILLION}
