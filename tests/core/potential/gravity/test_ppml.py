"""An analyst asks what agreements and tariffs do to trade, whatever else countries are like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.core.potential.gravity.dense import solve
from tests.core.potential.gravity.worlds import PAIR, THREE_WAYS, Table, codes, world, written

from bilat.errors import NoAnswer
from bilat.potential.gravity import Estimate, SmallSample, ppml

REGRESSORS = ["agreement", "tariff"]
WAYS = {"one": THREE_WAYS[2:], "two": THREE_WAYS[:2], "three": THREE_WAYS}
CLUSTERS: dict[str, Any] = {
    "pair": PAIR,
    "exporter": ["exporter"],
    "both": ["exporter", "importer"],
}
ANSWERS = json.loads(Path(__file__).with_name("fixest.json").read_text(encoding="utf-8"))


def estimated(table: Table, **settings: Any) -> Estimate:
    settings = {"effects": THREE_WAYS, "cluster": PAIR, **settings}
    return ppml(table, "trade", REGRESSORS, **settings)


@pytest.mark.parametrize("way", WAYS)
def test_it_is_what_newtons_method_on_all_dummies_gives(way: str) -> None:
    """Both solve the same equations to their rounding: 1e-9 of coefficients, 1e-8 of flows."""
    table = world()
    found = estimated(table, effects=WAYS[way])
    used = np.flatnonzero(found.dropped.fate == 0)
    dense = solve(table, REGRESSORS, WAYS[way], used)
    assert found.converged
    assert found.coefficients == pytest.approx(dense.coefficients, abs=1e-9)
    assert found.fitted()[used] == pytest.approx(dense.fitted, rel=1e-7, abs=1e-9)
    scores = dense.within * (table["trade"][used] - dense.fitted)[:, None]
    pair = codes(table, PAIR[0])[used]
    sums = np.array([scores[pair == one].sum(axis=0) for one in set(pair)])
    bread = np.linalg.inv(dense.within.T @ (dense.within * dense.fitted[:, None]))
    assert found.covariance == pytest.approx(bread @ sums.T @ sums @ bread, rel=1e-6)
    robust = estimated(table, effects=WAYS[way], cluster=())
    assert robust.covariance == pytest.approx(bread @ scores.T @ scores @ bread, rel=1e-6)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("cluster", CLUSTERS)
@pytest.mark.parametrize("small_sample", ["none", "fixest"])
def test_it_is_what_r_fixest_says(way: str, cluster: str, small_sample: SmallSample) -> None:
    """fixest 0.12.2 with its tightest tolerances (`fixest.R`). It takes the weights of its errors
    from the step before the last: 1e-6 of errors, where coefficients agree to 1e-9."""
    answer = ANSWERS[way]
    found = estimated(
        written(), effects=WAYS[way], cluster=CLUSTERS[cluster], small_sample=small_sample
    )
    assert found.coefficients == pytest.approx(answer["coefficients"], rel=1e-9)
    assert found.errors == pytest.approx(answer[f"{cluster} {small_sample}"], rel=1e-6)
    assert found.observations == answer["observations"]
    assert found.deviance == pytest.approx(answer["deviance"], rel=1e-9)


def test_what_each_effect_trades_is_what_is_fitted() -> None:
    """The first-order conditions, to 1e-9 of each sum."""
    table = world(20, 6, seed=4)
    found = estimated(table)
    fitted, used = found.fitted(), found.dropped.fate == 0
    left = np.where(used, table["trade"] - np.nan_to_num(fitted), 0.0)
    for columns in THREE_WAYS:
        level = codes(table, columns)[used]
        wanted = np.bincount(level, table["trade"][used])
        assert np.bincount(level, left[used]) == pytest.approx(
            np.zeros(len(wanted)), abs=1e-9 * wanted.max()
        )
    for name in REGRESSORS:
        assert left @ table[name] == pytest.approx(0, abs=1e-7)


def test_effects_and_regressors_add_up_to_the_fitted_flow() -> None:
    table = world()
    found = estimated(table)
    log = np.column_stack([table[name] for name in REGRESSORS]) @ found.coefficients
    for name in found.effects:
        effect = found.effect(name)
        values = dict(zip(zip(*effect.keys, strict=True), effect.values, strict=True))
        rows = zip(*(table[column] for column in effect.columns), strict=True)
        log = log + np.array([values.get(row, np.nan) for row in rows])
    used = found.dropped.fate == 0
    assert np.exp(log[used]) == pytest.approx(found.fitted()[used], rel=1e-9)
    assert np.isnan(found.fitted()[~used]).all()


def test_known_coefficients_are_found() -> None:
    """Three standard errors either way, on 40 countries in 8 years."""
    found = estimated(world(40, 8, seed=2))
    assert found.coefficient("agreement") == pytest.approx(0.4, abs=3 * found.error("agreement"))
    assert found.coefficient("tariff") == pytest.approx(-0.5, abs=3 * found.error("tariff"))
    assert found.error("tariff") < 0.02


def test_the_unit_of_trade_and_the_order_of_rows_do_not_matter() -> None:
    table = world()
    order = np.random.default_rng(0).permutation(len(table["trade"]))
    other = {name: column[order] for name, column in table.items()}
    other["trade"] = other["trade"] * 1e6
    first, second = estimated(table), estimated(other)
    assert second.coefficients == pytest.approx(first.coefficients, abs=1e-9)
    assert second.errors == pytest.approx(first.errors, rel=1e-7)
    assert second.fitted() == pytest.approx(1e6 * first.fitted()[order], rel=1e-7, nan_ok=True)


def test_an_arrow_table_gives_the_same() -> None:
    arrow = pytest.importorskip("pyarrow")
    table = world()
    found = estimated(arrow.table(table))
    assert found.coefficients == pytest.approx(estimated(table).coefficients, abs=1e-12)
    coded = arrow.table(table)
    coded = coded.set_column(0, "exporter", coded["exporter"].dictionary_encode())
    assert estimated(coded).coefficients == pytest.approx(found.coefficients, abs=1e-12)


def test_codes_far_apart_are_codes_all_the_same() -> None:
    table = world()
    far = {**table, "year": table["year"].astype(np.int64) * 10**12}
    assert estimated(far).coefficients == pytest.approx(estimated(table).coefficients, abs=1e-12)


def test_the_method_is_told_in_words() -> None:
    found = estimated(world(), small_sample="fixest")
    assert str(found.method) == (
        "Poisson pseudo maximum likelihood with fixed effects of exporter^year, importer^year, "
        "exporter^importer; errors clustered by exporter^importer, "
        "times G/(G−1)·(N−1)/(N−K) as fixest has it"
    )
    plain = estimated(world(), cluster=())
    assert str(plain.method).endswith("robust row by row, without small-sample correction")


def test_without_regressors_the_effects_alone_are_fitted() -> None:
    found = ppml(world(), "trade", [], effects=THREE_WAYS)
    assert found.converged
    assert found.coefficients.shape == (0,)
    fit = found.fit
    assert fit.fitted.sum() == pytest.approx(fit.trade.sum(), rel=1e-9)


def test_four_sets_of_effects_are_no_other_matter() -> None:
    table = world(seed=3)
    table["side"] = np.array([int(name[1:]) % 2 for name in table["exporter"]])
    ways = [*THREE_WAYS, ("side", "importer")]
    found = estimated(table, effects=ways)
    dense = solve(table, REGRESSORS, ways, np.flatnonzero(found.dropped.fate == 0))
    assert found.coefficients == pytest.approx(dense.coefficients, abs=1e-9)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"trade": -1.0}, "row 3 is negative"),
        ({"trade": np.nan}, "1 value is missing, in row 3"),
        ({"tariff": np.inf}, "tariff: 1 value is missing"),
    ],
)
def test_a_row_that_is_no_amount_is_named(change: dict[str, float], sentence: str) -> None:
    table = world()
    for name, value in change.items():
        table[name] = table[name].copy()
        table[name][3] = value
    with pytest.raises(NoAnswer, match=sentence):
        estimated(table)


def test_a_missing_country_is_named() -> None:
    table = world()
    table["exporter"] = table["exporter"].astype(object)
    table["exporter"][5] = None
    with pytest.raises(NoAnswer, match="exporter: 1 value is missing, in row 5"):
        estimated(table)


def test_what_cannot_be_answered_says_why() -> None:
    table = world()
    with pytest.raises(NoAnswer, match="no column distance"):
        ppml(table, "trade", ["distance"], effects=PAIR)
    with pytest.raises(NoAnswer, match="at least one set"):
        ppml(table, "trade", REGRESSORS, effects=[])
    with pytest.raises(NoAnswer, match="exporter does not hold numbers"):
        ppml(table, "trade", ["exporter"], effects=PAIR)
    with pytest.raises(NoAnswer, match="no row is left"):
        estimated({**table, "trade": np.zeros(len(table["trade"]))})
    with pytest.raises(NoAnswer, match="explain all of size"):
        ppml({**table, "size": table["year"]}, "trade", ["size"], effects=THREE_WAYS)
    with pytest.raises(NoAnswer, match="tariff has 3 rows"):
        ppml({**table, "tariff": np.ones(3)}, "trade", ["tariff"], effects=PAIR)
    found = estimated(table)
    with pytest.raises(NoAnswer, match="Those that have one: agreement, tariff"):
        found.coefficient("distance")
    with pytest.raises(NoAnswer, match=r"Name one of exporter\^importer"):
        found.effect("year")
