"""Metrics of a classifier against labels: accuracy, F1, the confusion matrix, calibration; and stratified folds.

Written out because scikit-learn takes a second to load; tests/learn/test_metrics.py holds them to its numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.learning_results import CalibrationBin, ClassCounts
from cxscan.model import SCORE_UNIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.model import Bools

    Ints = NDArray[np.int64]

CLASSES = (-1, 0, 1)
"""Negative, neutral and positive: the order of every table by sentiment in this package."""
BINS = 10
FOLDS = 5


def accuracy(y_true: Ints, y_pred: Ints) -> float:
    """Share of predictions that are the label."""
    return float(np.mean(y_true == y_pred))


def f1(y_true: Bools, y_pred: Bools) -> float:
    """F1 of one class; 0 where nothing is labelled nor predicted."""
    return ClassCounts(int((y_true & y_pred).sum()), int(y_true.sum()), int(y_pred.sum())).f1 or 0.0


def macro_f1(y_true: Ints, y_pred: Ints) -> float:
    """Mean F1 of the classes that stand among the labels."""
    return float(np.mean([f1(y_true == label, y_pred == label) for label in np.unique(y_true)]))


def f1_influence(y_true: Bools, y_pred: Bools) -> NDArray[np.float64]:
    """Influence of each comment on F1; the root of their summed squares is its standard error (the delta method)."""
    either = max(int(y_true.sum()) + int(y_pred.sum()), 1)
    influence: NDArray[np.float64] = (
        2.0 * (y_true & y_pred) - f1(y_true, y_pred) * (y_true.astype(np.float64) + y_pred)
    ) / either
    return influence


def confusion_matrix(y_true: Ints, y_pred: Ints) -> list[list[int]]:
    """Count comments by label (rows, in the order of `CLASSES`) and by prediction (columns)."""
    return [[int(((y_true == label) & (y_pred == other)).sum()) for other in CLASSES] for label in CLASSES]


def polar_share(y_true: Ints, scores: Ints) -> float | None:
    """Share of the comments labelled positive or negative whose score is on their side of zero."""
    polar = y_true != 0
    return float(np.mean(np.sign(scores[polar]) == y_true[polar])) if polar.any() else None


def calibration(y_true: Ints, scores: Ints) -> list[CalibrationBin]:
    """Mean score and mean label in bins of equal width; a bin without comments is left out.

    A score is the probability of positive less that of negative, so where it is calibrated, it is the mean label.
    """
    edges = np.linspace(-SCORE_UNIT, SCORE_UNIT, BINS + 1)
    bin_of = np.clip(np.digitize(scores, edges) - 1, 0, BINS - 1)
    bins = []
    for number in np.unique(bin_of).tolist():
        here = bin_of == number
        low, high = edges[number] / SCORE_UNIT, edges[number + 1] / SCORE_UNIT
        means = float(scores[here].mean()) / SCORE_UNIT, float(y_true[here].mean())
        bins.append(CalibrationBin(float(low), float(high), int(here.sum()), *means))
    return bins


def calibration_error(bins: list[CalibrationBin]) -> float:
    """Expected calibration error: the mean distance of score and label over the bins, weighted by their comments."""
    return sum(each.n * abs(each.score - each.label) for each in bins) / sum(each.n for each in bins)


def stratified_folds(y_true: Ints | Bools, seed: int) -> Ints:
    """Assign each comment to one of `FOLDS` parts at random, so that every part has its share of each class."""
    shuffled = np.random.default_rng(seed).permutation(len(y_true))
    fold = np.zeros(len(y_true), np.int64)
    fold[shuffled[np.argsort(y_true[shuffled], kind="stable")]] = np.arange(len(y_true)) % FOLDS
    return fold
