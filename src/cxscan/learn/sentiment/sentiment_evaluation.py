"""Sentiments predicted beside those labelled → metrics, worst mistakes and corrected shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.learn.labels import CLASS_NAMES, count_by_sentiment
from cxscan.learn.metrics import (
    calibration,
    calibration_error,
    confusion_matrix,
    macro_f1,
    polar_share,
)
from cxscan.learn.sentiment.corrected_shares import corrected_shares
from cxscan.learning_results import ClassCounts, CorrectedShares, SentimentMetrics
from cxscan.model import SCORE_UNIT, WordWeight
from cxscan.summary import Share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cxscan.model import Ids, Span

    Ints = NDArray[np.int64]

MOST_WORDS = 3
"""Words shown of a mistake."""


def sentiment_metrics(y_true: Ints, y_pred: Ints, scores: Ids) -> SentimentMetrics:
    """Measure one comment or more; `y_true` and `y_pred` are -1, 0 or 1, `scores` in score units."""
    table, bins = confusion_matrix(y_true, y_pred), calibration(y_true, scores.astype(np.int64))
    return SentimentMetrics(
        accuracy=Share(int((y_true == y_pred).sum()), len(y_true)),
        macro_f1=macro_f1(y_true, y_pred),
        polar=polar_share(y_true, scores.astype(np.int64)),
        labels=count_by_sentiment(y_true.tolist()),
        classes={name: _class_counts(table, number) for number, name in enumerate(CLASS_NAMES)},
        confusion={
            name: dict(zip(CLASS_NAMES, row, strict=True)) for name, row in zip(CLASS_NAMES, table, strict=True)
        },
        calibration=bins,
        calibration_error=calibration_error(bins),
    )


def _class_counts(table: Sequence[Sequence[int]], number: int) -> ClassCounts:
    return ClassCounts(table[number][number], sum(table[number]), sum(row[number] for row in table))


def worst_mistakes(y_true: Ints, y_pred: Ints, scores: Ids, most: int) -> list[int]:
    """Positions of the mistakes whose score is farthest from the label, the farthest first."""
    wrong = np.flatnonzero(y_true != y_pred)
    distance = np.abs(scores[wrong] / SCORE_UNIT - y_true[wrong])
    return [int(place) for place in wrong[np.argsort(-distance, kind="stable")][:most]]


def misleading_words(evidence: Sequence[Span], error: float) -> list[WordWeight]:
    """Return the words of the evidence that moved a score most in the direction of its error, score less label."""
    misleading = [span for span in evidence if span.label == "sentiment" and span.weight * error > 0]
    misleading.sort(key=lambda span: -abs(span.weight))
    return [WordWeight(span.words, span.weight) for span in misleading[:MOST_WORDS]]


def corrected_by_sentiment(y_true: Ints, y_pred: Ints, dump: Sequence[int]) -> CorrectedShares:
    """Correct the shares of a dump; `dump` counts the predictions in the order of `CLASS_NAMES`."""
    shares = zip(CLASS_NAMES, corrected_shares(y_true, y_pred, dump), strict=True)
    return CorrectedShares(sum(dump), len(y_true), dict(shares))
