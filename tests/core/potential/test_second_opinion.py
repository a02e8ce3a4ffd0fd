"""An analyst asks what gravity would expect of a pair, in worlds where the truth is known."""

from __future__ import annotations

from datetime import date
from math import exp
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from babel.core import get_global

from bilat.potential.beyond import Beyond, beyond
from bilat.potential.flows import Flows
from bilat.potential.gravity import ppml
from bilat.potential.presence import Matrix
from bilat.potential.second_opinion import overlap, second_opinion
from bilat.vocabulary import is_country
from bilat.warehouse.span import Span

DATA = Path(__file__).parents[4] / "shared" / "data"
PAIR = (3, 7)
BELOW, ABOVE = 0.4, 2.5
"""What the pair trades over what the world was made to expect, there and back."""


def world(
    seed: int, n: int = 30, chapters: int = 12, noise: float = 0.0
) -> tuple[np.ndarray, Matrix]:
    """(m, n, n) dollars, (n, n) logarithm of distances; the pair trades without noise."""
    rng = np.random.default_rng(seed)
    sells, buys = np.exp(rng.normal(0, 1.0, (2, chapters, n)))
    size = np.exp(rng.normal(0, 1.0, n))
    where = rng.uniform(0, 5000, (n, 2))
    far = np.log(300 + np.linalg.norm(where[:, None] - where, axis=2))
    mean = 1e6 * (sells * size)[:, :, None] * (buys * size)[:, None, :] * np.exp(-0.9 * far)
    scatter = np.exp(noise * rng.normal(size=mean.shape) - noise**2 / 2)
    scatter[:, PAIR[0], PAIR[1]], scatter[:, PAIR[1], PAIR[0]] = BELOW, ABOVE
    trade = mean * scatter
    trade[:, np.arange(n), np.arange(n)] = 0
    return trade, far


def both(found: tuple[Beyond | None, Beyond | None]) -> tuple[Beyond, Beyond]:
    first, second = found
    assert first is not None
    assert second is not None
    return first, second


def test_where_nothing_else_moves_trade_the_ratio_is_exact() -> None:
    trade, far = world(1)
    there, back = both(beyond(trade[0], {"distance": far}, PAIR))
    # No noise: only the end of Newton's steps, 1e-6 squared, is left.
    assert there.ratio == pytest.approx(BELOW, rel=1e-6)
    assert back.ratio == pytest.approx(ABOVE, rel=1e-6)
    assert (there.verdict, back.verdict) == (-1, 1)
    assert (there.lower, back.lower) == (0, 1), "all other flows are as expected"


def test_the_pair_itself_does_not_teach_what_to_expect() -> None:
    trade, far = world(2, noise=0.5)
    more = trade.copy()
    more[:, PAIR[0], PAIR[1]] *= 100
    one, other = (both(beyond(each[0], {"distance": far}, PAIR))[0] for each in (trade, more))
    assert other.expected == pytest.approx(one.expected, rel=1e-12)
    assert other.ratio == pytest.approx(100 * one.ratio, rel=1e-12)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    held = []
    for seed in range(60):
        trade, far = world(seed, chapters=1, noise=0.6)
        there, back = both(beyond(trade[0], {"distance": far}, PAIR))
        held += [there.low < BELOW < there.high, back.low < ABOVE < back.high]
    # 120 intervals of 80 %, both of a world alike: 80 % ± 3 · sqrt(0.8 · 0.2 / 60) = ± 15 %.
    assert 0.65 < np.mean(held) < 0.95


def flows(trade: np.ndarray) -> Flows:
    day = date(2024, 1, 1)
    span = Span("made", day, day, True, True, day, day, 1, day)
    product, exporter, importer = np.nonzero(trade)
    codes = tuple(f"{number + 1:02d}" for number in range(len(trade)))
    names = tuple(f"C{number:02d}" for number in range(trade.shape[1]))
    values = trade[product, exporter, importer]
    year = np.zeros(len(values), dtype=np.int64)
    return Flows(span, (2023,), names, codes, year, exporter, importer, product, values)


class Known:
    """Distances that somebody gave."""

    def __init__(self, far: Matrix) -> None:
        self.far = far

    def squares(self, _countries: object, _year: int) -> dict[str, Matrix]:
        return {"distance": self.far}


