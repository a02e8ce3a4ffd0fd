"""Growth taken apart: by products, by quantity and price, and how few products carry it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilat.errors import NoAnswer
from bilat.trade import concentration, price_change, product_change

VALUES = st.lists(st.tuples(st.floats(0, 1e9), st.floats(0, 1e9)), min_size=1, max_size=30).map(
    lambda pairs: (np.array([a for a, _ in pairs]), np.array([b for _, b in pairs]))
)


@given(VALUES)
def test_the_parts_add_up_to_the_change(values: tuple[np.ndarray, np.ndarray]) -> None:
    before, after = values
    change = product_change(before, after)
    parts = change.continuing + change.new - change.lost
    assert parts == pytest.approx(after.sum() - before.sum(), abs=1e-3)


def test_tractors_stay_elevators_come_and_sugar_goes() -> None:
    change = product_change(np.array([40.0, 0.0, 12.0]), np.array([55.0, 8.0, 0.0]))
    assert (change.continuing, change.new, change.lost) == (15, 8, 12)
    assert (change.products_continuing, change.products_new, change.products_lost) == (1, 1, 1)


def test_the_same_quantity_at_a_higher_price_is_all_price() -> None:
    split = price_change(*map(np.array, ([100.0], [120.0], [10.0], [10.0])))
    assert split.quantity == 0
    assert split.price == pytest.approx(20)
    assert split.coverage == 1


def test_more_at_the_same_price_is_all_quantity() -> None:
    split = price_change(*map(np.array, ([100.0], [150.0], [10.0], [15.0])))
    assert split.quantity == pytest.approx(50)
    assert split.price == pytest.approx(0)


@given(
    st.lists(st.tuples(*[st.floats(0.01, 1e6)] * 4), min_size=1, max_size=20),
)
def test_quantity_and_price_add_up_and_going_back_turns_their_signs(
    rows: list[tuple[float, float, float, float]],
) -> None:
    v0, v1, q0, q1 = (np.array(column) for column in zip(*rows, strict=True))
    there, back = price_change(v0, v1, q0, q1), price_change(v1, v0, q1, q0)
    scale = v0.sum() + v1.sum()
    assert there.quantity + there.price == pytest.approx(v1.sum() - v0.sum(), abs=1e-6 * scale)
    assert there.quantity == pytest.approx(-back.quantity, abs=1e-6 * scale)


def test_products_without_quantities_are_left_out_and_the_coverage_says_so() -> None:
    split = price_change(
        *map(np.array, ([100.0, 300.0], [120.0, 280.0], [10.0, np.nan], [10.0, 5.0]))
    )
    assert split.price == pytest.approx(20)
    assert split.coverage == pytest.approx(220 / 800)


def test_no_quantity_at_all_is_said() -> None:
    with pytest.raises(NoAnswer, match="no product has value and quantity"):
        price_change(*map(np.array, ([1.0], [2.0], [0.0], [1.0])))


def test_two_equal_products_count_as_two() -> None:
    found = concentration(np.array([50.0, 50.0, 0.0]))
    assert (found.index, found.equivalent, found.products) == (0.5, 2, 2)
    assert found.top == (0.5, 1.0, 1.0)


def test_one_product_is_the_highest_concentration() -> None:
    assert concentration(np.array([7.0])).index == 1


@pytest.mark.parametrize("values", [[-1.0], [np.nan]])
def test_impossible_values_are_refused(values: list[float]) -> None:
    with pytest.raises(NoAnswer, match="negative or missing"):
        concentration(np.array(values))
