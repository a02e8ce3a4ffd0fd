"""An analyst asks where a pair's trade can grow, and hears a second opinion."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from tests.core.potential.customs import BOTH, LATER, RECONCILED, world, years
from tests.core.warehouse.declarations import declared

from bilat.potential.between import trust
from bilat.potential.complexity import complexity
from bilat.potential.near import densities
from bilat.potential.opportunities import Direction, Stated, find
from bilat.potential.presence import balassa, present
from bilat.potential.quality import quality
from bilat.potential.stated import Rates, Tariffs
from bilat.potential.why import explain
from bilat.potential.world import read_exports, read_pair
from bilat.warehouse import Warehouse

SIDES = ("BLR", "KGZ")
MILLION = 1_000_000


def found(folder: Path, stated: Stated | None = None) -> tuple[Direction, Direction]:
    warehouse = Warehouse(folder)
    told = read_pair(warehouse, SIDES, as_of=LATER)
    exports = read_exports(warehouse, as_of=LATER)
    return find(told, exports, stated=stated, rng=np.random.default_rng(0))


def test_lifts_are_unrealised_and_by_how_much_is_reckoned_by_hand(tmp_path: Path) -> None:
    one, other = found(world(tmp_path / "w", years(RECONCILED, 2022, 2023)))
    # s: tractors 20/26, lifts 10/30. KGZ imports 10 and 20. Ease = 4 / (10·20/26 + 20·10/30).
    ease = 4 / (200 / 26 + 200 / 30)
    lifts, tractors = one.of("842810"), one.of("870110")
    assert lifts is not None
    assert tractors is not None
    assert one.ease == pytest.approx(ease)
    assert lifts.unrealised / MILLION == pytest.approx(10 / 30 * 20 * ease)
    assert tractors.unrealised == 0, "there more is traded than could be expected"
    assert one.found[0] == lifts
    assert lifts.low is None, "one figure a flow says nothing of its own doubt"
    assert [item.product for item in other.found] == ["040610", "520100"]


def test_both_reports_give_an_interval_around_what_is_unrealised(tmp_path: Path) -> None:
    one, _other = found(world(tmp_path / "w", years(BOTH, 2022, 2023)))
    lifts = one.of("842810")
    assert lifts is not None
    assert lifts.low is not None
    assert lifts.high is not None
    assert lifts.low < lifts.unrealised < lifts.high
    again, _other = found(tmp_path / "w")
    assert again.of("842810") == lifts, "the same seed, the same interval"


def test_doubt_is_learned_from_how_far_the_reports_lie_apart(tmp_path: Path) -> None:
    near = world(tmp_path / "near", years(BOTH, 2020, 2021, 2022, 2023))
    wild = "".join(
        years(BOTH.replace("4.4", str(value)), year)
        for year, value in zip((2020, 2021, 2022, 2023), (2, 9, 3, 8), strict=True)
    )
    trusted = [
        trust(read_pair(Warehouse(folder), SIDES, as_of=LATER).between)
        for folder in (near, world(tmp_path / "far", wild))
    ]
    assert trusted[0] is not None
    assert trusted[1] is not None
    assert trusted[0].report < trusted[1].report


def test_what_is_stated_moves_the_potential(tmp_path: Path) -> None:
    folder = world(tmp_path / "w", years(RECONCILED, 2022, 2023))
    tariffs = Tariffs({("BLR", "KGZ", "8428"): Rates(0, 10)})
    plain, stated = (
        found(folder, one)[0].of("842810")
        for one in (None, Stated({"KGZ": (1, 1.5), "BLR": (1.2, 1)}, tariffs))
    )
    assert plain is not None
    assert stated is not None
    assert stated.potential == pytest.approx(plain.potential * 1.5 * 1.2 * 1.1)
    assert stated.rates == Rates(0, 10)
    assert plain.rates is None


def test_the_density_of_some_is_that_of_all() -> None:
    rng = np.random.default_rng(5)
    exports = rng.lognormal(0, 2, (12, 1100)) * (rng.random((12, 1100)) < 0.4)
    exports[:, 7] = 0
    presence = present(balassa(exports))
    # Single precision against double.
    np.testing.assert_allclose(
        densities(presence, [3, 8]), complexity(exports).density[[3, 8]], rtol=1e-5
    )


def test_the_reasons_of_one_product(tmp_path: Path) -> None:
    folder = world(tmp_path / "w", years(RECONCILED, 2022, 2023))
    warehouse = Warehouse(folder)
    told, exports = read_pair(warehouse, SIDES, as_of=LATER), read_exports(warehouse, as_of=LATER)
    one, other = find(told, exports, rng=np.random.default_rng(0))
    why = explain(warehouse, told, exports, one, "870110")
    assert why is not None
    assert [(rival.country, rival.value / MILLION) for rival in why.rivals] == [
        ("RUS", 6), ("BLR", 4)
    ]  # fmt: skip
    assert why.rivals[0].share == pytest.approx(0.6)
    assert why.rivals[0].growth == pytest.approx(0)
    assert [report.exported / MILLION for report in why.reports] == [4, 4]
    assert explain(warehouse, told, exports, other, "870110") is None


def test_suppliers_are_heard_of_a_market_that_names_none(tmp_path: Path) -> None:
    silent = BOTH.replace("KGZ BLR M {year} 870110 4.4", "").replace("KGZ UZB M", "KGZ WLD M")
    warehouse = Warehouse(world(tmp_path / "w", years(silent, 2022, 2023)))
    told = read_pair(warehouse, SIDES, as_of=LATER)
    one, _other = find(told, None, rng=np.random.default_rng(0))
    why = explain(warehouse, told, None, one, "870110")
    assert why is not None
    assert [rival.country for rival in why.rivals] == ["RUS", "BLR"]


class GravityModel:
    """Expects e times the trade that there is."""

    def beyond(self, exporter: str, importer: str, products: tuple[str, ...]) -> np.ndarray:
        return np.array([-1.0 if code == "842810" else np.nan for code in products])


def test_a_gravity_model_may_be_handed_in(tmp_path: Path) -> None:
    warehouse = Warehouse(world(tmp_path / "w", years(RECONCILED, 2022, 2023)))
    told = read_pair(warehouse, SIDES, as_of=LATER)
    one, _other = find(told, None, residuals=GravityModel(), rng=np.random.default_rng(0))
    lifts, tractors = one.of("842810"), one.of("870110")
    assert lifts is not None
    assert tractors is not None
    assert (lifts.beyond, tractors.beyond) == (-1.0, None)
    assert lifts.agrees is None, "without the world's exports there is no second opinion"


def test_unit_values_place_the_exporter_on_the_ladder(tmp_path: Path) -> None:
    lines = [line for line in years(RECONCILED, 2023).splitlines() if line.strip()]
    reports = declared("\n".join(lines))
    # One kilogram for each dollar, but two of a Russian tractor: those are cheaper.
    kg = [row["value_usd"] * (2 if row["reporter"] == "RUS" else 1) for row in reports.to_pylist()]
    place = reports.schema.get_field_index("net_kg")
    Warehouse(tmp_path / "w").load(reports.set_column(place, "net_kg", pa.array(kg)))
    warehouse = Warehouse(tmp_path / "w")
    told = read_pair(warehouse, SIDES, as_of=LATER)
    one, _other = find(told, None, rng=np.random.default_rng(0))
    why = explain(warehouse, told, None, one, "870110")
    assert why is not None
    assert why.unit_value == 1
    assert why.rivals[0].unit_value == 0.5
    assert why.ladder == 1, "all that others sell is cheaper"
    assert quality(warehouse, told, None).directions[0].years[-1].ladder == 1
