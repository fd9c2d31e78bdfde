"""Rows that are packed two to one number."""

import numpy as np
import pytest

from cxscan.classify.arrays.packed_rows import packed, unpacked


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


def test_no_rows_are_no_rows() -> None:
    none = np.zeros((0, 3), np.int32)
    assert unpacked(packed(none), 3).shape == (0, 3)
