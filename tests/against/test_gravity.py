"""Published coefficients, and another package on real rows.

The *Advanced Guide to Trade Policy Analysis* (Yotov et al. 2016) prints its gravity estimates of 69
countries with four decimals and three; 5e-5 is the rounding. Its errors have no small-sample
correction. The second model's pairs have no direction, as in the guide's data.

pyfixest 0.60 was run on exports with provisions of trade
agreements, every fourth year, by:

    fepois("export_usd ~ ad_prov_14 + cp_prov_23 + tbt_prov_07 | exporter^year + importer^year +
           exporter^importer", rows, vcov={"CRV1": "pair"}, iwls_tol=1e-12,
           demeaner=MapDemeaner(fixef_tol=1e-10, fixef_maxiter=100000))

where pair is the directed pair of countries.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bilat.potential.gravity import ppml

DATA = Path(__file__).parents[3] / "shared" / "data"
SIDES = [("exporter", "year"), ("importer", "year")]
ROUNDED = 5e-5
PYFIXEST = {
    "coefficients": [0.2720042590691628, 0.2575896185891584, 0.10635853398176395],
    "errors": [0.104953538255577, 0.06219414122043754, 0.06945155340113705],
}


def rows(name: str) -> dict[str, Any]:
    parquet = pytest.importorskip("pyarrow.parquet")
    file = DATA / name
    if not file.is_file():
        pytest.skip(f"{file} is not here")
    table = parquet.read_table(file)
    return {name: table[name] for name in table.column_names}


@pytest.fixture(scope="module")
def guide() -> dict[str, Any]:
    """Every fourth year from 1986."""
    table = {
        name: np.asarray(column) for name, column in rows("agtpa_applications.parquet").items()
    }
    chosen = np.isin(table["year"], range(1986, 2007, 4))
    return {name: column[chosen] for name, column in table.items()}


def test_distance_borders_language_and_colonies(guide: dict[str, Any]) -> None:
    abroad = guide["exporter"] != guide["importer"]
    table = {name: column[abroad] for name, column in guide.items()}
    table["log distance"] = np.log(table["dist"])
    names = ["log distance", "cntg", "lang", "clny"]
    found = ppml(table, "trade", names, effects=SIDES, cluster=["pair_id"])
    assert found.coefficients == pytest.approx([-0.8409, 0.4374, 0.2475, -0.2225], abs=ROUNDED)
    assert found.errors == pytest.approx([0.0317, 0.0831, 0.0765, 0.1162], abs=ROUNDED)
    assert found.observations == 28_152


def test_trade_agreements_within_pairs(guide: dict[str, Any]) -> None:
    found = ppml(guide, "trade", ["rta"], effects=[*SIDES, "pair_id"], cluster=["pair_id"])
    assert found.coefficient("rta") == pytest.approx(0.5572, abs=ROUNDED)
    assert found.error("rta") == pytest.approx(0.1022, abs=ROUNDED)
    assert found.observations == 28_482


def test_trade_agreements_take_years(guide: dict[str, Any]) -> None:
    names = ["rta", "rta_lag4", "rta_lag8", "rta_lag12"]
    found = ppml(guide, "trade", names, effects=[*SIDES, "pair_id"], cluster=["pair_id"])
    assert found.coefficients == pytest.approx([0.2914, 0.4135, 0.1687, 0.1189], abs=ROUNDED)


def test_agreements_where_each_country_has_its_own_border(guide: dict[str, Any]) -> None:
    """Sales at home have an effect of their own in each country, and no distance. The guide prints
    .5916 for agreements, from a replication that had not converged; fixest says .4085."""
    home = guide["exporter"] == guide["importer"]
    table = {**guide, "home": np.where(home, guide["exporter"], "abroad")}
    table["log distance"] = np.where(home, 0, np.log(guide["dist"]))
    for name in ("cntg", "lang", "clny"):
        table[name] = np.where(home, 0, guide[name])
    names = ["log distance", "cntg", "lang", "clny", "rta"]
    found = ppml(table, "trade", names, effects=[*SIDES, "home"], cluster=["pair_id"])
    assert found.converged
    assert found.coefficient("rta") == pytest.approx(0.4085, abs=ROUNDED)


def test_provisions_as_pyfixest_has_them() -> None:
    """Both converge to 1e-9; pyfixest's errors have the weights of the step before: 1e-8."""
    table = rows("penppml_trade_1964_2016.parquet")
    pair = ("exporter", "importer")
    found = ppml(
        table,
        "export_usd",
        ["ad_prov_14", "cp_prov_23", "tbt_prov_07"],
        effects=[*SIDES, pair],
        cluster=[pair],
        small_sample="fixest",
    )
    assert found.observations == 283_566
    assert found.dropped.separated == 0
    assert found.coefficients == pytest.approx(PYFIXEST["coefficients"], abs=1e-9)
    assert found.errors == pytest.approx(PYFIXEST["errors"], rel=1e-8)
