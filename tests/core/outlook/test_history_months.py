"""An analyst has half a year, and asks how far the year may be from it."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from bilat.outlook.history import forecast_series
from bilat.outlook.history.months import part_year_error
from bilat.trade.part_years import year_from_part

ARMENIA = Path(__file__).parents[4] / "shared" / "data" / "armenia_by_country_2017_2023.csv"


def test_the_more_months_the_surer() -> None:
    future = forecast_series([2020, 2021, 2022, 2023], [9e6, 12e6, 11e6, 15e6])
    errors = [part_year_error(future, months) for months in (1, 3, 6, 9, 11)]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 0.25 * errors[0]


@pytest.mark.skipif(not ARMENIA.exists(), reason="the data for tests are not beside the checkout")
def test_armenias_years_are_as_far_from_their_halves_as_is_said() -> None:
    """Exports and imports by partner, 2018–2022, of at least 1 million dollars the year before.

    The central half of the errors, which outliers leave alone, is as wide as said, to a quarter:
    these years saw an epidemic and a war, the panel that taught did not. 2023 is no full year.
    """
    for months in (3, 6, 9):
        told, came = _halves(months)
        middle = np.diff(np.quantile(came / told, (0.25, 0.75)))[0] / 1.349
        assert middle == pytest.approx(1, abs=0.25)


def _halves(months: int) -> tuple[np.ndarray, np.ndarray]:
    told, came = [], []
    for flow in _flows():
        totals = flow.sum(axis=1)
        for year in range(1, 6):
            before = totals[year - 1]
            if before < 1e6 or totals[year] <= 0:
                continue
            part, part_before = flow[year, :months].sum(), flow[year - 1, :months].sum()
            future = forecast_series(range(year), totals[:year].tolist())
            guess = year_from_part(part, part_before, before, months)
            told.append(part_year_error(future, months))
            came.append(np.log(totals[year] / guess))
    return np.array(told), np.array(came)


def _flows() -> list[np.ndarray]:
    """(7, 12) dollars of each flow by year and month."""
    flows: dict[tuple[str, str], np.ndarray] = defaultdict(lambda: np.zeros((7, 12)))
    with ARMENIA.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            for kind in ("export", "import_origin"):
                if row["timeperiod"] != "Year" and row[kind]:
                    at = int(row["year"]) - 2017, int(row["timeperiod"]) - 1
                    flows[row["country"], kind][at] = float(row[kind]) * 1000
    return list(flows.values())
