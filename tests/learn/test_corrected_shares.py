from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxscan.learn.sentiment.corrected_shares import corrected_shares

counts = st.lists(st.integers(0, 300), min_size=3, max_size=3).filter(sum)
pairs = st.lists(st.tuples(st.sampled_from([-1, 0, 1]), st.sampled_from([-1, 0, 1])), max_size=60)


@given(pairs, counts)
def test_shares_are_shares(sample: list[tuple[int, int]], dump: list[int]) -> None:
    table = np.array(sample, np.int64).reshape(-1, 2)
    shares = corrected_shares(table[:, 0], table[:, 1], dump)
    assert sum(one.raw for one in shares) == pytest.approx(1)
    assert sum(one.share for one in shares) == pytest.approx(1)
    assert all(0 <= one.low <= one.high <= 1 for one in shares)


def test_a_classifier_without_errors_needs_little_correction() -> None:
    y_true = np.repeat([-1, 0, 1], 60)
    for one in corrected_shares(y_true, y_true, [500, 200, 300]):
        assert one.share == pytest.approx(one.raw, abs=0.01)


def drawn(random: np.random.Generator, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Truth, and what a classifier says that is often wrong, mostly by missing what is negative."""
    truth = random.choice([-1, 0, 1], size, p=[0.5, 0.2, 0.3])
    errors = {-1: [0.6, 0.3, 0.1], 0: [0.1, 0.7, 0.2], 1: [0.02, 0.08, 0.9]}
    return truth, np.array([random.choice([-1, 0, 1], p=errors[one]) for one in truth.tolist()])


def test_the_truth_lies_in_the_interval_about_as_often_as_promised() -> None:
    inside, nearer = [], []
    for seed in range(120):
        random = np.random.default_rng(seed)
        truth, y_pred = drawn(random, 1_000)
        dump = [int((y_pred == one).sum()) for one in (-1, 0, 1)]
        negative = corrected_shares(truth[:100], y_pred[:100], dump)[0]
        share = float((truth == -1).mean())
        inside.append(negative.low <= share <= negative.high)
        nearer.append(abs(negative.share - share) < abs(negative.raw - share))
    assert np.mean(inside) > 0.9
    assert np.mean(nearer) > 0.95