def test_all_products_together_and_chapter_by_chapter() -> None:
    trade, far = world(5, noise=0.3)
    found = second_opinion(flows(trade), ("C03", "C07"), Known(far))  # type: ignore[arg-type]
    there, back = both(found.ways)
    # A country's 28 other flows, few of them large, of 12 chapters each: their noise of 0.3 leaves
    # about 0.07 to both effects together; 0.25 is beyond three times that.
    assert np.log(there.ratio) == pytest.approx(np.log(BELOW), abs=0.25)
    assert np.log(back.ratio) == pytest.approx(np.log(ABOVE), abs=0.25)
    logs = found.beyond("C03", "C07", ("010121", "0402", "12", "990000"))
    # One chapter alone: 0.3 of about eight flows that matter, twice: 0.15; three times that.
    assert logs[:3] == pytest.approx([np.log(BELOW)] * 3, abs=0.45)
    assert np.isnan(logs[3]), "nobody trades it"


def test_the_overlap_of_products_stands_for_what_the_ease_compares_with() -> None:
    trade, _far = world(6, chapters=4)
    sold, bought, all_sold = trade.sum(axis=2), trade.sum(axis=1), trade.sum(axis=(1, 2))
    by_hand = sum(sold[k, 2] / all_sold[k] * bought[k, 9] for k in range(4))
    assert overlap(trade)[2, 9] == pytest.approx(np.log(by_hand))


def test_of_few_countries_or_partners_there_is_no_opinion() -> None:
    trade, far = world(8, n=9)
    assert beyond(trade[0], {"distance": far}, PAIR) == (None, None)
    trade, far = world(8)
    trade[0, PAIR[0], 10:] = 0
    trade[0, PAIR[0], :7] = 0
    there, back = beyond(trade[0], {"distance": far}, PAIR)
    assert there is None, "the exporter sells to two others only"
    assert back is not None
    assert second_opinion(flows(trade), ("C03", "XXX")).ways == (None, None)


def real() -> tuple[list[str], Matrix, Matrix]:
    """BACI's totals of 2023 in dollars, and logarithms of distances; Belarus and Kyrgyzstan among
    the countries that have both."""
    trade, far = (DATA / name for name in ("baci_totals_2023.parquet", "dist_cepii.parquet"))
    if not (trade.is_file() and far.is_file()):
        pytest.skip(f"{DATA} has no BACI, or no distances")
    aliases = get_global("territory_aliases")
    letters = {names[0]: code for code, names in aliases.items() if is_country(code)}
    code = {
        int(number): letters.get(names[0]) for number, names in aliases.items() if number.isdigit()
    }
    distances = {
        (row["iso_o"], row["iso_d"]): row["dist"] for row in pq.read_table(far).to_pylist()
    }
    rows = [
        (code.get(row["exporter_m49"]), code.get(row["importer_m49"]), row["value_kusd"])
        for row in pq.read_table(trade).to_pylist()
    ]
    known = sorted(
        {one for one, _other in distances} & {side for row in rows for side in row[:2] if side}
    )
    place = {country: at for at, country in enumerate(known)}
    flows = np.zeros((len(known), len(known)))
    for one, other, value in rows:
        if one in place and other in place:
            flows[place[one], place[other]] += 1000 * value
    log = np.log([[distances.get((one, other), np.nan) for other in known] for one in known])
    return known, flows, log


def test_real_trade_is_judged_as_an_equation_with_a_column_of_the_pair_has_it() -> None:
    """The pair left out, or given a column of its own each way: the same expectation."""
    countries, flows, far = real()
    pair = countries.index("BLR"), countries.index("KGZ")
    found = both(beyond(flows, {"far": far}, pair))
    used = ~np.eye(len(flows), dtype=bool) & np.isfinite(far)
    sellers, buyers = np.nonzero(used)
    ways = {
        name: ((sellers == way[0]) & (buyers == way[1])).astype(float)
        for name, way in (("there", pair), ("back", pair[::-1]))
    }
    table = {
        "exporter": sellers,
        "importer": buyers,
        "trade": flows[used],
        "far": far[used],
        **ways,
    }
    whole = ppml(table, "trade", ["far", *ways], effects=["exporter", "importer"])
    for name, one in zip(ways, found, strict=True):
        assert one.ratio == pytest.approx(exp(whole.coefficient(name)), rel=1e-4), name
        assert one.low < one.ratio < one.high
