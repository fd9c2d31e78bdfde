"""Rows of two that are packed to one number."""

import numpy as np
import pytest

from cxscan.classify.sentiment.model_sentiment import packed, unpacked


@pytest.fixture
def rows() -> np.ndarray:
    drawn = np.random.default_rng(0).integers(-(2**20), 2**20, (500, 2), np.int32)
    drawn[0], drawn[1], drawn[2] = 0, -1, -(2**20)
    return drawn


def test_unpacked_rows_are_the_rows_that_were_packed(rows: np.ndarray) -> None:
    assert (unpacked(packed(rows)) == rows).all()


def test_sums_of_packed_rows_are_packed_sums(rows: np.ndarray) -> None:
    starts = np.array([0, 3, 4, 250])
    added = np.add.reduceat(packed(rows), starts, axis=0)
    assert (unpacked(added) == np.add.reduceat(rows, starts, axis=0)).all()


def test_no_rows_are_no_rows() -> None:
    assert unpacked(packed(np.zeros((0, 2), np.int32))).shape == (0, 2)
