"""Sentiments predicted beside those labelled → metrics, worst mistakes and corrected shares, as published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.learn.labels import CLASS_NAMES, count_by_sentiment
from cxscan.learn.metrics import (
    calibration,
    calibration_error,
    confusion_matrix,
    f1_of_counts,
    macro_f1,
    polar_share,
)
from cxscan.learn.sentiment.corrected_shares import corrected_shares
from cxscan.model import SCORE_UNIT
from cxscan.summary import Share
from cxscan.summary.json_values import json_object, ratio, round6

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cxscan.learn.metrics import CalibrationBin
    from cxscan.model import Ids, Span
    from cxscan.summary import Json

    Ints = NDArray[np.int64]

MOST_WORDS = 3
"""Words shown of a mistake."""


def sentiment_metrics(y_true: Ints, y_pred: Ints, scores: Ids) -> dict[str, Json]:
    """Accuracy, macro-F1, metrics by sentiment, confusion matrix and calibration of one comment or more.

    `y_true` and `y_pred` are -1, 0 or 1, `scores` in score units.
    """
    table, bins = confusion_matrix(y_true, y_pred), calibration(y_true, scores.astype(np.int64))
    return json_object(
        accuracy=Share(int((y_true == y_pred).sum()), len(y_true)).as_json(),
        macro_f1=round6(macro_f1(y_true, y_pred)),
        polar=round6(polar_share(y_true, scores.astype(np.int64))),
        labels=dict(count_by_sentiment(y_true.tolist())),
        classes={name: _class_metrics(table, number) for number, name in enumerate(CLASS_NAMES)},
        confusion={
            name: dict(zip(CLASS_NAMES, row, strict=True)) for name, row in zip(CLASS_NAMES, table, strict=True)
        },
        calibration=json_object(
            error=round6(calibration_error(bins)),
            bins=[_bin(each) for each in bins],
        ),
    )


def _bin(each: CalibrationBin) -> Json:
    means = {"score": round6(each.score), "label": round6(each.label)}
    return json_object(low=round6(each.low), high=round6(each.high), n=each.n, **means)


def no_sentiment_metrics() -> dict[str, Json]:
    """The json_object of an evaluation in which no sentiment is labelled."""
    names = ("accuracy", "macro_f1", "polar", "labels", "classes", "confusion", "calibration")
    return {**dict.fromkeys(names), "mistakes": [], "shares": None}


def _class_metrics(table: Sequence[Sequence[int]], number: int) -> Json:
    hits, labelled, predicted = table[number][number], sum(table[number]), sum(row[number] for row in table)
    return json_object(
        precision=round6(ratio(hits, predicted)),
        recall=round6(ratio(hits, labelled)),
        f1=round6(f1_of_counts(hits, labelled, predicted)),
    )


def worst_mistakes(y_true: Ints, y_pred: Ints, scores: Ids, most: int) -> list[int]:
    """Positions of the mistakes whose score is farthest from the label, the farthest first."""
    wrong = np.flatnonzero(y_true != y_pred)
    distance = np.abs(scores[wrong] / SCORE_UNIT - y_true[wrong])
    return [int(place) for place in wrong[np.argsort(-distance, kind="stable")][:most]]


def misleading_words(evidence: Sequence[Span], error: float) -> list[Json]:
    """The words of a comment's evidence that moved its score most in the direction of its error, score less label."""
    misleading = [span for span in evidence if span.label == "sentiment" and span.weight * error > 0]
    misleading.sort(key=lambda span: -abs(span.weight))
    return [json_object(words=span.words, weight=span.weight) for span in misleading[:MOST_WORDS]]


def shares_as_json(y_true: Ints, y_pred: Ints, dump: Sequence[int]) -> dict[str, Json]:
    """Shares of a dump as predicted and as corrected; `dump` counts the predictions in the order of `CLASS_NAMES`."""
    shares: dict[str, Json] = {
        name: json_object(**{part: round6(value) for part, value in share._asdict().items()})
        for name, share in zip(CLASS_NAMES, corrected_shares(y_true, y_pred, dump), strict=True)
    }
    return json_object(n=sum(dump), sample=len(y_true), **shares)
