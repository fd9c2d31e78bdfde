"""Sums over runs of rows, held against the same sums one segment at a time."""

import numpy as np
import pytest

from cxscan.classify.arrays.row_runs import BLOCK, FEW, RowRuns, add_rows, within

SHAPES = {
    "none": [],
    "one row": [1],
    "ones": [1] * 50,
    "few": [3, 1, 2],
    "many": [1, 4, 2, 9, 1, 1, 30] * 20,
    "one long": [2] * 40 + [500] + [3] * 5,
    "as many long as are too few": [40] * FEW + [2] * 30,
    "longer than a block": [5, 2 * BLOCK + 7, 1],
}


@pytest.fixture(params=SHAPES)
def starts(request: pytest.FixtureRequest) -> tuple[np.ndarray, int]:
    """Where runs start, and how many rows there are."""
    lengths = np.array(SHAPES[request.param], np.int64)
    return np.cumsum(lengths) - lengths, int(lengths.sum())


def by_hand(rows: np.ndarray, starts: np.ndarray) -> np.ndarray:
    parts = np.split(rows, starts[1:]) if len(starts) else []
    return np.array([part.sum(axis=0) for part in parts]).reshape(len(starts), *rows.shape[1:])


@pytest.mark.parametrize("width", [(), (1,), (17,)])
@pytest.mark.parametrize("kind", [np.int16, np.int32, np.int64])
def test_sums_of_rows(starts: tuple[np.ndarray, int], width: tuple[int, ...], kind: type) -> None:
    first, count = starts
    rows = np.random.default_rng(count).integers(-3, 4, (count, *width)).astype(kind)
    found = RowRuns(first, count).sums(rows)
    assert found.dtype == kind
    assert found.shape == (len(first), *width)
    assert (found == by_hand(rows, first)).all()


def test_sums_of_a_table_by_numbers(starts: tuple[np.ndarray, int]) -> None:
    first, count = starts
    draw = np.random.default_rng(count)
    table, numbers = draw.integers(-900, 900, (30, 5)).astype(np.int32), draw.integers(0, 30, count).astype(np.int32)
    assert (RowRuns(first, count).sums_of(table, numbers) == by_hand(table[numbers], first)).all()


def test_the_longest_is_known(starts: tuple[np.ndarray, int]) -> None:
    first, count = starts
    assert RowRuns(first, count).longest == max(np.diff(first, append=count), default=0)


def test_rows_are_added_where_they_go() -> None:
    to = np.ones((6, 2), np.int32)
    table = np.array([[1, 10], [2, 20], [3, 30]], np.int32)
    add_rows(to, np.array([0, 2, 2, 5]), table, np.array([0, 1, 1, 2]))
    assert to.tolist() == [[2, 11], [1, 1], [5, 41], [1, 1], [1, 1], [4, 31]]


def test_nothing_to_add_changes_nothing() -> None:
    to, none = np.ones((3, 2), np.int32), np.zeros(0, np.int64)
    add_rows(to, none, np.ones((1, 2), np.int32), none)
    assert (to == 1).all()


def test_every_place_of_stretches_with_its_stretch() -> None:
    places, numbers = within(np.array([7, 0, 3]), np.array([2, 0, 3]))
    assert places.tolist() == [7, 8, 3, 4, 5]
    assert numbers.tolist() == [0, 0, 2, 2, 2]
