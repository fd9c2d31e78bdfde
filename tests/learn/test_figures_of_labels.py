from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from cxscan.learn.metrics import (
    CLASSES,
    FOLDS,
    accuracy,
    calibration,
    calibration_error,
    confusion_matrix,
    f1,
    f1_influence,
    macro_f1,
    polar_share,
    stratified_folds,
)

Y_TRUE = np.array([1, 1, -1, -1, 0, 0])
Y_PRED = np.array([1, 0, -1, -1, 0, 1])


def test_agreement_is_counted_by_label() -> None:
    assert accuracy(Y_TRUE, Y_PRED) == pytest.approx(4 / 6)
    assert confusion_matrix(Y_TRUE, Y_PRED) == [[2, 0, 0], [0, 1, 1], [0, 1, 1]]
    assert macro_f1(Y_TRUE, Y_PRED) == pytest.approx((1 + 0.5 + 0.5) / 3)


def test_macro_f1_leaves_out_a_sentiment_without_labels() -> None:
    assert macro_f1(np.array([1, -1]), np.array([1, -1])) == 1


def test_polar_share_asks_only_for_the_side() -> None:
    assert polar_share(np.array([1, -1, 0]), np.array([1, 3, 900])) == 0.5
    assert polar_share(np.array([0]), np.array([5])) is None


def test_scores_that_are_the_mean_label_are_calibrated() -> None:
    y_true = np.array([1] * 75 + [-1] * 25)
    bins = calibration(y_true, np.full(100, 5_000))
    assert [(each.n, each.label) for each in bins] == [(100, 0.5)]
    assert calibration_error(bins) == 0


def test_too_sure_scores_are_not() -> None:
    y_true = np.array([1] * 75 + [-1] * 25)
    assert calibration_error(calibration(y_true, np.full(100, 10_000))) == 0.5


def test_every_score_falls_into_a_bin() -> None:
    scores = np.array([-10_000, -1, 0, 1, 9_999, 10_000])
    assert sum(each.n for each in calibration(np.zeros(6, np.int64), scores)) == 6


LABELS = st.lists(st.tuples(st.sampled_from([-1, 0, 1]), st.sampled_from([-1, 0, 1])), min_size=1, max_size=40)


@given(LABELS)
def test_metrics_are_those_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    y_true, y_pred = np.array(pairs).T
    labelled = np.unique(y_true)
    assert accuracy(y_true, y_pred) == pytest.approx(metrics.accuracy_score(y_true, y_pred))
    assert confusion_matrix(y_true, y_pred) == metrics.confusion_matrix(y_true, y_pred, labels=CLASSES).tolist()
    expected = metrics.f1_score(y_true, y_pred, labels=labelled, average="macro", zero_division=0.0)
    assert macro_f1(y_true, y_pred) == pytest.approx(expected)


@given(LABELS)
def test_folds_are_stratified(pairs: list[tuple[int, int]]) -> None:
    y_true = np.array(pairs)[:, 0]
    fold = stratified_folds(y_true, seed=3)
    for part in (y_true == label for label in CLASSES):
        sizes = np.bincount(fold[part], minlength=FOLDS)
        assert sizes.max() - sizes.min() <= 1
    assert np.array_equal(fold, stratified_folds(y_true, seed=3))


def test_the_influence_of_comments_on_f1_gives_its_standard_error() -> None:
    random = np.random.default_rng(0)
    y_true = random.random(400) < 0.3
    y_pred = np.where(random.random(400) < 0.2, ~y_true, y_true)
    drawn = [random.integers(0, 400, 400) for _ in range(1_000)]
    resampled = np.std([f1(y_true[rows], y_pred[rows]) for rows in drawn])
    assert np.sqrt((f1_influence(y_true, y_pred) ** 2).sum()) == pytest.approx(resampled, rel=0.1)
