from __future__ import annotations

import numpy as np
import pytest

from cxscan.learn.metrics import accuracy, calibration, calibration_error, confusion, macro_f1, polar_share

SIGNS = np.array([1, 1, -1, -1, 0, 0])
SAID = np.array([1, 0, -1, -1, 0, 1])


def test_agreement_is_counted_by_label() -> None:
    assert accuracy(SIGNS, SAID) == pytest.approx(4 / 6)
    assert confusion(SIGNS, SAID) == [[2, 0, 0], [0, 1, 1], [0, 1, 1]]
    assert macro_f1(SIGNS, SAID) == pytest.approx((1 + 0.5 + 0.5) / 3)


def test_macro_f1_leaves_out_a_sentiment_without_labels() -> None:
    assert macro_f1(np.array([1, -1]), np.array([1, -1])) == 1


def test_polar_share_asks_only_for_the_side() -> None:
    assert polar_share(np.array([1, -1, 0]), np.array([1, 3, 900])) == 0.5
    assert polar_share(np.array([0]), np.array([5])) is None


def test_scores_that_are_the_mean_label_are_calibrated() -> None:
    signs = np.array([1] * 75 + [-1] * 25)
    bins = calibration(signs, np.full(100, 5_000))
    assert [(one.n, one.label) for one in bins] == [(100, 0.5)]
    assert calibration_error(bins) == 0


def test_too_sure_scores_are_not() -> None:
    signs = np.array([1] * 75 + [-1] * 25)
    assert calibration_error(calibration(signs, np.full(100, 10_000))) == 0.5


def test_every_score_falls_into_a_bin() -> None:
    scores = np.array([-10_000, -1, 0, 1, 9_999, 10_000])
    assert sum(one.n for one in calibration(np.zeros(6, np.int64), scores)) == 6
