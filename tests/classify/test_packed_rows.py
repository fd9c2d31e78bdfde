"""Rows that are packed two to one number."""

import numpy as np
import pytest

from cxscan.classify.packed_rows import BLOCK, Additions, cells, packed, summed, unpacked


@pytest.fixture(params=[1, 2, 17])
def rows(request: pytest.FixtureRequest) -> np.ndarray:
    drawn = np.random.default_rng(0).integers(-(2**20), 2**20, (500, request.param), np.int32)
    drawn[0], drawn[1], drawn[2] = 0, -1, -(2**20)
    return drawn


def test_unpacked_rows_are_the_rows_that_were_packed(rows: np.ndarray) -> None:
    assert (unpacked(packed(rows), rows.shape[1]) == rows).all()


def test_sums_of_packed_rows_are_packed_sums(rows: np.ndarray) -> None:
    starts = np.array([0, 3, 4, 250])
    added = np.add.reduceat(packed(rows), starts, axis=0)
    assert (unpacked(added, rows.shape[1]) == np.add.reduceat(rows, starts, axis=0)).all()


def test_every_cell_is_found(rows: np.ndarray) -> None:
    at, columns = np.indices(rows.shape).reshape(2, -1)
    assert (cells(packed(rows), at, columns) == rows.ravel()).all()


def test_no_rows_are_no_rows() -> None:
    none = np.zeros((0, 3), np.int32)
    assert unpacked(packed(none), 3).shape == (0, 3)


@pytest.mark.parametrize("words", [0, 1, 30, BLOCK, BLOCK + 1, 3 * BLOCK + 7])
def test_sums_in_blocks_are_sums(rows: np.ndarray, words: int) -> None:
    draw = np.random.default_rng(words)
    numbers = draw.integers(0, len(rows), words).astype(np.int32)
    starts = np.unique(np.append(0, draw.integers(0, max(words, 1), words // 9))) if words else np.zeros(0, np.int64)
    wanted = np.add.reduceat(rows[numbers], starts, axis=0) if words else rows[:0]
    assert (unpacked(summed(packed(rows), numbers, starts), rows.shape[1]) == wanted).all()


def test_a_run_longer_than_a_block_is_one_sum(rows: np.ndarray) -> None:
    numbers = np.arange(2 * BLOCK, dtype=np.int32) % 7
    found = unpacked(summed(packed(rows // 2**16), numbers, np.array([0, 2 * BLOCK - 1])), rows.shape[1])
    assert (found[0] == (rows // 2**16)[numbers[:-1]].sum(axis=0)).all()


def test_additions_are_added_where_they_stand(rows: np.ndarray) -> None:
    numbers, starts = np.arange(2 * BLOCK, dtype=np.int32) % len(rows), np.arange(0, 2 * BLOCK, 5)
    places = np.array([0, 4, 5, BLOCK - 1, BLOCK, 2 * BLOCK - 1])
    also = Additions(places, np.array([3, 3, 4, 5, 6, 7], np.int32), packed(rows))
    whole = rows[numbers]
    whole[places] += rows[also.numbers]
    assert (
        unpacked(summed(packed(rows), numbers, starts, also), rows.shape[1]) == np.add.reduceat(whole, starts)
    ).all()
