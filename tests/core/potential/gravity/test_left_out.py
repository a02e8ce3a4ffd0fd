"""An analyst is told which rows and which regressors say nothing, and how many they are."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog
from tests.core.potential.gravity.dense import dummies
from tests.core.potential.gravity.worlds import THREE_WAYS, Table, grid, world

from bilat.errors import NoAnswer
from bilat.potential.gravity import Fate, ppml
from bilat.potential.gravity.columns import factor
from bilat.potential.gravity.sample import sift


def test_a_pair_that_never_trades_is_left_out_row_by_row() -> None:
    table = world(gaps=0)
    silent = (table["exporter"] == "E2") & (table["importer"] == "I5")
    table["trade"] = np.where(silent, 0, table["trade"] + 1)
    found = ppml(table, "trade", ["tariff"], effects=THREE_WAYS)
    assert found.dropped.rows(Fate.NO_TRADE).tolist() == np.flatnonzero(silent).tolist()
    assert found.dropped.no_trade == 4
    assert found.observations == len(silent) - 4


def test_leaving_one_out_can_make_another_silent() -> None:
    """A's only trade is the only row of its pair; without it, A's year has none."""
    table = {
        "who": np.array(["A", "A", "B", "B", "B"]),
        "pair": np.array([1, 2, 3, 3, 4]),
        "trade": np.array([5.0, 0.0, 1.0, 2.0, 3.0]),
    }
    effects = [factor(table, "who"), factor(table, "pair")]
    fate = sift(table["trade"], effects, np.zeros(5, dtype=np.uint8), keep_singletons=False)
    assert [Fate(one) for one in fate] == [
        Fate.SINGLETON,
        Fate.NO_TRADE,
        Fate.USED,
        Fate.USED,
        Fate.SINGLETON,
    ]
    kept = sift(table["trade"], effects, np.zeros(5, dtype=np.uint8), keep_singletons=True)
    assert kept.tolist() == [0, Fate.NO_TRADE, 0, 0, 0]


def test_singletons_change_the_count_and_not_the_coefficients() -> None:
    table = world(gaps=0)
    table["trade"] = table["trade"] + 1
    pair = (table["exporter"] == "E1") & (table["importer"] == "I2")
    table = {name: column[~pair | (table["year"] == 2001)] for name, column in table.items()}
    without = ppml(table, "trade", ["tariff"], effects=THREE_WAYS)
    among = ppml(table, "trade", ["tariff"], effects=THREE_WAYS, keep_singletons=True)
    assert without.dropped.singletons == 1
    assert among.observations == without.observations + 1
    assert among.coefficients == pytest.approx(without.coefficients, abs=1e-9)


def test_a_regressor_that_others_or_effects_explain_is_named() -> None:
    table = world()
    table["twice"] = 2 * table["tariff"] - table["agreement"] + table["year"]
    table["growth"] = np.sqrt(table["year"]) * 1e3
    names = ["growth", "agreement", "tariff", "twice"]
    found = ppml(table, "trade", names, effects=THREE_WAYS)
    assert found.dropped.regressors == ("growth", "twice")
    assert found.names == ("agreement", "tariff")
    plain = ppml(table, "trade", ["agreement", "tariff"], effects=THREE_WAYS)
    assert found.coefficients == pytest.approx(plain.coefficients, abs=1e-9)


def test_one_that_is_found_out_only_at_the_end_is_named_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As when effects are so entangled that a rough look does not tell."""
    monkeypatch.setattr(import_module("bilat.potential.gravity.ppml"), "ROUGH", 0.3)
    table = world()
    table["size"] = np.unique(table["exporter"], return_inverse=True)[1] * 1.5 + table["year"] % 7
    found = ppml(table, "trade", ["size", "tariff"], effects=THREE_WAYS)
    assert found.names == ("tariff",)
    assert found.dropped.regressors == ("size",)
    plain = ppml(table, "trade", ["tariff"], effects=THREE_WAYS)
    assert found.coefficients == pytest.approx(plain.coefficients, abs=1e-9)
    with pytest.raises(NoAnswer, match="explain all of size"):
        ppml(table, "trade", ["size"], effects=THREE_WAYS)


def banned() -> tuple[Table, NDArray[np.bool_]]:
    table = world(gaps=0)
    ban = (table["year"] == 2003) & (table["tariff"] > 1)
    table["trade"] = np.where(ban, 0, table["trade"] + 1)
    return {**table, "ban": ban.astype(float)}, ban


def test_an_estimate_that_may_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("bilat.potential.gravity.separation"), "ROUNDS", 0)
    table, _ban = banned()
    with pytest.raises(NoAnswer, match="rows without trade may be predicted perfectly"):
        ppml(table, "trade", ["tariff", "ban"], effects=THREE_WAYS)


def test_a_ban_under_which_nobody_trades_is_separated() -> None:
    """Its coefficient would be minus infinity: its rows go, and with them the ban."""
    table, ban = banned()
    found = ppml(table, "trade", ["tariff", "ban"], effects=THREE_WAYS)
    assert found.dropped.rows(Fate.SEPARATED).tolist() == np.flatnonzero(ban).tolist()
    assert found.dropped.regressors == ("ban",)
    assert found.converged
    left = {name: column[~ban] for name, column in table.items()}
    same = ppml(left, "trade", ["tariff"], effects=THREE_WAYS)
    assert found.coefficients == pytest.approx(same.coefficients, abs=1e-8)


def sparse_world(seed: int) -> Table:
    """Few countries that seldom trade, and an embargo that mostly holds: separation is common."""
    rng = np.random.default_rng(seed)
    countries = int(rng.integers(4, 7))
    i, j, t = grid(countries, int(rng.integers(2, 5)))
    embargo = (rng.random(len(i)) < 0.15).astype(float)
    mean = np.exp(rng.normal(size=countries)[i] + rng.normal(size=countries)[j] - 0.5)
    trade = np.where((embargo == 1) & (rng.random(len(i)) < 0.8), 0, rng.poisson(mean))
    tariff = np.round(rng.normal(size=len(i)), 1)
    names = ("exporter", "importer", "year", "trade", "embargo", "tariff")
    return dict(zip(names, (i, j, t, trade.astype(float), embargo, tariff), strict=True))


def truly_separated(table: Table, used: NDArray[np.intp]) -> NDArray[np.bool_]:
    """By linear programming: the most rows that some z can make positive, z = 0 where there is
    trade and nowhere negative."""
    trade = table["trade"][used]
    extra = np.column_stack([table[name][used] for name in ("embargo", "tariff")])
    columns = np.hstack([dummies(table, THREE_WAYS, used), extra])
    free, held = columns[trade == 0], columns[trade > 0]
    rows, unknowns = free.shape
    solved = linprog(
        np.r_[np.zeros(unknowns), -np.ones(rows)],
        A_ub=np.hstack([-free, np.eye(rows)]),
        b_ub=np.zeros(rows),
        A_eq=np.hstack([held, np.zeros((len(held), rows))]),
        b_eq=np.zeros(len(held)),
        bounds=[(None, None)] * unknowns + [(0, 1)] * rows,
    )
    found = np.zeros(len(trade), dtype=bool)
    found[trade == 0] = solved.x[unknowns:] > 0.5
    return found


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_the_rectifier_finds_what_linear_programming_finds(seed: int) -> None:
    table = sparse_world(seed)
    effects = [factor(table, columns) for columns in THREE_WAYS]
    nothing = np.zeros(len(table["trade"]), dtype=np.uint8)
    used = np.flatnonzero(sift(table["trade"], effects, nothing, keep_singletons=False) == 0)
    if not len(used):
        return
    wanted = used[truly_separated(table, used)]
    try:
        found = ppml(table, "trade", ["embargo", "tariff"], effects=THREE_WAYS)
    except NoAnswer:
        assert len(wanted)  # they took so many rows along that none was left
        return
    assert found.converged
    gone = np.flatnonzero(found.dropped.fate != Fate.USED)
    assert set(found.dropped.rows(Fate.SEPARATED)) <= set(wanted) <= set(gone)
